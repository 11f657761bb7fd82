"""The front of two criteria, against all solutions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from beredt.errors import OutOfRangeError
from beredt.siting.program import Limits, Program, Sense
from beredt.siting.trade_off import Criterion, Point, trade_off, whole_step
from tests.siting.test_k_best import all_solutions, knapsack


def front_of_all(points: list[tuple[float, float]], first: Sense, second: Sense) -> list[tuple[float, float]]:
    """Efficient points of a list, the best of the first criterion first."""
    a, b = (1 if first == "max" else -1), (1 if second == "max" else -1)
    signed = {(a * x, b * y) for x, y in points}
    kept = [p for p in signed if not any(q != p and q[0] >= p[0] and q[1] >= p[1] for q in signed)]
    return [(a * x, b * y) for x, y in sorted(kept, reverse=True)]


@settings(max_examples=50)
@given(
    seed=st.integers(0, 10_000),
    first=st.sampled_from(["min", "max"]),
    second=st.sampled_from(["min", "max"]),
    scale=st.sampled_from([1.0, 0.25, 7.0]),
)
def test_it_is_the_front_of_all_solutions(seed: int, first: Sense, second: Sense, scale: float) -> None:
    program = knapsack(seed, "max")
    rng = np.random.default_rng(seed + 1)
    one = Criterion("one", rng.integers(-3, 9, 6).astype(float), first)
    two = Criterion("two", np.asarray(rng.integers(-3, 9, 6) * scale, np.float64), second, constant=0.3)
    every = [(one.value(np.array(x)), two.value(np.array(x))) for _, x in all_solutions(program)]
    if not every:
        with pytest.raises(OutOfRangeError, match="no solution at all"):
            trade_off(program, one, two)
        return
    told: list[Point] = []
    found = trade_off(program, one, two, progress=told.append)
    expected = front_of_all([(round(x, 9), round(y, 9)) for x, y in every], first, second)
    assert [(point.first, point.second) for point in found.points] == [pytest.approx(pair) for pair in expected]
    assert tuple(told) == found.points
    # A criterion of nothing but zeros has no steps.
    assert found.exact == bool(two.cost.any())


def test_points_between_those_that_weights_find() -> None:
    """Values (3, 0), (1, 1), (0, 3): no weighting of both likes (1, 1), and it is efficient all the same."""
    program = Program(
        cost=np.zeros(3),
        low=np.zeros(3),
        high=np.ones(3),
        integer=np.ones(3, np.bool_),
        rows=csr_array(np.ones((1, 3))),
        row_low=np.ones(1),
        row_high=np.ones(1),
        sense="max",
    )
    one = Criterion("one", np.array([3.0, 1.0, 0.0]), "max")
    two = Criterion("two", np.array([0.0, 1.0, 3.0]), "max")
    found = trade_off(program, one, two)
    assert [(point.first, point.second) for point in found.points] == [(3, 0), (1, 1), (0, 3)]
    assert (found.step, found.exact) == (1.0, True)
    coarse = trade_off(program, one, two, step=2.0)
    assert [(point.first, point.second) for point in coarse.points] == [(3, 0), (0, 3)]
    assert not coarse.exact
    few = trade_off(program, one, two, most_points=2)
    assert len(few.points) == 2
    assert not few.exact


def test_steps_of_a_criterion() -> None:
    program = knapsack(0, "max", columns=3)
    assert whole_step(program, Criterion("x", np.array([4.0, 6.0, 0.0]), "min")) == 2.0
    assert whole_step(program, Criterion("x", np.array([0.5, 0.75, 0.0]), "min")) == pytest.approx(0.25)
    assert whole_step(program, Criterion("x", np.array([np.pi, 1.0, 0.0]), "min")) is None
    assert whole_step(program, Criterion("x", np.zeros(3), "min")) is None


def test_it_stops_when_asked_and_says_so() -> None:
    program = knapsack(5, "max")
    one = Criterion("one", np.arange(6.0), "max")
    two = Criterion("two", np.arange(6.0)[::-1].copy(), "min")
    found = trade_off(program, one, two, limits=Limits(seconds=1e-6))
    assert not found.exact
    assert len(found.points) <= 1
    with pytest.raises(OutOfRangeError, match="step"):
        trade_off(program, one, two, step=0.0)
