from __future__ import annotations

import heapq
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.errors import NetworkError
from beredt.roads.links import Links, both_ways, joined
from beredt.roads.travel_times import travel_times
from tests.roads.small import links_of


def slow_ways(links: Links, nodes: int, origin: int) -> dict[int, float]:
    """Dijkstra as in the textbook: seconds from `origin` to every node that can be reached."""
    neighbours: dict[int, list[tuple[int, float]]] = {node: [] for node in range(nodes)}
    for start, end, seconds in zip(links.start.tolist(), links.end.tolist(), links.seconds.tolist(), strict=True):
        neighbours[start].append((end, seconds))
    best: dict[int, float] = {}
    queue = [(0.0, origin)]
    while queue:
        so_far, node = heapq.heappop(queue)
        if node in best:
            continue
        best[node] = so_far
        for end, seconds in neighbours[node]:
            heapq.heappush(queue, (so_far + seconds, end))
    return best


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Links, int, int]:
    """A connected graph, with ties, and how many of its nodes are kept."""
    nodes = draw(st.integers(2, 9))
    number = st.integers(0, nodes - 1)
    length = st.sampled_from([1.0, 2.0, 3.0, 5.0, 7.5])
    ring = [(a, (a + 1) % nodes, draw(length), draw(length)) for a in range(nodes)]
    extra = draw(st.lists(st.tuples(number, number, length, length), max_size=20))
    two_way = draw(st.booleans())
    links = links_of(*ring, *extra)
    return joined(both_ways(links) if two_way else links), nodes, draw(st.integers(1, nodes))


@given(graphs())
def test_the_same_seconds_as_the_textbook(graph: tuple[Links, int, int]) -> None:
    links, nodes, kept = graph
    answer = travel_times(links, nodes, kept)
    for origin in range(kept):
        expected = slow_ways(links, nodes, origin)
        for destination in range(kept):
            assert answer.seconds[destination, origin] == pytest.approx(expected[destination], rel=1e-6)


@given(graphs())
def test_hops_lead_to_the_destination_and_add_up(graph: tuple[Links, int, int]) -> None:
    links, nodes, kept = graph
    answer = travel_times(links, nodes, kept)
    for destination in range(kept):
        assert answer.hop[destination, destination] == destination
        assert answer.km[destination, destination] == 0
        for origin in range(kept):
            way = [origin]
            while way[-1] != destination:
                way.append(int(answer.hop[destination, way[-1]]))
                assert len(way) <= kept
            for quantity in (answer.seconds, answer.km):
                along = sum(float(quantity[b, a]) for a, b in pairwise(way))
                assert along == pytest.approx(float(quantity[destination, origin]), rel=1e-6, abs=1e-6)


@given(graphs(), st.randoms())
def test_the_answer_does_not_depend_on_the_order_of_links(graph: tuple[Links, int, int], dice: object) -> None:
    links, nodes, kept = graph
    order = np.arange(len(links))
    dice.shuffle(order)  # type: ignore[attr-defined]
    shuffled = joined(Links(links.start[order], links.end[order], links.seconds[order], links.km[order]))
    first, second = travel_times(links, nodes, kept), travel_times(shuffled, nodes, kept)
    assert (first.hop == second.hop).all()
    assert (first.km == second.km).all()


def test_of_equally_quick_ways_the_lowest_next_node_is_taken() -> None:
    links = joined(both_ways(links_of((0, 1, 5, 9), (1, 3, 5, 9), (0, 2, 5, 1), (2, 3, 5, 1))))
    answer = travel_times(links, nodes=4, kept=4)
    assert answer.hop[3, 0] == 1
    assert answer.hop[0, 3] == 1
    assert answer.km[3, 0] == 18


def test_a_way_through_nodes_that_are_not_kept_hops_to_the_next_kept_one() -> None:
    # 0 – 3 – 4 – 1 – 2, where 3 and 4 are joints.
    links = joined(both_ways(links_of((0, 3, 10, 1), (3, 4, 10, 1), (4, 1, 10, 1), (1, 2, 10, 1))))
    answer = travel_times(links, nodes=5, kept=3)
    assert answer.hop[2, 0] == 1
    assert answer.seconds[1, 0] == 30
    assert answer.km[2, 0] == 4


def test_one_way_streets_are_longer_one_way() -> None:
    links = joined(links_of((0, 1, 4, 1), (1, 2, 4, 1), (2, 0, 4, 1)))
    answer = travel_times(links, nodes=3, kept=3)
    assert answer.seconds[1, 0] == 4
    assert answer.seconds[0, 1] == 8
    assert answer.hop[0, 1] == 2


def test_a_node_that_cannot_be_left_is_refused_by_number() -> None:
    with pytest.raises(NetworkError, match="from node 1 to node 0"):
        travel_times(joined(links_of((0, 1, 4, 1))), nodes=2, kept=2)


def test_nodes_at_one_spot_are_a_second_apart() -> None:
    links = joined(both_ways(links_of((0, 1, 0, 0), (1, 2, 60, 1))))
    assert links.seconds.min() == 1.0
    assert travel_times(links, 3, 3).seconds[2, 0] == 61


def test_of_parallel_links_the_quickest_stays_and_loops_go() -> None:
    links = joined(links_of((0, 1, 9, 2), (0, 1, 5, 3), (0, 1, 5, 2), (1, 1, 5, 1)))
    assert (links.seconds.tolist(), links.km.tolist()) == ([5.0], [2.0])


@given(graphs())
def test_compiled_threads_give_the_same_to_the_last_bit(graph: tuple[Links, int, int]) -> None:
    links, nodes, kept = graph
    plain, compiled = travel_times(links, nodes, kept), travel_times(links, nodes, kept, compiled_from=0)
    assert (compiled.seconds == plain.seconds).all()
    assert (compiled.hop == plain.hop).all()
    assert (compiled.km == plain.km).all()


def test_compiled_threads_refuse_a_graph_in_pieces() -> None:
    with pytest.raises(NetworkError, match="no way leads from node 1"):
        travel_times(joined(links_of((0, 1, 4, 1))), nodes=2, kept=2, compiled_from=0)
