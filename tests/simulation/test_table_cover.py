"""Which base covers which area, by the driving times of a table."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from beredt.coverage.cover_sets import CoverSets
from beredt.demand.generate import prepare_demand
from beredt.demand.intensity import Period
from beredt.model.interval import Interval
from beredt.roads.network import Network
from beredt.simulation.table_cover import daily_incidents, driving_s, table_sets
from tests.demand.small_service import small_areas

STATIONS = np.array([0, 1], np.int32)
AREAS = np.array([2, 3, 4], np.int32)


def network() -> Network:
    """Two stations and three areas in a row, 100 s apart: station, area, area, station, area; legs of 10 s."""
    at = np.array([0, 300, 100, 200, 400])
    seconds = np.abs(at[:, None] - at[None, :]).astype(np.float32)
    # One way against the grain: from the first station to the first area it takes longer than back.
    seconds[2, 0] = 130
    n = len(at)
    direct = np.repeat(np.arange(n, dtype=np.int16)[:, None], n, axis=1)
    ids = ("station:west", "station:east", "area:a", "area:b", "area:c")
    return Network(ids, np.zeros(n), np.zeros(n), seconds, direct, seconds / 60, np.full(n, 10.0))


def found(sets: CoverSets) -> dict[tuple[int, ...], float]:
    rows = zip(sets.covers, sets.weight, strict=True)
    return {tuple(np.flatnonzero(row).tolist()): float(weight) for row, weight in rows}


def sets_within(*cover_s: float, per_day: NDArray[np.float64], speed: tuple[float, ...] = (1.0, 1.0, 1.0)) -> CoverSets:
    return table_sets(network(), STATIONS, AREAS, per_day, np.array(speed), np.array(cover_s))


ACUTE_ONLY = np.array([[8.0, 0, 0], [4.0, 0, 0], [2.0, 0, 0]])


def test_legs_and_direction_count() -> None:
    # From the west 150, 220, 420 s; from the east 220, 120, 120 s.
    assert found(sets_within(150, 0, 0, per_day=ACUTE_ONLY)) == {(0,): 8.0, (1,): 6.0}
    assert found(sets_within(149.999, 0, 0, per_day=ACUTE_ONLY)) == {(1,): 6.0}
    assert found(sets_within(220, 0, 0, per_day=ACUTE_ONLY)) == {(0, 1): 12.0, (1,): 2.0}


def test_urgencies_drive_at_their_own_speed_within_their_own_time() -> None:
    per_day = np.array([[8.0, 1.0, 0.5], [4.0, 1.0, 0.5], [2.0, 1.0, 0.5]])
    sets = sets_within(120, 220, 1000, per_day=per_day, speed=(0.8, 1.0, 2.0))
    # A: 120, 176, 336 and 176, 96, 96 s. H as they are. V: 300, 440, 840 and 440, 240, 240 s, all within 1000.
    assert found(sets) == {(0,): 8.0, (1,): 4.0 + 2.0 + 1.0, (0, 1): 1.0 + 1.0 + 0.5 + 0.5 + 0.5}


def test_every_area_may_have_its_own_time() -> None:
    cover_s = np.array([[0.0, 0, 0], [np.inf, 0, 0], [120.0, 0, 0]])
    sets = table_sets(network(), STATIONS, AREAS, ACUTE_ONLY, np.ones(5), cover_s)
    assert found(sets) == {(0, 1): 4.0, (1,): 2.0}


def test_demand_of_a_mean_day() -> None:
    period = Period(date(2026, 1, 5), warmup_days=7, days=7, cooldown_days=7)
    areas = small_areas()[:2]
    yearly = np.array([[365.0, 730.0, 0.0], [36.5, 73.0, 3.65]])
    demand = prepare_demand(areas, yearly, np.ones((3, 168)), period)
    assert daily_incidents(demand, 2, period) == pytest.approx(yearly / 365.0)


def test_handling_and_mobilisation_leave_less_for_driving() -> None:
    intervals = [
        Interval(name, urgency, median_s, 0.5)
        for urgency, handling_s, mobilisation_s in [("A", 90.0, 60.0), ("H", 120.0, 100.0), ("V", 300.0, 900.0)]
        for name, median_s in [("handling", handling_s), ("mobilisation", mobilisation_s), ("on_scene", 1200.0)]
    ]
    left = driving_s(np.array([[720.0, 1800.0, 600.0], [1500.0, np.inf, np.inf]]), intervals)
    assert left.tolist() == [[570.0, 1580.0, -600.0], [1350.0, np.inf, np.inf]]
