"""The first guess, worked out by hand and held to what must hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.coverage.erlang import erlang_b
from beredt.siting.dimensioning.erlang_stage import erlang_units
from beredt.siting.dimensioning.rule import read_dimension_rule

BANDS = read_dimension_rule(None).bands


def test_one_erlang_needs_two_units_to_keep_four_of_five_calls() -> None:
    load = np.ones((1, 168))
    found = erlang_units(load, load, BANDS, 0.2, 1)
    assert found.units.tolist() == [[2, 2, 2]]
    assert found.blocked[0, 0] == pytest.approx(erlang_b(2, 1.0)) == 0.2


def test_bands_are_looked_at_apart_and_hours_weighed_by_their_calls() -> None:
    hours = np.arange(168) % 24
    load = np.where((hours >= 8) & (hours < 16), 2.0, 0.2)[np.newaxis]
    found = erlang_units(load, np.ones((1, 168)), BANDS, 0.2, 1)
    assert found.units.tolist() == [[4, 1, 1]]
    # A busy hour in which nobody calls acutely asks for nothing.
    calls = np.where(hours == 9, 0.0, 1.0)[np.newaxis]
    busy = np.where(hours == 9, 50.0, 0.2)[np.newaxis]
    assert erlang_units(busy, calls, BANDS, 0.2, 1).units.tolist() == [[1, 1, 1]]


def test_no_station_is_left_empty() -> None:
    nothing = np.zeros((1, 168))
    assert erlang_units(nothing, nothing, BANDS, 0.2, 1).units.tolist() == [[1, 1, 1]]


@given(st.lists(st.floats(0.0, 4.0), min_size=24, max_size=24), st.floats(1.0, 3.0), st.floats(0.05, 0.5))
def test_more_demand_never_asks_for_fewer_units_and_one_fewer_keeps_too_little(
    day: list[float], more: float, blocked: float
) -> None:
    load = np.tile(np.array(day), 7)[np.newaxis]
    calls = np.ones((1, 168))
    less, greater = (erlang_units(one, calls, BANDS, blocked, 1) for one in (load, load * more))
    assert (greater.units >= less.units).all()
    assert (less.blocked <= blocked).all()
    for place, band in enumerate(BANDS):
        units = int(less.units[0, place])
        if units > 1:
            hours = [h for h in range(168) if h % 24 in band.hours]
            assert np.mean([erlang_b(units - 1, float(load[0, h])) for h in hours]) > blocked - 1e-12
