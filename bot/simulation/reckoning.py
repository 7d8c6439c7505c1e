"""What became of everybody: counted as it happens, and once a week from the database."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.changes import Change
from bot.domain.feeling_well import HEALTH, READY
from bot.domain.journal import Outcome as Told
from bot.domain.journal import Report
from bot.domain.person import Person, Screening
from bot.simulation.cast import Actor, Character
from bot.simulation.diary import Breach, Diary, Shown
from bot.simulation.stage import Stage
from bot.simulation.tally import Outcome, Tally

_BACK = timedelta(days=9)
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_TOLD = {Told.DONE: "done", Told.PARTLY: "partly", Told.SKIPPED: "skipped"}
_OFFERS = {"offer/taken.j2": "accepted", "offer/kept.j2": "kept", "offer/late.j2": "lapsed"}
_UNTOLD = (Screening.UNASKED, Screening.CLEAR)


class Reckoning:
    """The counts by kind of person, and the breaches."""

    def __init__(self, stage: Stage, actors: tuple[Actor, ...]) -> None:
        self._stage = stage
        self._actors = {actor.id: actor for actor in actors}
        self._tallies = {character: Tally() for character in Character}
        for actor in actors:
            self._tallies[actor.character].people += 1
        self._counted: set[int] = set()
        self._past: dict[int, Mapping[date, Any]] = {}
        self._changes: set[int] = set()
        self._breaches: list[Breach] = []
        self.pushes = 0
        self.acts = 0

    @property
    def ids(self) -> Iterable[int]:
        return self._actors.keys()

    def count(self, id_: int, name: str, by: int = 1) -> None:
        self._tallies[self._actors[id_].character].counts[name] += by

    def breach(self, id_: int, day: date, rule: str, why: str) -> None:
        self.count(id_, "breaches")
        if rule in _PUSHES:
            self.count(id_, _PUSHES[rule])
        self._breaches.append(Breach(id_, day, rule, why))

    def said(self, before: Person | None, after: Person, templates: set[str]) -> None:
        """Offers answered, flags raised and cleared."""
        for template in templates & set(_OFFERS):
            self.count(after.id, _OFFERS[template])
        was = before.flag if before else None
        if after.flag and not was:
            self.count(after.id, "raised")
        if was and not after.flag:
            self.count(after.id, "cleared")

    async def week_over(self, id_: int, now: datetime) -> list[tuple[str, date, str]]:
        """Counts what was reported and changed; the past stays, and health stays unkept without
        consent."""
        today = now.date()
        async with self._stage.desk.database.reading() as unit:
            person = await unit.people.get(id_)
            reports = await unit.journal.since(id_, today - _BACK)
            changes = await unit.changes.of(id_)
            days = await unit.plans.days(id_, today - 3 * _WEEK)
            standing = await unit.plans.standing(id_)
        if person is None or standing is None:
            self._past.pop(id_, None)
            return []
        self._counts(id_, reports, changes)
        over = min(date.fromisoformat(standing["settled"]), today - 2 * _DAY)  # in every zone
        return [
            *_unkept(person, reports, standing, today),
            *self._rewritten(id_, {day: data for day, data in days.items() if day <= over}),
        ]

    def _counts(self, id_: int, reports: Iterable[Report], changes: Iterable[Change]) -> None:
        for report in reports:
            if report.id not in self._counted and report.outcome in _TOLD:
                self._counted.add(report.id)
                self.count(id_, _TOLD[report.outcome])
        fresh = [change for change in changes if change.id not in self._changes]
        self._changes |= {change.id for change in fresh}
        codes = Counter(change.code for change in fresh)
        self._tallies[self._actors[id_].character].changes.update(codes)

    def _rewritten(self, id_: int, past: Mapping[date, Any]) -> Iterator[tuple[str, date, str]]:
        """What was fixed a week ago is the same today."""
        before = self._past.get(id_, {})
        for day in sorted(before.keys() & past.keys()):
            if before[day] != past[day]:
                yield "past rewritten", day, f"{_ids(before[day])} became {_ids(past[day])}"
        self._past[id_] = past

    def weeks(self, diaries: Iterable[Diary]) -> None:
        """How many weeks rose in load above the last full one, and how many were lighter."""
        for diary in diaries:
            weeks: dict[date, list[Shown]] = {}
            for _, shown in sorted(diary.days.items()):
                weeks.setdefault(shown.week_start, []).append(shown)
            last = 0
            for days in weeks.values():
                load = sum(shown.day.load for shown in days)
                if any(shown.day.deload for shown in days):
                    self.count(diary.person, "deload")
                    continue
                self.count(diary.person, "rising", int(load > last))
                last = load

    def outcome(self, weeks: int) -> Outcome:
        breaches = tuple(sorted(self._breaches))
        return Outcome(weeks, self._tallies, breaches, self.pushes, self.acts)


_PUSHES = {"push missed": "missed", "push unasked": "doubled"}


def _unkept(
    person: Person, reports: Iterable[Report], standing: Mapping[str, Any], today: date
) -> Iterator[tuple[str, date, str]]:
    """Without consent nothing about anybody's health is stored."""
    if person.consent:
        return
    for code in sorted({easing["code"] for easing in standing.get("easings", ())}):
        if code in HEALTH and code != READY:  # that somebody is tired is no health answer
            yield "no consent", today, f"the reason {code} was kept"
    if person.screening not in _UNTOLD:
        yield "no consent", today, f"{person.screening} was kept"
    for report in reports:
        if (report.pain, report.soreness) != (None, None):
            yield "no consent", report.local_date, "pain or soreness was kept"


def _ids(day: Mapping[str, Any]) -> str:
    return " + ".join(session["id"] for session in day["sessions"])
