"""Positions with one mistake are mended, others are marked."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from beredt.missions.clean import Cleaned
from beredt.missions.cleaning_context import NORWAY, CleaningContext
from beredt.missions.coordinates import from_degrees, to_degrees
from tests.missions.plain_rows import CONTEXT, REGION, X, Y, cleaned, mission

LAT, LON = (float(one[0]) for one in to_degrees(np.array([X]), np.array([Y]), "EPSG:25833"))
DEGREES = CleaningContext(region=REGION, crs="EPSG:4326")


def place(done: Cleaned) -> tuple[Any, ...]:
    return done.missions.select("lat", "lon").row(0)


def fired(done: Cleaned) -> set[str]:
    return {rule for rule, count in done.rules.items() if count and rule.startswith("position_")}


def in_zone(zone: int) -> dict[str, float]:
    x, y = from_degrees(np.array([LAT]), np.array([LON]), f"EPSG:258{zone}")
    return {"x": float(x[0]), "y": float(y[0])}


def test_a_good_position_is_read_and_left_alone() -> None:
    done = cleaned(mission())
    assert place(done) == pytest.approx((LAT, LON), abs=1e-12)
    assert 59.8 < LAT < 60 and 10.4 < LON < 10.7  # noqa: PT018  # Bærum
    assert fired(done) == set()


@pytest.mark.parametrize(
    ("mistake", "rule"),
    [
        ({"x": Y, "y": X}, "position_axes"),
        (in_zone(32), "position_zone"),
        (in_zone(35), "position_zone"),
        ({"x": LON, "y": LAT}, "position_zone"),
        ({"x": X * 100, "y": Y * 100}, "position_scale"),
        ({"x": X * 10, "y": Y * 100}, "position_scale"),
    ],
)
def test_one_mistake_is_mended_and_written_down(mistake: dict[str, float], rule: str) -> None:
    done = cleaned(mission(**mistake))
    assert place(done) == pytest.approx((LAT, LON), abs=1e-9)
    assert fired(done) == {rule}
    before = dict(done.corrections.select("field", "before").iter_rows())
    assert {name: float(text) for name, text in before.items()} == mistake
    after = dict(done.corrections.select("field", "after").iter_rows())
    assert [float(after[name]) for name in ("x", "y")] == pytest.approx([X, Y], abs=1e-4)


@pytest.mark.parametrize(
    ("mistake", "rule"),
    [
        ({"x": 59.9, "y": 10.5}, "position_axes"),
        ({"x": 10_512_345.0, "y": 59_898_129.0}, "position_scale"),
        ({"x": X, "y": Y}, "position_zone"),
    ],
)
def test_degrees_have_the_same_mistakes(mistake: dict[str, float], rule: str) -> None:
    done = cleaned(mission(**mistake), context=DEGREES)
    lat, lon = place(done)
    assert REGION.south < lat < REGION.north
    assert REGION.west < lon < REGION.east
    assert fired(done) == {rule}


def test_degrees_of_their_own_columns_are_taken_where_there_are_no_other_coordinates() -> None:
    done = cleaned(mission(x=None, y=None, lat=10.5, lon=59.9))
    assert place(done) == (59.9, 10.5)
    assert dict(done.corrections.select("field", "before").iter_rows()) == {"lon": "59.9", "lat": "10.5"}


@pytest.mark.parametrize("nothing", [None, float("nan")])
def test_no_position_is_missing(nothing: float | None) -> None:
    done = cleaned(mission(x=nothing, y=nothing))
    assert place(done) == (None, None)
    assert fired(done) == {"position_missing"}


def test_half_a_position_is_none_and_is_written_down() -> None:
    done = cleaned(mission(x=None))
    assert place(done) == (None, None)
    assert fired(done) == {"position_unreadable"}
    assert dict(done.corrections.select("field", "before").iter_rows()) == {"x": None, "y": repr(Y)}


@pytest.mark.parametrize("numbers", [(0.0, 0.0), (1e9, -1e9), (-1.0, -1.0)])
def test_numbers_that_are_no_position_are_kept_only_among_corrections(numbers: tuple[float, float]) -> None:
    done = cleaned(mission(x=numbers[0], y=numbers[1]))
    assert place(done) == (None, None)
    assert fired(done) == {"position_unreadable"}
    assert done.corrections.select("field", "before", "after").rows() == [
        ("x", repr(numbers[0]), None),
        ("y", repr(numbers[1]), None),
    ]


def test_a_position_elsewhere_in_the_world_stays_and_is_marked() -> None:
    done = cleaned(mission(x=X + 400_000, y=Y))
    assert fired(done) == {"position_outside"}
    assert done.corrections.is_empty()
    assert place(done)[1] > REGION.east


def test_without_a_region_nothing_is_outside_but_what_is_nowhere() -> None:
    context = CleaningContext(region=None)
    assert fired(cleaned(mission(x=X + 400_000), context=context)) == set()
    assert fired(cleaned(mission(x=Y, y=X), context=context)) == {"position_axes"}
    assert fired(cleaned(mission(x=Y, y=X), context=CleaningContext(region=NORWAY))) == {"position_axes"}


@pytest.mark.parametrize("rule", ["position_axes", "position_zone", "position_scale"])
def test_a_rule_that_is_switched_off_mends_nothing(rule: str) -> None:
    wrong = {
        "position_axes": {"x": Y, "y": X},
        "position_zone": in_zone(32),
        "position_scale": {"x": X * 100, "y": Y * 100},
    }
    done = cleaned(mission(**wrong[rule]), context=CleaningContext(region=REGION, without=frozenset({rule})))
    assert fired(done) <= {"position_outside", "position_unreadable"}
    assert fired(done)


def test_each_row_is_mended_on_its_own() -> None:
    done = cleaned(mission(), mission(x=Y, y=X), mission(**in_zone(32)), mission(x=0.0, y=0.0), context=CONTEXT)
    known = done.missions.sort("row_id").filter(pl.col("lat").is_not_null())
    assert known["row_id"].to_list() == [0, 1, 2]
    assert known["lat"].to_list() == pytest.approx([LAT] * 3, abs=1e-9)
