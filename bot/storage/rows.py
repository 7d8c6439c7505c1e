"""The tables. A column bears the name of the field of the value that it keeps."""

from datetime import date, datetime, time
from typing import Any, ClassVar, cast

from sqlalchemy import JSON, Index, MetaData, Table, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from bot.domain.changes import ChangeState
from bot.domain.journal import Outcome
from bot.domain.person import AgeBand, Screening, Sex
from bot.domain.pushes import PushKind, PushState
from bot.domain.selftest import Side
from bot.domain.workouts import Grade, Kind, Level, Terrain
from bot.storage.columns import BigId, DaySet, EnumText, Ids, UtcDateTime

# A partial index works where a query repeats its condition to the letter.
WAITING = "next_push IS NOT NULL AND reachable AND NOT stopped"
IN_RETRY = "state = 'retry'"
IN_FLIGHT = "state = 'claimed'"


class Row(SQLModel):
    """The base: constraints get names, without which SQLite could not change them later."""

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def _typed(kind: Any, **more: Any) -> Any:
    return Field(sa_type=kind, **more)


_GIVEN: dict[str, Any] = {"primary_key": True, "sa_column_kwargs": {"autoincrement": False}}


def _given_id() -> Any:
    """A key that comes from outside."""
    return _typed(BigId, **_GIVEN)


def _of_a_person(**more: Any) -> Any:
    return _typed(BigId, foreign_key="people.id", ondelete="CASCADE", **more)


def _partial(name: str, column: str, condition: str) -> Index:
    only = text(condition)
    return Index(name, column, sqlite_where=only, postgresql_where=only)


class PersonRow(Row, table=True):
    __tablename__ = "people"
    __table_args__ = (_partial("ix_people_waiting", "next_push", WAITING),)

    id: int = _given_id()
    chat_id: int = _typed(BigId, index=True)
    name: str
    signed_up: datetime = _typed(UtcDateTime)
    started_on: date
    level: Level = _typed(EnumText(Level))
    days: frozenset[int] = _typed(DaySet)
    at: time | None
    zone: str | None
    lift_days: frozenset[int] = _typed(DaySet)
    terrain: Terrain = _typed(EnumText(Terrain))
    minutes: int | None
    age: AgeBand | None = _typed(EnumText(AgeBand))
    screening: Screening = _typed(EnumText(Screening))
    notes: bool
    consent: bool
    paused_until: date | None
    stopped: bool
    reachable: bool
    last_seen: datetime | None = _typed(UtcDateTime)
    next_push: datetime | None = _typed(UtcDateTime)
    served: date | None
    flag: str | None
    longest: int | None
    sex: Sex | None = _typed(EnumText(Sex))
    consent_at: datetime | None = _typed(UtcDateTime)
    screened_on: date | None
    limited_until: date | None
    away_zone: str | None
    away_until: date | None


class PushRow(Row, table=True):
    __tablename__ = "pushes"
    __table_args__ = (
        UniqueConstraint("person_id", "local_date", "kind", "slot"),
        _partial("ix_pushes_retry", "not_before", IN_RETRY),
        _partial("ix_pushes_in_flight", "lease_until", IN_FLIGHT),
        Index("ix_pushes_local_date", "local_date"),
        {"sqlite_autoincrement": True},  # an id that came again would let a late settling through
    )

    id: int = _typed(BigId, primary_key=True)
    person_id: int = _of_a_person()
    kind: PushKind = _typed(EnumText(PushKind))
    local_date: date
    slot: int
    due: datetime = _typed(UtcDateTime)
    state: PushState = _typed(EnumText(PushState))
    owner: str
    attempt: int
    lease_until: datetime = _typed(UtcDateTime)
    not_before: datetime | None = _typed(UtcDateTime)
    message_id: int | None = _typed(BigId)
    sessions: tuple[str, ...] = _typed(Ids)
    reason: str | None


class ReportRow(Row, table=True):
    __tablename__ = "reports"
    __table_args__ = (
        Index("ix_reports_person_date", "person_id", "local_date"),
        Index("ix_reports_person_id", "person_id", "id"),
    )

    id: int = _typed(BigId, primary_key=True)
    person_id: int = _of_a_person()
    local_date: date
    session_id: str
    kind: Kind = _typed(EnumText(Kind))
    grade: Grade = _typed(EnumText(Grade))
    x: bool
    outcome: Outcome = _typed(EnumText(Outcome))
    at: datetime = _typed(UtcDateTime)
    share: float
    srpe: float | None
    expected_low: float | None
    expected_high: float | None
    minutes: float | None
    run_minutes: float | None
    pain: int | None
    pain_where: str | None
    soreness: int | None
    reason: str | None
    eased: bool
    decision: str | None


class StandingRow(Row, table=True):
    """Where a person stands in the plan, as `bot.domain.packing` writes it."""

    __tablename__ = "standings"

    person_id: int = _of_a_person(**_GIVEN)
    data: dict[str, Any] = _typed(JSON)


class PlanDayRow(Row, table=True):
    """A day that was planned for a person, as `bot.domain.filing` writes it."""

    __tablename__ = "plan_days"

    person_id: int = _of_a_person(**_GIVEN)
    local_date: date = Field(primary_key=True)
    data: dict[str, Any] = _typed(JSON)


class ChangeRow(Row, table=True):
    """A change of a person's plan: made or offered, and what takes it back."""

    __tablename__ = "changes"
    __table_args__ = (Index("ix_changes_person_id", "person_id", "id"),)

    id: int = _typed(BigId, primary_key=True)
    person_id: int = _of_a_person()
    at: datetime = _typed(UtcDateTime)
    local_date: date
    code: str
    state: ChangeState = _typed(EnumText(ChangeState))
    data: dict[str, Any] = _typed(JSON)


class ResultRow(Row, table=True):
    """A number of the leg-strength self-test."""

    __tablename__ = "results"

    person_id: int = _of_a_person(**_GIVEN)
    local_date: date = Field(primary_key=True)
    item: str = Field(primary_key=True)
    side: Side = _typed(EnumText(Side), primary_key=True)
    week: int
    value: float


class DialogueRow(Row, table=True):
    __tablename__ = "dialogues"

    chat_id: int = _given_id()
    user_id: int = _given_id()
    name: str
    step: str
    expires_at: datetime = _typed(UtcDateTime, index=True)
    data: dict[str, Any] = _typed(JSON)
    version: int


class TalkRow(Row, table=True):
    __tablename__ = "talk"

    chat_id: int = _given_id()
    topic: str
    at: datetime = _typed(UtcDateTime, index=True)
    named: dict[str, Any] = _typed(JSON)


class UpdateRow(Row, table=True):
    """An update whose effect is in the database."""

    __tablename__ = "updates"

    id: int = _given_id()
    at: datetime = _typed(UtcDateTime, index=True)


class GapRow(Row, table=True):
    __tablename__ = "gaps"

    id: int = _typed(BigId, primary_key=True)
    text: str
    mark: str = Field(index=True)
    at: datetime = _typed(UtcDateTime, index=True)


class LeaseRow(Row, table=True):
    __tablename__ = "leases"

    name: str = Field(primary_key=True)
    owner: str
    pid: int
    host: str
    beat_at: datetime = _typed(UtcDateTime)
    started_at: datetime = _typed(UtcDateTime)


class FileRow(Row, table=True):
    """A picture that Telegram already has."""

    __tablename__ = "files"

    key: str = Field(primary_key=True)
    file_id: str


class MetaRow(Row, table=True):
    __tablename__ = "meta"

    key: str = Field(primary_key=True)
    value: str


def table_of(row: type[Row]) -> Table:
    return cast(Table, row.__table__)  # type: ignore[attr-defined]  # SQLModel sets it unseen


PEOPLE = table_of(PersonRow)
PUSHES = table_of(PushRow)
REPORTS = table_of(ReportRow)
RESULTS = table_of(ResultRow)
STANDINGS = table_of(StandingRow)
PLAN_DAYS = table_of(PlanDayRow)
CHANGES = table_of(ChangeRow)
DIALOGUES = table_of(DialogueRow)
TALK = table_of(TalkRow)
UPDATES = table_of(UpdateRow)
GAPS = table_of(GapRow)
LEASES = table_of(LeaseRow)
FILES = table_of(FileRow)
META = table_of(MetaRow)
METADATA = Row.metadata
