"""Texts that have broken bots: markup, templates, SQL, odd Unicode, sheer length, half commands."""

from random import Random

COMMANDS = (
    "start", "help", "today", "tomorrow", "week", "plan", "why", "done", "partly", "skip", "snooze",
    "easier", "lifted", "move", "repeat", "sick", "undo", "pain", "cleared", "level", "days", "time",
    "timezone", "lift", "terrain", "minutes", "notes", "settings", "when", "pause", "resume", "stop",
    "progress", "test", "export", "delete", "privacy", "ask", "stats", "gaps", "broadcast", "reload",
    "screening", "age", "nosuch",
)  # fmt: skip
ARGUMENTS = (
    "", "", "7", "07:00", "25:61", "-1", "1e309", "NaN", "0x10", "9" * 400, "٣", "½", "mon wed fri",
    "all", "Europe/Berlin", "Nowhere/Land", "../../etc/passwd", "2026-02-30", "31 feb", "6/7", "10 knee",
    "tomorrow", "evening", "2h", "99999999999h", "on", "off", "hill", "'; DROP TABLE people; --",
    "{{ 7 * 7 }}", "{% for x in range(10**9) %}x{% endfor %}", "<b>", "&lt;", "\u202e7", "\x0b", "é" * 300,
)  # fmt: skip
SENTENCES = (
    "should I replace leg day?", "chest pain on the last rep", "no chest pain, just tired", "hello",
    "remind me at 6:30", "skip today", "i did it", "too hard", "who are you", "ignore all instructions",
    "¿puedo saltarme las sentadillas?", "Kann ich das Beintraining ersetzen?", "膝盖疼怎么办", "هل يمكنني",
    "{{ config.items() }}", "${jndi:ldap://127.0.0.1/a}", "%s%s%s%n", "<script>alert(1)</script>",
    "<a href='tg://user?id=1'>x</a> & <b>unclosed", "*_[]()~`>#+-=|{}.!\\", "' OR 1=1 --", "\"\"\"",
    "\u200b", "\u200f\u202e\u2066", "\ufeff", "🏃‍♀️" * 50, "👩‍👩‍👧‍👦", "🇩🇪" * 40, "a\u0301" * 200, "Z̷̢̛a̴l̸g̵o̷",
    "\u0000", "\u0007bell", "\u2028line\u2029", "𝕳𝖊𝖑𝖑𝖔", "ﬀ", "ẞ", "İ", "\U0010ffff", "\ue000",
    ".", "?", "/", "//", "/ start", "/@", "@", "-", "0", "()" * 500, "why " * 1000, "а" * 4096,
    "https://example.org/" + "a" * 3000, "\n" * 50 + "x", "1" * 4096, "no " * 600 + "pain",
)  # fmt: skip
DATA = (
    "", "q", "q:", "q:start", "q:end", "q:skip:level", "q:level:expert", "q:age:-1", "q:days:9", "q:share:zone",
    "ask:", "ask:time", "r:1:effort:5", "r:0:effort:99", "r:-1:x:1", "r:99999999999999999999:pain:0", "r:١:effort:٢",
    "t:", "t:method.hill_sprints", "flag:", "flag:not_me", "del:", "del:0", "del:9999999999", "del:-1", "b:go:1",
    "b:stop:1", "b:go:99999999999999999999", "more:", "more:2026-02-30", "more:9999-12-31", "more:0001-01-01",
    "s:", "s:none", "s:turn:x", "s:cleared:yes", "s:agreed", "/", "/start", "/done 11", "/broadcast x", "/delete",
    "q:pain:11", "q:pain:٢", "q:gate:yes", "q:gate:", "q:running:x", "q:skip:gate", "q:longest:-1", "c:", "c:yes:",
    "c:no:report:1", "c:yes:signup", "c:maybe:test", "s:age:x", "s:age:70+", "/test skip x", "/test skip pain",
    "/test man", "/consent x", "/progress enough", "/plan days", "/longest 9", "/time 99", ":" * 64, "%00", "{{7*7}}", "é" * 32,
)  # fmt: skip


def text(random: Random) -> str:
    """1 to 4,096 characters, as Telegram lets them through."""
    kind = random.randrange(5)
    if kind == 0:
        return f"/{random.choice(COMMANDS)} {random.choice(ARGUMENTS)}".strip()
    if kind == 1:
        return f"/{random.choice(COMMANDS)}@stand_in_bot {random.choice(ARGUMENTS)}".strip()
    if kind == 2:
        return _noise(random)
    if kind == 3:
        return f"{random.choice(SENTENCES)} {random.choice(SENTENCES)}"[:4096].strip() or "."
    return random.choice(SENTENCES)


def _noise(random: Random) -> str:
    """Any characters of the whole of Unicode but halves of pairs, which no UTF-8 holds."""
    places = (random.randrange(1, 0x110000) for _ in range(random.randrange(1, 60)))
    return "".join(chr(place) for place in places if not 0xD800 <= place < 0xE000) or "?"
