"""Road networks worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from beredt.errors import CancelledError, UnknownIdError
from beredt.roads.graph.build import build_road_graph
from beredt.roads.graph.paths import nearest_end, path_s
from beredt.roads.graph.road_graph import RoadGraph
from beredt.roads.graph.road_tables import RoadTables
from tests.roads.graph.random_roads import HARDLY_MORE
from tests.roads.graph.small_roads import roads


def minutes(graph: RoadGraph, origin: int, destination: int, mode: int = 0) -> float:
    """Between two nodes of the source."""
    return float(path_s(graph, mode, [graph.node_of[origin]], [graph.node_of[destination]])[0, 0]) / 60.0


def arcs(graph: RoadGraph) -> list[list[int]]:
    """The nodes of each arc in the source's numbers, sorted."""
    found = []
    for arc, (start, end) in enumerate(zip(graph.arc_from, graph.arc_to, strict=True)):
        inside = graph.chain_spot[graph.arc_first[arc] : graph.arc_first[arc + 1]]
        found.append(graph.source_of[[start, *inside, end]].tolist())
    return sorted(found)


def test_a_road_with_two_bends_is_one_arc_each_way() -> None:
    graph = build_road_graph(roads([(0, 1, 1.0), (1, 2, 2.0), (2, 3, 4.0)], nodes=4))
    assert arcs(graph) == [[0, 1, 2, 3], [3, 2, 1, 0]]
    assert (graph.decision_nodes, graph.road_nodes) == (2, 4)
    assert sorted(graph.arc_s[0].tolist()) == [420.0, 420.0]
    assert graph.km[0].tolist() == [[0.0, 7.0], [7.0, 0.0]]
    spot = graph.spots[0, graph.node_of[1] - 2]
    assert (spot["n"], spot["from_s0"], spot["to_s0"], spot["from_s1"], spot["to_s1"]) == (2, 60.0, 360.0, 360.0, 60.0)
    assert minutes(graph, 1, 2) == 2.0
    assert minutes(graph, 2, 1) == 2.0
    assert minutes(graph, 0, 2) == 3.0
    assert minutes(graph, 2, 3, mode=1) == 6.0
    assert minutes(graph, 1, 1) == 0.0


def test_a_crossing_stays_and_bends_go() -> None:
    # 1 and 3 are bends on the way to the crossing 2; 4 and 5 are dead ends, like 0.
    graph = build_road_graph(roads([(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 4, 1.0), (2, 5, 3.0)], nodes=6))
    assert sorted(graph.source_of[: graph.decision_nodes].tolist()) == [0, 2, 4, 5]
    assert minutes(graph, 1, 3) == 2.0
    assert minutes(graph, 5, 0) == 5.0
    o, d, crossing = graph.node_of[[5, 0, 2]]
    assert graph.hop[0, d, o] == crossing
    assert graph.hop[0, d, crossing] == d
    assert graph.km[0, d, o] == 5.0


def test_one_way_streets_are_driven_one_way() -> None:
    # A one-way ring 0 → 1 → 2 → 3 → 0 with a two-way road from 0 to 4.
    tables = roads([(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 0, 1.0), (0, 4, 5.0), (4, 0, 5.0)], 5, both_ways=False)
    graph = build_road_graph(tables)
    # The ring would lead from 0 back to 0: its first node is kept.
    assert arcs(graph) == [[0, 1], [0, 4], [1, 2, 3, 0], [4, 0]]
    assert minutes(graph, 2, 3) == 1.0
    assert minutes(graph, 3, 2) == 3.0
    assert graph.spots[0, graph.node_of[2] - graph.decision_nodes]["n"] == 1


def test_a_loop_driven_both_ways_keeps_its_first_node_and_parallel_arcs() -> None:
    graph = build_road_graph(roads([(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0), (0, 3, 1.0)], nodes=4))
    assert arcs(graph) == [[0, 1], [0, 2, 1], [0, 3], [1, 0], [1, 2, 0], [3, 0]]
    assert minutes(graph, 0, 1) == 1.0
    first, last = graph.out_first[graph.node_of[0]], graph.out_first[graph.node_of[0] + 1]
    pair = first + graph.out_to[first:last].tolist().index(graph.node_of[1])
    assert graph.arc_s[0, graph.out_arc[0, pair]] == 60.0


def test_of_equally_quick_parallel_arcs_the_last_one_is_driven() -> None:
    # From 0 to 3 over 1 or over 2; dead ends make crossings of 0 and 3.
    steps = [(0, 1, 1.0), (1, 3, 1.0), (0, 2, 1.0), (2, 3, 1.0), (0, 4, 1.0), (3, 5, 1.0)]
    graph = build_road_graph(roads(steps, nodes=6))
    o, d = graph.node_of[[0, 3]]
    pair = graph.out_first[o] + graph.out_to[graph.out_first[o] : graph.out_first[o + 1]].tolist().index(d)
    arc = graph.out_arc[0, pair]
    assert graph.source_of[graph.chain_spot[graph.arc_first[arc]]] == 2


def test_a_way_around_is_taken_where_only_rounding_makes_the_arc_as_quick() -> None:
    # From 0 to 2 over 1 takes 0.1 + 0.2 < HARDLY_MORE; with 20 more, from 2 to 3, the sums are the same.
    assert HARDLY_MORE > 0.1 + 0.2
    assert HARDLY_MORE + 20.0 == 0.1 + (0.2 + 20.0)
    steps = [(0, 1, 0.1), (1, 2, 0.2), (0, 2, HARDLY_MORE), (2, 3, 20.0), (3, 0, 1.0)]
    dead_ends = [(1, 4, 1.0), (4, 1, 1.0), (3, 5, 1.0), (5, 3, 1.0)]
    graph = build_road_graph(roads([*steps, *dead_ends], nodes=6, both_ways=False))
    start, around, crossing, end = graph.node_of[[0, 1, 2, 3]]
    assert graph.hop[0, crossing, start] == around
    assert graph.hop[0, end, start] == around
    assert graph.hop[0, end, around] == crossing
    assert graph.km[0, end, start] == np.float32(20.3)


def test_a_ring_without_crossings_keeps_its_first_two_nodes() -> None:
    graph = build_road_graph(roads([(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 0, 1.0)], nodes=4))
    assert arcs(graph) == [[0, 1], [0, 3, 2, 1], [1, 0], [1, 2, 3, 0]]
    assert minutes(graph, 2, 3) == 1.0
    assert minutes(graph, 1, 3) == 2.0


def test_of_two_arcs_between_the_same_nodes_each_mode_drives_the_quicker() -> None:
    tables = roads([(0, 1, 2.0), (0, 1, 1.0), (1, 0, 1.0)], nodes=2, both_ways=False)
    tables.arc_time[1] = [1.0, 5.0, 1.0]
    graph = build_road_graph(tables)
    assert (minutes(graph, 0, 1, mode=0), minutes(graph, 0, 1, mode=1)) == (1.0, 1.0)
    assert graph.km[0, graph.node_of[1], graph.node_of[0]] == 1.0


def test_an_arc_back_to_its_own_beginning_is_left_out() -> None:
    plain = roads([(0, 1, 1.0), (1, 2, 1.0)], nodes=3)
    looped = roads([(0, 1, 1.0), (1, 2, 1.0), (1, 1, 1.0)], nodes=3)
    assert arcs(build_road_graph(looped)) == arcs(build_road_graph(plain)) == [[0, 1, 2], [2, 1, 0]]


def test_arcs_without_length_take_no_time_and_do_no_harm() -> None:
    graph = build_road_graph(roads([(0, 1, 0.0), (1, 2, 0.0), (2, 3, 1.0), (1, 4, 0.0)], nodes=5))
    assert minutes(graph, 0, 3) == 1.0
    assert minutes(graph, 0, 4) == 0.0
    assert graph.least_pace.tolist() == [0.0, 0.0]
    o, d = graph.node_of[[0, 3]]
    assert graph.hop[0, d, o] == graph.node_of[1]


def test_an_island_where_nobody_stops_is_out_of_reach() -> None:
    tables = roads([(0, 1, 1.0), (1, 2, 1.0), (3, 4, 1.0)], nodes=5, without_access=(3, 4))
    graph = build_road_graph(tables)
    o, d = graph.node_of[[0, 3]]
    assert graph.seconds[0, d, o] == graph.km[0, d, o] == np.inf
    assert graph.hop[0, d, o] == -1
    assert minutes(graph, 1, 4) == np.inf
    nearest, seconds = nearest_end(graph, 0, [graph.node_of[1]], [d], [0.0])
    assert (nearest.tolist(), seconds.tolist()) == ([-1], [np.inf])


def test_the_nearest_of_several_places_counts_the_way_off_the_road() -> None:
    graph = build_road_graph(roads([(0, 1, 1.0), (1, 2, 1.0), (2, 3, 4.0)], nodes=4))
    ends = graph.node_of[[3, 0, 0]]
    nearest, seconds = nearest_end(graph, 1, graph.node_of, ends, [0.0, 2.5, 2.5])
    # In mode 1: 2.5 km off the road take 5 min, a minute on the road 1.5.
    assert nearest.tolist() == [1, 1, 0, 0]
    assert (seconds / 60.0).tolist() == [5.0, 6.5, 6.0, 0.0]


@pytest.mark.parametrize(("mode", "node"), [(2, 0), (-1, 0), (0, 4), (0, -1)])
def test_unknown_modes_and_nodes_are_named(mode: int, node: int) -> None:
    graph = build_road_graph(roads([(0, 1, 1.0), (1, 2, 2.0), (2, 3, 4.0)], nodes=4))
    with pytest.raises(UnknownIdError, match=str(mode if mode else node)):
        path_s(graph, mode, [node], [0])


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_threads_change_nothing_and_progress_is_told(jobs: int) -> None:
    told: list[tuple[str, int, int]] = []
    tables = grid(20)
    graph = build_road_graph(tables, jobs=jobs, progress=lambda *step: told.append(step))
    alone = build_road_graph(tables, jobs=1)
    assert (graph.seconds == alone.seconds).all()
    assert (graph.hop == alone.hop).all()
    assert (graph.km == alone.km).all()
    assert told[0] == ("roads", 0, 2 * graph.decision_nodes)
    assert told[-1] == ("roads", 2 * graph.decision_nodes, 2 * graph.decision_nodes)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_whoever_watches_may_break_it_off() -> None:
    def stop(_what: str, done: int, _total: int) -> None:
        if done:
            raise CancelledError("enough")

    with pytest.raises(CancelledError):
        build_road_graph(grid(20), jobs=1, progress=stop)


def test_what_is_near_on_the_ground_is_near_in_number() -> None:
    graph = build_road_graph(grid(20))
    apart = np.abs(graph.arc_from - graph.arc_to)
    assert np.median(apart) <= 4
    assert apart.mean() < 20 * 20 / 8


def grid(side: int) -> RoadTables:
    """Streets like a chessboard, all equally long, so that most ways are tied; x and y in hundredths of a degree."""
    steps = [(y * side + x, y * side + x + 1, 1.0) for y in range(side) for x in range(side - 1)]
    steps += [(y * side + x, (y + 1) * side + x, 1.0) for y in range(side - 1) for x in range(side)]
    tables = roads(steps, nodes=side * side)
    tables.lon[:], tables.lat[:] = np.arange(side * side) % side / 100.0, np.arange(side * side) // side / 100.0
    return tables
