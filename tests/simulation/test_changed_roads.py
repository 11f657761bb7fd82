"""Alternatives that change roads are simulated on times of their own; all others meet what they met before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from beredt.errors import NetworkError
from beredt.indicators.tally import Tally, tally
from beredt.model.edits.apply import apply_edits
from beredt.model.edits.open_link import OpenLink
from beredt.model.read import load_study
from beredt.model.road_change import road_state
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.build import build_network, road_inputs
from beredt.roads.ground import ground_of
from beredt.roads.networks import Networks, load_networks
from beredt.simulation.executors.executor import label
from beredt.simulation.run import Simulator
from beredt.simulation.simulate_study import simulate_study
from beredt.simulation.warm_study import WarmStudy
from beredt.simulation.worker import Worker
from tests.simulation.test_roomy_roads import same
from tests.tiny_study import tiny_files, write_files, write_tiny_study

TUNNEL = OpenLink(name="Tunnel", kmh=80.0, year=2026, from_place="p-south", to_place="p-east", km=4.0)
LATER = replace(TUNNEL, year=2027)
SHUT = """
id = "shut"
title = { en = "Road closed", nb = "Stengt vei" }
description = { en = "x", nb = "x" }
[[edits]]
edit = "close_link"
from_place = "p-west"
to_place = "p-south"
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(scope="module")
def services(study: Study) -> dict[str, Service]:
    plans = {"today": (), "tunnel": (TUNNEL,), "later": (LATER,)}
    return {name: apply_edits(study.service, edits) for name, edits in plans.items()}


@pytest.fixture(scope="module")
def networks(study: Study, services: dict[str, Service], tmp_path_factory: pytest.TempPathFactory) -> Networks:
    return load_networks(study, services.values(), tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def tallies(study: Study, services: dict[str, Service], networks: Networks) -> dict[str, Tally]:
    with Simulator(study, networks, jobs=1) as simulator:
        return {name: one[0] for name, one in simulator.simulate(services, 1, tally).items()}


def test_only_a_road_that_is_open_changes_the_year(study: Study, tallies: dict[str, Tally]) -> None:
    (alone,) = Worker(study, build_network(study)).run((label(study.service),), 0, tally, True)
    assert same(tallies["today"], alone)
    assert same(tallies["later"], alone)
    counts = tallies["tunnel"].response.counts
    assert counts.shape == alone.response.counts.shape
    assert (counts[0, :, :, 0] == alone.response.counts[0, :, :, 0]).all()  # the same incidents
    assert not (counts == alone.response.counts).all()  # met on other roads


def test_a_warm_study_gives_the_same_year(study: Study, tallies: dict[str, Tally]) -> None:
    base = replace(study, alternatives=(), sensitivities=())
    state = road_state(apply_edits(study.service, (TUNNEL,)).road_changes, 2026)
    warm = WarmStudy(base, build_network(base, state), ground_of(road_inputs(base, state)), 1 << 28, state)
    warm.warm_up()
    assert same(warm.tally("tunnel", (TUNNEL,), 0), tallies["tunnel"])
    with pytest.raises(NetworkError, match="other roads"):
        warm.tally("today", (), 0)


def test_times_of_other_roads_are_refused(study: Study, services: dict[str, Service]) -> None:
    worker = Worker(study, build_network(study))
    with pytest.raises(NetworkError, match="only one state of the roads"):
        worker.run((label(services["tunnel"]),), 0, tally, True)


def test_a_closure_that_cuts_people_off_is_an_issue_of_its_file(tmp_path: Path) -> None:
    from beredt.cli.checked_study import check_study

    folder = write_files(tmp_path / "tiny", tiny_files() | {"alternatives/shut.toml": SHUT})
    study, issues = check_study(folder)
    assert study is None
    (issue,) = [one for one in issues if one.severity == "error"]
    assert (issue.file, issue.field) == ("alternatives/shut.toml", "edits")
    assert "leave 4 places without any road" in issue.message


def test_simulate_takes_the_roads_of_the_year(study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEREDT_CACHE_DIR", str(tmp_path))
    from beredt.model.alternative import Alternative

    text = {"en": "x", "nb": "x"}
    plan = Alternative("later", text, text, (LATER,), {}, "")
    planned = replace(study, alternatives=(plan,))
    next_year = study.settings.study.model_copy(update={"year": 2027})
    then = replace(planned, settings=study.settings.model_copy(update={"study": next_year}), counted_year=2026)
    means = []
    for one in (planned, then):
        population = one.population.with_columns(year=one.population["year"].replace(2026, one.settings.study.year))
        shares = one.age_shares.with_columns(year=one.age_shares["year"].replace(2026, one.settings.study.year))
        found = simulate_study(
            replace(one, population=population, age_shares=shares),
            alternative="later", replications=1, jobs=1, out=None, progress=lambda *_: None,
        )  # fmt: skip
        means.append(found.mean_response_s)
    assert means[0] != means[1]


def test_an_alternative_on_roads_of_a_map_has_its_own_times(tmp_path: Path) -> None:
    from beredt.model.read import read_study
    from tests.tiny_map_study import write_map_study

    bridge = (
        'id = "bridge"\ntitle = { en = "x", nb = "x" }\ndescription = { en = "x", nb = "x" }\n'
        '[[edits]]\nedit = "open_link"\nname = "Bridge"\nkmh = 90\nroad_class = "trunk"\n'
        'line = ["59.852 10.510", "59.891 10.640"]\n'
    )
    study, issues = read_study(write_map_study(tmp_path, bridge=bridge))
    assert study is not None, issues
    service = apply_edits(study.service, study.get_alternative("bridge").edits)
    networks = load_networks(study, [service], tmp_path / "cache")
    found = {"today": networks.today, "bridge": networks.of(service)}
    trips = {name: one.trip_s(one.index_of("station:st-south"), one.index_of("area:e3")) for name, one in found.items()}
    # 14 km over Vest against 8.5 km straight on.
    assert trips["bridge"] < 0.7 * trips["today"]
    with Simulator(study, networks, jobs=1) as simulator:
        years = simulator.simulate({"today": study.service, "bridge": service}, 1, tally)
    # Nobody in the east is helped from the south, but patients of the south are sooner in the east.
    assert not (years["today"][0].units == years["bridge"][0].units).all()
