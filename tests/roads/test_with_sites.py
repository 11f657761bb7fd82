from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from beredt.dispatch.roads import leaps
from beredt.roads.ground import Ground, ground_of
from beredt.roads.hung_site import hang_site
from beredt.roads.links import LEAST_LINK_S
from beredt.roads.local_links import triangles_of
from beredt.roads.make import make_network, network_of
from beredt.roads.network import Network
from beredt.roads.road_inputs import NewNode, RoadInputs
from beredt.roads.with_sites import with_sites
from tests.roads.small import main_roads, road_inputs_of, town_inputs

PLACES = st.tuples(st.floats(59.97, 60.03), st.floats(9.98, 10.24))


def country(seed: int, areas: int = 60) -> RoadInputs:
    """Areas at random with a fjord and a main road between two places."""
    rng = np.random.default_rng(seed)
    lat, lon = rng.uniform(59.97, 60.03, areas), rng.uniform(9.98, 10.24, areas)
    sites = [("station:s", 60.0, 10.1), ("place:west", 60.0, 10.0), ("place:east", 60.005, 10.2)]
    sites += [(f"area:{i}", float(lat[i]), float(lon[i])) for i in range(areas)]
    people = [0.0, 0.0, 0.0, *rng.integers(0, 2000, areas).astype(float)]
    fjord = np.array([[[60.04, 10.06], [60.01, 10.07]], [[60.01, 10.07], [60.005, 10.05]]])
    return road_inputs_of(sites, people, main_roads((1, 2, 13.0, 12.0, 1.25, 1.5)), fjord)


def slow_seconds(ground: Ground, added: list[NewNode]) -> np.ndarray:
    """Seconds between all nodes by one search in a graph where every new site is two points, to leave and to reach.

    The reference: nothing is shared with the way it is done but the links of a site.
    """
    n, points = ground.nodes, len(ground.points)
    size = points + 2 * len(added)
    rows, columns, seconds = [*ground.links.start], [*ground.links.end], [*ground.links.seconds]
    hung = [hang_site(ground, node.lat, node.lon) for node in added]
    for i, site in enumerate(hung):
        leave, reach = points + 2 * i, points + 2 * i + 1
        for end, way_s in zip(site.end, site.seconds, strict=True):
            rows += [leave, end]
            columns += [end, reach]
            seconds += [way_s, way_s]
        for j, other in enumerate(hung):
            crow_km = float(np.hypot(*(site.at - other.at)))
            if i != j and crow_km <= ground.rules.max_km and not crosses(ground, site.at, other.at):
                pace = local_pace(ground, (site.density + other.density) / 2)
                detour = ground.rules.detour_near if crow_km <= ground.rules.near_km else ground.rules.detour_far
                rows.append(leave)
                columns.append(points + 2 * j + 1)
                seconds.append(max(crow_km * detour * pace, LEAST_LINK_S))
    graph = csr_array((seconds, (rows, columns)), shape=(size, size))
    leaves = [*range(n), *(points + 2 * i for i in range(len(added)))]
    reaches = [*range(n), *(points + 2 * i + 1 for i in range(len(added)))]
    found = dijkstra(graph, indices=leaves)[:, reaches].T
    np.fill_diagonal(found, 0.0)
    return np.asarray(found)


def crosses(ground: Ground, start: np.ndarray, end: np.ndarray) -> bool:
    def side(a: np.ndarray, b: np.ndarray, p: np.ndarray) -> float:
        return float((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]))

    return any(
        side(a, b, start) * side(a, b, end) < 0 and side(start, end, a) * side(start, end, b) < 0
        for a, b in ground.water
    )


def local_pace(ground: Ground, density: float) -> float:
    step = sum(density >= edge for edge in ground.rules.density_steps)
    return ground.rules.pace_min_per_km[step] * 60.0


def hops_lead_there(network: Network) -> None:
    n = len(network.node_ids)
    destination, origin = np.meshgrid(np.arange(n), np.arange(n), indexing="ij")
    hop = network.hop.astype(np.int64)
    apart = destination != origin
    assert (hop[apart] != origin[apart]).all()
    seconds = network.seconds.astype(np.float64)
    by_hop = seconds[hop, origin] + seconds[destination, hop]
    np.testing.assert_allclose(by_hop, seconds, rtol=4e-7, atol=2e-4)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), places=st.lists(PLACES, min_size=1, max_size=4))
def test_a_site_added_later_lies_as_in_a_network_made_with_it(seed: int, places: list[tuple[float, float]]) -> None:
    inputs = country(seed)
    ground = ground_of(inputs)
    bare = network_of(ground, inputs)
    added = [NewNode(f"station:new{i}", *place) for i, place in enumerate(places)]
    made = make_network(replace(inputs, added=tuple(added)))
    # One after the other as an analyst drops them, in whatever order: each pair as if made together.
    later = with_sites(bare, ground, added[::-1])
    order = [later.index_of(node) for node in made.node_ids]
    later_s = later.seconds[np.ix_(order, order)]
    np.testing.assert_allclose(later_s, made.seconds, rtol=2e-7)
    np.testing.assert_allclose(made.seconds, slow_seconds(ground, added), rtol=2e-7, atol=1e-4)
    np.testing.assert_allclose(made.seconds, made.seconds.T, rtol=4e-7)
    hops_lead_there(made)
    hops_lead_there(later)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), places=st.lists(PLACES, min_size=1, max_size=3))
def test_nobody_elses_way_changes_with_a_new_site(seed: int, places: list[tuple[float, float]]) -> None:
    inputs = country(seed)
    bare = make_network(inputs)
    made = make_network(replace(inputs, added=tuple(NewNode(f"station:new{i}", *p) for i, p in enumerate(places))))
    n = len(bare.node_ids)
    assert made.node_ids[:n] == bare.node_ids
    assert np.array_equal(made.seconds[:n, :n], bare.seconds)
    assert np.array_equal(made.km[:n, :n], bare.km)
    assert np.array_equal(made.hop[:n, :n], bare.hop)
    assert (made.hop[:n, :n] < n).all()
    assert (leaps(made.hop[np.newaxis])[0][:n, :n] < n).all()


def test_a_site_where_a_node_is_takes_a_second_more_than_the_node() -> None:
    inputs = country(3)
    ground = ground_of(inputs)
    made = with_sites(
        network_of(ground, inputs), ground, [NewNode("station:new", float(inputs.lat[9]), float(inputs.lon[9]))]
    )
    new = made.index_of("station:new")
    assert made.seconds[9, new] == made.seconds[new, 9] == LEAST_LINK_S
    others = [i for i in range(len(inputs.lat)) if i != 9]
    assert (made.seconds[new, others] <= made.seconds[9, others] + 1.001).all()


def test_two_new_sites_at_one_spot_are_a_second_apart() -> None:
    inputs = country(4)
    place = (60.011, 10.13)
    made = make_network(replace(inputs, added=(NewNode("station:new", *place), NewNode("standby:new", *place))))
    a, b = made.index_of("station:new"), made.index_of("standby:new")
    assert made.seconds[a, b] == made.seconds[b, a] == LEAST_LINK_S
    assert (made.hop[a, b], made.hop[b, a]) == (a, b)


def test_a_site_far_from_all_roads_hangs_on_the_nearest_area_and_is_named() -> None:
    made = make_network(replace(town_inputs(), added=(NewNode("station:far", 60.3, 10.1),)))
    assert made.remnants == ("area:hut", "station:far")
    assert made.hop[made.index_of("place:east"), made.index_of("station:far")] == made.index_of("area:w1")
    assert np.isfinite(made.seconds).all()


def test_new_sites_have_the_links_that_a_place_of_the_study_would_have() -> None:
    inputs = country(5)
    ground = ground_of(inputs)
    at = (60.0071, 10.1533)
    site = hang_site(ground, *at)
    with_it = np.vstack([ground.points, site.at])
    triangles = triangles_of(with_it)
    new = len(ground.points)
    natural = set(triangles[(triangles == new).any(axis=1)].ravel().tolist()) - {new}
    crow_km = np.hypot(*(ground.points - site.at).T)
    nearest = set(np.argsort(crow_km)[: ground.rules.neighbours].tolist())
    wanted = {
        point for point in natural | nearest
        if crow_km[point] <= ground.rules.max_km and not crosses(ground, site.at, ground.points[point])
    }  # fmt: skip
    assert set(site.end.tolist()) == wanted


def test_a_network_needs_no_ground_where_nothing_is_added() -> None:
    inputs = country(6)
    ground = ground_of(inputs)
    bare = network_of(ground, inputs)
    assert with_sites(bare, ground, ()) is bare


@pytest.mark.parametrize("added", [(), (NewNode("station:new", 60.0, 10.1),)])
def test_what_is_added_is_in_the_checksum(added: tuple[NewNode, ...]) -> None:
    plain = town_inputs()
    assert (replace(plain, added=added).checksum() == plain.checksum()) is (not added)
