"""Synthetic people live weeks of the coach; what was really sent is held against every rule."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.simulation.cast import DAYS, LIFTS, MINUTES, TERRAINS, TIMES, ZONES, Actor, Character, cast
from bot.simulation.drama import lived
from bot.simulation.tally import Outcome
from tests.house import ROOT, shelf

KINDS = len(Character)
START = datetime(2026, 3, 16, tzinfo=UTC)  # the clocks of Europe and of America change soon

_wishes = st.tuples(
    st.sampled_from([f"/level {level} yes" for level in ("beginner", "intermediate", "advanced")]),
    st.sampled_from([f"/timezone {zone}" for zone in ZONES]),
    st.sampled_from([f"/days {days}" for days in DAYS]),
    st.sampled_from([f"/time {at}" for at in TIMES]),
    st.sampled_from([f"/lift {days}" for days in LIFTS]),
    st.sampled_from([f"/minutes {minutes}" for minutes in MINUTES]),
    st.sampled_from([f"/terrain {terrain}" for terrain in TERRAINS]),
    st.sampled_from(["/age 18-49", "/age 50-69", "/age 16-17", "/longest 0", "/notes on"]),
)
_actors = st.builds(
    Actor,
    id=st.just(1),
    character=st.sampled_from(Character),
    chance=st.integers(0, 10_000).map(Random),  # noqa: S311  (lives, not secrets)
    first_words=_wishes,
    asks=st.booleans(),
    consents=st.booleans(),
    answers_health=st.booleans(),
    limits=st.sampled_from([(), ("Q1",), ("Q2",), ("Q6",), ("Q10",)]),
    cleared=st.booleans(),
)


def _lived(actors: Sequence[Actor], weeks: int, seed: int) -> Outcome:
    with TemporaryDirectory() as folder:
        house = (shelf(), ROOT / "content", Path(folder), START)
        return asyncio.run(lived(house, actors, weeks, seed))


def _broken(outcome: Outcome) -> list[str]:
    return [str(breach) for breach in outcome.breaches]


def test_no_rule_is_broken_and_no_push_missed_or_doubled() -> None:
    outcome = _lived(cast(KINDS, 7), 2, 7)

    assert _broken(outcome) == []
    assert outcome.whole.counts["sent"] > 2 * KINDS
    assert outcome.whole.counts["done"] > KINDS


def test_the_same_seed_brings_the_same_lives() -> None:
    first, again = (_lived(cast(2, 5), 1, 5) for _ in range(2))

    assert first == again


@settings(
    deadline=None,
    max_examples=3,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(_actors, st.integers(0, 99))
def test_whoever_it_is_no_rule_is_broken(actor: Actor, seed: int) -> None:
    assert _broken(_lived([actor], 3, seed)) == []


@pytest.mark.soak
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(_actors, st.integers(0, 99))
def test_whoever_it_is_no_rule_is_broken_in_half_a_year(actor: Actor, seed: int) -> None:
    assert _broken(_lived([actor], 26, seed)) == []


@pytest.mark.soak
def test_two_hundred_people_live_a_year() -> None:
    outcome = _lived(cast(200, 1), 52, 1)

    assert _broken(outcome) == []
    assert all(tally.counts["sent"] for tally in outcome.by_character.values())
    assert outcome.whole.counts["rising"] > outcome.whole.counts["deload"] > 0
