from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.roads.graph.build import build_road_graph
from beredt.roads.graph.road_graph import RoadGraph
from beredt.roads.graph.road_tables import RoadTables
from beredt.roads.graph.snap import nearest_access_node
from tests.roads.graph.random_roads import road_tables
from tests.roads.graph.small_roads import roads


def nearest_by_looking_at_all(tables: RoadTables, lon: float, lat: float) -> tuple[int, float]:
    """Source node and squared km."""
    kx, ky = tables.km_per_degree
    squared = [
        ((a - lon) * kx) ** 2 + ((b - lat) * ky) ** 2 if access else np.inf
        for a, b, access in zip(tables.lon.tolist(), tables.lat.tolist(), tables.access.tolist(), strict=True)
    ]
    return squared.index(min(squared)), min(squared)


@given(road_tables(), st.integers(-1, 9), st.integers(-1, 9))
def test_the_nearest_node_is_the_first_of_the_nearest(tables: RoadTables, across: int, along: int) -> None:
    # Nodes lie on a lattice of 1/64 of a degree, places also halfway: ties all over.
    lon, lat = across / 128.0, along / 128.0
    nodes, off_km = nearest_access_node(build_road_graph(tables), np.array([lon]), np.array([lat]))
    source, squared = nearest_by_looking_at_all(tables, lon, lat)
    assert off_km.tolist() == [np.sqrt(squared)]
    assert build_road_graph(tables).source_of[nodes].tolist() == [source]


def row_of_houses(count: int) -> RoadTables:
    """`count` nodes on one spot, joined in a row, and one more elsewhere in front of them."""
    tables = roads([(node, node + 1, 1.0) for node in range(count)], nodes=count + 1)
    tables.lon[1:] = 10.5
    return tables


@pytest.mark.parametrize("count", [2, 8, 40])
def test_many_nodes_on_one_spot(count: int) -> None:
    graph = build_road_graph(row_of_houses(count))
    nodes, off_km = nearest_access_node(graph, np.array([10.5, 10.4, 9.0]), np.array([60.0, 60.0, 60.0]))
    assert graph.source_of[nodes].tolist() == [1, 1, 0]
    assert off_km == pytest.approx([0.0, 5.0, 50.0])


def test_only_nodes_with_access_count() -> None:
    tables = row_of_houses(3)
    graph = build_road_graph(replace(tables, access=np.array([True, False, False, True])))
    nodes, _ = nearest_access_node(graph, np.array([10.5]), np.array([60.0]))
    assert graph.source_of[nodes].tolist() == [3]


def test_no_places_no_nodes() -> None:
    graph: RoadGraph = build_road_graph(row_of_houses(3))
    nodes, off_km = nearest_access_node(graph, np.zeros(0), np.zeros(0))
    assert (len(nodes), len(off_km)) == (0, 0)
