"""Sees everything that is sent and said, keeps the diaries, and calls what breaks a rule."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.messages import Message
from bot.domain.person import Person
from bot.domain.pushes import PushKind
from bot.domain.safety import Course, Flag
from bot.domain.workouts import Kind, Level
from bot.simulation.cast import Actor
from bot.simulation.clockwork import today as today_of
from bot.simulation.diary import Diary, Shown
from bot.simulation.programme import programme
from bot.simulation.promises import Promises, accepted, offers, untold
from bot.simulation.punctual import Found, Punctual
from bot.simulation.reckoning import Reckoning
from bot.simulation.rules import Rules
from bot.simulation.stage import Letter, Stage

_LEVELS = tuple(Level)
_RAISING = ("/level", "/undo", "q:gate:yes", "q:pain:", "q:skip:pain", "offer:")
_DAY_SHOWN = "day.j2"
_REPORTED = ("log/", "undo/", "consent/")
_BACK = timedelta(days=9)
_WEEK = timedelta(days=7)
_AGREED = "c:yes:"  # with the consent the health answer that asked for it acts
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


class Watch:
    """One for a whole run."""

    def __init__(self, stage: Stage, actors: Iterable[Actor]) -> None:
        self._stage = stage
        books = stage.desk.content.books
        self._rules = Rules(books)
        self._promises = Promises(books)
        self._punctual = Punctual()
        self.reckoning = Reckoning(stage, tuple(actors))
        self._diaries: dict[int, Diary] = {}
        self._before: tuple[Person | None, Mapping[str, Any] | None, int] = (None, None, 0)

    # --- what is sent

    async def sent(self, letter: Letter) -> None:
        self.reckoning.pushes += 1
        person, message, day = letter.person, letter.message, letter.message.origin.day
        asks = None  # a short line while a flag is open asks for that alone
        if day is not None:
            asks = any(button.data == "/stop" for row in message.buttons for button in row)
        self._call(person.id, self._punctual.came(letter.push, person, letter.at, asks))
        if day is None:
            return
        await self._shown(message, person, letter.at)
        if letter.push.kind is PushKind.SESSION:
            sessions = sum(session.minutes > 0 for session in day.sessions)
            self.reckoning.count(person.id, "sent", sessions)

    async def _shown(self, message: Message, person: Person, at: datetime) -> None:
        """The day as it is on its own date; the last showing counts."""
        day = message.origin.day
        today = today_of(person, at)
        if day is None or message.origin.template != _DAY_SHOWN or day.date != today:
            return
        shown = Shown(day, person, at, *await self._week_of(person))
        diary = self._diary(person.id)
        diary.days[day.date] = shown
        told = await self._reported(shown)
        if told:  # what was trained stays as it was; what is left still keeps the promises
            left = tuple(s for s in day.sessions if s.kind not in told)
            rest = replace(shown, day=replace(day, sessions=left))
            found = [*self._flagged(rest), *self._promises.broken(diary.told, rest)]
            self._call(person.id, ((rule, day.date, why) for rule, why in found))
            return
        found = [
            *self._flagged(shown),
            *self._rules.broken(diary, shown),
            *self._promises.broken(diary.told, shown),
            *programme(self._stage.desk.content.books, diary, shown),
        ]
        self._call(person.id, ((rule, day.date, why) for rule, why in found))

    async def _reported(self, shown: Shown) -> set[Kind]:
        """What of the day was reported already."""
        async with self._stage.desk.database.reading() as unit:
            reports = await unit.journal.since(shown.person.id, shown.day.date)
        return {report.kind for report in reports if report.local_date == shown.day.date}

    async def _week_of(self, person: Person) -> tuple[date, int]:
        """The first day of the plan's week, and the load of the week before."""
        async with self._stage.desk.database.reading() as unit:
            standing = await unit.plans.standing(person.id)
            if standing is None:
                return person.started_on, 0
            first = date.fromisoformat(standing["week_start"])
            days = await unit.plans.days(person.id, first - _WEEK)
        before = [data for day, data in days.items() if day < first]
        return first, sum(session["load"] for data in before for session in data["sessions"])

    def _flagged(self, shown: Shown) -> Iterable[tuple[str, str]]:
        """What an open flag holds is not shown."""
        flag = Flag.of_key(shown.person.flag)
        row = self._stage.desk.content.safety.flag(flag.id) if flag else None
        grading = row.grading(flag.urgency) if row and flag else None
        if grading is None:
            return
        kinds = {session.kind for session in shown.day.sessions}
        if grading.follows.course is Course.STOP or kinds & set(grading.follows.holds):
            yield "open flag", ", ".join(sorted(kinds))
        blocks = [block for session in shown.day.sessions for block in session.session.blocks]
        lifts = {step.exercise for block in blocks for step in block.steps if step.exercise}
        for one in self._stage.desk.content.library.exercises:
            if one.id in lifts and one.serves.keys() & set(grading.follows.parts):
                yield "open flag", f"{one.id} loads what is to be seen"

    # --- what is said

    async def about_to(self, actor: Actor) -> None:
        self.reckoning.acts += 1
        self._call(actor.id, self._punctual.overdue(actor.id, self._stage.clock()))
        self._before = await self._stored(actor.id)

    async def answered(self, actor: Actor, words: str, said: tuple[Message, ...]) -> None:
        now, words = self._stage.clock(), words.removeprefix(_AGREED)
        (before, was, change), stored = self._before, await self._stored(actor.id)
        person, standing, newest = stored
        self._punctual.settles(actor.id, person, now)
        if person is None:
            self._diaries.pop(actor.id, None)
            return
        today, diary = today_of(person, now), self._diary(actor.id)
        templates = {message.origin.template for message in said}
        await self._one_off(diary, templates, today)
        if "saved/pause.j2" in templates:
            self._punctual.needless(actor.id, today)
        if "snoozed.j2" in templates:
            self._punctual.snoozes(person, words, now)
        self._promises.hears(diary.told, words, templates, today)
        offers(diary.told, said, person.served)
        found = [*self._promises.changed(was, standing, words), *_level(before, person, words)]
        if "offer/taken.j2" in templates:
            found += accepted(diary.told, words, person.served)
        if person.consent:
            found += untold(was or {}, standing or {}, (change, newest))
        self._call(actor.id, ((rule, today, why) for rule, why in found))
        self.reckoning.said(before, person, templates)
        for message in said:
            await self._shown(message, person, now)
        if any(template.startswith(_REPORTED) for template in templates):
            await self._reports(diary, person, today)

    async def _one_off(self, diary: Diary, templates: set[str], today: date) -> None:
        """Leg day; and what was shown today and is on another day now was not trained today."""
        if "lifted.j2" in templates:
            diary.legs.add(today)
        if "move/done.j2" not in templates:
            return
        async with self._stage.desk.database.reading() as unit:
            days = await unit.plans.days(diary.person, today)
        sessions = days.get(today, {"sessions": ()})["sessions"]
        if not any(session["minutes"] for session in sessions):
            diary.days.pop(today, None)
            self._punctual.needless(diary.person, today)

    async def _stored(self, id_: int) -> tuple[Person | None, Mapping[str, Any] | None, int]:
        """The settings, the standing, and the number of the newest change."""
        async with self._stage.desk.database.reading() as unit:
            newest = await unit.changes.latest(id_, _EVER)
            person, standing = await unit.people.get(id_), await unit.plans.standing(id_)
        return person, standing, newest.id if newest else 0

    async def _reports(self, diary: Diary, person: Person, today: date) -> None:
        """What was really run, by the reports of the last days."""
        async with self._stage.desk.database.reading() as unit:
            reports = await unit.journal.since(person.id, today - _BACK)
        for day in [day for day in diary.ran if day >= today - _BACK]:
            del diary.ran[day]
        for report in reports:
            self._punctual.needless(person.id, report.local_date)
            if report.ran and report.run_minutes:
                minutes = report.run_minutes * report.share
                diary.ran[report.local_date] = max(diary.ran.get(report.local_date, 0), minutes)

    # --- as time goes by

    async def woken(self, now: datetime) -> None:
        """The machine was down until now."""
        for id_ in self.reckoning.ids:
            person = await self._stage.person(id_)
            if person is not None:
                self._punctual.woken(person, now)

    def day_over(self, now: datetime) -> None:
        for id_ in self.reckoning.ids:
            self._call(id_, self._punctual.overdue(id_, now))

    async def week_over(self, now: datetime) -> None:
        for id_ in self.reckoning.ids:
            self._call(id_, await self.reckoning.week_over(id_, now))

    async def all_over(self, end: datetime) -> None:
        self.day_over(end)
        await self.week_over(end)
        self.reckoning.weeks(self._diaries.values())

    def _diary(self, id_: int) -> Diary:
        return self._diaries.setdefault(id_, Diary(id_))

    def _call(self, id_: int, found: Iterable[tuple[str, date, str]] | Found) -> None:
        for rule, day, why in found:
            self.reckoning.breach(id_, day, rule, why)


def _level(before: Person | None, after: Person, words: str) -> Iterable[tuple[str, str]]:
    """A level rises only by the word of the person."""
    rises = before is not None and _LEVELS.index(after.level) > _LEVELS.index(before.level)
    if rises and not words.startswith(_RAISING):
        yield "level unasked", f"{after.level} after {words!r}"
