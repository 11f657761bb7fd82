"""The graph against its plain twin, to the last bit, and against ways worked out without any reduction."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from beredt.roads.graph.build import build_road_graph
from beredt.roads.graph.paths import path_s
from beredt.roads.graph.road_graph import RoadGraph
from beredt.roads.graph.road_tables import RoadTables
from tests.roads.graph.random_roads import road_tables, tied_tables
from tests.roads.graph.twin import TwinArc, TwinGraph


def arcs_of(graph: RoadGraph) -> list[TwinArc]:
    """The graph's arcs in the source's numbers."""
    found = []
    for arc in range(len(graph.arc_from)):
        inside = slice(graph.arc_first[arc], graph.arc_first[arc + 1])
        found.append(
            TwinArc(
                start=int(graph.source_of[graph.arc_from[arc]]),
                end=int(graph.source_of[graph.arc_to[arc]]),
                inside=graph.source_of[graph.chain_spot[inside]].tolist(),
                time=[[*graph.chain_s[mode, inside].tolist(), graph.arc_s[mode, arc]] for mode in range(graph.modes)],
                km=[*graph.chain_km[inside].tolist(), float(graph.arc_km[arc])],
            )
        )
    return found


def in_seconds(arc: TwinArc, unit_s: float) -> TwinArc:
    return TwinArc(arc.start, arc.end, arc.inside, [[t * unit_s for t in mode] for mode in arc.time], arc.km)


@given(road_tables())
def test_decision_nodes_and_arcs(tables: RoadTables) -> None:
    graph, twin = build_road_graph(tables), TwinGraph(tables)
    assert sorted(graph.source_of[: graph.decision_nodes].tolist()) == twin.kept
    arcs = arcs_of(graph)
    expected = [in_seconds(arc, tables.time_unit_s) for arc in twin.arcs]
    # Renumbered, but the arcs of one node stay in their order.
    for node in twin.kept:
        assert [a for a in arcs if a.start == node] == [a for a in expected if a.start == node]
    assert len(arcs) == len(expected)
    assert (np.diff(graph.arc_from) >= 0).all()
    touched = {*tables.arc_from[tables.arc_from != tables.arc_to], *tables.arc_to[tables.arc_from != tables.arc_to]}
    assert set(graph.source_of.tolist()) == touched
    assert (graph.node_of[graph.source_of] == np.arange(graph.road_nodes)).all()
    assert (graph.node_of[[n for n in range(len(tables.lon)) if n not in touched]] == -1).all()


@given(road_tables())
def test_times_next_nodes_lengths_and_arcs_driven(tables: RoadTables) -> None:
    assert_same_ways(tables, TwinGraph(tables))


def test_ways_that_only_rounding_makes_equal() -> None:
    mended = 0
    for seed in range(40):
        tables = tied_tables(seed)
        twin = TwinGraph(tables)
        assert_same_ways(tables, twin)
        mended += twin.successor != twin.before_mending
    assert mended > 1


def assert_same_ways(tables: RoadTables, twin: TwinGraph) -> None:
    graph = build_road_graph(tables)
    arcs = arcs_of(graph)
    for mode in twin.modes:
        for origin in twin.kept:
            o = graph.node_of[origin]
            for destination in twin.kept:
                d = graph.node_of[destination]
                if (origin, destination) not in twin.time[mode]:
                    assert graph.seconds[mode, d, o] == graph.km[mode, d, o] == np.inf
                    assert graph.hop[mode, d, o] == -1
                    continue
                assert graph.seconds[mode, d, o] == twin.time[mode][origin, destination] * tables.time_unit_s
                after = twin.successor[mode][origin, destination]
                assert graph.source_of[graph.hop[mode, d, o]] == after
                assert graph.km[mode, d, o] == pytest.approx(twin.km(mode, origin, destination), rel=1e-6)
                if o == d:
                    continue
                pairs = slice(graph.out_first[o], graph.out_first[o + 1])
                (pair,) = np.flatnonzero(graph.out_to[pairs] == graph.hop[mode, d, o]) + pairs.start
                driven = arcs[graph.out_arc[mode, pair]]
                assert driven == in_seconds(twin.arc_driven(mode, origin, after), tables.time_unit_s)


@given(road_tables())
def test_spots(tables: RoadTables) -> None:
    graph, twin = build_road_graph(tables), TwinGraph(tables)
    unit = tables.time_unit_s
    arcs = arcs_of(graph)
    for row, source in enumerate(graph.source_of[graph.decision_nodes :].tolist()):
        lies_on = [arc for arc in twin.arcs if source in arc.inside]
        for mode in twin.modes:
            spot, km = graph.spots[mode, row], graph.spot_km[row]
            assert spot["n"] == len(lies_on)
            for side, arc in enumerate(lies_on):
                at = arc.inside.index(source)
                assert spot[f"at{side}"] == at
                assert graph.source_of[spot[f"enter{side}"]] == arc.start
                assert graph.source_of[spot[f"leave{side}"]] == arc.end
                assert spot[f"from_s{side}"] == arc.time[mode][at] * unit
                assert spot[f"to_s{side}"] == (arc.time[mode][-1] - arc.time[mode][at]) * unit
                assert km[f"from_km{side}"] == arc.km[at]
                assert km[f"to_km{side}"] == arc.km[-1] - arc.km[at]
                assert arcs[spot[f"arc{side}"]] == in_seconds(arc, unit)


@given(road_tables())
def test_drives_between_any_two_road_nodes(tables: RoadTables) -> None:
    graph, twin = build_road_graph(tables), TwinGraph(tables)
    nodes = np.arange(graph.road_nodes)
    for mode in twin.modes:
        found = path_s(graph, mode, nodes, nodes)
        sources = graph.source_of.tolist()
        assert found.tolist() == [[twin.path_s(mode, o, d) for o in sources] for d in sources]
        np.testing.assert_allclose(found, unreduced(tables, mode)[np.ix_(sources, sources)], rtol=1e-12, atol=1e-6)
        straight = np.hypot(np.subtract.outer(graph.x_km, graph.x_km), np.subtract.outer(graph.y_km, graph.y_km))
        assert (found >= graph.least_pace[mode] * straight).all()


def unreduced(tables: RoadTables, mode: int, destinations: NDArray[np.int32] | None = None) -> NDArray[np.float64]:
    """Seconds between nodes of the source, the destination first, by scipy on the arcs as they are."""
    nodes = len(tables.lon)
    least: dict[tuple[int, int], float] = {}
    for start, end, time in zip(tables.arc_to.tolist(), tables.arc_from.tolist(), tables.arc_time[mode], strict=True):
        least[start, end] = min(least.get((start, end), np.inf), float(time))
    # scipy takes an explicit zero of a sparse array for an arc.
    starts, ends = zip(*least, strict=True)
    backwards = csr_array((list(least.values()), (starts, ends)), shape=(nodes, nodes))
    return np.atleast_2d(dijkstra(backwards, indices=destinations)) * tables.time_unit_s
