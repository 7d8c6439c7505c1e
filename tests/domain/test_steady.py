"""A clock that jumps is not believed until a second reading agrees."""

from datetime import UTC, datetime, timedelta

from bot.domain.steady import IN_STEP_SECONDS, SteadyClock

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def at(seconds: float) -> datetime:
    """What a clock that goes right shows after these seconds."""
    return NOON + timedelta(seconds=seconds)


def jumped(by: timedelta) -> SteadyClock:
    """A clock that went right for ten seconds, then jumped."""
    clock = SteadyClock()
    clock.look(at(0), 0)
    assert not clock.look(at(10), 10)
    assert clock.look(at(11) + by, 11)
    return clock


def test_a_clock_that_goes_right_is_simply_read() -> None:
    clock = SteadyClock()
    clock.look(at(0), 0)

    assert clock.now(at(3), 3) == at(3)
    assert not clock.in_doubt


def test_ten_minutes_are_no_jump() -> None:
    clock = SteadyClock()
    clock.look(at(0), 0)

    assert not clock.look(at(600), 0.5)


def test_nothing_dated_beyond_a_jump_is_due_meanwhile() -> None:
    clock = jumped(DAY)

    assert clock.now(at(20) + DAY, 20) == at(20)


def test_a_clock_that_was_set_back_is_gone_by_at_once() -> None:
    clock = jumped(-DAY)

    assert clock.now(at(20) - DAY, 20) == at(20) - DAY


def test_a_jump_is_told_once() -> None:
    clock = jumped(DAY)

    assert not clock.look(at(12) + DAY, 12)


def test_a_jump_there_and_back_is_over() -> None:
    clock = jumped(DAY)
    clock.look(at(12), 12)

    assert not clock.in_doubt


def test_another_clock_that_agrees_ends_the_doubt() -> None:
    clock = jumped(DAY)

    assert clock.compare(at(15) + DAY, at(14) + DAY, 14)
    assert clock.now(at(15) + DAY, 15) == at(15) + DAY


def test_another_clock_that_does_not_agree_keeps_it() -> None:
    clock = jumped(DAY)

    assert not clock.compare(at(14), at(14) + DAY, 14)
    assert clock.in_doubt


def test_without_another_clock_a_minute_in_step_is_the_second_reading() -> None:
    clock = jumped(DAY)
    later = 11 + IN_STEP_SECONDS

    assert not clock.compare(None, at(later - 1) + DAY, later - 1)
    assert clock.compare(None, at(later) + DAY, later)
