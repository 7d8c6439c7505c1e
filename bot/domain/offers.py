"""What a week has to offer this person: each row of the library made to fit what limits them.

In this order: what age and screening leave, the terrain, the longest run of the last month,
the minutes of a day. Too long: fewer repetitions first, then the next lower row; warm-up and
recoveries are never cut.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.domain import dose, fitting
from bot.domain.library import Library, first_code
from bot.domain.plan import HARDNESS, Athlete, Placed, Reason
from bot.domain.plan_rules import Limit, PlanRules, Scope
from bot.domain.workouts import Grade, Level, Session

_LOWER = {Level.ADVANCED: Level.INTERMEDIATE, Level.INTERMEDIATE: Level.BEGINNER}


@dataclass(frozen=True, slots=True)
class Frame:
    """What bounds every session of a person: limit, rows, minutes of a day, longest run."""

    athlete: Athlete
    limit: Limit
    level: Level
    minutes: int
    own_minutes: bool
    longest: float


def limit_of(athlete: Athlete, rules: PlanRules) -> Limit:
    """What age and screening take away together."""
    by_age = rules.ages.get(athlete.age, Limit()) if athlete.age else Limit()
    return by_age.joined(rules.screenings[athlete.screening])


def frame_of(athlete: Athlete, rules: PlanRules, longest: float) -> Frame:
    limit = limit_of(athlete, rules)
    level = _LOWER.get(athlete.level, athlete.level) if limit.lower else athlete.level
    level = min(level, limit.rows, key=tuple(Level).index)
    minutes = athlete.minutes or rules.levels[level].day_minutes
    return Frame(athlete, limit, level, minutes, athlete.minutes is not None, longest)


def placed(session: Session, library: Library, reasons: tuple[Reason, ...] = ()) -> Placed:
    """The session with what it amounts to."""
    return Placed(
        kind=session.kind,
        session=session,
        minutes=dose.minutes(session, library),
        load=dose.load(session, library),
        run_minutes=round(dose.run_minutes(session, library), 1),
        contacts=dose.contacts(session, library),
        reasons=reasons,
    )


def offered(first: Session, frame: Frame, rules: PlanRules, library: Library) -> Placed | None:
    """The row `first` of a table, made to fit; None where nothing of it can."""
    if frame.limit.scope is not Scope.ALL:
        return None
    for row in _rows(first, library):
        for fitted in _versions(row, frame, rules, library):
            return _told(fitted, first, frame)
    return None


def offered_short(
    session_id: str, frame: Frame, rules: PlanRules, library: Library
) -> Placed | None:
    """A session that is named, not taken from a table, made to fit."""
    if frame.limit.scope is not Scope.ALL:
        return None
    return next(_versions(library.session(session_id), frame, rules, library), None)


def lighter_week(week: int, frame: Frame, library: Library) -> bool:
    """Whether a week is a lighter one. Where the programme waits, all is light anyway, and a
    lighter week would come for ever."""
    return week in library.caps.deload_weeks and frame.limit.scope is Scope.ALL


def lift_offered(
    day: str, week: int, frame: Frame, rules: PlanRules, library: Library
) -> Placed | None:
    """Strength day A or B: halved in a lighter week, body weight where no more is allowed."""
    if frame.limit.scope in (Scope.WALKS, Scope.NONE):
        return None
    light = frame.limit.scope is Scope.GENTLE or frame.limit.hardest is Grade.LIGHT
    levels = () if light else _from(frame.level)
    rows = [library.strength(level, day, week) for level in levels]
    for session in (*rows, library.session(rules.gentle_lifts["AB".index(day)])):
        if lighter_week(week, frame, library):
            session = fitting.deloaded(session, library)
        for share in rules.shares:
            cut = fitting.scaled(session, share, library)
            found = placed(cut, library, _fewer(share))
            if found.minutes <= frame.minutes:
                return found
    return None


def gentle(frame: Frame, number: int, rules: PlanRules, library: Library) -> Placed | None:
    """A walk, or mobility where even that is too long; `number` turns between them."""
    if frame.limit.scope is Scope.NONE:
        return None
    turn = (*rules.walks[:1], rules.mobility[number % len(rules.mobility)], *rules.walks)
    for session_id in (turn[number % 2], *turn):
        found = placed(library.session(session_id), library)
        if found.minutes <= frame.minutes:
            return found
    return None


def _rows(first: Session, library: Library) -> Iterator[Session]:
    """The row, then those of earlier weeks, then those of the levels below; in a lighter week
    the lighter ones alone."""
    yield first
    if first.level is None or first.week is None:
        return
    for level in _from(first.level):
        for week in range(first.week, 0, -1):
            row = library.row(first.kind, level, week)
            if row is first:
                continue
            if not first.deload or row.deload or HARDNESS[row.grade] <= HARDNESS[first.grade]:
                yield row


def _from(level: Level) -> tuple[Level, ...]:
    """The level and those below it."""
    below = _LOWER.get(level)
    return (level, *(_from(below) if below else ()))


def _versions(row: Session, frame: Frame, rules: PlanRules, library: Library) -> Iterator[Placed]:
    """The row as this person may do it, the fullest version first."""
    allowed = _allowed(row, frame, rules, library)
    if allowed is None:
        return
    session, reasons = allowed
    if frame.minutes < rules.levels[frame.level].floor and session.grade is not Grade.LIGHT:
        return
    terrain = frame.athlete.terrain
    moved = fitting.on_terrain(session, terrain, library)
    variant = terrain if moved.blocks != session.blocks else None
    top = max(frame.longest * rules.growth.factor, rules.growth.free)
    for share in rules.shares:
        found = placed(fitting.scaled(moved, share, library), library)
        if found.minutes > frame.minutes:
            why = Reason("minutes_fewer", {"minutes": frame.minutes})
        elif found.run_minutes > top:
            why = Reason("longest_run", {"minutes": int(top)})
        else:
            yield replace(found, variant=variant, reasons=reasons)
            return
        reasons = (*(r for r in reasons if r.code != why.code), why)


def _allowed(
    row: Session, frame: Frame, rules: PlanRules, library: Library
) -> tuple[Session, tuple[Reason, ...]] | None:
    """What age and screening leave of a row, and why; None where it is not for this person."""
    limit = frame.limit
    if first_code(row) in limit.without:
        return None
    session = row
    reasons: tuple[Reason, ...] = ()
    if session.x and not limit.x:
        bare = fitting.without_x(session, library)
        if bare is None:
            return None
        session, reasons = bare, (Reason("no_x"),)
    if HARDNESS[session.grade] > HARDNESS[limit.hardest]:
        if limit.hardest is not Grade.MODERATE:
            return None
        session = fitting.eased(session, library, rules.milder_share, rules.milder_rpe)
        reasons = (*reasons, Reason("milder"))
    return session, reasons


def _fewer(share: float) -> tuple[Reason, ...]:
    return () if share == 1.0 else (Reason("minutes_fewer_sets"),)


def _told(found: Placed, first: Session, frame: Frame) -> Placed:
    """With the word that a lower row took the place of the week's own."""
    if found.session.id == first.id:
        return found
    kept = tuple(r for r in found.reasons if r.code not in ("minutes_fewer",))
    lower = Reason("lower_row", {"week": first.week or 0, "own": found.session.week or 0})
    if frame.own_minutes:
        lower = Reason("minutes_lower_row", {"minutes": frame.minutes})
    return replace(found, reasons=(*kept, lower))
