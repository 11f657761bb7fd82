"""The road nodes of many places are those that a look at every node finds."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.errors import NetworkError
from beredt.roads.graph import snap
from beredt.roads.graph.build import build_road_graph
from beredt.roads.graph.snap import nearest_access_node
from tests.roads.graph.ring_roads import ring, roads


@given(st.integers(0, 2**32), st.integers(3, 60), st.sampled_from([1, 6, 90]))
def test_every_place_gets_the_node_that_a_look_at_all_of_them_finds(seed: int, nodes: int, size_km: int) -> None:
    pick = random.Random(seed)
    tables = ring(pick, nodes, size_km)
    graph = build_road_graph(tables)
    # Some of the places lie far outside, some half-way between nodes.
    lon = np.array([pick.randint(-4, 2 * size_km + 8) / 2 for _ in range(30)])
    lat = np.array([pick.randint(-20, 2 * size_km + 4) / 2 for _ in range(30)])
    node, off_km = nearest_access_node(graph, lon, lat)
    for place in range(len(lon)):
        squared, first = min(
            ((tables.lon[i] - lon[place]) ** 2 + (tables.lat[i] - lat[place]) ** 2, i)
            for i in range(nodes)
            if tables.access[i]
        )
        assert graph.source_of[node[place]] == first
        assert off_km[place] == np.sqrt(squared)


def test_shares_of_threads_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = build_road_graph(ring(random.Random(1), 40, 20))
    spread = np.random.default_rng(1)
    lon, lat = spread.uniform(-2, 22, 1000), spread.uniform(-2, 22, 1000)
    whole = nearest_access_node(graph, lon, lat)
    monkeypatch.setattr(snap, "PLACES_PER_SHARE", 70)
    shared = nearest_access_node(graph, lon, lat)
    assert (shared[0] == whole[0]).all()
    assert (shared[1] == whole[1]).all()


def test_a_street_without_breadth_is_searched_too() -> None:
    street = [(float(x), 2.0, True) for x in range(50)]
    arcs = [(x, x + 1, (60.0,)) for x in range(49)] + [(x + 1, x, (60.0,)) for x in range(49)]
    graph = build_road_graph(roads(street, arcs, [36.0]))
    node, off_km = nearest_access_node(graph, np.array([-3.0, 17.5, 80.0]), np.array([2.0, 4.0, 2.0]))
    assert graph.source_of[node].tolist() == [0, 17, 49]
    assert off_km.tolist() == [3.0, np.sqrt(4.25), 31.0]


def test_no_places_have_no_nodes() -> None:
    graph = build_road_graph(ring(random.Random(2), 5))
    node, off_km = nearest_access_node(graph, np.zeros(0), np.zeros(0))
    assert node.shape == off_km.shape == (0,)


def test_a_place_that_is_nowhere_is_refused() -> None:
    graph = build_road_graph(ring(random.Random(2), 5))
    with pytest.raises(NetworkError, match=r"1 places are nowhere \(longitude nan, latitude 2"):
        nearest_access_node(graph, np.array([1.0, np.nan]), np.array([1.0, 2.0]))
