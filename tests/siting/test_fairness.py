"""Worst share, Bernoulli–Nash and equity: by hand, and against trying all placements."""

from __future__ import annotations

import math
from collections.abc import Callable
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.errors import OutOfRangeError, SitingError
from beredt.siting.answer import SitingAnswer
from beredt.siting.bernoulli_nash import solve_bernoulli_nash, welfare
from beredt.siting.equity import solve_equity
from beredt.siting.group_shares import Groups, each_area, make_groups
from beredt.siting.mexclp import solve_mexclp
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem, make_problem
from beredt.siting.worst_share import solve_worst_share
from tests.siting.trying_all import Units, all_placements, draw_problem, each_demand, reaching, two_periods

FEW = settings(max_examples=40)

# Town a has 90 calls, village b 10, and nobody reaches from one to the other.
APART = make_problem([[0, 9], [9, 0]], [90, 10], 5, site_ids=("a", "b"), area_ids=("town", "village"))


def shares_of(problem: SitingProblem, purse: Purse, groups: Groups, busy: float, units: Units) -> dict[str, float]:
    """Share of each group in which somebody calls."""
    served: dict[str, float] = {}
    calls_of: dict[str, float] = {}
    for k, n, calls, here in each_demand(problem, purse, units):
        name = groups.group_ids[groups.of_area[n]]
        reached = reaching(problem, here, k, n)
        chance = sum((1 - busy) * busy**rank * counts for rank, counts in enumerate(reached))
        served[name] = served.get(name, 0.0) + calls * chance
        calls_of[name] = calls_of.get(name, 0.0) + calls
    for name in unreached(problem, purse, groups):
        served.pop(name, None)
        calls_of.pop(name, None)
    return {name: served[name] / calls_of[name] for name in calls_of}


def unreached(problem: SitingProblem, purse: Purse, groups: Groups) -> set[str]:
    """Groups that no site reaches that could have a unit."""
    cheapest = min(purse.periods_of(problem).share)
    found = set(groups.group_ids)
    for s in range(problem.sites):
        can = problem.capacity[s] > 0 and problem.locked[s] >= 0 and purse.units != 0
        if can and problem.unit_cost[s] * cheapest <= problem.budget + 1e-9:
            for k in range(problem.classes):
                for n in range(problem.areas):
                    near = problem.travel_s[s, n] <= problem.target_s[k, n] and problem.permitted[s, n] > 0
                    if near and problem.demand[k, n] > 0:
                        found.discard(groups.group_ids[groups.of_area[n]])
    return found


@st.composite
def cases(draw: st.DrawFn) -> tuple[SitingProblem, Purse, Groups, float]:
    problem = draw_problem(draw(st.integers(0, 10_000)), sites=3, areas=4, plain=draw(st.booleans()))
    periods = draw(st.sampled_from([None, two_periods(problem)]))
    purse = Purse(draw(st.sampled_from([None, 2, 3])), draw(st.sampled_from([None, 2])), periods)
    groups = draw(st.sampled_from([each_area(problem), make_groups(problem, ["u", "r", "r", "u"])]))
    return problem, purse, groups, draw(st.sampled_from([0.0, 0.3, 0.7]))


def expect(solve: Callable[[], SitingAnswer], best: float) -> SitingAnswer | None:
    """The answer has this objective, or there is none."""
    if best == -inf:
        with pytest.raises(SitingError):
            solve()
        return None
    answer = solve()
    assert answer.objective == pytest.approx(best, rel=1e-6, abs=2e-6)
    assert answer.status == "proved"
    return answer


def test_town_and_village_by_hand() -> None:
    """Three units, busy half the time. Most: all in town (90·7/8 = 78.75), or two and one (90·3/4 + 10/2 = 72.5)."""
    assert solve_mexclp(APART, 0.5, Purse(units=3)).chosen == {"a": 3}
    worst = solve_worst_share(APART, 0.5, Purse(units=3), give=0.0)
    assert (worst.objective, dict(worst.chosen)) == (0.5, {"a": 2, "b": 1})  # not a: 1, b: 2, as good to the worst-off
    assert worst.measures["share.town"] == 0.75
    assert worst.measures["second_step_proved"] == 1.0
    near = solve_equity(APART, 0.5, Purse(units=4), make_groups(APART, ["urban", "rural"]), most_gap=0.2)
    assert dict(near.chosen) == {"a": 2, "b": 2}
    assert near.measures["gap_share"] == 0.0
    assert near.objective == 75.0
    floor = solve_equity(APART, 0.5, Purse(units=4), make_groups(APART, ["urban", "rural"]), least_share=0.5)
    assert dict(floor.chosen) == {"a": 3, "b": 1}


def test_what_may_be_given_up_by_hand() -> None:
    """Four units: two each leave the worst share at 75 %; three and one at 50 %, and 90·7/8 + 10/2 served, not 75."""
    strict = solve_worst_share(APART, 0.5, Purse(units=4), give=0.0)
    assert (strict.objective, dict(strict.chosen)) == (0.75, {"a": 2, "b": 2})
    lax = solve_worst_share(APART, 0.5, Purse(units=4), give=0.25)
    assert (lax.objective, lax.bound, dict(lax.chosen)) == (0.5, 0.75, {"a": 3, "b": 1})
    assert lax.status == "proved"
    with pytest.raises(OutOfRangeError, match="give"):
        solve_worst_share(APART, 0.5, Purse(units=4), give=-0.1)


def test_bernoulli_nash_by_hand() -> None:
    """Two units: both in town 0.9·log 0.76 + 0.1·log 0.01, or one each: log 0.51. The village weighs much."""
    answer = solve_bernoulli_nash(APART, 0.5, Purse(units=2))
    assert dict(answer.chosen) == {"a": 1, "b": 1}
    assert answer.objective == pytest.approx(math.log(0.51))
    assert answer.measures["nash_share"] == pytest.approx(0.5)
    assert 0.9 * math.log(0.76) + 0.1 * math.log(0.01) < math.log(0.51)
    # Who thinks that no service is not so bad leaves the village out.
    assert dict(solve_bernoulli_nash(APART, 0.5, Purse(units=2), nothing=2.0).chosen) == {"a": 2}


@FEW
@given(case=cases())
def test_the_worst_share_is_the_best_of_all_placements(case: tuple[SitingProblem, Purse, Groups, float]) -> None:
    problem, purse, groups, busy = case
    found: list[tuple[float, float]] = []
    for units in all_placements(problem, purse):
        shares = shares_of(problem, purse, groups, busy, units)
        if not shares:
            continue
        total: dict[str, float] = {}
        for _, n, calls, _ in each_demand(problem, purse, units):
            name = groups.group_ids[groups.of_area[n]]
            total[name] = total.get(name, 0.0) + calls
        served = sum(shares[name] * total[name] for name in shares) / sum(total.values())
        found.append((round(min(shares.values()), 9), served))
    best = max(found, default=(-inf, 0.0))
    answer = expect(lambda: solve_worst_share(problem, busy, purse, groups, give=0.0), best[0])
    if answer is not None:
        assert answer.measures["covered_share"] == pytest.approx(best[1], rel=1e-6)


@FEW
@given(case=cases(), nothing=st.sampled_from([0.001, 0.01, 0.3]))
def test_bernoulli_nash_is_the_best_of_all_placements(
    case: tuple[SitingProblem, Purse, Groups, float], nothing: float
) -> None:
    problem, purse, groups, busy = case
    best = -inf
    for units in all_placements(problem, purse):
        shares = shares_of(problem, purse, groups, busy, units)
        total = weight = 0.0
        for _, n, calls, _ in each_demand(problem, purse, units):
            name = groups.group_ids[groups.of_area[n]]
            if name in shares:
                total += calls * math.log(shares[name] + nothing)
                weight += calls
        best = max(best, total / weight) if weight else best
    expect(lambda: solve_bernoulli_nash(problem, busy, purse, groups, nothing), best)


@FEW
@given(case=cases(), gap=st.sampled_from([0.0, 0.1, 0.3, 1.0]), least=st.sampled_from([0.0, 0.2, 0.5]))
def test_equity_is_the_best_of_all_placements(
    case: tuple[SitingProblem, Purse, Groups, float], gap: float, least: float
) -> None:
    problem, purse, groups, busy = case
    best = -inf
    for units in all_placements(problem, purse):
        shares = shares_of(problem, purse, groups, busy, units)
        if not shares or max(shares.values()) - min(shares.values()) > gap + 1e-9:
            continue
        if min(shares.values()) < least - 1e-9:
            continue
        served = 0.0
        for k, n, calls, here in each_demand(problem, purse, units):
            served += calls * sum((1 - busy) * busy**r * c for r, c in enumerate(reaching(problem, here, k, n)))
        best = max(best, served)
    expect(lambda: solve_equity(problem, busy, purse, groups, most_gap=gap, least_share=least), best)


@settings(max_examples=15)
@given(seed=st.integers(0, 10_000), units=st.integers(1, 4))
def test_fairness_costs_cover_and_never_gains_any(seed: int, units: int) -> None:
    problem, purse = draw_problem(seed, plain=True), Purse(units=units)
    groups = make_groups(problem, ["u", "r", "r", "u", "u", "r"])
    most = solve_mexclp(problem, 0.4, purse)
    worst = solve_worst_share(problem, 0.4, purse, groups, give=0.0)
    nash = solve_bernoulli_nash(problem, 0.4, purse, groups)
    for fair in (worst, nash):
        assert fair.measures["covered_share"] <= most.measures["covered_share"] + 1e-7
    assert worst.measures["worst_share"] >= nash.measures["worst_share"] - 1e-7
    free = solve_equity(problem, 0.4, purse, groups)
    assert free.objective == pytest.approx(most.objective)


def test_a_group_that_nobody_can_reach_is_left_out_and_told() -> None:
    far = make_problem([[0, 9, 99], [9, 0, 99]], [80, 10, 10], 5, area_ids=("town", "village", "island"))
    answer = solve_worst_share(far, 0.5, Purse(units=3))
    assert answer.objective == 0.5
    assert answer.measures["groups_out_of_reach"] == 1.0
    assert answer.measures["covered_share"] == pytest.approx(0.8 * 0.75 + 0.1 * 0.5)
    with pytest.raises(SitingError, match="no site reaches anybody"):
        solve_bernoulli_nash(make_problem([[9.0]], [1.0], 5), 0.5, Purse(units=1))


def test_welfare_by_hand() -> None:
    assert welfare(np.array([1.0, 0.0]), np.array([3.0, 1.0]), 1.0) == pytest.approx(0.75 * math.log(2.0))


def test_nothing_is_answered_that_makes_no_sense() -> None:
    with pytest.raises(OutOfRangeError, match="of_area"):
        make_groups(APART, ["urban"])
    with pytest.raises(OutOfRangeError, match="nothing"):
        solve_bernoulli_nash(APART, 0.5, Purse(units=1), nothing=0.0)
    with pytest.raises(OutOfRangeError, match="most_gap"):
        solve_equity(APART, 0.5, Purse(units=1), each_area(APART), most_gap=-0.1)
    with pytest.raises(OutOfRangeError, match="demand"):
        solve_worst_share(make_problem([[0.0]], [0.0], 5), 0.5, Purse(units=1))
    with pytest.raises(SitingError, match="nothing meets all"):
        solve_equity(APART, 0.5, Purse(units=1), each_area(APART), least_share=0.1)
