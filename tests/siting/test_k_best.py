"""The k best and the near-optimal range, against lists of all solutions."""

from __future__ import annotations

from itertools import product
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from beredt.errors import OutOfRangeError, SitingError
from beredt.siting.k_best import k_best, near_optimal_range, unary
from beredt.siting.mexclp import build
from beredt.siting.placement import Purse
from beredt.siting.problem import make_problem
from beredt.siting.program import Limits, Program, solve
from beredt.siting.several_answers import best_answers, best_site_sets, site_ranges, site_set_ranges
from tests.siting.trying_all import all_placements, draw_problem, each_demand, reaching


def knapsack(seed: int, sense: str, columns: int = 6, most: int = 1) -> Program:
    rng = np.random.default_rng(seed)
    return Program(
        cost=rng.integers(-3, 10, columns).astype(np.float64),
        low=np.zeros(columns),
        high=rng.integers(1, most + 1, columns).astype(np.float64),
        integer=np.ones(columns, np.bool_),
        rows=csr_array(rng.integers(0, 6, (2, columns)).astype(np.float64)),
        row_low=np.array([float(rng.integers(0, 5)), -inf]),
        row_high=np.array([inf, float(rng.integers(5, 15))]),
        sense="max" if sense == "max" else "min",
        constant=2.0,
    )


def all_solutions(program: Program) -> list[tuple[float, tuple[int, ...]]]:
    """Objective and columns of every solution, the best first."""
    found = []
    for x in product(*(range(int(high) + 1) for high in program.high)):
        rows = program.rows @ np.array(x, float)
        if (rows >= program.row_low - 1e-9).all() and (rows <= program.row_high + 1e-9).all():
            found.append((float(program.cost @ np.array(x, float)) + program.constant, x))
    return sorted(found, reverse=program.sense == "max")


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000), sense=st.sampled_from(["min", "max"]), k=st.integers(1, 12))
def test_the_k_best_are_the_first_of_the_list(seed: int, sense: str, k: int) -> None:
    program = knapsack(seed, sense)
    found = k_best(program, np.arange(6), k)
    every = all_solutions(program)
    assert [solved.objective for solved in found] == pytest.approx([value for value, _ in every[:k]])
    assert len({tuple(solved.x) for solved in found}) == min(k, len(every))
    assert all(solved.status == "proved" for solved in found)


@settings(max_examples=30)
@given(seed=st.integers(0, 10_000), k=st.integers(1, 10))
def test_with_unary_columns_numbers_tell_apart_too(seed: int, k: int) -> None:
    program = knapsack(seed, "max", columns=4, most=3)
    grown, columns = unary(program, np.arange(4))
    found = k_best(grown, columns, k)
    every = all_solutions(program)
    assert [solved.objective for solved in found] == pytest.approx([value for value, _ in every[:k]])
    assert len({tuple(solved.x[:4]) for solved in found}) == min(k, len(every))


@settings(max_examples=40)
@given(
    seed=st.integers(0, 10_000),
    sense=st.sampled_from(["min", "max"]),
    share=st.sampled_from([0.0, 0.05, 0.2, 0.6]),
)
def test_the_range_is_that_of_the_list(seed: int, sense: str, share: float) -> None:
    program = knapsack(seed, sense)
    every = all_solutions(program)
    if not every:
        with pytest.raises(OutOfRangeError, match="infeasible"):
            near_optimal_range(program, np.arange(6), share)
        return
    best = every[0][0]
    near = [x for value, x in every if abs(value - best) <= share * abs(best) + 1e-9]
    found = near_optimal_range(program, np.arange(6), share)
    for column in range(6):
        ones = sum(x[column] for x in near)
        expected = "all" if ones == len(near) else "none" if ones == 0 else "some"
        assert found.ranges[column] == expected


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), k=st.integers(1, 6), busy=st.sampled_from([0.0, 0.4]))
def test_the_k_best_placements_of_a_model(seed: int, k: int, busy: float) -> None:
    problem, purse = draw_problem(seed, sites=3, areas=4), Purse(units=3)
    worth = sorted(
        (
            sum(
                calls * (1 - busy) * busy**rank * counts
                for kind, n, calls, here in each_demand(problem, purse, units)
                for rank, counts in enumerate(reaching(problem, here, kind, n))
            )
            for units in all_placements(problem, purse)
        ),
        reverse=True,
    )
    model = build(problem, busy, purse)
    if not worth:
        with pytest.raises(SitingError):
            best_answers(model, k)
        return
    answers = best_answers(model, k)
    assert [answer.objective for answer in answers] == pytest.approx(worth[:k], abs=1e-6)
    assert len({tuple(answer.chosen.items()) for answer in answers}) == min(k, len(worth))


def test_what_all_good_placements_share_by_hand() -> None:
    """100, 91 and 10 calls, each with its own site: a and b have 191, a and c 42 % less, b and c 47 % less."""
    problem = make_problem([[0, 9, 9], [9, 0, 9], [9, 9, 0]], [100, 91, 10], 5, site_ids=("a", "b", "c"), capacity=1)
    model = build(problem, 0.0, Purse(units=2))
    assert site_ranges(model, 0.0) == {"a": "all", "b": "all", "c": "none"}
    assert site_ranges(model, 0.45) == {"a": "all", "b": "some", "c": "some"}
    assert site_ranges(model, 0.48) == {"a": "some", "b": "some", "c": "some"}
    assert [dict(answer.chosen) for answer in best_answers(model, 3)] == [
        {"a": 1, "b": 1},
        {"a": 1, "c": 1},
        {"b": 1, "c": 1},
    ]


def test_any_programme_with_sites_in_front_can_be_asked() -> None:
    problem = make_problem([[0, 9, 9], [9, 0, 9], [9, 9, 0]], [100, 91, 10], 5, site_ids=("a", "b", "c"), capacity=1)
    program = build(problem, 0.0, Purse(units=2)).program
    found = best_site_sets("mclp", program, problem, 2)
    assert [(each.objective, dict(each.chosen)) for each in found] == [(191, {"a": 1, "b": 1}), (110, {"a": 1, "c": 1})]
    assert site_set_ranges("mclp", program, problem, 0.45) == {"a": "all", "b": "some", "c": "some"}


def test_a_question_that_was_not_settled_stays_open() -> None:
    program = knapsack(1, "max")
    best = solve(program)
    found = near_optimal_range(program, np.arange(6), 0.0, Limits(seconds=1e-9), best=best)
    assert set(found.ranges) == {"open question"}
    assert found.solves == 0


def test_what_makes_no_sense_is_refused() -> None:
    program = knapsack(1, "max", most=3)
    with pytest.raises(OutOfRangeError, match="k is 0"):
        k_best(program, np.arange(0), 0)
    with pytest.raises(OutOfRangeError, match="columns that are 0 or 1"):
        k_best(program, np.arange(6), 1)
    with pytest.raises(OutOfRangeError, match="share"):
        near_optimal_range(program, np.arange(0), -0.1)
