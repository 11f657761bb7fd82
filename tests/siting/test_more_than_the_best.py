"""More answers than the best of the models that are not one programme, and drives as criteria: every set is tried."""

from __future__ import annotations

from itertools import pairwise, product
from math import ceil, isfinite, log

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from beredt.errors import OptionError
from beredt.siting.ask import ask
from beredt.siting.group_shares import make_groups
from beredt.siting.model_settings import ModelSettings
from beredt.siting.named_models import several_of
from beredt.siting.p_centre_several import best_centres, centre_ranges
from beredt.siting.periods import make_periods
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem, make_problem
from beredt.siting.several_answers import best_answers, site_ranges
from tests.siting import brute_force
from tests.siting.test_trade_off import front_of_all
from tests.siting.trying_all import draw_problem

GROUPS = ["u", "r", "r", "u"]


def _road(seed: int) -> SitingProblem:
    return draw_problem(seed, sites=5, areas=4, classes=1, plain=True)


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), stations=st.integers(1, 3), k=st.integers(1, 6), more=st.sampled_from([0.0, 0.3]))
def test_the_k_best_centres_and_those_near_them(seed: int, stations: int, k: int, more: float) -> None:
    problem = _road(seed)
    every = sorted((brute_force.longest(problem, sites), sites) for sites in brute_force.site_sets(problem, stations))
    assume(isfinite(every[0][0]))
    found = best_centres(problem, stations, k)
    assert [one.objective for one in found] == [value for value, _ in every[:k]]
    assert all(one.status == "proved" and one.gap == 0.0 for one in found)
    assert len({tuple(one.chosen) for one in found}) == min(k, len(every))
    near = [set(sites) for value, sites in every if value <= every[0][0] * (1.0 + more) + 1e-9]
    for number, word in enumerate(centre_ranges(problem, stations, more).values()):
        times = sum(number in sites for sites in near)
        assert word == ("all" if times == len(near) else "none" if times == 0 else "some")


def _shares(problem: SitingProblem, units: tuple[int, ...], busy: float) -> dict[str, float]:
    served: dict[str, float] = {}
    calls: dict[str, float] = {}
    reached = set()
    for n, group in enumerate(GROUPS):
        demand = float(problem.demand[0, n])
        within = [s for s in range(problem.sites) if problem.travel_s[s, n] <= problem.target_s[0, n]]
        count = sum(units[s] for s in within)
        served[group] = served.get(group, 0.0) + demand * (1.0 - busy**count)
        calls[group] = calls.get(group, 0.0) + demand
        reached |= {group} if within and demand > 0.0 else set()
    return {group: served[group] / calls[group] for group in reached}


def _calls(problem: SitingProblem) -> dict[str, float]:
    return {name: float(problem.demand[0, [n for n, g in enumerate(GROUPS) if g == name]].sum()) for name in GROUPS}


def _placements(problem: SitingProblem, most: int) -> list[tuple[int, ...]]:
    ranges = [range(int(room) + 1) for room in problem.capacity]
    return [units for units in product(*ranges) if sum(units) <= most]


@settings(max_examples=20)
@given(seed=st.integers(0, 10_000), k=st.integers(2, 6))
def test_the_k_fairest_by_nash(seed: int, k: int) -> None:
    problem, calls = _road(seed), None
    shares = {units: _shares(problem, units, 0.3) for units in _placements(problem, 2)}
    assume(next(iter(shares.values())))
    calls = _calls(problem)

    def welfare(found: dict[str, float]) -> float:
        return sum(calls[g] * log(share + 0.01) for g, share in found.items()) / sum(calls[g] for g in found)

    every = sorted((welfare(found) for found in shares.values()), reverse=True)
    asked = ModelSettings(busy=0.3, groups=make_groups(problem, GROUPS))
    model, solver = several_of("bernoulli-nash", problem, Purse(units=2), asked)
    found = best_answers(model, k, solver=solver)
    assert [one.objective for one in found] == pytest.approx(every[: len(found)], abs=1e-5)
    assert len(found) == min(k, len(every))
    ranges = site_ranges(model, 0.2, solver=solver)
    least = every[0] - 0.2 * abs(every[0])
    near = [units for units, share in shares.items() if welfare(share) >= least - 1e-9]
    unclear = [units for units, share in shares.items() if abs(welfare(share) - least) < 1e-4]
    assume(not unclear)
    for number, word in enumerate(ranges.values()):
        times = sum(units[number] > 0 for units in near)
        assert word == ("all" if times == len(near) else "none" if times == 0 else "some")


@settings(max_examples=20)
@given(seed=st.integers(0, 10_000))
def test_the_k_fairest_by_the_worst_share_serve_most_among_the_fair(seed: int) -> None:
    problem = _road(seed)
    shares = {units: _shares(problem, units, 0.3) for units in _placements(problem, 2)}
    assume(next(iter(shares.values())))
    calls = _calls(problem)
    worst = max(min(found.values()) for found in shares.values())
    served = [
        sum(calls[g] * share for g, share in found.items())
        for found in shares.values()
        if min(found.values()) >= worst - 0.005 - 1e-9
    ]
    assume(not any(abs(min(found.values()) - worst + 0.005) < 1e-5 for found in shares.values()))
    asked = ModelSettings(busy=0.3, groups=make_groups(problem, GROUPS))
    model, solver = several_of("worst-share", problem, Purse(units=2), asked)
    found = best_answers(model, 4, solver=solver)
    assert [one.objective for one in found] == pytest.approx(sorted(served, reverse=True)[:4], rel=1e-6, abs=1e-6)


@settings(max_examples=25)
@given(
    seed=st.integers(0, 10_000),
    first=st.sampled_from(["drive", "longest"]),
    second=st.sampled_from(["sites", "cost", "longest"]),
)
def test_drives_against_what_they_cost(seed: int, first: str, second: str) -> None:
    problem = draw_problem(seed, sites=4, areas=4, classes=1)
    if first == second:
        return
    sets = list(brute_force.site_sets(problem, 3))
    worth = {
        "drive": lambda chosen: brute_force.travelled(problem, chosen) / float(problem.demand.sum()),
        "longest": lambda chosen: float(ceil(brute_force.longest(problem, chosen) / 60.0 - 1e-9)),
        "sites": lambda chosen: float(len(chosen)),
        "cost": lambda chosen: brute_force._spent(problem, chosen),
    }
    every = [(round(worth[first](one), 7), round(worth[second](one), 7)) for one in sets
             if isfinite(brute_force.travelled(problem, one))]  # fmt: skip
    assume(every)
    best = ask("pmedian", problem, Purse(sites=3), ModelSettings(), criteria=(first, second))
    assert best.trade_off is not None
    front = best.trade_off.front
    if first == "drive":
        calls = float(problem.demand.sum())
        assert front.points[0].first == pytest.approx(best.answer.objective / calls, rel=1e-5, abs=1e-4)
    got = [(point.first, point.second) for point in front.points]
    expected = front_of_all(every, "min", "min")
    assert got == [pytest.approx(pair, rel=1e-5, abs=1e-4) for pair in expected]
    assert front.exact or len(expected) == 1  # a criterion that nothing can change has no steps


def test_what_means_nothing_is_refused() -> None:
    problem = make_problem([[0, 5], [5, 0]], [[1, 1], [2, 1]], 5)
    halves = make_periods(problem, ("day", "night"), (0, 1), (4_380.0, 4_380.0))
    with pytest.raises(OptionError, match="knows of no units"):
        ask("mclp", problem, Purse(units=2), ModelSettings())
    with pytest.raises(OptionError, match="parts of the week change nothing"):
        ask("pcentre", problem, Purse(sites=1, periods=halves), ModelSettings())
    two = ask("mexclp", problem, Purse(units=1, periods=halves), ModelSettings(busy=0.0), k=3)
    assert set(two.answer.by_period) == {"day", "night"}
    assert two.as_json()["periods"]["night"]
    assert all(one.objective >= other.objective for one, other in pairwise(two.several))
