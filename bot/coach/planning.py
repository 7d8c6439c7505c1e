"""The plan of one person, looked up by date. Plans are computed, not stored, and kept for reuse."""

from collections import OrderedDict
from datetime import date

from bot.domain.library import Library
from bot.domain.person import Person
from bot.domain.plan import Athlete, PlanDay
from bot.domain.plan_rules import PlanRules
from bot.domain.season import build

_WEEK = 7
_KEPT = 1024
_AHEAD = 12  # weeks that are computed at once


def athlete_of(person: Person) -> Athlete:
    """What of a person shapes the plan."""
    return Athlete(
        level=person.level,
        days=person.days,
        lifts=person.lift_days,
        terrain=person.terrain,
        minutes=person.minutes,
        age=person.age,
        screening=person.screening,
        longest=person.longest,
    )


class Plans:
    """Plans by (athlete, start): people alike share one; the oldest are dropped."""

    def __init__(self, library: Library, rules: PlanRules) -> None:
        self._library = library
        self._rules = rules
        self._kept: OrderedDict[tuple[Athlete, date], tuple[PlanDay, ...]] = OrderedDict()

    def day(self, athlete: Athlete, start: date, day: date) -> PlanDay | None:
        """The planned day; None before the start."""
        offset = (day - start).days
        if offset < 0:
            return None
        return self.days(athlete, start, offset // _WEEK + 1)[offset]

    def days(self, athlete: Athlete, start: date, weeks: int) -> tuple[PlanDay, ...]:
        """At least `weeks` weeks of days from the start on."""
        key = (athlete, start)
        known = self._kept.get(key, ())
        if len(known) < weeks * _WEEK:
            known = build(athlete, self._library, self._rules, start, max(weeks, _AHEAD))
            self._kept[key] = known
        self._kept.move_to_end(key)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return known
