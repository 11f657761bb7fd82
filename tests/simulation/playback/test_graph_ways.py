"""A drive on a road graph passes the nodes of the source's own roads, as long as the roads say."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from beredt.errors import NetworkError
from beredt.roads.graph.build import build_road_graph
from beredt.roads.graph.paths import path_s
from beredt.roads.graph.road_graph import RoadGraph
from beredt.roads.graph.road_tables import RoadTables
from beredt.simulation.playback.graph_ways import GraphWays
from tests.roads.graph.jemss_roads import read_jemss_roads
from tests.roads.graph.random_roads import road_tables

Pieces = dict[tuple[int, int], list[float]]


def pieces_of(tables: RoadTables, graph: RoadGraph, mode: int) -> Pieces:
    """Seconds of the source's arcs between two road nodes."""
    pieces: Pieces = {}
    ends = zip(graph.node_of[tables.arc_from].tolist(), graph.node_of[tables.arc_to].tolist(), strict=True)
    for pair, time in zip(ends, tables.arc_time[mode].tolist(), strict=True):
        pieces.setdefault(pair, []).append(time * tables.time_unit_s)
    return pieces


def check_way(graph: RoadGraph, ways: GraphWays, pieces: Pieces, mode: int, o: int, d: int, total_s: float) -> int:
    """Look at one way; the number of its nodes."""
    if np.isinf(total_s):
        with pytest.raises(NetworkError):
            ways.way(mode, o, d)
        return 0
    way = ways.way(mode, o, d)
    assert (way.nodes[0], way.nodes[-1], way.s[0]) == (o, d, 0.0)
    assert way.s[-1] == pytest.approx(total_s, rel=1e-9, abs=1e-6)
    for (a, a_s), (b, b_s) in pairwise(zip(way.nodes.tolist(), way.s.tolist(), strict=True)):
        assert any(b_s - a_s == pytest.approx(s, rel=1e-9, abs=1e-6) for s in pieces[a, b])
    return len(way.nodes)


@settings(max_examples=120)
@given(road_tables())
def test_drawn_roads(tables: RoadTables) -> None:
    graph = build_road_graph(tables, jobs=1)
    ways, nodes = GraphWays(graph), np.arange(graph.road_nodes)
    for mode in range(graph.modes):
        pieces, total_s = pieces_of(tables, graph, mode), path_s(graph, mode, nodes, nodes)
        for o in nodes.tolist():
            for d in nodes.tolist():
                check_way(graph, ways, pieces, mode, o, d, float(total_s[d, o]))


@pytest.mark.reference
@pytest.mark.slow
def test_a_city(reference_data: Path) -> None:
    tables = read_jemss_roads(reference_data / "jemss/cities/auckland/models/1")
    graph = build_road_graph(tables)
    ways, random = GraphWays(graph), np.random.default_rng(1)
    o, d = random.integers(0, graph.road_nodes, (2, 200))
    d[:50] = o[:50] + random.integers(-3, 4, 50)  # most of them beside each other in one arc
    d = np.clip(d, 0, graph.road_nodes - 1)
    for mode in range(graph.modes):
        pieces, total_s = pieces_of(tables, graph, mode), path_s(graph, mode, o, d).diagonal()
        passed = [
            check_way(graph, ways, pieces, mode, one, other, s)
            for one, other, s in zip(o.tolist(), d.tolist(), total_s.tolist(), strict=True)
        ]
        assert np.mean(passed) > 100
