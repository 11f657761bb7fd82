"""MEXCLP, BACOP, DSM, MALP and Q-MALP: small stories by hand, and every small problem against trying all placements."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.errors import OutOfRangeError, SitingError
from beredt.siting.answer import SitingAnswer
from beredt.siting.bacop import solve_bacop1, solve_bacop2
from beredt.siting.dsm import solve_dsm
from beredt.siting.malp import needed_malp2, solve_malp1, solve_malp2
from beredt.siting.mexclp import solve_mexclp
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem, make_problem
from beredt.siting.q_malp import needed_q_malp, solve_q_malp
from beredt.siting.reliable_cover import least_units, local_load
from tests.siting.trying_all import Units, best_of, draw_problem, each_demand, reaching, two_periods

FEW = settings(max_examples=40)

# Three villages on a road, 100, 60 and 30 calls, sites in each; the target reaches the village itself and the next one.
ROAD = make_problem([[0, 5, 10], [5, 0, 5], [10, 5, 0]], [100, 60, 30], 5, site_ids=("a", "b", "c"))


def best_or_nothing(
    solve: Callable[[], SitingAnswer], problem: SitingProblem, purse: Purse, worth: Callable[[Units], float],
    allowed: Callable[[Units], bool] = lambda units: True,
) -> None:  # fmt: skip
    """The model's answer is the best of all placements, or both find none."""
    best = best_of(problem, purse, worth, allowed)
    if best == -inf:
        with pytest.raises(SitingError):
            solve()
        return
    answer = solve()
    assert answer.objective == pytest.approx(best, rel=1e-9, abs=1e-7)
    assert answer.bound == pytest.approx(best, rel=1e-6, abs=1e-5)
    assert answer.status == "proved"
    assert answer.gap == 0.0


def covered_at_least(problem: SitingProblem, purse: Purse, units: Units, times: int) -> float:
    """Calls that at least so many units reach; across a priced border the last of them counts in part."""
    return sum(
        calls * [*reaching(problem, here, k, n), *[0.0] * times][times - 1]
        for k, n, calls, here in each_demand(problem, purse, units)
    )


def purses(problem: SitingProblem) -> st.SearchStrategy[Purse]:
    return st.builds(
        Purse,
        units=st.one_of(st.none(), st.integers(0, 4)),
        sites=st.one_of(st.none(), st.integers(1, 3)),
        periods=st.sampled_from([None, two_periods(problem)]),
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[SitingProblem, Purse]:
    problem = draw_problem(draw(st.integers(0, 10_000)), sites=3, areas=4, plain=draw(st.booleans()))
    return problem, draw(purses(problem))


# ── MEXCLP


def test_two_units_on_the_road_by_hand() -> None:
    """One unit: b reaches all 190. A second, with q = 0.5: at a it helps 160, at b all 190."""
    one = solve_mexclp(ROAD, 0.5, Purse(units=1))
    assert (one.objective, dict(one.chosen)) == (95.0, {"b": 1})
    two = solve_mexclp(ROAD, 0.5, Purse(units=2))
    assert (two.objective, dict(two.chosen)) == (142.5, {"b": 2})
    assert two.measures["covered_share"] == 0.75
    apart = make_problem([[0, 5, 10], [5, 0, 5], [10, 5, 0]], [100, 60, 30], 5, capacity=1, site_ids=("a", "b", "c"))
    again = solve_mexclp(apart, 0.5, Purse(units=2))
    assert (again.objective, dict(again.chosen)) == (95 + 0.25 * 160, {"a": 1, "b": 1})


def test_a_border_with_a_price_by_hand() -> None:
    """The own unit counts in full, and one across the border for half: 10·(0.8·1 + 0.2·0.8·0.5)."""
    problem = make_problem([[0.0], [0.0]], [10.0], 5, permitted=[[1.0], [0.5]], capacity=1)
    assert solve_mexclp(problem, 0.2, Purse(units=2)).objective == pytest.approx(10 * (0.8 + 0.2 * 0.8 * 0.5))
    assert solve_mexclp(problem, 0.0, Purse(units=2)).objective == pytest.approx(10.0)


@FEW
@given(case=cases(), busy=st.sampled_from([0.0, 0.2, 0.5, 0.9]), spread=st.booleans())
def test_mexclp_is_the_best_of_all_placements(case: tuple[SitingProblem, Purse], busy: float, spread: bool) -> None:
    problem, purse = case
    fraction = np.full(problem.demand.shape, busy)
    if spread:
        fraction = fraction * np.linspace(0.2, 1.0, problem.areas) * np.array([[1.0], [0.5]])

    def worth(units: Units) -> float:
        total = 0.0
        for k, n, calls, here in each_demand(problem, purse, units):
            q = fraction[k, n]
            for rank, counts in enumerate(reaching(problem, here, k, n)):
                total += calls * (1 - q) * q**rank * counts
        return float(total)

    best_or_nothing(lambda: solve_mexclp(problem, fraction, purse), problem, purse, worth)


@FEW
@given(seed=st.integers(0, 10_000), busy=st.floats(0.0, 0.95))
def test_more_units_are_never_worse_and_less_busy_ones_never_either(seed: int, busy: float) -> None:
    problem = draw_problem(seed, plain=True)
    covered = [solve_mexclp(problem, busy, Purse(units=units)).objective for units in range(1, 6)]
    assert all(more >= less - 1e-6 for less, more in pairwise(covered))
    gained = np.diff(covered)
    assert gained.max(initial=0.0) <= covered[0] + 1e-6
    assert solve_mexclp(problem, busy / 2, Purse(units=3)).objective >= covered[2] - 1e-6


@FEW
@given(case=cases())
def test_units_that_are_never_busy_are_maximal_covering(case: tuple[SitingProblem, Purse]) -> None:
    problem, purse = case

    best_or_nothing(
        lambda: solve_mexclp(problem, 0.0, purse), problem, purse,
        lambda units: covered_at_least(problem, purse, units, 1),
    )  # fmt: skip


# ── BACOP


def test_backup_on_the_road_by_hand() -> None:
    """b covers everybody; a second unit there backs everybody up. One unit to a site: a and b, and 160 have two."""
    assert solve_bacop1(ROAD, Purse(units=2)).objective == 190.0
    apart = make_problem([[0, 5, 10], [5, 0, 5], [10, 5, 0]], [100, 60, 30], 5, capacity=1, site_ids=("a", "b", "c"))
    answer = solve_bacop1(apart, Purse(units=2))
    assert (answer.objective, dict(answer.chosen)) == (160.0, {"a": 1, "b": 1})
    with pytest.raises(SitingError, match="takes at least 2 sites with a unit at each, and --units allows 1"):
        solve_bacop1(make_problem([[0, 9], [9, 0]], [1, 1], 5), Purse(units=1))
    with pytest.raises(SitingError, match="costs at least 2 units, and the budget is 1"):
        solve_bacop1(make_problem([[0, 9], [9, 0]], [1, 1], 5, budget=1.0), Purse())
    with pytest.raises(SitingError, match="1 areas, first 2, are reached by no site"):
        solve_bacop1(make_problem([[0, 9]], [1, 1], 5), Purse(units=3))
    assert solve_bacop1(make_problem([[0, 9]], [1, 1], 5), Purse(units=3), excuse=True).objective == 1.0


@FEW
@given(case=cases())
def test_bacop1_is_the_best_of_all_placements(case: tuple[SitingProblem, Purse]) -> None:
    problem, purse = case

    def allowed(units: Units) -> bool:
        return all(reaching(problem, here, k, n) for k, n, _, here in each_demand(problem, purse, units))

    best_or_nothing(
        lambda: solve_bacop1(problem, purse), problem, purse,
        lambda units: covered_at_least(problem, purse, units, 2), allowed,
    )  # fmt: skip


@FEW
@given(case=cases(), theta=st.sampled_from([0.0, 0.3, 0.5, 0.8, 1.0]))
def test_bacop2_is_the_best_of_all_placements(case: tuple[SitingProblem, Purse], theta: float) -> None:
    problem, purse = case

    def worth(units: Units) -> float:
        once, twice = (covered_at_least(problem, purse, units, times) for times in (1, 2))
        return theta * once + (1 - theta) * twice

    best_or_nothing(lambda: solve_bacop2(problem, purse, theta), problem, purse, worth)


# ── DSM


def test_both_standards_on_the_road_by_hand() -> None:
    """Within 10 s any site reaches all. Half of 190 within 5 s: any site but c, which has 90."""
    narrow = make_problem([[0, 5, 10], [5, 0, 5], [10, 5, 0]], [100, 60, 30], 4, capacity=2, site_ids=("a", "b", "c"))
    answer = solve_dsm(narrow, Purse(units=2), 10.0, 0.5)
    assert (answer.objective, dict(answer.chosen)) == (100.0, {"a": 2})
    more = solve_dsm(narrow, Purse(units=3), 10.0, 0.8)  # a and b must be covered: 160 of 190
    assert (more.objective, dict(more.chosen)) == (100.0, {"a": 2, "b": 1})
    with pytest.raises(SitingError, match="nothing meets all"):
        solve_dsm(narrow, Purse(units=1), 10.0, 0.8)
    excused = solve_dsm(make_problem([[0, 9]], [1, 1], 5), Purse(units=2), 6.0, 0.5, excuse=True)
    assert excused.measures["backup_share"] == 0.5
    with pytest.raises(OutOfRangeError, match="outer_s"):
        solve_dsm(narrow, Purse(units=1), 3.0, 0.8)


@FEW
@given(case=cases(), share=st.sampled_from([0.0, 0.3, 0.6, 0.9]), by_class=st.booleans(), more=st.integers(0, 5))
def test_dsm_is_the_best_of_all_placements(
    case: tuple[SitingProblem, Purse], share: float, by_class: bool, more: int
) -> None:
    problem, purse = case
    outer = problem.target_s + 60.0 * more

    def allowed(units: Units) -> bool:
        near = np.zeros(problem.classes)
        for k, n, calls, here in each_demand(problem, purse, units):
            if not reaching(problem, here, k, n, float(outer[k, n])):
                return False
            near[k] += calls * max(reaching(problem, here, k, n), default=0.0)
        all_calls = problem.demand.sum(axis=1)
        if by_class:
            return bool((near >= share * all_calls - 1e-9).all())
        return bool(near.sum() >= share * all_calls.sum() - 1e-9)

    best_or_nothing(
        lambda: solve_dsm(problem, purse, outer, share, by_class=by_class), problem, purse,
        lambda units: covered_at_least(problem, purse, units, 2), allowed,
    )  # fmt: skip


# ── MALP and Q-MALP


def test_units_for_a_reliability_by_hand() -> None:
    """With q = 0.5: 1 unit is free 0.5 of the time, 2 units 0.75, 3 units 0.875; then by load."""
    assert [least_units(0.5, alpha) for alpha in (0.0, 0.5, 0.51, 0.75, 0.8, 0.875, 0.9)] == [1, 1, 2, 2, 3, 3, 4]
    assert least_units(0.0, 0.999) == 1
    load = np.array([0.0, 0.2, 1.0, 3.0])
    assert needed_malp2(load, 0.8).tolist() == [1, 1, 3, 5]  # (3/4)^4 = 0.32, (3/5)^5 = 0.08
    assert needed_q_malp(load, 0.8).tolist() == [1, 1, 2, 5]  # B(2, 1) = 0.2, B(4, 3) = 0.206, B(5, 3) = 0.11
    assert needed_q_malp(np.array([3.0]), 0.79).tolist() == [4]


def test_malp_on_the_road_by_hand() -> None:
    """q = 0.5 and 75 % need two units. Both at b: everybody."""
    assert solve_malp1(ROAD, Purse(units=2), 0.5, 0.75).objective == 190.0
    assert solve_malp1(ROAD, Purse(units=2), 0.5, 0.76).objective == 0.0


def test_work_around_an_area_by_hand() -> None:
    """A year of 8,760 h; around a lie a and b: 160 calls of 438 h are 8 erlangs, around b all 190."""
    load = local_load(ROAD, Purse().periods_of(ROAD), 438 * 3600.0)
    np.testing.assert_allclose(load, [[8.0, 9.5, 4.5]])


@FEW
@given(case=cases(), model=st.sampled_from(["malp1", "malp2", "q-malp"]), alpha=st.sampled_from([0.0, 0.6, 0.8, 0.95]))
def test_reliable_cover_is_the_best_of_all_placements(
    case: tuple[SitingProblem, Purse], model: str, alpha: float
) -> None:
    problem, purse = case
    mission = np.array([1_200_000.0, 700_000.0])
    periods = purse.periods_of(problem)

    def around(k: int, n: int) -> float:
        allowed = [s for s in range(problem.sites) if problem.permitted[s, n] > 0]
        if not allowed:
            return 0.0
        near = min(allowed, key=lambda s: problem.travel_s[s, n])
        work = 0.0
        for j in range(problem.areas):
            if problem.travel_s[near, j] <= problem.target_s[k, j] and problem.permitted[near, j] > 0:
                for other in range(problem.classes):
                    if periods.of_class[other] == periods.of_class[k]:
                        work += problem.demand[other, j] * mission[other]
        return float(work / (3600.0 * periods.hours[periods.of_class[k]]))

    def is_enough(b: int, load: float) -> bool:
        if model == "malp1":
            return 1 - 0.4**b >= alpha
        if model == "malp2":
            return load < b and 1 - (load / b) ** b >= alpha
        below = sum(load**i / math.factorial(i) for i in range(b + 1))
        return 1 - load**b / math.factorial(b) / below >= alpha

    def worth(units: Units) -> float:
        found = 0.0
        for k, n, calls, here in each_demand(problem, purse, units):
            reached = reaching(problem, here, k, n)
            load = around(k, n)
            # The least number that is enough; what the last of them counts for is what the cover counts for.
            b = next(b for b in range(1, 200) if is_enough(b, load))
            found += calls * reached[b - 1] if len(reached) >= b else 0.0
        return found

    def solve() -> SitingAnswer:
        if model == "malp1":
            return solve_malp1(problem, purse, 0.4, alpha)
        return (solve_malp2 if model == "malp2" else solve_q_malp)(problem, purse, mission, alpha)

    best_or_nothing(solve, problem, purse, worth)


@FEW
@given(seed=st.integers(0, 10_000), units=st.integers(1, 4))
def test_malp_without_reliability_is_maximal_covering(seed: int, units: int) -> None:
    problem, purse = draw_problem(seed, plain=True), Purse(units=units)
    covering = solve_mexclp(problem, 0.0, purse).objective
    assert solve_malp1(problem, purse, 0.4, 0.0).objective == pytest.approx(covering)
    assert solve_malp2(problem, purse, 1.0, 0.0).objective == pytest.approx(covering)
    assert solve_q_malp(problem, purse, 1.0, 0.0).objective == pytest.approx(covering)
    wanted = [solve_q_malp(problem, purse, 500_000.0, alpha).objective for alpha in (0.0, 0.5, 0.9, 0.99)]
    assert all(more >= less - 1e-6 for more, less in pairwise(wanted))


# ── what all of them refuse


def test_nothing_is_answered_that_makes_no_sense() -> None:
    with pytest.raises(SitingError, match="nothing limits the units at site a"):
        solve_mexclp(ROAD, 0.5, Purse())
    with pytest.raises(OutOfRangeError, match="busy"):
        solve_mexclp(ROAD, 1.0, Purse(units=1))
    with pytest.raises(OutOfRangeError, match="shape of busy"):
        solve_mexclp(ROAD, [0.1, 0.2], Purse(units=1))
    with pytest.raises(OutOfRangeError, match="reliability"):
        solve_malp1(ROAD, Purse(units=1), 0.5, 1.0)
    with pytest.raises(OutOfRangeError, match="mission_s"):
        solve_malp2(ROAD, Purse(units=1), 0.0, 0.5)
    with pytest.raises(OutOfRangeError, match="first_weight"):
        solve_bacop2(ROAD, Purse(units=1), 1.5)
    with pytest.raises(OutOfRangeError, match="units"):
        Purse(units=-1)
    closed = make_problem([[0.0]], [1.0], 5, locked=1, capacity=0)
    with pytest.raises(SitingError, match="site 1 is locked open"):
        solve_mexclp(closed, 0.5, Purse(units=1))
