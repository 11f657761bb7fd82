"""Replications give the same counts wherever and in whatever company they run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from beredt.indicators.tally import tally, tally_response_only
from beredt.model.edits.apply import apply_edits
from beredt.model.read import load_study
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.build import build_network
from beredt.roads.network import Network
from beredt.simulation.case import prepare_case
from beredt.simulation.run import Simulator
from beredt.simulation.study_roads import study_roads
from tests.tiny_study import write_tiny_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(scope="module")
def network(study: Study) -> Network:
    return build_network(study)


@pytest.fixture(scope="module")
def services(study: Study) -> dict[str, Service]:
    changed = {one.id: apply_edits(study.service, one.edits) for one in study.alternatives}
    return {"today": study.service} | changed


def flat(counted: object) -> list[np.ndarray]:
    """All arrays and numbers in nested tuples."""
    if isinstance(counted, tuple):
        return [array for part in counted for array in flat(part)]
    return [np.asarray(counted)]


def same(one: object, other: object) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(flat(one), flat(other), strict=True))


def test_two_workers_count_what_one_counts(study: Study, network: Network, services: dict[str, Service]) -> None:
    with Simulator(study, network, jobs=1) as alone, Simulator(study, network, jobs=2) as two:
        here = alone.simulate(services, 3, tally)
        there = two.simulate(services, 3, tally)
    assert list(here) == list(there) == list(services)
    for name in services:
        assert len(here[name]) == 3
        assert all(same(mine, theirs) for mine, theirs in zip(here[name], there[name], strict=True))
    assert not same(here["today"][0], here["today"][1])  # replications differ, or the comparison means nothing
    assert not same(here["today"][0], here["2"][0])


def test_company_changes_nothing(study: Study, network: Network, services: dict[str, Service]) -> None:
    with Simulator(study, network, jobs=1) as simulator:
        together = simulator.simulate(services, 2, tally)
        alone = simulator.simulate({"2": services["2"]}, 2, tally)
    assert same(together["2"], alone["2"])


def test_another_owner_alone_is_not_simulated_anew(study: Study, network: Network) -> None:
    here = prepare_case(study, study_roads(study, network), study.service)
    stations = tuple(replace(s, organisation=study.service.organisations[-1].id) for s in study.service.stations)
    owned = prepare_case(study, study_roads(study, network), replace(study.service, stations=stations))
    assert owned.run_key == here.run_key
    assert owned.frame.unit_org.tolist() != here.frame.unit_org.tolist()
    faster = tuple(replace(s, factor=0.5) for s in study.service.speeds)
    assert (
        prepare_case(study, study_roads(study, network), replace(study.service, speeds=faster)).run_key != here.run_key
    )


def test_the_gate_reads_the_same_counts_as_the_tables(
    study: Study, network: Network, services: dict[str, Service]
) -> None:
    with Simulator(study, network, jobs=1) as simulator:
        whole = simulator.simulate(services, 1, tally)
        part = simulator.simulate(services, 1, tally_response_only)
    for name in services:
        assert np.array_equal(whole[name][0].response.counts, part[name][0].response.counts)
        assert np.array_equal(whole[name][0].response.sums_ms, part[name][0].response.sums_ms)


def test_progress_is_told_once_per_replication(study: Study, network: Network, services: dict[str, Service]) -> None:
    told: list[int] = []
    with Simulator(study, network, jobs=2) as simulator:
        simulator.simulate(services, 4, tally_response_only, lambda replication, _: told.append(replication))
    assert sorted(told) == [0, 1, 2, 3]


def test_a_seed_decides(tmp_path: Path, study: Study, network: Network) -> None:
    files = (write_tiny_study(tmp_path / "other") / "study.toml").read_text()
    (tmp_path / "other" / "study.toml").write_text(files.replace("seed = ", "seed = 9"))
    other = load_study(tmp_path / "other")
    with Simulator(study, network, jobs=1) as one, Simulator(other, network, jobs=1) as two:
        mine = one.simulate({"today": study.service}, 1, tally)["today"]
        theirs = two.simulate({"today": other.service}, 1, tally)["today"]
    assert not same(mine, theirs)
