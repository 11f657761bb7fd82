"""What must add up, on simulated years."""

from __future__ import annotations

import pytest

from beredt.indicators.cells import ALL_URGENCIES, WHOLE_DAY
from beredt.indicators.group_response import Count
from beredt.indicators.moments import moments_of
from beredt.indicators.observed import HOME, OFF_HOME, Frame, Year
from beredt.indicators.tally import Tally, tally, tally_response_only
from beredt.indicators.utilisation import UnitSum
from tests.indicators.small_years import simulated_year

SEEDS = range(40)


@pytest.fixture(scope="module")
def years() -> list[tuple[Frame, Year, Tally]]:
    made = []
    for seed in SEEDS:
        frame, year, _ = simulated_year(seed)
        made.append((frame, year, tally(frame, year)))
    return made


def test_time_on_duty_and_overtime_is_spent(years: list[tuple[Frame, Year, Tally]]) -> None:
    """Idle is worked out as what is left; here it is seen: the standing part of stints at home."""
    for frame, year, counted in years:
        moments = moments_of(frame, year)
        seen = [0] * len(frame.unit_ids)
        for row, unit in enumerate(year.stints.unit.tolist()):
            if year.stints.kind[row] in (HOME, OFF_HOME):
                begin = max(int(moments.stint_start[row]), int(moments.stint_arrive[row]), 0)
                seen[unit] += max(min(int(moments.stint_end[row]), moments.length_ms) - begin, 0)
        assert counted.units[:, UnitSum.IDLE].tolist() == seen


def test_every_incident_is_in_one_hour_urgency_and_municipality(years: list[tuple[Frame, Year, Tally]]) -> None:
    for frame, _, counted in years:
        counts = counted.response.counts
        assert (counts[:, :, :WHOLE_DAY].sum(axis=2) == counts[:, :, WHOLE_DAY]).all()
        assert (counts[:, :ALL_URGENCIES].sum(axis=1) == counts[:, ALL_URGENCIES]).all()
        districts = [kind == "district" for kind in frame.group_kinds]
        assert (counts[districts].sum(axis=0) == counts[frame.group_ids.index("all")]).all()


def test_what_the_gate_reads_is_a_part_of_the_tally(years: list[tuple[Frame, Year, Tally]]) -> None:
    for frame, year, counted in years:
        part = tally_response_only(frame, year).response
        assert (part.counts == counted.response.counts).all()
        assert (part.sums_ms == counted.response.sums_ms).all()


def test_first_units_are_the_incidents_reached(years: list[tuple[Frame, Year, Tally]]) -> None:
    for _, _, counted in years:
        served = counted.response.counts[0, :ALL_URGENCIES, WHOLE_DAY, Count.SERVED]
        for flows in counted.flows[:3]:
            assert (flows[..., 1].sum(axis=(0, 1)) == served).all()
            assert (flows[..., 0] >= flows[..., 1]).all()


def test_missions_of_units_are_those_of_stations(years: list[tuple[Frame, Year, Tally]]) -> None:
    for _, _, counted in years:
        assert counted.units[:, UnitSum.MISSIONS].sum() == counted.flows.stations[..., 0].sum()


def test_a_conflict_is_an_hour_without_a_free_unit(years: list[tuple[Frame, Year, Tally]]) -> None:
    for _, _, counted in years:
        free = counted.free
        assert (free.least[free.conflict] == 0).all()
        assert (free.ms[..., 1] <= free.ms[..., 0]).all()
        assert (free.local_calls[:, 1] <= free.local_calls[:, 0]).all()


def test_years_hold_something_of_everything(years: list[tuple[Frame, Year, Tally]]) -> None:
    """Else the tests above would prove little."""
    assert any(year.missions.diverted.any() for _, year, _ in years)
    assert any((counted.units[:, UnitSum.OVERTIME] > 0).any() for _, _, counted in years)
    assert any((counted.units[:, UnitSum.STANDBY] > 0).any() for _, _, counted in years)
    assert sum(counted.free.conflict.any() for _, _, counted in years) > 5
    assert sum(counted.simultaneity.drawn_in.any() for _, _, counted in years) > 5
