"""Roads of an alternative on roads of a map: opened roads make nothing longer, closed ones nothing shorter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.errors import NetworkError
from beredt.model.road_change import ClosedLink, LinkSpeed, OpenedLink, RoadChange
from beredt.roads.imported.folder import save_roads
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.imported.tally import Tally
from beredt.roads.make import make_network
from beredt.roads.network import Network
from beredt.roads.projects.resolve_map import map_changes
from beredt.roads.road_inputs import MapFile, NewNode, RoadInputs
from tests.roads.routing.random_maps import make_map
from tests.roads.small import road_inputs_of

RING = 12


def ring() -> RoadMap:
    """Twelve nodes in a ring driven both ways: line i + 1 leads from node i to the next, both ways."""
    arcs = sorted([(i, (i + 1) % RING) for i in range(RING)] + [((i + 1) % RING, i) for i in range(RING)])
    roads = make_map(RING, arcs, [])
    lower = [end if (start, end) in {((i + 1) % RING, i) for i in range(RING)} else start for start, end in arcs]
    return replace(roads, arc_source=np.array(lower, np.int64) + 1)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> RoadInputs:
    roads, folder = ring(), tmp_path_factory.mktemp("ring")
    save_roads(roads, {"file": "made.osm.pbf"}, Tally(), folder / "roads")
    at = [(float(roads.lat[node]) + 1e-5, float(roads.lon[node])) for node in (0, 3, 6, 9)]
    sites = [("station:s", *at[0]), *((f"area:{i}", *place) for i, place in enumerate(at[1:]))]
    return replace(
        road_inputs_of(sites, [0.0, 100.0, 100.0, 100.0]), road_map=MapFile(folder / "roads", roads.checksum())
    )


def network(inputs: RoadInputs, *changes: RoadChange, added: tuple[NewNode, ...] = ()) -> Network:
    return make_network(replace(inputs, map_changes=map_changes(changes), added=added))


def between(roads: RoadMap, start: int, end: int) -> tuple[tuple[float, float], ...]:
    return tuple((float(roads.lat[node]), float(roads.lon[node])) for node in (start, end))


def test_the_story_of_a_ring(inputs: RoadInputs) -> None:
    """Each side is 100 m at the same speed. From node 0 to 3: three sides, or nine where one of them is closed."""
    today = network(inputs)
    side = float(today.seconds[1, 0]) / 3
    closed = network(inputs, ClosedLink(lines=(2,)))
    assert closed.seconds[1, 0] == pytest.approx(9 * side, rel=1e-3)
    assert closed.km[1, 0] == pytest.approx(0.9, rel=1e-3)
    slower = network(inputs, LinkSpeed(kmh=20.0, lines=(1, 2, 3)))
    assert 3 * side < slower.seconds[1, 0] < 9 * side
    through = OpenedLink("Across", 50.0, line=between(ring(), 0, 6), km=0.1, road_class="residential", tunnel=True)
    assert network(inputs, through).seconds[2, 0] == pytest.approx(side, rel=0.02)
    one_way = replace(through, both_ways=False)
    assert network(inputs, one_way).seconds[0, 2] == pytest.approx(6 * side, rel=1e-3)


def test_places_that_a_closure_cuts_off_are_named(inputs: RoadInputs) -> None:
    with pytest.raises(NetworkError, match="leave 1 places without any road: area:0"):
        network(inputs, ClosedLink(lines=(3, 4)))


def test_what_is_not_on_the_map_is_told(inputs: RoadInputs) -> None:
    with pytest.raises(NetworkError, match="no such line in the road map"):
        network(inputs, ClosedLink(lines=(99,)))
    with pytest.raises(NetworkError, match="no road node within 250 m"):
        network(inputs, OpenedLink("Far", 80.0, line=((61.0, 10.0), (61.1, 10.0))))
    with pytest.raises(NetworkError, match="roads of a map"):
        network(inputs, ClosedLink(places=("a", "b")))


@settings(max_examples=15, deadline=None)
@given(
    start=st.integers(0, RING - 1),
    end=st.integers(0, RING - 1),
    kmh=st.floats(5, 150),
    tunnel=st.booleans(),
    site=st.tuples(st.floats(59.995, 60.01), st.floats(9.99, 10.02)),
)
def test_opening_a_road_makes_no_way_longer(
    inputs: RoadInputs, start: int, end: int, kmh: float, tunnel: bool, site: tuple[float, float]
) -> None:
    if start == end:
        return
    added = (NewNode("station:new", *site),)
    change = OpenedLink("New", kmh, line=between(ring(), start, end), road_class="primary", tunnel=tunnel)
    today, then = network(inputs, added=added), network(inputs, change, added=added)
    ours = [today.index_of(node) for node in (*inputs.node_ids, "station:new")]
    same = [then.index_of(node) for node in (*inputs.node_ids, "station:new")]
    assert (then.seconds[np.ix_(same, same)] <= today.seconds[np.ix_(ours, ours)] * (1 + 1e-6) + 2e-3).all()


@pytest.mark.parametrize("line", range(1, RING + 1))
def test_closing_a_road_makes_no_way_shorter(inputs: RoadInputs, line: int) -> None:
    today, then = network(inputs), network(inputs, ClosedLink(lines=(line,)))
    assert (then.seconds[:4, :4] >= today.seconds[:4, :4] * (1 - 1e-6)).all()
