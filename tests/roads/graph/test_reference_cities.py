"""The three published JEMSS cities: the numbers of nodes and arcs that its own reduction finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from beredt.roads.graph.build import build_road_graph
from beredt.roads.graph.paths import path_s
from beredt.roads.graph.road_graph import RoadGraph
from beredt.roads.graph.road_tables import RoadTables
from beredt.roads.graph.snap import nearest_access_node
from tests.roads.graph.jemss_roads import read_jemss_roads
from tests.roads.graph.test_twin_agrees import unreduced

pytestmark = [pytest.mark.reference, pytest.mark.slow]


@pytest.mark.parametrize(
    ("city", "nodes", "arcs"), [("auckland", 4258, 9295), ("edmonton", 5632, 10926), ("manhattan", 4333, 9500)]
)
def test_a_city(reference_data: Path, city: str, nodes: int, arcs: int) -> None:
    tables = read_jemss_roads(reference_data / "jemss/cities" / city / "models/1")
    graph = build_road_graph(tables)
    assert (graph.decision_nodes, len(graph.arc_from), graph.road_nodes) == (nodes, arcs, len(tables.lon))
    assert np.isfinite(graph.seconds).all()
    assert_whole_ways(graph)
    # A few drives, also from and to bends, against the roads before any reduction.
    random = np.random.default_rng(7)
    ends = random.choice(graph.road_nodes, 40, replace=False)
    places = graph.source_of[ends]
    for mode in range(graph.modes):
        plain = unreduced(tables, mode, places)
        np.testing.assert_allclose(path_s(graph, mode, ends, ends), plain[:, places], rtol=1e-12, atol=1e-9)
    lon, lat = (random.uniform(column.min(), column.max(), 200) for column in (tables.lon, tables.lat))
    assert_nearest(tables, graph, lon, lat)


def assert_nearest(tables: RoadTables, graph: RoadGraph, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> None:
    found, off_km = nearest_access_node(graph, lon, lat)
    kx, ky = tables.km_per_degree
    for node, off, x, y in zip(found.tolist(), off_km.tolist(), lon.tolist(), lat.tolist(), strict=True):
        squared = ((tables.lon - x) * kx) ** 2 + ((tables.lat - y) * ky) ** 2
        squared[~tables.access] = np.inf
        assert (graph.source_of[node], off) == (np.argmin(squared), np.sqrt(squared.min()))


def assert_whole_ways(graph: RoadGraph) -> None:
    """Following the next nodes adds up to the times and the lengths, for destinations here and there."""
    start = np.repeat(np.arange(graph.decision_nodes), np.diff(graph.out_first)).tolist()
    for mode in range(graph.modes):
        pairs = zip(start, graph.out_to.tolist(), graph.out_arc[mode].tolist(), strict=True)
        arc_of = {(o, d): arc for o, d, arc in pairs}
        for destination in range(0, graph.decision_nodes, 997):
            for origin in range(0, graph.decision_nodes, 463):
                arcs, here = [], origin
                while here != destination:
                    after = int(graph.hop[mode, destination, here])
                    arcs.append(arc_of[here, after])
                    here = after
                seconds, km = graph.arc_s[mode, arcs].sum(), graph.arc_km[arcs].sum()
                assert graph.seconds[mode, destination, origin] == pytest.approx(seconds, rel=1e-12)
                assert graph.km[mode, destination, origin] == pytest.approx(km, rel=1e-6)
