"""A service crosses into the kernel's arrays with nothing lost and nothing exchanged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from beredt.dispatch.world import World
from beredt.model.read import load_study
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES
from beredt.roads.build import build_network
from beredt.roads.network import Network
from beredt.simulation.case import prepare_case
from beredt.simulation.pack import VIEWS
from beredt.simulation.pack_crises import BORDER_POLICIES
from beredt.simulation.study_roads import study_roads
from tests.tiny_study import write_tiny_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(scope="module")
def network(study: Study) -> Network:
    return build_network(study)


@pytest.fixture(scope="module")
def world(study: Study, network: Network) -> World:
    return prepare_case(study, study_roads(study, network), study.service).world


def test_every_unit_stands_at_its_own_station(study: Study, network: Network, world: World) -> None:
    homes = [network.node_ids[node] for node in world.base_node[world.unit_station]]
    assert homes == [f"station:{unit.station}" for unit in study.service.units]


def test_roles_are_those_of_the_kind(study: Study, world: World) -> None:
    kinds = {kind.id: kind for kind in study.service.unit_kinds}
    for unit, roles, stops in zip(study.service.units, world.unit_roles, world.unit_stops_clock, strict=True):
        kind = kinds[unit.kind]
        assert [bool(roles >> bit & 1) for bit in range(3)] == [kind.primary, kind.second, kind.responder]
        assert bool(stops) == kind.stops_clock


def test_units_are_told_apart_by_whatever_incidents_may_want(study: Study, network: Network) -> None:
    """Nobody has the helicopter; in weather in which none flies, incidents want plain first units but for it."""
    ambulance = study.service.unit_kinds[0]
    helicopter = replace(ambulance, id="helicopter", flies=True, no_flight_share=0.5)
    service = replace(study.service, unit_kinds=(*study.service.unit_kinds, helicopter))
    case = prepare_case(study, study_roads(study, network, service), service)
    rules, abilities = case.generated.rules.asks, case.world.abilities
    assert rules is not None
    assert abilities is not None
    assert rules.first_want.max() < len(abilities.wants)
    assert (abilities.wants[rules.first_want.max()] == abilities.wants[0]).all()


def test_every_border_rule_is_found_where_it_belongs(study: Study, world: World) -> None:
    centre = {row.id: number for number, row in enumerate(study.service.centres)}
    assert study.service.border_rules
    for rule in study.service.border_rules:
        place = centre[rule.asking_centre], centre[rule.owning_centre], URGENCIES.index(rule.urgency)
        assert BORDER_POLICIES[world.policy[place]] == rule.policy
        assert VIEWS[world.view[place]] == rule.view
        assert (world.margin_s[place], world.ask_s[place], world.view_age_s[place]) == (
            rule.margin_s,
            rule.ask_s,
            rule.view_age_s,
        )
    for own in range(len(centre)):
        assert (world.policy[own, own] == BORDER_POLICIES.index("seamless")).all()


def test_units_on_duty_follow_the_roster(world: World) -> None:
    on = world.on_at_start.astype(int).copy()
    for unit, change in zip(world.duty_unit, world.duty_on, strict=True):
        on[unit] += 1 if change else -1
        assert on[unit] in (0, 1)
    assert (np.diff(world.duty_t) >= 0).all()
    assert ((world.duty_t > 0) & (world.duty_t < world.end_s)).all()


def test_only_the_named_missions_give_way(study: Study, network: Network) -> None:
    dispatch = replace(study.service.dispatch, divert=(("A", "V"),))
    world = prepare_case(study, study_roads(study, network), replace(study.service, dispatch=dispatch)).world
    assert world.divert.tolist() == [[0, 0, 1], [0, 0, 0], [0, 0, 0]]


def test_points_take_units_of_the_stations_they_name(study: Study, world: World) -> None:
    for number, point in enumerate(study.service.standby_points):
        allowed = {s.id for s, yes in zip(study.service.stations, world.standby_home[number], strict=True) if yes}
        assert allowed == set(point.home_stations)
        assert world.standby_max_s[number] == pytest.approx(point.max_drive_min * 60)


def test_a_study_written_twice_packs_alike(tmp_path: Path, study: Study, world: World, network: Network) -> None:
    again = load_study(write_tiny_study(tmp_path / "again"))
    other = prepare_case(again, study_roads(again, network), again.service).world
    roads = study_roads(study, network)
    assert prepare_case(study, roads, study.service).run_key == prepare_case(again, roads, again.service).run_key
    for name in set(World._fields) - {"roads", "policies"}:
        assert np.array_equal(getattr(world, name), getattr(other, name)), name
