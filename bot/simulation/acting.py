"""What people do: with what they read, and out of the blue. Pure but for each one's own chance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.messages import Message
from bot.simulation.cast import ABROAD, DAYS, LIFTS, MINUTES, TERRAINS, TIMES, Actor, Character
from bot.simulation.stage import Letter
from bot.simulation.thumbs import press

_KEPT_SCREENS = 12
C = Character
BLOCKS, RETURNS = "(blocks the bot)", "(is back)"


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a person will do; `words` are typed, or the data of a pressed button."""

    at: datetime
    words: str
    pressed: bool = False


def sign_up(actor: Actor, start: datetime) -> Iterator[Act]:
    """/start, then the settings, typed a minute apart."""
    at = start + timedelta(minutes=actor.chance.randrange(60 * 24 * 3))
    yield Act(at, "/start")
    for number, words in enumerate(actor.first_words, 1):
        yield Act(at + timedelta(minutes=number), words)
    if actor.answers_health:
        yield Act(at + timedelta(minutes=30), "/screening")


def reads(actor: Actor, message: Message, now: datetime) -> Iterator[Act]:
    """What follows from a message's buttons, the way a thumb would go."""
    data = tuple(button.data for row in message.buttons for button in row)
    if data:
        actor.screens.append(data)
        del actor.screens[:-_KEPT_SCREENS]
    if message.origin.day is not None:
        actor.seen = message.origin.day
    soon = now + timedelta(seconds=actor.chance.randrange(5, 90))
    pressed = press(actor, data)
    if pressed and not (actor.chance.random() < _leaves_half(actor)):
        yield Act(soon, pressed, pressed=True)


def gets(actor: Actor, letter: Letter) -> Iterator[Act]:
    """The day's message: a tap below a hard one, and a report later, in most cases."""
    yield from reads(actor, letter.message, letter.at)
    day = letter.message.origin.day
    if day is None or not day.training:
        return
    chance = actor.chance
    if actor.character is C.SILENT:
        return
    if day.hard and chance.random() < 0.5:
        tap = chance.choices(("fit", "tired", "sore_ill"), (6, 3, 1))[0]
        at = letter.at + timedelta(minutes=chance.randrange(1, 50))
        yield Act(at, f"ready:{day.date.isoformat()}:{tap}", pressed=True)
    if chance.random() < 0.03:
        later = chance.choice(("/snooze 2h", "/snooze evening"))
        yield Act(letter.at + timedelta(minutes=30), later)
    hours = 7 if actor.often(C.OBEYS) else 20
    report = _report(actor)
    if report:
        yield Act(letter.at + timedelta(minutes=chance.randrange(90, 60 * hours)), report)


def lives(actor: Actor, now: datetime) -> Iterator[Act]:
    """What comes to somebody's mind on one day; most days nothing does."""
    chance = actor.chance
    for often, words in _moods(actor):
        if chance.random() < often:
            at = now + timedelta(minutes=chance.randrange(60 * 23))
            yield from _mood(actor, words, at)
    if chance.random() < (0.5 if actor.often(C.FUMBLES) else 0.02) and actor.screens:
        old = chance.choice(actor.screens)
        at = now + timedelta(minutes=chance.randrange(60 * 23))
        yield Act(at, chance.choice(old), pressed=True)


def _mood(actor: Actor, words: str, at: datetime) -> Iterator[Act]:
    """Some things have a second half: who pauses may resume, who is ill gets well."""
    chance = actor.chance
    yield Act(at, words)
    days = timedelta(days=chance.randrange(1, 15), minutes=chance.randrange(600))
    if words.startswith("/sick"):
        yield Act(at + days, "/sick well")
    elif words == "/pause":
        yield Act(at + days, "/resume")
    elif words in ("/stop", "/delete", BLOCKS):
        back = at + days * chance.randrange(1, 9)
        if words == BLOCKS:
            yield Act(back, RETURNS)
        yield Act(back + timedelta(minutes=1), "/start")
    elif words.startswith("/pain") and int(words.split()[1]) > 2:
        yield Act(at + days, "/pain 1")
    elif words in _ALARMS:
        over = "flag:not_me" if chance.random() < 0.3 else "/cleared yes"
        yield Act(at + days, over, pressed=True)


def _moods(actor: Actor) -> Iterator[tuple[float, str]]:
    chance = actor.chance
    much = {True: 1.0, False: 0.1}
    yield 0.30 * much[actor.often(C.LIFTS)], "/lifted"
    yield 0.03 * much[actor.often(C.FALLS_ILL)], f"/sick {chance.choice(_ILLNESSES)}"
    yield 0.06 * much[actor.often(C.HURTS)], f"/pain {chance.randrange(1, 8)} knee"
    yield 0.03 * much[actor.often(C.ALARMS)], chance.choice(_ALARMS)
    yield 0.06 * much[actor.often(C.TRAVELS)], f"/timezone {chance.choice(ABROAD)}"
    trip = f"/timezone {chance.choice(ABROAD)} for {chance.randrange(2, 20)} days"
    yield 0.04 * much[actor.often(C.TRAVELS)], trip
    yield 0.02 * much[actor.often(C.LIMITED)], "/screening"
    yield 0.03 * much[actor.often(C.PAUSES)], chance.choice(("/pause", "/pause 5", "/pause 21"))
    yield 0.012 * much[actor.often(C.STOPS)], chance.choice(("/stop", "/stop", BLOCKS, "/delete"))
    yield 0.10 * much[actor.often(C.CHANGES)], _setting(actor)
    yield 0.05 * much[actor.often(C.FUMBLES)], chance.choice(_NONSENSE)
    yield 0.02, chance.choice(("/easier", "/move sat", "/move mon", "/repeat", "/undo", "/undo"))
    yield 0.02, chance.choice(("/today", "/week", "/why", "/when", "/settings", "/tomorrow"))


def _setting(actor: Actor) -> str:
    chance = actor.chance
    return chance.choice(
        (
            f"/days {chance.choice(DAYS)}",
            f"/time {chance.choice(TIMES)}",
            f"/lift {chance.choice(LIFTS)}",
            f"/minutes {chance.choice(MINUTES)}",
            f"/terrain {chance.choice(TERRAINS)}",
            f"/level {chance.choice(('beginner', 'intermediate yes', 'advanced yes', 'advanced'))}",
            f"/notes {chance.choice(('on', 'off'))}",
            f"/longest {chance.choice(('0', '20', '60'))}",
            f"/age {chance.choice(('18-49', '50-69', '16-17'))}",
        )
    )


def _report(actor: Actor) -> str:
    """Done, partly, skipped, or nothing at all."""
    chance = actor.chance
    if actor.often(C.SKIPS):
        weights = (4, 2, 4, 4)
    elif actor.often(C.OBEYS):
        weights = (40, 1, 0, 0)
    else:
        weights = (12, 1, 1, 1)
    words = ("/done", f"/partly {chance.randrange(2, 10)}0", f"/skip {chance.choice(_WHYS)}", "")
    return chance.choices(words, weights)[0]


def _leaves_half(actor: Actor) -> float:
    return 0.0 if actor.often(C.OBEYS) else 0.3 if actor.often(C.FUMBLES, C.SKIPS) else 0.04


_ILLNESSES = ("neck_up", "whole_body", "whole_body", "covid_flu", "lingering")
_ALARMS = (
    "I have a crushing chest pain that spreads to my arm",
    "my left calf is swollen, hot and red",
    "I fainted during the run",
    "there is a pinpoint pain on my shin bone and it hurts to hop",
    "my knee locks and swells",
)
_WHYS = ("", "ill", "hurt", "work")
_NONSENSE = (
    "/days funday", "/minutes 5", "/lift every day", "/pain 11", "/level god", "/time 25:00",
    "/move", "/done 12", "/partly 150", "/pause yesterday", "/timezone Atlantis", "/snooze blue",
)  # fmt: skip
