"""Sees everything that is sent and said, keeps the diaries, and calls what breaks a rule."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.domain.calendar import local_date
from bot.domain.journal import Outcome as Told
from bot.domain.messages import Message
from bot.domain.person import Person
from bot.domain.pushes import PushKind
from bot.domain.safety import Course, Flag
from bot.domain.workouts import Level
from bot.simulation.cast import Actor, Character
from bot.simulation.clockwork import Wanted, clock, coming
from bot.simulation.diary import Breach, Diary, Shown
from bot.simulation.rules import Rules
from bot.simulation.stage import Letter, Stage
from bot.simulation.tally import Outcome, Tally

_BACK = timedelta(days=9)
_TOLD = {Told.DONE: "done", Told.PARTLY: "partly", Told.SKIPPED: "skipped"}
_LEVELS = tuple(Level)
_RAISING = ("/level", "/undo", "q:gate:yes", "q:pain:", "q:skip:pain")
_OFFERS = {"offer/taken.j2": "accepted", "offer/kept.j2": "kept", "offer/late.j2": "lapsed"}


class Watch:
    """One for a whole run; `breaches` are in the order in which they were found."""

    def __init__(self, stage: Stage, actors: Iterable[Actor]) -> None:
        self._stage = stage
        self._rules = Rules(stage.desk.content.books)
        self._actors = {actor.id: actor for actor in actors}
        self._diaries = {id_: Diary(id_) for id_ in self._actors}
        self._wanted: dict[int, Wanted | None] = {}
        self._delivered: set[tuple[int, date, str, int]] = set()
        self._before: Person | None = None
        self._counted: set[int] = set()
        self._changed = 0
        self._tallies = {character: Tally() for character in Character}
        for actor in self._actors.values():
            self._tallies[actor.character].people += 1
        self.breaches: list[Breach] = []
        self.pushes = 0
        self.acts = 0

    # --- what is sent

    async def sent(self, letter: Letter) -> None:
        self.pushes += 1
        self._on_time(letter)
        self._nothing_while_flagged(letter)
        day = letter.message.origin.day
        if day is not None:
            await self._shown(Shown(day, letter.person, letter.at))
            if letter.push.kind is PushKind.SESSION:
                self._count(letter.person.id, "sent", sum(s.minutes > 0 for s in day.sessions))

    def _on_time(self, letter: Letter) -> None:
        """The message that the settings ask for, once, when they ask for it."""
        push, person = letter.push, letter.person
        kind = "daily" if push.kind in (PushKind.SESSION, PushKind.NOTE) else push.kind.value
        key = (person.id, push.local_date, kind, push.slot)
        if key in self._delivered:
            self._doubled(person.id, push.local_date, f"{kind} message a second time")
        self._delivered.add(key)
        if kind != "daily":
            return
        wanted = self._wanted.get(person.id)
        if wanted is None or (wanted.date, wanted.at) != (push.local_date, letter.at):
            when = f"{wanted.date} {wanted.at:%H:%M}" if wanted else "none"
            self._doubled(
                person.id, push.local_date, f"came {letter.at:%d %b %H:%M}, due was {when}"
            )
        self._wanted[person.id] = coming(person, letter.at)

    def _nothing_while_flagged(self, letter: Letter) -> None:
        """An open flag that stops all training leaves no session in a message."""
        flag = Flag.of_key(letter.person.flag)
        row = self._stage.desk.content.safety.flag(flag.id) if flag else None
        grading = row.grading(flag.urgency) if row and flag else None
        day = letter.message.origin.day
        if grading is None or day is None:
            return
        kinds = {session.kind for session in day.sessions}
        if grading.follows.course is Course.STOP or kinds & set(grading.follows.holds):
            self._breach(letter.person.id, day.date, "open flag", ", ".join(sorted(kinds)))

    async def _shown(self, shown: Shown) -> None:
        """The day as it is on its own date; the last showing counts."""
        diary = self._diaries[shown.person.id]
        if shown.day.date != local_date(shown.at, clock(shown.person)[1]):
            return
        diary.days[shown.day.date] = shown
        for rule, why in self._rules.broken(diary, shown):
            self._breach(shown.person.id, shown.day.date, rule, why)

    # --- what is said

    async def about_to(self, actor: Actor, words: str) -> None:
        del words
        self.acts += 1
        self._overdue(actor.id, self._stage.clock())
        self._before = await self._stage.person(actor.id)

    async def answered(self, actor: Actor, words: str, said: tuple[Message, ...]) -> None:
        now, person = self._stage.clock(), await self._stage.person(actor.id)
        if person is None:
            self._wanted[actor.id] = None
            return
        self._wanted[actor.id] = coming(person, now)
        diary = self._diaries[actor.id]
        templates = {message.origin.template for message in said}
        if "lifted.j2" in templates:
            diary.legs.add(local_date(now, clock(person)[1]))
        for template in templates & set(_OFFERS):
            self._count(actor.id, _OFFERS[template])
        self._flags(self._before, person)
        self._level(self._before, person, words)
        for message in said:
            if message.origin.day is not None:
                await self._shown(Shown(message.origin.day, person, now))
        if any(t.startswith(("log/", "undo/", "consent/")) for t in templates):
            await self._reports(diary, person)

    async def _reports(self, diary: Diary, person: Person) -> None:
        """What was really run, by the reports of the last days."""
        since = local_date(self._stage.clock(), clock(person)[1]) - _BACK
        async with self._stage.desk.database.reading() as unit:
            reports = await unit.journal.since(person.id, since)
        for day in [day for day in diary.ran if day >= since]:
            del diary.ran[day]
        for report in reports:
            if report.ran and report.run_minutes:
                minutes = report.run_minutes * report.share
                diary.ran[report.local_date] = max(diary.ran.get(report.local_date, 0), minutes)

    def _flags(self, before: Person | None, after: Person) -> None:
        was = before.flag if before else None
        if after.flag and not was:
            self._count(after.id, "raised")
        if was and not after.flag:
            self._count(after.id, "cleared")

    def _level(self, before: Person | None, after: Person, words: str) -> None:
        """A level rises only by the word of the person."""
        rises = before is not None and _LEVELS.index(after.level) > _LEVELS.index(before.level)
        if rises and not words.startswith(_RAISING):
            day = local_date(self._stage.clock(), clock(after)[1])
            self._breach(after.id, day, "level unasked", f"{after.level} after {words!r}")

    # --- as time goes by

    async def day_over(self, now: datetime) -> None:
        for id_ in self._actors:
            self._overdue(id_, now)

    async def week_over(self, now: datetime) -> None:
        """Counts what was reported and changed since the last time."""
        for actor in self._actors.values():
            async with self._stage.desk.database.reading() as unit:
                reports = await unit.journal.since(actor.id, now.date() - _BACK)
                changes = await unit.changes.of(actor.id)
            for report in reports:
                if report.id not in self._counted and report.outcome in _TOLD:
                    self._counted.add(report.id)
                    self._count(actor.id, _TOLD[report.outcome])
            fresh = Counter(c.code for c in changes if c.at > now - timedelta(days=7))
            self._tallies[actor.character].changes.update(fresh)

    async def all_over(self, end: datetime) -> None:
        await self.day_over(end)
        await self.week_over(end)
        self._weeks()

    def _weeks(self) -> None:
        """How many weeks rose in load above the last full one, and how many were lighter."""
        for diary in self._diaries.values():
            weeks: dict[tuple[int, int], list[Shown]] = {}
            for day, shown in sorted(diary.days.items()):
                first = (day - shown.person.started_on).days // 7
                weeks.setdefault((first, shown.day.week), []).append(shown)
            last = 0
            for days in weeks.values():
                load = sum(shown.day.load for shown in days)
                if any(shown.day.deload for shown in days):
                    self._count(diary.person, "deload")
                    continue
                if load > last:
                    self._count(diary.person, "rising")
                last = load

    def outcome(self, weeks: int) -> Outcome:
        return Outcome(weeks, self._tallies, tuple(sorted(self.breaches)), self.pushes, self.acts)

    def _overdue(self, id_: int, now: datetime) -> None:
        wanted = self._wanted.get(id_)
        if wanted is None or wanted.at > now:
            return
        self._wanted[id_] = None
        self._count(id_, "missed")
        self._breach(id_, wanted.date, "push missed", f"due {wanted.at:%d %b %H:%M} UTC")

    def _doubled(self, id_: int, day: date, why: str) -> None:
        self._count(id_, "doubled")
        self._breach(id_, day, "push unasked", why)

    def _breach(self, id_: int, day: date, rule: str, why: str) -> None:
        self._count(id_, "breaches")
        self.breaches.append(Breach(id_, day, rule, why))

    def _count(self, id_: int, name: str, by: int = 1) -> None:
        self._tallies[self._actors[id_].character].counts[name] += by
