"""A thinned-out road graph has the same quickest ways as the whole one, through fewer nodes."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from beredt.roads.links import Links
from beredt.roads.thinned import thinned

Arc = tuple[int, int, int]


def _arrays(arcs: list[Arc]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    start, end, seconds = (np.array(column) for column in zip(*arcs, strict=True))
    return start, end, seconds.astype(float), seconds / 100.0


def _slow(start: np.ndarray, end: np.ndarray, seconds: np.ndarray, nodes: int) -> np.ndarray:
    least: dict[tuple[int, int], float] = {}
    for one, other, time in zip(start.tolist(), end.tolist(), seconds.tolist(), strict=True):
        least[one, other] = min(time, least.get((one, other), np.inf))
    rows, columns = zip(*least, strict=True)
    return np.asarray(dijkstra(csr_array((list(least.values()), (rows, columns)), shape=(nodes, nodes))))


def _thin(arcs: list[Arc], nodes: int, own: list[int]) -> tuple[Links, np.ndarray]:
    return thinned(*_arrays(arcs), nodes, np.array(own))


def test_bends_and_blind_alleys_go() -> None:
    # 0 – 1 – 2 – 3 is a street with bends at 1 and 2; 4 is a dead end beside 1, and 5 one behind it.
    street = [(0, 1, 10), (1, 2, 10), (2, 3, 10), (1, 4, 5), (4, 5, 5)]
    both = street + [(end, start, seconds) for start, end, seconds in street]
    links, joints = _thin(both, 6, [0, 3])
    assert joints.tolist() == [0, 3]
    assert sorted(zip(links.start.tolist(), links.end.tolist(), links.seconds.tolist(), strict=True)) == [
        (0, 3, 30.0), (3, 0, 30.0)
    ]  # fmt: skip
    np.testing.assert_allclose(links.km, 0.3)


@st.composite
def _streets(draw: st.DrawFn) -> tuple[list[Arc], int, list[int]]:
    """A ring that reaches every node, one-way or not, with more arcs across and blind alleys."""
    nodes = draw(st.integers(3, 14))
    time = st.integers(1, 50)
    arcs = [(node, (node + 1) % nodes, draw(time)) for node in range(nodes)]
    arcs += [(end, start, draw(time)) for start, end, _ in arcs if draw(st.booleans())]
    end = st.integers(0, nodes - 1)
    across = draw(st.lists(st.tuples(end, end, time), max_size=8))
    arcs += across
    alleys = draw(st.integers(0, 4))
    for number in range(alleys):
        beside = draw(st.integers(0, nodes + number - 1))
        arcs += [(beside, nodes + number, draw(time)), (nodes + number, beside, draw(time))]
    own = draw(st.lists(st.integers(0, nodes + alleys - 1), min_size=1, max_size=5, unique=True))
    return arcs, nodes + alleys, own


@settings(max_examples=300, deadline=None)
@given(_streets())
def test_ways_are_as_quick_and_as_long(streets: tuple[list[Arc], int, list[int]]) -> None:
    arcs, nodes, own = streets
    start, end, seconds, _ = _arrays(arcs)
    whole = _slow(start, end, seconds, nodes)[np.ix_(own, own)]
    links, joints = _thin(arcs, nodes, own)
    assert set(own) <= set(joints.tolist())
    assert set(links.start.tolist()) | set(links.end.tolist()) <= set(joints.tolist())
    np.testing.assert_allclose(links.km, links.seconds / 100)
    if len(own) > 1:
        np.testing.assert_array_equal(_slow(links.start, links.end, links.seconds, nodes)[np.ix_(own, own)], whole)
