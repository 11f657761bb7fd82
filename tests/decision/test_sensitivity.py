"""Every alternative under every assumption, against the baseline under the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from beredt.decision.sensitivity import weigh, weigh_sensitivities
from beredt.decision.tables import gate_table, sensitivity_table, verdict_table
from beredt.decision.verdict import final_verdict
from beredt.errors import EditError
from beredt.model.edits.remove_unit import RemoveUnit
from beredt.model.sensitivity import Sensitivity
from beredt.model.service import Service
from beredt.model.settings_sections import GateSection
from beredt.model.study import Study
from tests.decision.pretended import Pretender, ask_of, services_of


def the_gate(study: Study) -> GateSection:
    assert study.settings.gate is not None
    return study.settings.gate


def slow_when_busy(service: Service) -> float:
    """Asking for 90 s costs 9 s, but all of them where the need is greater."""
    busy = service.rates[0].per_1000 > 40.0
    return ask_of(service) * (1.0 if busy else 0.1)


def test_an_assumption_is_laid_on_both_sides(tiny: Study) -> None:
    pretender = Pretender(slow_when_busy)
    weigh_sensitivities(services_of(tiny), tiny.sensitivities, the_gate(tiny), pretender, 6)
    ((services, replications),) = pretender.asked
    assert replications == 6
    assert [service.rates[0].per_1000 for service in services.values()] == pytest.approx([1.2 * 39.6] * 2)
    assert tiny.service.rates[0].per_1000 == 39.6


def test_an_assumption_about_one_alternative_leaves_the_baseline_as_it_is(tiny: Study) -> None:
    pretender = Pretender(slow_when_busy)
    only = replace(tiny.sensitivities[0], alternatives=("2",))
    weighed = weigh_sensitivities(services_of(tiny), [only], the_gate(tiny), pretender, 6)
    ((services, _),) = pretender.asked
    rates = {name: service.rates[0].per_1000 for name, service in services.items()}
    assert rates == pytest.approx({"0+": 39.6, "2": 1.2 * 39.6})
    assert [one.alternative for one in weighed] == ["0+", "2"]


def test_alternatives_that_it_is_not_about_are_left_out(tiny: Study) -> None:
    pretender = Pretender(slow_when_busy)
    only = replace(tiny.sensitivities[0], alternatives=("0+",))
    weigh_sensitivities(services_of(tiny), [only], the_gate(tiny), pretender, 6)
    ((services, _),) = pretender.asked
    assert list(services) == ["0+"]


def test_an_answer_that_does_not_survive_is_taken_back(tiny: Study) -> None:
    gate, pretender = the_gate(tiny), Pretender(slow_when_busy)
    services = services_of(tiny)
    main = {one.alternative: one for one in weigh(pretender(services, 6), gate)}
    under = {one.alternative: one for one in weigh_sensitivities(services, tiny.sensitivities, gate, pretender, 6)}
    assert main["0+"].gate is None
    own, busy = main["2"].gate, under["2"].gate
    assert own is not None
    assert busy is not None
    assert (own.verdict, busy.verdict) == ("meets", "fails")
    found = final_verdict("2", own, {"busier": busy}, tiny.sensitivities)
    assert (found.verdict, found.turned_by) == ("undecided", ("busier",))

    table = verdict_table([found])
    assert table["turned_by"].to_list() == ["busier"]
    assert table["deciding_sensitivity"].to_list() == ["busier"]


def test_tables_hold_every_row_once_and_the_level_beside_the_difference(tiny: Study) -> None:
    gate, pretender = the_gate(tiny), Pretender(slow_when_busy)
    services = services_of(tiny)
    weighed = weigh(pretender(services, 6), gate)
    weighed += weigh_sensitivities(services, tiny.sensitivities, gate, pretender, 6)
    rows = gate_table(weighed, gate)
    assert rows.height == 2 * 1 * 2 * 2  # main and busier, one alternative, two groups, two measures
    assert rows.select("sensitivity", "alternative", "group", "measure").is_unique().all()
    assert set(rows["margin"]) == {2.0, 30.0}
    levels = sensitivity_table(weighed, gate)
    assert levels.height == 2 * 2 * 2 * 2
    baseline = levels.filter(alternative="0+")
    assert set(baseline["difference"]) == {0.0}
    (mean,) = levels.filter(sensitivity="", alternative="2", group="west", measure="response_mean_s").iter_rows(
        named=True
    )
    (base,) = levels.filter(sensitivity="", alternative="0+", group="west", measure="response_mean_s").iter_rows(
        named=True
    )
    assert mean["value"] - base["value"] == pytest.approx(mean["difference"])
    assert mean["low"] < mean["difference"] < mean["high"]


def test_an_assumption_that_does_not_fit_names_itself_and_the_alternative(tiny: Study) -> None:
    wrong = Sensitivity("gone", {"en": "Gone"}, True, (), (RemoveUnit(unit="nobody"),))
    with pytest.raises(EditError, match="sensitivity gone on alternative 0\\+"):
        weigh_sensitivities(services_of(tiny), [wrong], the_gate(tiny), Pretender(ask_of), 2)


def test_a_missing_baseline_is_a_key_error(tiny: Study) -> None:
    measures = Pretender(ask_of)({"2": tiny.service}, 3)
    with pytest.raises(KeyError):
        weigh(measures, the_gate(tiny))
