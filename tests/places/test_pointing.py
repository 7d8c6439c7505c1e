"""Shared locations: from a point on the map to its zone."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.places import Places

FILE = Path(__file__).parents[2] / "content" / "places.sqlite"


@pytest.fixture(scope="module")
def places() -> Iterator[Places]:
    with Places.open(FILE) as opened:
        yield opened


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (52.52, 13.40, "Europe/Berlin"),
        (27.70, 85.32, "Asia/Kathmandu"),
        (-13.83, -171.77, "Pacific/Apia"),
        (64.18, -51.72, "America/Nuuk"),
        (31.76, -106.49, "America/Denver"),
        (-31.55, 159.08, "Australia/Lord_Howe"),
        (0.0, -150.0, "Etc/GMT+10"),
    ],
)
def test_a_point_has_its_zone(places: Places, latitude: float, longitude: float, zone: str) -> None:
    assert places.zone_at(latitude, longitude) == zone


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(91, 0), (-91, 0), (0, 181), (float("nan"), 0), (0, float("inf"))]
)
def test_what_is_no_point_on_earth_has_no_zone(
    places: Places, latitude: float, longitude: float
) -> None:
    assert places.zone_at(latitude, longitude) is None


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_each_point_on_earth_has_a_zone_that_can_be_used(latitude: float, longitude: float) -> None:
    with Places.open(FILE) as places:
        zone = places.zone_at(latitude, longitude)

    assert zone is not None
    assert ZoneInfo(zone).key == zone
