"""The whole weighing on the tiny study, with the real simulation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from beredt.decision.weigh_study import Weighing, weigh_study
from beredt.indicators.tally import ResponseOnly, tally, tally_response_only
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.network import Network
from beredt.simulation.case import prepare_case
from beredt.simulation.run import Simulator
from beredt.simulation.study_roads import study_roads
from tests.decision.pretended import services_of


class Watched:
    """A simulator that notes which services it was asked for, and how often."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.asked: list[tuple[tuple[str, ...], int]] = []

    def __call__(self, services: Mapping[str, Service], replications: int) -> Mapping[str, Sequence[ResponseOnly]]:
        self.asked.append((tuple(services), replications))
        return self.simulator.simulate(services, replications, tally_response_only)


def weighing(study: Study, network: Network) -> tuple[Weighing, Watched]:
    assert study.settings.gate is not None
    services = {"today": study.service} | services_of(study)
    with Simulator(study, network, jobs=1) as simulator:
        watched = Watched(simulator)
        groups = prepare_case(study, study_roads(study, network), study.service).frame.group_ids
        tallies = simulator.simulate(services, 3, tally)
        sections = study.settings.gate, study.sensitivities, study.settings.break_even
        return weigh_study(services, tallies, groups, *sections, watched), watched


@pytest.fixture(scope="module")
def weighed(tiny: Study, tiny_network: Network) -> tuple[Weighing, Watched]:
    """Weighed once for all tests of this file."""
    return weighing(tiny, tiny_network)


def test_today_is_the_baseline_by_another_name_and_meets(weighed: tuple[Weighing, Watched]) -> None:
    verdicts = weighed[0].tables()["verdicts"]
    assert verdicts["alternative"].to_list() == ["today", "2"]
    assert verdicts.filter(alternative="today")["verdict"].to_list() == ["meets"]
    rows = weighed[0].tables()["gate"].filter(alternative="today")
    assert set(rows["difference"]) == {0.0}


def test_every_table_has_rows_and_a_name_for_each(weighed: tuple[Weighing, Watched]) -> None:
    tables = weighed[0].tables()
    assert set(tables) == {"gate", "verdicts", "sensitivities", "break_even", "break_even_points"}
    keys = {
        "gate": ["sensitivity", "alternative", "group", "measure"],
        "sensitivities": ["sensitivity", "alternative", "group", "measure"],
        "break_even": ["alternative", "lever", "level", "group", "measure"],
        "break_even_points": ["alternative", "lever"],
    }
    for name, key in keys.items():
        assert tables[name].height > 0
        assert tables[name].select(key).is_unique().all(), name


def test_what_is_known_is_not_simulated_again(weighed: tuple[Weighing, Watched]) -> None:
    assert not any("baseline" in names or "extra_units:0" in names for names, _ in weighed[1].asked)


def test_without_an_answer_to_take_back_nothing_is_run_at_length(tiny: Study, tiny_network: Network) -> None:
    gate = tiny.settings.gate
    assert gate is not None
    strict = gate.model_copy(update={"margin_share_pp": 0.0, "margin_mean_s": 0.0})
    only = {name: service for name, service in services_of(tiny).items() if name in (gate.baseline, "2")}
    with Simulator(tiny, tiny_network, jobs=1) as simulator:
        watched = Watched(simulator)
        groups = prepare_case(tiny, study_roads(tiny, tiny_network), tiny.service).frame.group_ids
        tallies = simulator.simulate(only, 4, tally)
        found = weigh_study(only, tallies, groups, strict, tiny.sensitivities, tiny.settings.break_even, watched)
    assert [one.main for one in found.verdicts] == ["undecided"]
    assert tiny.settings.break_even is not None
    assert {replications for _, replications in watched.asked} == {tiny.settings.break_even.replications}


def test_a_second_weighing_is_the_same(weighed: tuple[Weighing, Watched], tiny: Study, tiny_network: Network) -> None:
    again = weighing(tiny, tiny_network)[0].tables()
    assert all(table.equals(again[name]) for name, table in weighed[0].tables().items())
