"""Speed limits as people write them."""

from __future__ import annotations

import math

import pytest

from beredt.errors import UnknownIdError
from beredt.roads.osm.way_rules import duration_s
from beredt.roads.profile.limits import find_country, list_countries, load_limits
from beredt.roads.profile.speed_text import read_kmh


@pytest.mark.parametrize(
    ("text", "kmh"),
    [
        ("50", 50.0), ("50 km/h", 50.0), ("50kmh", 50.0), ("30 mph", 48.28032), ("5 knots", 9.26), ("none", 130.0),
        ("walk", 8.0), ("NO:urban", 50.0), ("no:rural", 80.0), ("NO:zone:30", 30.0), ("DE:zone30", 30.0),
        ("50;80", 80.0), ("50|60|none", 130.0), ("12,5", 12.5),
    ],
)  # fmt: skip
def test_read(text: str, kmh: float) -> None:
    assert read_kmh(text, load_limits("NO")) == pytest.approx(kmh)


@pytest.mark.parametrize("text", ["fast", "0", "999", "50 miles", "50;fast", "NO:elsewhere", "-30"])
def test_not_read(text: str) -> None:
    assert read_kmh(text, load_limits("NO")) is None


@pytest.mark.parametrize("text", ["signals", "variable", ""])
def test_said_to_be_unknown(text: str) -> None:
    assert math.isnan(read_kmh(text, load_limits("NO")) or 0.0)


@pytest.mark.parametrize(("text", "seconds"), [("15", 900), ("00:15", 900), ("1:10", 4200), ("00:01:30", 90)])
def test_durations(text: str, seconds: float) -> None:
    assert duration_s(text) == seconds
    assert math.isnan(duration_s("a while"))


def test_countries() -> None:
    assert find_country(47.05, 9.48, 47.26, 9.62) == "LI"
    assert find_country(42.45, 1.45, 42.6, 1.7) == "AD"
    assert find_country(69.6, 18.8, 69.7, 19.1) in ("NO", None)
    assert find_country(0, 0, 1, 1) is None
    assert find_country(60.1, 24.8, 60.3, 25.2) is None  # Finland, but the box of Norway holds it, too
    assert {"NO", "SE", "default"} <= set(list_countries())
    for country in list_countries():
        limits = load_limits(country)
        assert (limits.built_up <= limits.rural).all()
    with pytest.raises(UnknownIdError):
        load_limits("XX")
