"""The way back: how long nobody ran, and the easings that follow (`content/rules/absence.yaml`)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from math import ceil

from bot.domain.absence import Cause, Restart, Return, counted_days, way_back
from bot.domain.books import Books
from bot.domain.standing import STEPPED, Easing, Standing, Stop
from bot.domain.steps import block_start
from bot.domain.workouts import Grade, Kind, Level

Facts = Mapping[str, str | int]
QUEUE = "back"
BACK = ("back", "back_first", "back_x", "back_load")
_GENTLE_FROM = 3  # days: below, nothing changes
_RESTART_FROM = 4  # days: from here on the plan stands still meanwhile
_WEEK = 7
_LOAD_DAYS = 14
_LOWER = {Level.ADVANCED: Level.INTERMEDIATE, Level.INTERMEDIATE: Level.BEGINNER}


def row_for(standing: Standing, missed: Iterable[date], today: date, books: Books) -> Return | None:
    """The row that holds today; None where nothing was missed long enough to matter.

    `missed`: the dates of the planned runs that were missed since the streak began.
    """
    if standing.stopped is None:
        return None
    days = (today - standing.stopped.day).days
    if standing.away <= books.absence.single_days:  # beyond, several were missed: seen before
        days = counted_days(days, len(list(missed)), books.absence)
    row = way_back(days, books.absence, standing.cause)
    return row if row.least >= _GENTLE_FROM else None


def stands_still(row: Return) -> bool:
    """Whether the programme waits for the person."""
    return row.least >= _RESTART_FROM


def eased_back(standing: Standing, row: Return, usual: float, today: date) -> Standing:
    """With the easings of the row from today on; those of a shorter absence give way."""
    facts: Facts = {"words": row.words}
    easings = [*_easy(row, usual, today, facts), *_then(row, today, facts)]
    return standing.without(*BACK).eased(*easings)


def restarted(
    standing: Standing, stop: Stop, row: Return, level: Level, today: date
) -> tuple[Standing, Level]:
    """Where the plan goes on after the row, and at which level; it waits for the gentle weeks."""
    week, lags = stop.week, dict(stop.lags)
    match row.restart:
        case Restart.STEP:
            lags = {kind: lags.get(kind, 0) - row.step for kind in STEPPED}
        case Restart.BLOCK:
            week, lags = block_start(stop.week), {}
        case Restart.LEVEL:
            week, lags = 1, {}
        case Restart.LOWER_LEVEL:
            week, lags, level = 1, {}, _LOWER.get(level, level)
        case Restart.NEW:
            week, lags, level = 1, {}, Level.BEGINNER
    lower = standing.lower_until
    if row.milder_level_weeks:
        lower = today + timedelta(days=_WEEK * row.milder_level_weeks)
    standing = replace(
        standing,
        week_start=today,
        week=week,
        lags=lags,
        repeat=row.easy_days // _WEEK,
        lower_until=lower,
    )
    return standing, level


def _easy(row: Return, usual: float, today: date, facts: Facts) -> Iterator[Easing]:
    light = Easing(
        "back", today, times=1, hardest=Grade.LIGHT, sessions=row.sessions, queue=QUEUE, facts=facts
    )
    if row.easy_days:
        for number in range(ceil(row.easy_days / _WEEK)):
            first = today + timedelta(days=_WEEK * number)
            last = min(first + timedelta(days=_WEEK - 1), today + timedelta(days=row.easy_days - 1))
            run = usual * _share(row, number)
            yield replace(light, first=first, last=last, times=None, run=run)
        return
    for number in range(int(row.easy.high)):
        yield replace(light, run=usual * _share(row, number), facts={**facts, "n": number})
    if not row.easy.high and row.hardest is not Grade.HARD:
        yield replace(light, hardest=row.hardest, sessions=())


def _share(row: Return, number: int) -> float:
    return min(row.share.low * (1 + row.growth.low) ** number, 1.0)


def _then(row: Return, today: date, facts: Facts) -> Iterator[Easing]:
    if row.reps < 1:
        yield Easing(
            "back_first", today, kinds=STEPPED, times=1, hard_only=True, reps=row.reps,
            rpe=-float(row.rpe), queue=QUEUE, facts=facts,
        )  # fmt: skip
    if row.x_days:
        last = today + timedelta(days=row.x_days - 1)
        yield Easing("back_x", today, last, x=False, facts={"days": row.x_days})
    if row.load.high < 1 or row.sets:
        days = row.load_weeks * _WEEK or _LOAD_DAYS
        yield Easing(
            "back_load", today, today + timedelta(days=days - 1), kinds=(Kind.STRENGTH,),
            sets=-row.sets, facts={"percent": round(row.load.high * 100)},
        )  # fmt: skip


def after_injury(standing: Standing, usual: float, today: date, books: Books) -> Standing:
    """A clinician agreed and pain is low: two easy runs at half, and no bounds for weeks."""
    way = books.absence.injury
    start = Easing(
        "back", today, times=1, hardest=Grade.LIGHT, run=usual * way.share, queue=QUEUE,
        sessions=books.absence.rows[-1].sessions, facts={"words": way.words},
    )  # fmt: skip
    last = today + timedelta(days=way.x_days - 1)
    free = Easing("back_x", today, last, x=False, facts={"days": way.x_days})
    twice = (start, replace(start, facts={**start.facts, "n": 1}))
    return replace(standing.without(*BACK).eased(*twice, free), cause=Cause.INJURY)
