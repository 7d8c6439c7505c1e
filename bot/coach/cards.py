"""A session or a day as a message: what stands on the card, and what does not fit on it."""

from dataclasses import dataclass, replace

from bot.coach.stock import Checked
from bot.domain import dose
from bot.domain.library import Library
from bot.domain.messages import Message
from bot.domain.plan import HARDNESS, Placed, PlanDay, Reason
from bot.domain.workouts import Drill, Kind, Session
from bot.texts import plain

CAPTION = 1024
HEADLINE = 60
_FULLEST = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """One session as the templates know it."""

    title: str
    minutes: int
    later: bool
    variant: str | None
    blocks: tuple[object, ...]
    cues: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Extras:
    """What else a day's message says: the `week` before summed up, that the self-`test` is due,
    that all is `opened` again after a limit, the next level where it is earned (`up`), a run
    that nobody told of (`untold`, its date), and whether
    to `go_on` after a long silence."""

    week: object = None
    up: object = None
    untold: object = None
    test: bool = False
    opened: bool = False
    go_on: bool = False


NO_EXTRAS = Extras()


def day_message(
    content: Checked,
    day: PlanDay,
    *,
    visitor: bool = False,
    unscreened: bool = False,
    extras: Extras = NO_EXTRAS,
) -> Message:
    """The day as one message, as full as a caption allows."""
    facts = {
        "headline": headline(content, day),
        "sessions": [_shown(s, later=n > 0) for n, s in enumerate(day.sessions)],
        "reason": " ".join(reason_words(content, reason) for reason in _on_card(content, day)[:2]),
        "visitor": visitor,
        "unscreened": unscreened,
        "week": extras.week,
        "up": extras.up,
        "untold": extras.untold,
        "test": extras.test,
        "opened": extras.opened,
        "go_on": extras.go_on,
        "training": day.training,
        "hard": day.hard,
        "date": day.date.isoformat(),
    }
    return with_reasons(content, day, _fitting(content, facts))


def with_reasons(content: Checked, day: PlanDay, message: Message) -> Message:
    """The message, with the sessions of the day and the reasons for them."""
    origin = replace(
        message.origin,
        sessions=tuple(placed.session.id for placed in day.sessions),
        reasons=tuple((reason.code, reason_words(content, reason)) for reason in day.reasons),
        day=day,
    )
    return replace(message, origin=origin)


def session_message(content: Checked, session: Session) -> tuple[Message, Message]:
    """A session of the library as it would come on a day, and the rest of it."""
    length = dose.minutes(session, content.library)
    facts = {
        "headline": dose.headline(session, content.library, length),
        "sessions": [_session(session, length)],
        "reason": "",
        "visitor": False,
        "unscreened": False,
        "week": None,
        "up": None,
        "untold": None,
        "test": False,
        "opened": False,
        "go_on": False,
        "training": False,
        "hard": False,
        "date": "",
    }
    return _fitting(content, facts), session_details(content, session)


def drill_message(content: Checked, drill: Drill) -> Message:
    return content.texts.message("drill", drill=drill)


def _fitting(content: Checked, facts: dict[str, object]) -> Message:
    for detail in range(_FULLEST, -1, -1):
        message = content.texts.message("day", detail=detail, **facts)
        if len(plain(message.text)) <= CAPTION:
            break
    return message


def headline(content: Checked, day: PlanDay) -> str:
    return headline_of(day, content.library)


def headline_of(day: PlanDay, library: Library) -> str:
    """The whole day in 60 characters, for a lock screen."""
    main = main_of(day)
    line = dose.headline(main.session, library, main.minutes)
    names = library.measures.words.kinds
    for other in day.sessions:
        longer = f"{line} + {names[other.kind].lower()}"
        if other is not main and len(longer) <= HEADLINE:
            line = longer
    return line


def main_of(day: PlanDay) -> Placed:
    """The session that the day is about: the hardest, a run before drills before lifting."""
    return max(day.sessions, key=lambda s: (HARDNESS[s.grade], _ORDER.index(s.kind)))


def session_details(content: Checked, session: Session) -> Message:
    """What does not stand on the card."""
    routines = [content.library.routine(r) for r in (session.warm_up, session.cool_down) if r]
    parts = [
        {
            "name": routine.title,
            "minutes": round(dose.routine_minutes(routine.id, content.library)),
            "blocks": routine.blocks,
        }
        for routine in routines
    ]
    named = [step.drill for block in session.blocks for step in block.steps if step.drill]
    drills = [content.library.drill(id_) for id_ in dict.fromkeys(named)]
    stops = [rule.short for rule in content.workouts.stop_rules] if session.kind in _RUNS else []
    return content.texts.message(
        "details",
        title=session.title,
        parts=parts,
        fault=session.fault,
        stops=stops,
        drills=drills,
    )


def _shown(placed: Placed, *, later: bool) -> Shown:
    return _session(
        placed.session,
        placed.minutes,
        later=later and placed.kind is Kind.STRENGTH,
        variant=placed.variant.value if placed.variant else None,
    )


def _session(
    session: Session, length: int, *, later: bool = False, variant: str | None = None
) -> Shown:
    return Shown(
        title=session.title,
        minutes=length,
        later=later,
        variant=variant,
        blocks=session.blocks,
        cues=session.cues,
        because=session.because,
    )


def _on_card(content: Checked, day: PlanDay) -> list[Reason]:
    return [reason for reason in day.reasons if content.rules.reasons[reason.code].card]


def reason_words(content: Checked, reason: Reason) -> str:
    return plain(content.texts.say(content.rules.reasons[reason.code].words, **reason.facts))


_RUNS = (Kind.HILL, Kind.INTERVAL, Kind.DRILL)
_ORDER = (
    Kind.REST, Kind.RECOVERY, Kind.STRENGTH, Kind.EASY, Kind.DRILL, Kind.INTERVAL, Kind.HILL,
)  # fmt: skip
