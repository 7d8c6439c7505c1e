"""The rules of training, once more and in their own arithmetic, over what was really shown.

The numbers are those of the content. Each check yields the rule's name and what speaks against
the day; a day that keeps everything yields nothing.
"""

from collections.abc import Callable, Iterator
from datetime import date

from bot.domain.books import Books
from bot.domain.person import Person
from bot.domain.plan import PlanDay
from bot.domain.plan_rules import Limit, Scope
from bot.domain.workouts import Grade, Kind, Level
from bot.simulation.diary import Diary, Shown

Found = Iterator[tuple[str, str]]
_MAIN = (Kind.HILL, Kind.INTERVAL)
_SPACED = (*_MAIN, Kind.DRILL)
_ORDER = "RLMH"
_LEVELS = tuple(Level)
_WEEK = 7


class Rules:
    """All of the checks of one day against the days before it."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._plan = books.plan

    def broken(self, diary: Diary, shown: Shown) -> Found:
        checks: tuple[Callable[[Diary, Shown], Found], ...] = (
            self._hard,
            self._all_out,
            self._apart,
            self._leg_day,
            self._order,
            self._amount,
            self._longest,
            self._allowed,
            self._deload,
            self._told,
        )
        for check in checks:
            yield from check(diary, shown)

    def _hard(self, diary: Diary, shown: Shown) -> Found:
        """So many days from one hard day to the next, and so many of them in any seven."""
        day = shown.day
        if not _has(day, Grade.HARD):
            return
        hardness = self._plan.levels[self._level(shown.person)].hardness(day.week)
        limit = self._limit(shown.person)
        near = [back for back, other in diary.before(day.date, 8) if _has(other, Grade.HARD)]
        gap = max(hardness.gap, limit.gap)
        if near and near[0] < gap:
            yield "hard gap", f"{near[0]} days after the last one, {gap} are the least"
        count = 1 + sum(back < _WEEK for back in near)
        if count > min(hardness.most, limit.most):
            yield "hard days", f"{count} in seven days of week {day.week}"

    def _all_out(self, diary: Diary, shown: Shown) -> Found:
        day = shown.day
        if not _x(day):
            return
        near = [back for back, other in diary.before(day.date, self._plan.x_gap - 1) if _x(other)]
        if near:
            yield "all-out gap", f"{near[0]} days after the last one"

    def _apart(self, diary: Diary, shown: Shown) -> Found:
        """Runs above light, sessions of a kind, and leg days keep a day between them."""
        day = shown.day
        for back, other in diary.before(day.date, 3):
            if back < self._plan.run_gap and _works(day) and _works(other):
                yield "runs above light", f"{back} days apart"
            both = _kinds(day) & _kinds(other) & set(_SPACED)
            if back == 1 and both:
                yield "same kind", f"{min(both)} on two days in a row"
            lifts = Kind.STRENGTH in _kinds(day) and Kind.STRENGTH in _kinds(other)
            if back < self._plan.lift_apart_days and lifts:
                yield "lifting apart", f"{back} days apart"

    def _leg_day(self, diary: Diary, shown: Shown) -> Found:
        """No hard run on the days after leg day: planned, of one's own, or told."""
        day = shown.day
        if not _has(day, Grade.HARD):
            return
        gap = self._plan.levels[self._level(shown.person)].lift_gap
        for back, other in diary.before(day.date, gap - 1):
            if Kind.STRENGTH in _kinds(other):
                yield "leg day", f"lifting {back} days before a hard run"
        for legs in diary.legs:
            if 0 < (day.date - legs).days < gap:
                yield "leg day", f"/lifted {(day.date - legs).days} days before a hard run"

    def _order(self, _: Diary, shown: Shown) -> Found:
        """Running comes before lifting."""
        kinds = [session.kind for session in shown.day.sessions]
        if Kind.STRENGTH in kinds[:-1]:
            yield "run before lifting", " then ".join(kinds)

    def _amount(self, _: Diary, shown: Shown) -> Found:
        """Minutes of the day, and contacts of the whole day."""
        level, person, day = self._level(shown.person), shown.person, shown.day
        most = person.minutes or self._plan.levels[level].day_minutes
        minutes = sum(session.minutes for session in day.sessions)
        if minutes > most:
            yield "minutes", f"{minutes}, {most} are the most"
        contacts = sum(session.contacts for session in day.sessions)
        cap = self._books.library.caps.contacts[level]
        if contacts > cap:
            yield "contacts", f"{contacts} on a day, {cap} are the most"

    def _longest(self, diary: Diary, shown: Shown) -> Found:
        """No run longer than so much of the longest of the last weeks; short ones are free."""
        day, growth = shown.day, self._plan.growth
        longest = [
            minutes for date_, minutes in diary.ran.items() if _within(date_, day.date, growth.days)
        ]
        if (day.date - shown.person.started_on).days < growth.days:
            told = shown.person.longest
            longest.append(self._plan.levels[shown.person.level].longest if told is None else told)
        top = max(growth.factor * max(longest, default=0.0), growth.free)
        for session in day.sessions:
            if session.run_minutes > top + 0.1:
                yield "longest run", f"{session.run_minutes} min of running, {top:.1f} are the most"

    def _allowed(self, _: Diary, shown: Shown) -> Found:
        """What age and health answers leave."""
        limit, day = self._limit(shown.person), shown.day
        for session in day.sessions:
            if _ORDER.index(session.grade) > _ORDER.index(limit.hardest):
                yield "age or health", f"{session.session.id} is {session.grade}"
            if session.x and not limit.x:
                yield "age or health", f"{session.session.id} is all-out work"
            if session.session.code in limit.without:
                yield "age or health", f"{session.session.id} has {session.session.code}"
            if not self._in_scope(limit.scope, session.kind, session.session.id):
                yield "unscreened", f"{session.session.id} for {shown.person.screening}"

    def _in_scope(self, scope: Scope, kind: Kind, name: str) -> bool:
        match scope:
            case Scope.NONE:
                return kind is Kind.REST
            case Scope.WALKS:
                return kind in (Kind.REST, Kind.RECOVERY)
            case Scope.GENTLE:
                light = kind in (Kind.REST, Kind.RECOVERY)
                return light or name.removesuffix("-D") in self._plan.gentle_lifts
        return True

    def _deload(self, _: Diary, shown: Shown) -> Found:
        """A lighter week has nothing hard in it."""
        day = shown.day
        if day.deload and _has(day, Grade.HARD):
            yield "deload", f"hard in week {day.week}"

    def _told(self, _: Diary, shown: Shown) -> Found:
        """What is less than its row, or rest, says why."""
        day = shown.day
        if not day.reasons and (any(s.eased for s in day.sessions) or day.dropped):
            yield "no reason", " + ".join(s.session.id for s in day.sessions)

    def _limit(self, person: Person) -> Limit:
        by_health = self._plan.screenings[person.screening]
        if person.age is None:
            return by_health
        return by_health.joined(self._plan.ages.get(person.age, Limit()))

    def _level(self, person: Person) -> Level:
        """The level whose rows count: one lower for some ages, and none above a youth's."""
        limit, at = self._limit(person), _LEVELS.index(person.level)
        if limit.lower:
            at = max(at - 1, 0)
        return _LEVELS[min(at, _LEVELS.index(limit.rows))]


def _has(day: PlanDay, grade: Grade) -> bool:
    return any(session.grade is grade for session in day.sessions)


def _x(day: PlanDay) -> bool:
    return any(session.x for session in day.sessions)


def _works(day: PlanDay) -> bool:
    return any(s.kind in _MAIN and s.grade in (Grade.HARD, Grade.MODERATE) for s in day.sessions)


def _kinds(day: PlanDay) -> set[Kind]:
    return {session.kind for session in day.sessions}


def _within(earlier: date, later: date, days: int) -> bool:
    return 0 < (later - earlier).days <= days
