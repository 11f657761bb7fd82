from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.demand.generate import generate_calls
from beredt.dispatch.roads import leaps
from beredt.errors import NetworkError
from beredt.indicators.tally import Tally, tally
from beredt.model.alternative import Alternative
from beredt.model.edits.apply import apply_edits
from beredt.model.edits.edit import Edit
from beredt.model.edits.move_station import MoveStation
from beredt.model.edits.open_standby_point import OpenStandbyPoint
from beredt.model.read import load_study
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.build import build_network, road_inputs
from beredt.roads.ground import ground_of
from beredt.simulation.case import observe_case, prepare_case
from beredt.simulation.roomy_roads import RoomyRoads
from beredt.simulation.study_roads import StudyRoads, TableRoads
from tests.tiny_study import write_tiny_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))


def roomy(study: Study, given_up: list[int], room: int = 3) -> RoomyRoads:
    base = replace(study, alternatives=(), sensitivities=())
    return RoomyRoads(build_network(base), ground_of(road_inputs(base)), given_up.append, room)


def proposing(study: Study, *edits: Edit) -> tuple[Study, Service]:
    """The study with these edits as an alternative of its own, and the service after them."""
    text = {"en": "proposed", "nb": "foreslått"}
    plan = Alternative(id="proposed", title=text, description=text, edits=edits, note={}, file="proposed.toml")
    return replace(study, alternatives=(plan,), sensitivities=()), apply_edits(study.service, edits)


def year(study: Study, roads: StudyRoads, service: Service) -> Tally:
    case = prepare_case(study, roads, service)
    calls = generate_calls(case.generated.demand, study.settings.simulation.seed, 0)
    return tally(case.frame, observe_case(case, calls, check_laws=True).year)


def same(one: object, other: object) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return all(map(same, one, other))
    return bool(np.array_equal(one, other))  # type: ignore[arg-type]


@settings(max_examples=12, deadline=None)
@given(places=st.lists(st.tuples(st.floats(59.84, 59.88), st.floats(10.46, 10.54)), min_size=1, max_size=4))
def test_a_year_on_roomy_roads_is_that_of_a_network_made_for_it(
    study: Study, places: list[tuple[float, float]]
) -> None:
    roads = roomy(study, [])
    station = study.service.stations[0]
    for lat, lon in places:  # one after the other, as a station is dragged: rows are used again
        point = OpenStandbyPoint(
            id="new",
            name="New",
            lat=lat,
            lon=lon,
            centre=station.centre,
            home_stations=(station.id,),
            max_drive_min=9.0,
        )
        proposed, service = proposing(study, MoveStation(station=station.id, lat=lat, lon=lon), point)
        there, _ = roads.roads_of(service)
        made = build_network(proposed)
        assert same(year(study, there, service), year(study, TableRoads(made), service))
        assert np.array_equal(leaps(there.roads.hop), there.roads.leap)


def test_today_has_no_node_beside_the_network(study: Study) -> None:
    assert roomy(study, []).roads_of(study.service)[1] == frozenset()


def test_the_site_asked_for_longest_ago_gives_up_its_room(study: Study) -> None:
    given_up: list[int] = []
    roads = roomy(study, given_up, room=2)
    station = study.service.stations[0].id
    numbers = []
    for lat in (59.851, 59.852, 59.851, 59.853):
        _, service = proposing(study, MoveStation(station=station, lat=lat, lon=10.5))
        numbers.append(roads.roads_of(service)[1])
    assert numbers[0] == numbers[2] != numbers[1] == numbers[3]
    assert given_up == list(numbers[1])


def test_more_sites_than_there_is_room_for(study: Study) -> None:
    edits = [
        MoveStation(station=one.id, lat=59.85 + i / 1000, lon=10.5) for i, one in enumerate(study.service.stations)
    ]
    _, service = proposing(study, *edits)
    with pytest.raises(NetworkError, match="room for 1"):
        roomy(study, [], room=1).roads_of(service)
