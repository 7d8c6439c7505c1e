"""Weekdays as people write them: `mon wed fri`, `mon-fri`, `every day except sunday`."""

import re
from difflib import get_close_matches

from bot.domain.errors import BadInput
from bot.domain.typed import listed, tokens

ALL = frozenset(range(7))
NO_DAY = frozenset(("none", "no day", "no days", "never", "nothing", "0"))

_FULL = listed("monday tuesday wednesday thursday friday saturday sunday")
_SHORT = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3, "m": 0, "w": 2, "f": 4}
_NAMES = (
    {name: day for day, name in enumerate(_FULL)}
    | {f"{name}s": day for day, name in enumerate(_FULL)}
    | {name[:3]: day for day, name in enumerate(_FULL)}
    | {name[:2]: day for day, name in enumerate(_FULL)}
    | _SHORT
)
_GROUPS = {
    "weekdays": frozenset(range(5)),
    "weekday": frozenset(range(5)),
    "workdays": frozenset(range(5)),
    "weekends": frozenset((5, 6)),
    "weekend": frozenset((5, 6)),
    "all": ALL,
    "everyday": ALL,
    "daily": ALL,
}
_PHRASES = (
    (re.compile(r"\b(?:every|each|any) (?:single )?day(?: of the week)?\b"), "all"),
    (re.compile(r"\b(?:all|7|seven) days(?: of the week| a week)?\b"), "all"),
    (re.compile(r"\b(?:all|the whole|the entire) week\b"), "all"),
    (re.compile(r"\b(?:work|working|business|week) days\b"), "weekdays"),
    (re.compile(r"\bweek ends?\b"), "weekends"),
    (re.compile(r"\b(?:mtwtf|m t w t f)\b"), "weekdays"),
    (re.compile(r"\bm ?t ?w ?th ?f\b"), "weekdays"),
    (re.compile(r"\bmwf\b"), "m w f"),
    (re.compile(r"\bt(?: |u)?th\b"), "tue thu"),
    (re.compile(r"\bs s\b"), "sat sun"),
    (re.compile(r"(?<=[a-z]) (?:to|thru|through|until|till|upto) (?=[a-z])"), " - "),
)
_FILLERS = frozenset(listed("and n nd on every each the from only just please pls , ; / & + . !"))
_EXCEPT = frozenset(("except", "but", "not", "no", "without", "minus", "excluding", "besides"))
# In a sentence: what turns days into days off, and back.
_NOT = re.compile(r"\b(?:(?:ca|do|does|wo)n['’]?t|cannot|can not)\b ?", re.IGNORECASE)
_OFF = frozenset(listed("drop cancel never off busy work working instead"))
_KEEP = frozenset(listed("keep use only want train run free just make take have"))
_GLUED = re.compile(rf"(?:{'|'.join(name[:3] for name in _FULL)}){{2,}}")


def parse_days(text: str) -> frozenset[int]:
    """The weekdays that `text` names, Monday 0; a range may run over the weekend (fri-mon).

    Raises BadInput `days_unclear` (text, word, guess: the weekday that the word is nearly, or
    empty), or `days_none` (text) where nothing is left. A misspelt day is not guessed: the wrong
    day would be found out a week later.
    """
    chosen: set[int] = set()
    excluded: set[int] = set()
    target = chosen
    if " ".join(tokens(text)) in NO_DAY:
        raise BadInput("days_none", text=text)
    for word in _ranged(_words(text)):
        if word in _EXCEPT:
            target = excluded
        elif word not in _FILLERS:
            target |= _days(word, text)
    if not chosen and target is excluded and excluded:
        chosen = set(ALL)
    if not chosen and not excluded:
        raise BadInput("days_unclear", text=text, word="", guess="")
    if not chosen - excluded:
        raise BadInput("days_none", text=text)
    return frozenset(chosen - excluded)


def days_in(text: str) -> frozenset[int]:
    """The weekdays that a sentence names, whatever else it says; empty where it names none.

    A day that is nearly spelt right counts here: the reply shows what was understood. Days behind
    a "not" or "drop" are taken off; alone they are no choice.
    """
    chosen: set[int] = set()
    excluded: set[int] = set()
    target = chosen
    for word in _ranged(_words(_NOT.sub("not ", text))):
        if word in _EXCEPT or word in _OFF:
            target = excluded
        elif word in _KEEP:
            target = chosen
        else:
            target |= _told(word)
    return frozenset(chosen - excluded)


def _told(word: str) -> frozenset[int]:
    """What a word of a sentence names; one of one or two letters is a word like any other."""
    ends = [end for end in word.split("-") if len(end) > 2]
    meant = [end if end in _GROUPS or end in _NAMES else _nearest(end) for end in ends]
    if all(meant) and "-".join(ends) == word:
        return _days("-".join(meant), word)
    return frozenset(day for name in meant if name for day in _days(name, word))


def _nearest(word: str) -> str:
    """The weekday that a misspelt word means, if it is one for certain."""
    begun = [name for name in _FULL if name.startswith(word)]
    near = begun or get_close_matches(word, _FULL, n=1, cutoff=0.77)
    return near[0] if len(near) == 1 else ""


def _words(text: str) -> list[str]:
    said = " ".join(tokens(text))
    for phrase, instead in _PHRASES:
        said = phrase.sub(instead, said)
    words: list[str] = []
    for word in said.split():
        words += re.findall("...", word) if _GLUED.fullmatch(word) else [word]
    return words


def _ranged(words: list[str]) -> list[str]:
    """`mon - fri` as one word `mon-fri`; a chain `mon - wed - fri` is a list, not a range."""
    joined = re.sub(r"(\w+) - (?=\w)", r"\1-", " ".join(words)).split()
    return [
        part
        for word in joined
        for part in (word.split("-") if word.count("-") > 1 else [word])
        if part
    ]


def _days(word: str, text: str) -> frozenset[int]:
    if word in _GROUPS:
        return _GROUPS[word]
    ends = [_day(end, text) for end in word.split("-")]
    first, last = ends[0], ends[-1]
    return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))


def _day(word: str, text: str) -> int:
    if word not in _NAMES:
        guess = get_close_matches(word, _FULL, n=1, cutoff=0.7) if len(word) > 3 else []
        raise BadInput("days_unclear", text=text, word=word, guess="".join(guess))
    return _NAMES[word]
