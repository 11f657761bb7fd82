"""Probabilities of pairs against all worlds: every way in which nobody is in two pairs."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from beredt.indicators.observed import F8
from beredt.indicators.pathway.belief import MOST_EXACT, pair_probabilities

Edge = tuple[int, int, float]


def all_worlds(edges: list[Edge]) -> F8:
    """Exact probabilities of pairs, each world weighed by its odds."""
    total, of_pair = 0.0, np.zeros(len(edges))
    for size in range(len(edges) + 1):
        for some in itertools.combinations(range(len(edges)), size):
            if len({edges[n][0] for n in some}) == len({edges[n][1] for n in some}) == size:
                weight = math.prod(edges[n][2] for n in some)
                total += weight
                of_pair[list(some)] += weight
    return of_pair / total


def found(edges: list[Edge]) -> F8:
    source, target = (np.array([edge[n] for edge in edges], np.int64) for n in (0, 1))
    return pair_probabilities(source, target, np.array([edge[2] for edge in edges], np.float64))


@pytest.mark.parametrize(
    "edges",
    [
        [(0, 0, 3.0)],
        [(0, 0, 9.0), (0, 1, 4.0)],
        [(0, 0, 9.0), (0, 1, 4.0), (1, 1, 50.0)],
        [(0, 0, 9.0), (1, 0, 4.0), (1, 1, 0.5), (2, 1, 8.0), (2, 2, 1.0)],
    ],
)
def test_exact_where_rivals_make_no_circle(edges: list[Edge]) -> None:
    assert found(edges) == pytest.approx(all_worlds(edges), abs=1e-6)


EDGES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.floats(0.01, 100)), max_size=7, unique_by=lambda edge: edge[:2]
)


@given(EDGES)
@example([(0, 0, 36.0), (0, 1, 56.0), (1, 0, 87.0), (1, 1, 72.0)])  # belief propagation alone says 0.09 of 0.34
def test_exact_where_they_make_a_small_one(edges: list[Edge]) -> None:
    assert found(edges) == pytest.approx(all_worlds(edges), abs=1e-6)


def test_a_group_that_is_too_large_to_be_counted_is_weighed_all_the_same() -> None:
    """A circle of equals: each record has two rivals, and by symmetry every pair the same probability."""
    size = MOST_EXACT + 1
    edges = [(n, m % size, 3.0) for n in range(size) for m in (n, n + 1)]
    weighed = found(edges)
    assert weighed == pytest.approx(np.full(len(edges), weighed[0]))
    # At rest a claim c is 3 / (1 + w) and a want w is 3 / (1 + c): c² + c = 3, and each pair has c / (1 + 2c).
    claim = (math.sqrt(13.0) - 1.0) / 2.0
    assert weighed[0] == pytest.approx(claim / (1 + 2 * claim), abs=1e-6)


@given(st.integers(0, 2**32 - 1))
def test_many_groups_are_told_apart(seed: int) -> None:
    """Groups beside one another have the probabilities that each has by itself."""
    random = np.random.default_rng(seed)
    groups = [
        [(s, t, float(random.uniform(0.01, 100))) for s in range(3) for t in range(2) if random.random() < 0.8]
        for _ in range(4)
    ]
    joined = [(3 * g + s, 2 * g + t, odds) for g, edges in enumerate(groups) for s, t, odds in edges]
    order = random.permutation(len(joined)).tolist()
    together = found([joined[n] for n in order])
    alone = np.concatenate([found(edges) if edges else np.zeros(0) for edges in groups])
    assert together == pytest.approx(alone[order], abs=1e-9)


@given(EDGES)
def test_nobody_is_in_more_than_one_pair(edges: list[Edge]) -> None:
    probabilities = found(edges)
    for record in range(3):
        assert sum(p for p, edge in zip(probabilities, edges, strict=True) if edge[0] == record) <= 1 + 1e-9
