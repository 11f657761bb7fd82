"""Roads of an alternative in a study on links of its own: a story by hand, a twin, and two laws."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.errors import EditError, NetworkError
from beredt.model.alternative import Alternative
from beredt.model.edits.apply import apply_edits
from beredt.model.edits.close_link import CloseLink
from beredt.model.edits.complaint import Complaint
from beredt.model.edits.edit import Edit
from beredt.model.edits.open_link import OpenLink
from beredt.model.edits.set_link_speed import SetLinkSpeed
from beredt.model.read import load_study
from beredt.model.road_change import road_state
from beredt.model.study import Study
from beredt.roads.build import build_network
from beredt.roads.hand_links import MainRoads
from beredt.roads.make import make_network
from beredt.roads.network import Network
from beredt.roads.networks import load_networks, road_states
from beredt.roads.road_inputs import ChangedLinks, NewNode, RoadInputs
from tests.roads.small import main_roads, road_inputs_of
from tests.tiny_study import write_tiny_study

TUNNEL = OpenLink(name="Tunnel", kmh=80.0, year=2028, from_place="p-south", to_place="p-east", km=8.0)
"""8 km at 80 km/h in free traffic are 6 minutes, times 1.25: 450 s."""
FASTER = SetLinkSpeed(kmh=120.0, from_place="p-east", to_place="p-west")
"""6.5 km at 120 km/h are 3.25 minutes, times the road's own 1.2: 234 s."""
CLOSED = CloseLink(from_place="p-west", to_place="p-south", year=2028, until=2030)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load_study(write_tiny_study(tmp_path_factory.mktemp("tiny")))


def network_in(study: Study, year: int, *edits: Edit) -> Network:
    return build_network(study, road_state(apply_edits(study.service, edits).road_changes, year))


def seconds(network: Network, start: str, end: str) -> float:
    return float(network.seconds[network.index_of(f"place:{end}"), network.index_of(f"place:{start}")])


def test_the_story_of_a_tunnel(study: Study) -> None:
    """By hand: south–west 6.8 min × 1.25 = 510 s, west–east 4.9 min × 1.2 = 352.8 s, and no other way."""
    before = study.service.checksum()
    today = network_in(study, 2028)
    assert seconds(today, "p-south", "p-east") == pytest.approx(510.0 + 352.8)
    assert seconds(network_in(study, 2027, TUNNEL), "p-south", "p-east") == pytest.approx(862.8)
    assert seconds(network_in(study, 2028, TUNNEL), "p-south", "p-east") == pytest.approx(450.0)
    assert seconds(network_in(study, 2028, FASTER), "p-west", "p-east") == pytest.approx(234.0)
    both = network_in(study, 2028, TUNNEL, CLOSED, FASTER)
    assert seconds(both, "p-south", "p-west") == pytest.approx(450.0 + 234.0)
    assert both.km[both.index_of("place:p-west"), both.index_of("place:p-south")] == pytest.approx(8.0 + 6.5)
    assert seconds(network_in(study, 2030, TUNNEL, CLOSED, FASTER), "p-south", "p-west") == pytest.approx(510.0)
    assert study.service.checksum() == before
    np.testing.assert_array_equal(today.seconds, build_network(study).seconds)


def test_a_closure_that_leaves_people_without_a_road_is_refused(study: Study) -> None:
    with pytest.raises(NetworkError, match=r"leave 4 places without any road: .*area:s1"):
        network_in(study, 2028, CLOSED)


def test_the_same_roads_are_made_once(study: Study, tmp_path: Path) -> None:
    other = replace(TUNNEL, name="The same by another name", year=2025)
    services = [apply_edits(study.service, edits) for edits in ((), (TUNNEL,), (other,), (replace(other, kmh=60.0),))]
    later = replace(
        study,
        settings=study.settings.model_copy(update={"study": study.settings.study.model_copy(update={"year": 2028})}),
    )
    assert len(road_states(study, services)) == 3
    assert len(road_states(later, services)) == 3
    networks = load_networks(later, services[:3], tmp_path)
    assert networks.of(services[1]) is networks.of(services[2])
    assert networks.of(services[0]) is networks.today
    assert len([place for place in tmp_path.iterdir() if place.is_dir()]) == 2
    with pytest.raises(NetworkError, match="none has the roads that this service changes in 2028"):
        networks.of(services[3])


@pytest.mark.parametrize(
    ("edit", "key", "message"),
    [
        (OpenLink(name="x", kmh=80.0, from_place="p-south"), "to_place", "nobody knows which road"),
        (OpenLink(name="x", kmh=80.0, from_place="p-south", to_place="p-nord", km=1.0), "to_place", "no 'p-nord'"),
        (OpenLink(name="x", kmh=80.0, from_place="p-south", to_place="p-east"), "km", "how long"),
        (OpenLink(name="E1", kmh=80.0, from_place="p-east", to_place="p-west", km=6.0), "name", "already"),
        (OpenLink(name="x", kmh=80.0, from_place="p-east", to_place="p-east", km=6.0), "to_place", "ends where"),
        (OpenLink(name="x", kmh=80.0, from_place="p-east", line=("1,2", "3,4")), "line", "by from_place and by line"),
        (OpenLink(name="x", kmh=80.0, line=("59.9 10.5", "59.9")), "line", "59.9 is not a latitude"),
        (OpenLink(name="x", kmh=80.0, line=("59.9,10.5", "59.9,10.6"), join_km=1.0), "join_km", "means nothing"),
        (CloseLink(from_place="p-south", to_place="p-east"), "to_place", "no main road joins"),
        (CloseLink(from_place="p-west", to_place="p-east", year=2030, until=2030), "until", "before it closes"),
        (SetLinkSpeed(kmh=50.0, from_place="p-west", to_place="p-east", road="E2"), "road", "1 main roads join"),
        (SetLinkSpeed(kmh=50.0, lines=("12", "b")), "lines", "b is not the id of a line"),
    ],
)  # fmt: skip
def test_edits_that_cannot_be_are_told(study: Study, edit: Edit, key: str, message: str) -> None:
    with pytest.raises(EditError) as caught:
        apply_edits(study.service, [edit])
    (complaint,) = caught.value.complaints
    assert isinstance(complaint, Complaint)
    assert complaint.key == key
    assert message in complaint.message


def test_a_road_that_an_edit_opened_can_be_closed_by_a_later_one(study: Study) -> None:
    closed = CloseLink(from_place="p-east", to_place="p-south")
    network = network_in(study, 2028, TUNNEL, closed)
    np.testing.assert_array_equal(network.seconds, build_network(study).seconds)


def test_sites_of_edits_stand_beside_changed_roads_too(study: Study) -> None:
    move = {"edit": "move_station", "station": "st-south", "lat": 59.86, "lon": 10.51}
    from beredt.model.edits.parse import parse_edits

    moved = Alternative("m", {}, {}, parse_edits("", "", [move]).edits, {}, "")
    network = network_in(replace(study, alternatives=(moved,)), 2028, TUNNEL)
    site = network.index_of_place("station:st-south", 59.86, 10.51)
    assert network.seconds[network.index_of("place:p-east"), site] < 862.8


def country(seed: int, joined_km: float) -> RoadInputs:
    """Three places apart, two main roads between them, and areas at random around."""
    rng = np.random.default_rng(seed)
    places = [("place:a", 60.0, 10.0), ("place:b", 60.0, 10.12), ("place:c", 60.06, 10.06)]
    around = rng.integers(0, 3, 20)
    areas = [
        (f"area:{i}", places[p][1] + float(rng.uniform(-0.01, 0.01)), places[p][2] + float(rng.uniform(-0.02, 0.02)))
        for i, p in enumerate(around.tolist())
    ]
    people = [0.0, 0.0, 0.0, *rng.integers(0, 2000, len(areas)).astype(float)]
    roads = main_roads((0, 1, 7.5, 7.0, 1.25, joined_km), (1, 2, 8.5, 9.0, 1.25, joined_km), (0, 2, 8.5, 8.0, 1.2, 0))
    return road_inputs_of([*places, *areas], people, roads)


NOTHING = main_roads()


def with_minutes(roads: MainRoads, changed: dict[int, float]) -> MainRoads:
    minutes = roads.minutes.copy()
    for road, value in changed.items():
        minutes[road] = value
    return replace(roads, minutes=minutes)


@settings(max_examples=15, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    joined_km=st.sampled_from([0.0, 1.5]),
    pair=st.sampled_from([(0, 1), (1, 2), (2, 0), (3, 20)]),
    kmh=st.floats(10, 150),
    join_new=st.sampled_from([0.0, 0.9]),
    site=st.tuples(st.floats(59.99, 60.07), st.floats(9.98, 10.14)),
)
def test_opening_a_road_makes_no_way_longer(
    seed: int, joined_km: float, pair: tuple[int, int], kmh: float, join_new: float, site: tuple[float, float]
) -> None:
    inputs = replace(country(seed, joined_km), added=(NewNode("station:new", *site),))
    km = 9.0
    opened = main_roads((*pair, km, km / kmh * 60.0, 1.25, join_new))
    today = make_network(inputs)
    then = make_network(replace(inputs, changed_links=ChangedLinks(inputs.roads, opened)))
    assert (then.seconds <= today.seconds * (1 + 1e-6)).all()


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), joined_km=st.sampled_from([0.0, 1.5]), closed=st.integers(0, 2))
def test_closing_a_road_makes_no_way_shorter(seed: int, joined_km: float, closed: int) -> None:
    inputs = country(seed, joined_km)
    changed = ChangedLinks(with_minutes(inputs.roads, {closed: inf}), NOTHING)
    today, then = make_network(inputs), make_network(replace(inputs, changed_links=changed))
    assert (then.seconds >= today.seconds * (1 - 1e-6)).all()


@pytest.mark.parametrize("seed", [1, 2])
def test_the_slow_twin_agrees(seed: int) -> None:
    """A table of today's links in a dictionary, the change written into it by hand, and Floyd's three loops."""
    from beredt.roads.ground import ground_of

    inputs = country(seed, 0.0)
    ground = ground_of(inputs)
    n = ground.nodes
    links = ground.links
    way = {(int(a), int(b)): float(s) for a, b, s in zip(links.start, links.end, links.seconds, strict=True)}
    for a, b, s in ((0, 1, inf), (1, 0, inf), (3, 15, 77.0), (15, 3, 77.0)):
        way[a, b] = min(way.get((a, b), inf), s) if s < inf else s
    table = [[0.0 if a == b else way.get((a, b), inf) for b in range(n)] for a in range(n)]
    for k in range(n):
        for a in range(n):
            for b in range(n):
                table[a][b] = min(table[a][b], table[a][k] + table[k][b])
    opened = main_roads((3, 15, 1.0, 77.0 / 60.0, 1.0, 0.0))
    changed = ChangedLinks(with_minutes(inputs.roads, {0: inf}), opened)
    network = make_network(replace(inputs, changed_links=changed))
    np.testing.assert_allclose(network.seconds.T, np.array(table), rtol=1e-6)
