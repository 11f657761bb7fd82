"""Maximum expected survival: by hand, against trying everything, and beside maximal covering."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.coverage.survival import TableCurve, get_curve
from beredt.errors import OutOfRangeError, SitingError
from beredt.siting.maximum_survival import solve_maximum_survival
from beredt.siting.mexclp import solve_mexclp
from beredt.siting.placement import Purse
from beredt.siting.problem import make_problem
from tests.siting.trying_all import Units, best_of, draw_problem, each_demand, two_periods

FALLING = TableCurve("falling", (0.0, 600.0), (0.6, 0.0))
"""From 60 % at once to nobody after ten minutes."""


def test_a_minute_counts_by_hand() -> None:
    """Two villages 5 min apart with 100 and 60 calls: 60 % of 100 and 30 % of 60; the second unit at the other end."""
    road = make_problem([[0, 300], [300, 0]], [100, 60], 60, site_ids=("a", "b"), capacity=1)
    one = solve_maximum_survival(road, FALLING, Purse(units=1))
    assert one.objective == pytest.approx(78.0)
    assert dict(one.chosen) == {"a": 1}
    busy = solve_maximum_survival(road, FALLING, Purse(units=2), busy=0.5)
    # a: 0.5·60 + 0.25·30 of each 100, and the same of each 60.
    assert busy.objective == pytest.approx(160 * (0.5 * 0.6 + 0.25 * 0.3))
    later = solve_maximum_survival(road, FALLING, Purse(units=1), before_s=60.0)
    assert later.objective == pytest.approx(100 * 0.54 + 60 * 0.24)
    assert later.measures["survival_share"] == pytest.approx(later.objective / 160)


@settings(max_examples=40)
@given(
    seed=st.integers(0, 10_000),
    limit=st.sampled_from([Purse(units=2), Purse(sites=2), Purse(units=3, sites=2)]),
    periods=st.booleans(),
    busy=st.sampled_from([0.0, 0.3, 0.8]),
    step=st.sampled_from([0.0, 120.0]),
)
def test_it_is_the_best_of_all_placements(seed: int, limit: Purse, periods: bool, busy: float, step: float) -> None:
    problem, curve = draw_problem(seed, sites=3, areas=4), get_curve("de_maio")
    purse = Purse(limit.units, limit.sites, two_periods(problem) if periods else None)

    def worth(units: Units) -> float:
        total = 0.0
        for k, n, calls, here in each_demand(problem, purse, units):
            values: list[float] = []
            for s in range(problem.sites):
                share = float(curve.share(problem.travel_s[s, n] + 90.0 * k) * problem.permitted[s, n])
                values += [share] * here[s]
            for rank, share in enumerate(sorted(values, reverse=True)):
                total += calls * share * (1 - busy) * busy**rank
        return total

    best = best_of(problem, purse, worth)
    if best == -inf:
        with pytest.raises(SitingError):
            solve_maximum_survival(problem, curve, purse)
        return
    answer = solve_maximum_survival(problem, curve, purse, before_s=[0.0, 90.0], busy=busy, step_s=step)
    if step == 0.0:
        assert answer.objective == pytest.approx(best, rel=1e-9, abs=1e-9)
        assert answer.status == "proved"
    assert answer.objective <= best + 1e-9
    assert answer.bound >= best - 1e-6


@given(seed=st.integers(0, 10_000), units=st.integers(1, 4))
@settings(max_examples=20)
def test_a_curve_like_a_cliff_is_maximal_covering(seed: int, units: int) -> None:
    problem = draw_problem(seed, plain=True, classes=1)
    target = float(problem.target_s[0, 0])
    cliff = TableCurve("cliff", (target, target + 1e-6), (1.0, 0.0))
    covering = solve_mexclp(problem, 0.0, Purse(units=units)).objective
    assert solve_maximum_survival(problem, cliff, Purse(units=units)).objective == pytest.approx(covering)


def test_more_units_save_more() -> None:
    problem = draw_problem(8, plain=True)
    saved = [solve_maximum_survival(problem, FALLING, Purse(units=n), busy=0.4).objective for n in range(5)]
    assert (np.diff(saved) >= -1e-9).all()


def test_nothing_is_answered_outside_the_range() -> None:
    problem = draw_problem(8, plain=True)
    with pytest.raises(OutOfRangeError, match="before_s"):
        solve_maximum_survival(problem, FALLING, Purse(units=1), before_s=-1.0)
    with pytest.raises(OutOfRangeError, match="step_s"):
        solve_maximum_survival(problem, FALLING, Purse(units=1), step_s=-1.0)
