"""Break-even on made-up curves over the tiny study."""

from __future__ import annotations

import pytest

from beredt.decision.break_even import BreakEven, find_break_even
from beredt.decision.tables import break_even_points_table, break_even_table
from beredt.model.service import Service
from beredt.model.settings_sections import BreakEvenSection, GateSection
from beredt.model.study import Study
from tests.decision.pretended import Pretender, ask_of, services_of


def sections(study: Study, **changed: object) -> tuple[GateSection, BreakEvenSection]:
    assert study.settings.gate is not None
    assert study.settings.break_even is not None
    even = study.settings.break_even.model_copy(update={"replications": 6} | changed)
    return study.settings.gate, even


def found_for(study: Study, pretender: Pretender, **changed: object) -> dict[tuple[str, str], BreakEven]:
    answers = find_break_even(services_of(study), *sections(study, **changed), pretender)
    return {(one.alternative, one.lever): one for one in answers}


def asking_costs(service: Service) -> float:
    """Half a second a second: 30 s of margin are gone at 60 s."""
    return 0.5 * ask_of(service)


def units_help(service: Service) -> float:
    """20 s slower with the six units of alternative 2, and 40 s less or more for each unit more or less."""
    new = any(station.id == "st-mid" for station in service.stations)
    return 20.0 + 40.0 * (6 - len(service.units)) if new else 0.0


def test_asking_by_hand(tiny: Study) -> None:
    found = found_for(tiny, Pretender(asking_costs), ask_s=(0.0, 50.0, 70.0, 240.0))["2", "ask_s"]
    assert found.levels == (0.0, 50.0, 70.0, 240.0)
    assert found.crossing is not None
    assert (found.crossing.meets_until, found.crossing.fails_from) == (50.0, 70.0)
    assert found.crossing.level == pytest.approx(60.0, abs=1.0)
    (point,) = break_even_points_table([found]).iter_rows(named=True)
    assert (point["level_low"], point["level_high"]) == (50.0, 70.0)
    assert point["interval_low"] < point["level"] < point["interval_high"]
    assert (point["holds_at_smallest"], point["holds_at_largest"]) == (True, False)
    assert point["monotone"]


def test_an_alternative_without_a_new_border_says_so(tiny: Study) -> None:
    found = found_for(tiny, Pretender(asking_costs))["0+", "ask_s"]
    assert (found.levels, found.crossing, found.not_tried) == ((), None, "no_new_border")
    (point,) = break_even_points_table([found]).iter_rows(named=True)
    assert point["not_tried"] == "no_new_border"
    assert point["level"] is None
    assert point["holds_at_largest"] is None


def test_units_by_hand(tiny: Study) -> None:
    # +20 s as it is, +60 with a unit less: the margin of 30 s is crossed at −0.25.
    found = found_for(tiny, Pretender(units_help))["2", "extra_units"]
    assert found.levels == (2.0, 1.0, 0.0, -1.0)
    (point,) = break_even_points_table([found]).iter_rows(named=True)
    assert (point["level_low"], point["level_high"]) == (-1.0, 0.0)
    assert point["level"] == pytest.approx(-0.25, abs=0.01)
    assert point["interval_low"] < point["level"] < point["interval_high"]
    assert (point["holds_at_smallest"], point["holds_at_largest"]) == (False, True)
    assert point["smallest"] == -1.0
    assert point["largest"] == 2.0


def test_a_curve_that_comes_back_is_not_smoothed_over(tiny: Study) -> None:
    def waves(service: Service) -> float:
        return {0.0: 0.0, 60.0: 60.0, 120.0: 0.0, 240.0: 60.0}.get(ask_of(service), 0.0)

    found = found_for(tiny, Pretender(waves), ask_s=(0.0, 60.0, 120.0, 240.0))["2", "ask_s"]
    assert found.crossing is not None
    assert not found.crossing.monotone
    assert found.crossing.meets_until == 0.0
    assert [answer.verdict for answer in found.answers] == ["meets", "fails", "meets", "fails"]


def test_the_baseline_is_simulated_once_beside_each_alternatives_levels(tiny: Study) -> None:
    pretender = Pretender(asking_costs)
    found_for(tiny, pretender)
    services = services_of(tiny)
    for asked, replications in pretender.asked:
        assert asked["baseline"] == services["0+"]
        assert replications == 6


def test_no_levels_is_said_and_nothing_is_simulated(tiny: Study) -> None:
    pretender = Pretender(asking_costs)
    found = found_for(tiny, pretender, ask_s=(), max_units=0, stations={})
    assert {one.not_tried for one in found.values()} == {"no_new_border", "no_levels", "no_station"}
    assert pretender.asked == []


def test_the_table_lists_levels_upwards(tiny: Study) -> None:
    table = break_even_table(list(found_for(tiny, Pretender(units_help)).values()))
    levels = table.filter(alternative="2", lever="extra_units", group="west", measure="response_mean_s")["level"]
    assert levels.to_list() == [-1.0, 0.0, 1.0, 2.0]
