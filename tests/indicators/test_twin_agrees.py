"""Tallies agree with the slow twin to the last millisecond and metre."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from beredt.indicators.observed import Frame, Year
from beredt.indicators.tally import Tally, tally
from beredt.indicators.utilisation import UnitSum
from tests.indicators.small_years import made_up_year, simulated_year
from tests.indicators.twin import SlowTally

SIMULATED = range(700, 712)


@given(st.integers(0, 2**31))
@example(108423372)  # a shift without length
def test_of_made_up_years(seed: int) -> None:
    frame, year = made_up_year(seed)
    check(frame, year, idle_is_seen=False)


@pytest.mark.parametrize("seed", SIMULATED)
def test_of_simulated_years(seed: int) -> None:
    frame, year, _ = simulated_year(seed)
    check(frame, year, idle_is_seen=True)


def check(frame: Frame, year: Year, idle_is_seen: bool) -> None:
    fast, slow = tally(frame, year), SlowTally(frame, year)
    check_response(frame, fast, slow)
    check_areas(frame, fast, slow)
    check_flows(frame, fast, slow)
    check_readiness(frame, fast, slow)
    for u in range(len(frame.unit_ids)):
        same = [what for what in UnitSum if idle_is_seen or what != UnitSum.IDLE]
        assert fast.units[u, same].tolist() == np.array(slow.unit(u))[same].tolist(), f"unit {u}"


def check_response(frame: Frame, fast: Tally, slow: SlowTally) -> None:
    for g, k, h in np.ndindex(len(frame.group_ids), 4, 25):
        cell = slow.cell(g, k, h)
        at = g, k, h
        assert fast.response.counts[at].tolist() == slow.counts(cell), at
        served, assigned = (
            (
                [int(time) for time in times if time < float("inf")]
                for times in zip(*((one.response, one.wait) for one in cell), strict=True)
            )
            if cell
            else ([], [])
        )
        assert fast.response.sums_ms[at].tolist() == [sum(served), sum(assigned)]
        assert fast.response.median[at] == slow.quantile(cell, Fraction(1, 2))
        assert fast.response.p90[at] == slow.quantile(cell, Fraction(9, 10))
    for g, k, step in np.ndindex(fast.exceedance.shape):
        assert fast.exceedance[g, k, step] == sum(one.response > step * 30_000 for one in slow.cell(g, k, 24))


def check_areas(frame: Frame, fast: Tally, slow: SlowTally) -> None:
    for a, k in np.ndindex(len(frame.area_ids), 3):
        here = [one for one in slow.incidents if (one.area, one.urgency) == (a, k)]
        counts = slow.counts(here)
        assert fast.areas.counts[a, k].tolist() == [counts[0], counts[1], counts[5], counts[6]]
        assert fast.areas.response_ms[a, k] == sum(one.response for one in here if one.response < float("inf"))


def check_flows(frame: Frame, fast: Tally, slow: SlowTally) -> None:
    for flows, origin, goal in (
        (fast.flows.stations, frame.unit_station, frame.area_zone),
        (fast.flows.centres, frame.unit_centre, frame.area_centre),
        (fast.flows.orgs, frame.unit_org, frame.area_org),
    ):
        for here, there, k, counting in np.ndindex(flows.shape):
            found = slow.flow(lambda u, a: (origin[u], goal[a]) == (here, there), k, counting)  # noqa: B023
            assert flows[here, there, k, counting] == found
    for g, k, counting in np.ndindex(fast.flows.outside.shape):
        found = slow.flow(
            lambda u, a: bool(frame.groups[g, a] and frame.area_local[a] and not frame.unit_local[u]),  # noqa: B023
            k,
            counting,
        )
        assert fast.flows.outside[g, k, counting] == found


def check_readiness(frame: Frame, fast: Tally, slow: SlowTally) -> None:
    most, unit_ms = slow.drawn_in()
    assert fast.simultaneity.drawn_in.ravel().tolist() == most
    assert fast.simultaneity.drawn_in_ms.tolist() == unit_ms
    for municipality, hours in enumerate(fast.simultaneity.municipality_hours.tolist()):
        at_once = [min(number, 5) for number in slow.drawn_in_to(municipality)]
        assert hours == [at_once.count(level) for level in range(6)]
    primary = slow.primary()
    fleets = [primary, [u for u in primary if frame.unit_local[u]]]
    fleets += [[u for u in primary if frame.unit_centre[u] == c] for c in range(len(frame.centre_ids))]
    for f, fleet in enumerate(fleets):
        least, conflict, ms = slow.free(fleet)
        assert fast.free.least[f].ravel().tolist() == least
        assert fast.free.conflict[f].ravel().tolist() == conflict
        assert fast.free.ms[f].tolist() == ms
    assert fast.free.local_calls.tolist() == [slow.local_calls(k) for k in range(3)]
