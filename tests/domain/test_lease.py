"""When a standby may take the holder of a lease for gone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.lease import Holder, Lease, Watch

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HELD = Lease("push", Holder("one", 1, "there"), NOON, NOON)
PATIENCE = 13  # s: the beat of every third second, eleven without one, a look each second


def first_silent(beats: dict[int, datetime], looks: list[float]) -> float | None:
    """At which of the looks the holder is taken for gone; `beats`: second by second."""
    watch = Watch()
    for at in looks:
        beat = beats[max(second for second in beats if second <= at)]
        if watch.silent(replace(HELD, beat_at=beat), at):
            return at
    return None


def every_second(until: int) -> list[float]:
    return [float(second) for second in range(until)]


def test_who_beats_is_never_silent() -> None:
    beats = {second: NOON + timedelta(seconds=second) for second in range(0, 600, 3)}

    assert first_silent(beats, every_second(600)) is None


def test_who_has_stopped_beating_is_gone_within_fifteen_seconds() -> None:
    beats = {second: NOON + timedelta(seconds=second) for second in range(0, 31, 3)}
    found = first_silent(beats, every_second(60))

    assert found is not None
    assert 30 + 11 <= found <= 30 + PATIENCE


def test_a_holder_whose_clock_is_far_away_or_is_set_is_alive_all_the_same() -> None:
    ahead = {second: NOON + timedelta(days=1, seconds=second) for second in range(0, 60, 3)}
    set_back = {
        second: NOON - timedelta(hours=second // 30, seconds=-second) for second in range(0, 60, 3)
    }

    assert first_silent(ahead, every_second(60)) is None
    assert first_silent(set_back, every_second(60)) is None


def test_a_time_without_a_look_proves_nothing() -> None:
    beats = {0: NOON}
    away = [*every_second(5), 60.0, 61.0, 62.0]  # meanwhile the database was away for both
    back = [*away, *(float(second) for second in range(63, 80))]

    assert first_silent(beats, away) is None
    assert first_silent(beats, back) == 60 + 11


def test_a_new_holder_is_watched_from_its_own_beginning() -> None:
    watch = Watch()
    other = replace(HELD, holder=Holder("two", 2, "there"))
    looks = [watch.silent(HELD if second < 8 else other, float(second)) for second in range(19)]

    assert not any(looks)
    assert watch.silent(other, 19.0)
