"""Programmes as arrays: small ones worked out by hand, and every small one against trying everything."""

from __future__ import annotations

from itertools import product
from math import inf, isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.sparse import csr_array

from beredt.errors import SitingError
from beredt.siting.program import Bound, Limits, Program, relative_gap, solve


def _binary(cost: list[float], rows: list[list[float]], low: list[float], high: list[float], sense: str) -> Program:
    n = len(cost)
    return Program(
        cost=np.array(cost, np.float64),
        low=np.zeros(n),
        high=np.ones(n),
        integer=np.ones(n, np.bool_),
        rows=csr_array(np.array(rows, np.float64).reshape(len(low), n)),
        row_low=np.array(low, np.float64),
        row_high=np.array(high, np.float64),
        sense="max" if sense == "max" else "min",
    )


def _hard() -> Program:
    """Set covering with nearly equal costs: minutes of work, a solution at once."""
    drawn = np.random.default_rng(1)
    covers = (drawn.random((300, 400)) < 0.05).astype(np.float64)
    return Program(
        cost=1.0 + 0.1 * drawn.random(400),
        low=np.zeros(400),
        high=np.ones(400),
        integer=np.ones(400, np.bool_),
        rows=csr_array(covers),
        row_low=np.ones(300),
        row_high=np.full(300, inf),
    )


def test_a_knapsack_worked_out_by_hand() -> None:
    # Weights 3, 4, 5 and worth 4, 5, 6 with room for 7: the first two.
    solved = solve(_binary([4, 5, 6], [[3, 4, 5]], [-inf], [7], "max"))
    assert solved.status == "proved"
    assert solved.x.tolist() == [1.0, 1.0, 0.0]
    assert (solved.objective, solved.bound, solved.gap) == (9.0, 9.0, 0.0)


def test_what_cannot_be_is_said_to_be_infeasible() -> None:
    solved = solve(_binary([1, 1], [[1, 1]], [3], [inf], "min"))
    assert solved.status == "infeasible"
    assert not solved.found
    assert isnan(solved.objective)
    assert np.isnan(solved.x).all()


def test_a_programme_without_columns_is_its_constant_or_infeasible() -> None:
    empty = np.empty(0)
    nothing = csr_array((1, 0))
    whole = np.empty(0, np.bool_)
    held = Program(empty, empty, empty, whole, nothing, np.array([-1.0]), np.array([1.0]), constant=2.5)
    assert solve(held).objective == 2.5
    broken = Program(empty, empty, empty, whole, nothing, np.array([1.0]), np.array([1.0]))
    assert solve(broken).status == "infeasible"


def _one_column(most: float) -> Program:
    empty = np.empty(0)
    return Program(
        np.ones(1), np.zeros(1), np.array([most]), np.zeros(1, np.bool_), csr_array((0, 1)), empty, empty, "max"
    )


def test_a_linear_programme_is_its_own_bound() -> None:
    solved = solve(_one_column(2.5))
    assert (solved.objective, solved.bound, solved.gap) == (2.5, 2.5, 0.0)


def test_an_unbounded_programme_is_an_error() -> None:
    with pytest.raises(SitingError, match="Unbounded"):
        solve(_one_column(inf))


def test_the_user_stops_it_and_gets_the_best_so_far() -> None:
    seen: list[Bound] = []
    solved = solve(_hard(), progress=seen.append, stop=lambda: any(each.gap < 0.9 for each in seen))
    assert solved.status == "stopped"
    assert solved.found
    assert 0.0 < solved.gap < 0.9
    assert solved.bound <= solved.objective
    assert (_hard().rows @ solved.x >= 1.0).all()


def test_a_wanted_gap_is_enough() -> None:
    solved = solve(_hard(), Limits(gap=0.8))
    assert solved.status == "proved"
    assert 0.0 < solved.gap <= 0.8


def test_what_a_callback_raises_comes_out_after_the_solver_has_stopped() -> None:
    def interrupted() -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        solve(_hard(), stop=interrupted)


def test_a_solution_to_begin_from_is_used() -> None:
    everything = np.ones(400)
    solved = solve(_hard(), stop=lambda: True, start=everything)
    assert solved.found


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"low": np.zeros(3)}, "low has the shape"),
        ({"low": np.full(2, 2.0)}, "column 0 lies between 2.0 and 1.0"),
        ({"row_high": np.array([np.nan])}, "row 0 lies between"),
        ({"cost": np.array([1.0, np.nan])}, "cost of column 1"),
        ({"rows": csr_array((2, 2))}, "the rows are"),
        ({"names": ("a",)}, "1 names of 2 columns"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(change: dict[str, object], message: str) -> None:
    parts: dict[str, object] = {
        "cost": np.ones(2),
        "low": np.zeros(2),
        "high": np.ones(2),
        "integer": np.ones(2, np.bool_),
        "rows": csr_array(np.ones((1, 2))),
        "row_low": np.zeros(1),
        "row_high": np.ones(1),
    }
    with pytest.raises(ValueError, match=message):
        Program(**{**parts, **change})  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [{"gap": -0.1}, {"gap": np.nan}, {"seconds": 0.0}])
def test_limits_that_mean_nothing_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="got"):
        Limits(**wrong)


def test_a_gap_is_a_share_of_the_objective() -> None:
    assert relative_gap(100.0, 90.0) == pytest.approx(0.1)
    assert relative_gap(-100.0, -110.0) == pytest.approx(0.1)
    assert relative_gap(5.0, 5.0 + 1e-9) == 0.0
    assert relative_gap(0.0, 0.0) == 0.0
    assert relative_gap(0.0, 1.0) == inf
    assert relative_gap(np.nan, 1.0) == inf


_WHOLE = st.integers(-4, 4).map(float)


@given(
    cost=hnp.arrays(np.float64, 5, elements=_WHOLE),
    rows=hnp.arrays(np.float64, (3, 5), elements=_WHOLE),
    high=hnp.arrays(np.float64, 3, elements=_WHOLE),
    sense=st.sampled_from(["min", "max"]),
)
def test_no_other_choice_is_better(cost: np.ndarray, rows: np.ndarray, high: np.ndarray, sense: str) -> None:
    program = _binary(cost.tolist(), rows.tolist(), [-inf] * 3, high.tolist(), sense)
    choices = [np.array(x, np.float64) for x in product((0.0, 1.0), repeat=5)]
    values = [float(cost @ x) for x in choices if (rows @ x <= high).all()]
    solved = solve(program)
    if not values:
        assert solved.status == "infeasible"
    else:
        assert solved.status == "proved"
        assert solved.objective == (min(values) if sense == "min" else max(values))
