"""The least total cost, against scipy; and which of several least ones, against trying all."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from beredt.dispatch.assignment import NEVER_MS, assign, assignment_room
from beredt.dispatch.world import I8

squares = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 4), min_size=n, max_size=n), min_size=n, max_size=n)
)


def assigned(cost: I8, room_for: int = 0) -> tuple[int, list[int]]:
    n = len(cost)
    size = max(n, room_for)
    padded = np.full((size, size), -1, np.int64)
    padded[:n, :n] = cost
    column_of = np.full(size, -1, np.int32)
    total = assign(padded, n, column_of, assignment_room(size))
    return int(total), [int(j) for j in column_of[:n]]


def first_least(cost: I8) -> tuple[int, list[int]]:
    """Twin: of all orders of the columns the cheapest, the first of a dictionary on a tie."""
    n = len(cost)
    totals = [(sum(int(cost[i, order[i]]) for i in range(n)), list(order)) for order in permutations(range(n))]
    return min(totals)


@given(squares)
def test_as_trying_all(rows: list[list[int]]) -> None:
    cost = np.array(rows, np.int64)
    assert assigned(cost) == first_least(cost)


@given(squares)
def test_room_for_more_changes_nothing(rows: list[list[int]]) -> None:
    cost = np.array(rows, np.int64)
    assert assigned(cost, room_for=9) == assigned(cost)


def test_as_scipy() -> None:
    rng = np.random.default_rng(1)
    for n in (1, 2, 3, 8, 17, 40):
        for _ in range(20):
            cost = rng.integers(0, 3_600_000, (n, n))
            total, columns = assigned(cost)
            rows, expected = linear_sum_assignment(cost)
            assert columns == expected.tolist()
            assert total == cost[rows, expected].sum()


def test_ties_of_many_rows() -> None:
    rng = np.random.default_rng(2)
    for n in (6, 7):
        for _ in range(10):
            cost = rng.integers(0, 3, (n, n))
            assert assigned(cost) == first_least(cost)
    equal = np.full((30, 30), 5, np.int64)
    assert assigned(equal) == (150, list(range(30)))


def test_what_should_not_happen_happens_only_when_it_must() -> None:
    cost = np.array([[1, NEVER_MS], [1, NEVER_MS]], np.int64)
    assert assigned(cost) == (1 + NEVER_MS, [0, 1])
    cost = np.array([[1, 900_000], [1, NEVER_MS]], np.int64)
    assert assigned(cost) == (900_001, [1, 0])


def test_nobody() -> None:
    assert assigned(np.zeros((0, 0), np.int64), room_for=3) == (0, [])
