"""Greed as a beginning: what it finds is allowed and near the best, and an answer is there from the first moment on."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.coverage.survival import get_curve
from beredt.siting.maximum_survival import build as build_survival
from beredt.siting.mexclp import build, solve_mexclp
from beredt.siting.placement import Purse
from beredt.siting.problem import make_problem
from beredt.siting.program import Limits
from tests.siting.trying_all import draw_problem, is_allowed, two_periods


@settings(max_examples=60)
@given(
    seed=st.integers(0, 10_000),
    units=st.sampled_from([None, 2, 4]),
    sites=st.sampled_from([None, 2]),
    plain=st.booleans(),
    periods=st.booleans(),
    busy=st.sampled_from([0.0, 0.4]),
)
def test_greed_keeps_all_rows_and_says_what_it_is_worth(
    seed: int, units: int | None, sites: int | None, plain: bool, periods: bool, busy: float
) -> None:
    problem = draw_problem(seed, plain=plain)
    purse = Purse(units, sites, two_periods(problem) if periods else None)
    for model in (build(problem, busy, purse), build_survival(problem, get_curve("de_maio"), purse, busy=busy)):
        assert model.start is not None
        x = model.start()
        if x is None:
            continue
        program = model.program
        rows = program.rows @ x
        assert (rows >= program.row_low - 1e-9).all()
        assert (rows <= program.row_high + 1e-9).all()
        assert (x >= program.low).all()
        assert (x <= program.high).all()
        found = model.placement.units_of(x)
        assert is_allowed(problem, purse, tuple(tuple(int(u) for u in row) for row in found))
        assert np.isclose(program.cost @ x, model.value(found))


@settings(max_examples=20)
@given(seed=st.integers(0, 10_000), units=st.integers(1, 5), busy=st.sampled_from([0.0, 0.4]))
def test_greed_is_at_least_what_was_proved_of_it(seed: int, units: int, busy: float) -> None:
    problem, purse = draw_problem(seed, plain=True), Purse(units=units)
    model = build(problem, busy, purse)
    assert model.start is not None
    x = model.start()
    assert x is not None
    best = solve_mexclp(problem, busy, purse).objective
    assert (1 - 1 / np.e) * best - 1e-9 <= model.value(model.placement.units_of(x)) <= best + 1e-6


def test_there_is_an_answer_from_the_first_moment_on() -> None:
    rng = np.random.default_rng(1)
    problem = make_problem(rng.uniform(0, 1000, (80, 800)), rng.uniform(1, 9, 800), 250.0)
    answer = solve_mexclp(problem, 0.4, Purse(units=20), Limits(seconds=1e-3))
    assert answer.status == "stopped"
    assert sum(answer.chosen.values()) == 20
    assert 0.0 < answer.objective < answer.bound <= problem.demand.sum() + 1e-6
