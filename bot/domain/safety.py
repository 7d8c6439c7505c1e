"""The red-flag catalogue as values: what each sign asks of the person, and whom to call.

The rows come from `content/safety/`. No clinician has reviewed them, and the words say so where
they are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.scan_tongue import Tongue
from bot.domain.workouts import Kind, Muscle


class Urgency(StrEnum):
    """How soon somebody has to look at it; the worst first."""

    NOW = "now"  # the emergency number, before any question
    HUMAN = "human"  # a person to talk to: crisis line, help line
    TODAY = "today"
    SOON = "soon"  # act at once; better within 30 minutes, or it is an emergency
    WEEK = "week"
    BOOK = "book"
    WAIT = "wait"  # nothing is wrong today: a professional's word or a clear day is missing

    @property
    def rank(self) -> int:
        """0 is the worst."""
        return list(Urgency).index(self)


class Course(StrEnum):
    """What happens to the plan."""

    STOP = "stop"  # every session and every cheerful message
    HOLD = "hold"  # the kinds and the body parts that are named; other strength work stays


class Until(StrEnum):
    """What ends a flag."""

    SEEN = "seen"  # the person says that a professional has seen it
    LIFTED = "lifted"  # whoever forbade it allows it again
    WELL = "well"  # a day or two without the sign, without tablets


@dataclass(frozen=True, slots=True)
class Follows:
    """What follows a flag; `holds` and `parts` count for HOLD only. `asks`: on the person's
    days one short line asks how it went."""

    course: Course
    until: Until = Until.SEEN
    holds: tuple[Kind, ...] = ()
    parts: tuple[Muscle, ...] = ()
    asks: bool = True


@dataclass(frozen=True, slots=True)
class Grading:
    """One urgency of a red flag: how it is put, and the wordings that show it.

    `signs` are patterns by language; those under `any` are made of concepts alone and hold in
    every language that knows them. `say` is for the person; `abroad` one line by language.
    """

    urgency: Urgency
    say: str
    signs: Mapping[str, tuple[str, ...]]
    abroad: Mapping[str, str]
    follows: Follows


class Help(StrEnum):
    """The lines of the table that belong to a flag."""

    CRISIS = "crisis"
    POISON = "poison"
    VIOLENCE = "violence"


@dataclass(frozen=True, slots=True)
class RedFlag:
    """One row. `others`: a sign of somebody else counts as well, without a call for help.
    `passes`: the person's "it is gone" settles it. `instead_of`: milder than these rows, and
    right where both are said. `imagined`: a thought of it, an "if", counts."""

    id: str
    title: str
    section: str
    gradings: tuple[Grading, ...]
    others: bool = False
    passes: bool = False
    imagined: bool = False
    helped_by: tuple[Help, ...] = ()
    instead_of: tuple[str, ...] = ()

    def grading(self, urgency: Urgency) -> Grading | None:
        return next((g for g in self.gradings if g.urgency is urgency), None)


@dataclass(frozen=True, slots=True)
class Line:
    """A crisis or help line: its name, what to dial or do, who says so."""

    name: str
    call: str
    source: str


@dataclass(frozen=True, slots=True)
class Country:
    """Whom to call in a country (ISO 3166 alpha-2 of `codes`). Empty: not known for certain.
    `zones` are time zones of that country alone."""

    codes: tuple[str, ...]
    emergency: str
    source: str
    zones: tuple[str, ...] = ()
    crisis: tuple[Line, ...] = ()
    poison: tuple[Line, ...] = ()
    violence: tuple[Line, ...] = ()

    def lines(self, kind: Help) -> tuple[Line, ...]:
        return {Help.CRISIS: self.crisis, Help.POISON: self.poison, Help.VIOLENCE: self.violence}[
            kind
        ]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The dated table of numbers. `anywhere` stands where the country is not known."""

    checked: date
    emergency: str
    anywhere: Line
    countries: tuple[Country, ...]

    def country(self, code: str | None) -> Country | None:
        return next((c for c in self.countries if code in c.codes), None)

    def code_of(self, zone: str | None) -> str | None:
        """The country of a time zone, where that is certain."""
        return next((c.codes[0] for c in self.countries if zone in c.zones), None)

    def to_call(self, code: str | None) -> str:
        """The emergency number of the country, or the words for any."""
        country = self.country(code)
        return country.emergency if country is not None else self.emergency

    def lines(self, kinds: tuple[Help, ...], code: str | None) -> tuple[Line, ...]:
        """The help lines of the country; where it has none, the line for anywhere."""
        country = self.country(code)
        found = [line for kind in kinds for line in (country.lines(kind) if country else ())]
        return tuple(found) or ((self.anywhere,) if kinds else ())


@dataclass(frozen=True, slots=True)
class Flag:
    """A sign that was found. `span` is where in the text, in characters, end excluded."""

    id: str
    urgency: Urgency
    span: tuple[int, int]
    language: str

    @property
    def key(self) -> str:
        """What is kept of it while it is open: nothing of what the person wrote."""
        return f"{self.id} {self.urgency.value} {self.language}"

    @classmethod
    def of_key(cls, key: str | None) -> "Flag | None":
        """The flag that was kept; None for nothing or for what no longer reads as one."""
        parts = (key or "").split()
        if len(parts) != 3 or parts[1] not in list(Urgency):
            return None
        return cls(parts[0], Urgency(parts[1]), (0, 0), parts[2])


@dataclass(frozen=True, slots=True)
class Second:
    """How sure the second opinion has to be, 0 to 1: usually, where a sign was said but taken
    back ("no chest pain"), in another language than English, and where the message is a clear wish
    or a clear question of the knowledge base, one that its router gives the share `sure`."""

    bar: float
    taken_back: float
    abroad: float
    clear: float
    sure: float


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The rows, the numbers, and the wordings made ready for the scan.

    `notice` says that no clinician has reviewed the rows. `retired` ids are never used again.
    `training` are words of a question about training, which meets an open flag again.
    """

    flags: tuple[RedFlag, ...]
    numbers: Numbers
    tongues: tuple[Tongue, ...]
    notice: str
    second: Second
    training: frozenset[str]
    retired: tuple[str, ...] = ()

    def flag(self, id_: str) -> RedFlag | None:
        return next((flag for flag in self.flags if flag.id == id_), None)


@dataclass(frozen=True, slots=True)
class Advice:
    """All that the message about a flag says. `abroad` is empty for English."""

    id: str
    title: str
    urgency: Urgency
    say: str
    abroad: str
    lines: tuple[Line, ...]
    course: Course
    until: Until
    notice: str


def advice(flag: Flag, catalogue: Catalogue, country: str | None = None) -> Advice | None:
    """What to say about `flag` to a person in `country` (ISO alpha-2; None where not certain).

    None where the catalogue no longer has the row.
    """
    row = catalogue.flag(flag.id)
    grading = row.grading(flag.urgency) if row is not None else None
    if row is None or grading is None:
        return None
    to_call = catalogue.numbers.to_call(country)
    return Advice(
        row.id,
        row.title,
        grading.urgency,
        grading.say.replace("{emergency}", to_call),
        grading.abroad.get(flag.language, ""),
        catalogue.numbers.lines(row.helped_by, country),
        grading.follows.course,
        grading.follows.until,
        catalogue.notice,
    )
