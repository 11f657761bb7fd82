"""Where units really were within some minutes: a hand-made log."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from beredt.indicators.observing.days import ServiceDays
from beredt.indicators.observing.observe import Observation, ObservedService, observe_service
from beredt.indicators.reach_seen.arrivals import Arrivals, arrivals_of
from beredt.indicators.reach_seen.tables import reach_squares_table, reach_zones_table
from beredt.indicators.square_grid import SquareGrid
from beredt.missions.marks import impossible_mask
from beredt.missions.store import Store
from beredt.missions.utm import degrees_of
from beredt.model.dictionary import load_fields
from tests.indicators.made_store import make_store

GRID = SquareGrid(33, 1000)
DAY = date(2026, 1, 1)


def came(east_m: float, minutes: float, **more: Any) -> dict[str, Any]:
    """An acute mission to a scene, with so many minutes from the call and two fewer from rolling."""
    lat, lon = degrees_of(np.array([east_m]), np.array([6_640_500.0]), 33)
    return {
        "unit": "a-1", "station": "Town", "municipality": "Town", "urgency": "A", "lat": lat[0], "lon": lon[0],
        "call_t": 0.0, "alerted_t": 1.0, "rolling_t": 2.0, "scene_t": minutes, "free_t": minutes + 30,
    } | more  # fmt: skip


def look(tmp_path: Path, rows: list[dict[str, Any]]) -> Arrivals:
    store: Store = make_store(tmp_path / "store", rows)
    seen: ObservedService = observe_service(store, how=Observation(first=DAY, last=DAY))
    return arrivals_of(store, ServiceDays("Europe/Oslo", DAY, 1), seen.fleet, seen.frame, GRID)


def test_a_square_is_within_the_least_limit_that_half_its_arrivals_keep(tmp_path: Path) -> None:
    rows = [came(250_500.0, minutes) for minutes in (8.0, 9.0, 10.0, 11.0, 30.0)]
    rows += [came(251_500.0, minutes) for minutes in (11.0, 12.0, 16.0, 16.0, 17.0, 21.0)]
    rows += [came(252_500.0, 40.0) for _ in range(5)]
    table = reach_squares_table(look(tmp_path, rows))
    assert table.columns == [field.name for field in load_fields("missions_report/reach_squares")]
    calls = table.filter(pl.col("interval") == "response").sort("east_m")
    assert calls["east_m"].to_list() == [250_000.0, 251_000.0, 252_000.0]
    assert calls["arrivals"].to_list() == [5, 6, 5]
    assert calls["median_s"].to_list() == [600.0, 960.0, 2400.0]
    assert calls["within"].to_list() == [10, 20, None]
    assert table.filter(pl.col("interval") == "travel").sort("east_m")["within"].to_list() == [10, 15, None]


def test_squares_with_few_arrivals_are_left_out_and_never_one_alone(tmp_path: Path) -> None:
    rows = [came(250_500.0, 9.0)] * 9 + [came(251_500.0, 9.0)] * 6 + [came(252_500.0, 9.0)] * 3
    shown = reach_squares_table(look(tmp_path, rows)).filter(pl.col("interval") == "response")
    assert shown["arrivals"].to_list() == [9]


def test_only_acute_arrivals_of_ambulances_with_possible_stamps_count(tmp_path: Path) -> None:
    rows = [came(250_500.0, 9.0)] * 5 + [
        came(250_500.0, 9.0, urgency="H"),
        came(250_500.0, 9.0, unit="d-1", unit_kind="doctor"),
        came(250_500.0, 9.0, marks=impossible_mask("scene_t")),
        came(250_500.0, 9.0, lat=None, lon=None),
        came(250_500.0, 9.0) | {"call_t": 60.0 * 48, "scene_t": 60.0 * 48 + 9},
    ]
    assert reach_squares_table(look(tmp_path, rows))["arrivals"].to_list() == [5, 5]


def test_zones_tell_shares_only_where_no_small_count_is_told(tmp_path: Path) -> None:
    rows = [came(250_500.0, minutes) for minutes in (9.0,) * 5 + (14.0,) * 15]
    rows += [came(252_500.0, minutes, municipality="Village") for minutes in (9.0,) * 5 + (14.0,) * 2]
    table = reach_zones_table(look(tmp_path, rows)).filter(pl.col("interval") == "response")
    assert table.columns == [field.name for field in load_fields("missions_report/reach_zones")]
    town, village = (table.filter(pl.col("zone") == name) for name in ("Town", "Village"))
    assert town["share"].to_list() == [0.25, 1.0, 1.0]
    assert village["share"].to_list() == [None] * 3
    assert village["arrivals"].to_list() == [7] * 3
    assert village["suppressed"].all()


def test_with_threshold_0_everything_is_told(tmp_path: Path) -> None:
    arrivals = look(tmp_path, [came(250_500.0, 9.0), came(252_500.0, 12.0)])
    assert reach_squares_table(arrivals, threshold=0)["arrivals"].sum() == 4
    assert reach_zones_table(arrivals, threshold=0)["share"].is_not_null().all()


@pytest.mark.parametrize("minutes", [(8,), (5, 10, 15, 30)])
def test_limits_are_what_is_asked_for(tmp_path: Path, minutes: tuple[int, ...]) -> None:
    arrivals = look(tmp_path, [came(250_500.0, 7.5)] * 5)
    assert reach_zones_table(arrivals, minutes)["minutes"].unique().sort().to_list() == list(minutes)
