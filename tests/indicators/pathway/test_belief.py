"""Probabilities of pairs against all worlds: every way in which nobody is in two pairs."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.indicators.observed import F8
from beredt.indicators.pathway.belief import pair_probabilities

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
def test_near_wherever_they_make_one(edges: list[Edge]) -> None:
    assert found(edges) == pytest.approx(all_worlds(edges), abs=0.25)


@given(EDGES)
def test_nobody_is_in_more_than_one_pair(edges: list[Edge]) -> None:
    probabilities = found(edges)
    for record in range(3):
        assert sum(p for p, edge in zip(probabilities, edges, strict=True) if edge[0] == record) <= 1 + 1e-9
