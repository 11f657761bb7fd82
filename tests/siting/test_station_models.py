"""The models of stations: towns worked out by hand, every set of sites tried, and what must always hold."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from beredt.errors import OptionError, SitingError
from beredt.siting.core_models import CORE_MODELS
from beredt.siting.lscp import solve_lscp
from beredt.siting.mclp import build as build_mclp
from beredt.siting.mclp import solve_mclp
from beredt.siting.p_centre import solve_p_centre
from beredt.siting.p_median import build as build_p_median
from beredt.siting.p_median import solve_p_median
from beredt.siting.problem import SitingProblem, make_problem
from beredt.siting.program import Bound, Limits, solve
from tests.siting import brute_force

# A road with four villages, ten minutes between neighbours, and a station site in each.
_MINUTES = np.array([[0, 10, 20, 30], [10, 0, 10, 20], [20, 10, 0, 10], [30, 20, 10, 0]], np.float64)


def _road(calls: list[float], target: float = 10.0) -> SitingProblem:
    return make_problem(_MINUTES, calls, target, site_ids=list("abcd"), area_ids=list("ABCD"))


def test_one_station_covers_itself_and_its_neighbours() -> None:
    answer = solve_mclp(_road([5, 1, 1, 4]), 1)
    assert (answer.objective, answer.gap, answer.status) == (7.0, 0.0, "proved")
    assert list(answer.chosen) == ["b"]
    assert answer.measures["covered_share"] == pytest.approx(7 / 11)


def test_two_stations_cover_the_road() -> None:
    answer = solve_lscp(_road([1, 1, 1, 1]))
    assert (answer.objective, answer.bound) == (2.0, 2.0)
    assert answer.measures == {"covered_share": 1.0, "unreachable_areas": 0.0}


def test_the_median_stands_where_the_calls_are_and_the_centre_in_the_middle() -> None:
    problem = _road([9, 1, 1, 1])
    median = solve_p_median(problem, 1)
    assert list(median.chosen) == ["a"]
    assert median.objective == 60.0  # 1·10 + 1·20 + 1·30
    assert median.served == dict.fromkeys("ABCD", "a")
    assert median.measures["mean_travel_s"] == pytest.approx(5.0)
    centre = solve_p_centre(problem, 1)
    assert centre.objective == 20.0
    assert list(centre.chosen) in (["b"], ["c"])


def test_who_cannot_be_reached_is_left_out_of_covering_everybody_and_counted() -> None:
    far = make_problem([[1.0, 99.0]], [3.0, 1.0], 10.0)
    answer = solve_lscp(far)
    assert answer.objective == 1.0
    assert answer.measures == {"covered_share": 0.75, "unreachable_areas": 1.0}


def test_a_border_with_a_price_counts_in_part() -> None:
    problem = replace(_road([5, 1, 1, 4]), permitted=np.where(np.eye(4) > 0, 1.0, 0.5))
    answer = solve_mclp(problem, 1)
    assert answer.objective == 5.5  # a: its own 5 and half of B, or b: 1 + 2.5 + 0.5
    assert list(answer.chosen) == ["a"]


def test_stations_that_add_nothing_still_stand_somewhere() -> None:
    answer = solve_mclp(_road([5, 1, 1, 4]), 4)
    assert answer.objective == 11.0
    assert len(answer.chosen) == 4


def test_what_is_locked_stays() -> None:
    problem = replace(_road([5, 1, 1, 4]), locked=np.array([0, -1, 0, 1], np.int8))
    answer = solve_mclp(problem, 2)
    assert "d" in answer.chosen
    assert "b" not in answer.chosen
    assert answer.objective == 11.0


def test_a_budget_pays_for_moving_a_station() -> None:
    problem = make_problem(
        _MINUTES,
        [5, 1, 1, 4],
        10.0,
        existing=[False, False, False, True],
        opening_cost=2.0,
        moving_cost=3.0,
        budget=4.0,
    )
    # Kept: 1 for its unit. A second one would cost 1 + 2 more: in all 4.
    answer = solve_mclp(problem)
    assert answer.objective == 11.0
    assert set(answer.chosen) == {"4", "1"} or set(answer.chosen) == {"4", "2"}
    # 3.9 leaves room for one station only: the old one, as moving costs 3 + 1 + 2.
    assert list(solve_mclp(replace(problem, budget=3.9)).chosen) == ["4"]


def test_calls_that_contradict_themselves_are_refused() -> None:
    problem = _road([1, 1, 1, 1])
    with pytest.raises(OptionError, match="nothing limits"):
        solve_mclp(problem)
    with pytest.raises(OptionError, match="locked open"):
        solve_p_median(replace(problem, locked=np.ones(4, np.int8)), 2)
    with pytest.raises(SitingError, match="holds no unit"):
        solve_mclp(replace(problem, locked=np.ones(4, np.int8), capacity=np.zeros(4, np.int64)), 4)
    with pytest.raises(SitingError, match="no site may serve"):
        solve_p_median(make_problem([[inf, 1.0]], [1.0, 1.0]), 1)
    with pytest.raises(SitingError, match="cannot cover"):
        solve_lscp(problem, 1)
    with pytest.raises(SitingError, match="every area"):
        solve_p_centre(make_problem([[1.0, inf], [inf, 1.0]], [1.0, 1.0]), 1)
    with pytest.raises(SitingError, match="every area"):
        solve_p_median(make_problem([[1.0, inf], [inf, 1.0]], [1.0, 1.0]), 1)


def test_progress_and_stop() -> None:
    drawn = np.random.default_rng(3)
    problem = make_problem(drawn.random((60, 300)), drawn.random(300), 0.15)
    seen: list[Bound] = []
    answer = solve_mclp(problem, 6, progress=seen.append, stop=lambda: True)
    assert answer.status == "stopped"
    assert answer.bound >= answer.objective > 0.0
    assert seen
    assert seen[-1].bound >= seen[-1].objective
    median = solve_p_median(problem, 6, stop=lambda: True)
    assert median.bound <= median.objective


def test_a_gap_that_is_good_enough_ends_it() -> None:
    drawn = np.random.default_rng(3)
    problem = make_problem(drawn.random((60, 300)), drawn.random(300), 0.15)
    answer = solve_mclp(problem, 6, Limits(gap=0.2))
    assert answer.status == "proved"
    assert answer.gap <= 0.2


@pytest.mark.parametrize("seed", range(3))
def test_search_and_plain_programme_agree(seed: int) -> None:
    drawn = np.random.default_rng(seed)
    places, people = drawn.random((40, 2)), drawn.random((120, 2))
    away = np.hypot(*(places[:, None] - people).transpose(2, 0, 1))
    problem = make_problem(away, drawn.integers(1, 50, 120), 0.12)
    for p in (3, 9):
        assert solve_mclp(problem, p).objective == pytest.approx(solve(build_mclp(problem, p)).objective)
        plain = solve(build_p_median(problem, p))
        assert solve_p_median(problem, p).objective == pytest.approx(plain.objective)


_SITES, _AREAS = 6, 7
_LOCKS = st.sampled_from([0, 0, 0, 0, 1, -1])


@st.composite
def _problems(draw: st.DrawFn) -> SitingProblem:
    whole = draw(st.booleans())
    number = st.integers(0, 9).map(float) if whole else st.floats(0.0, 9.0, width=32)
    travel = draw(hnp.arrays(np.float32, (_SITES, _AREAS), elements=st.one_of(number, st.just(inf))))
    classes = draw(st.integers(1, 2))
    return make_problem(
        travel,
        draw(hnp.arrays(np.float64, (classes, _AREAS), elements=number)),
        draw(hnp.arrays(np.float64, (classes, _AREAS), elements=st.sampled_from([2.0, 4.0, 6.0]))),
        locked=draw(hnp.arrays(np.int8, _SITES, elements=_LOCKS)),
        existing=draw(hnp.arrays(np.bool_, _SITES)),
        capacity=draw(hnp.arrays(np.int64, _SITES, elements=st.sampled_from([0, 1, 5, 5, 5]))),
        permitted=draw(hnp.arrays(np.float64, (_SITES, _AREAS), elements=st.sampled_from([0.0, 0.5, 1.0, 1.0]))),
        unit_cost=1.0,
        opening_cost=draw(hnp.arrays(np.float64, _SITES, elements=st.sampled_from([0.0, 1.0]))),
        moving_cost=draw(hnp.arrays(np.float64, _SITES, elements=st.sampled_from([0.0, 2.0]))),
        budget=draw(st.sampled_from([inf, inf, 4.0, 6.0])),
    )


@given(problem=_problems(), stations=st.integers(1, 4))
@settings(max_examples=40)
def test_nobody_finds_anything_better(problem: SitingProblem, stations: int) -> None:
    assume((problem.locked == 1).sum() <= stations)
    assume(not ((problem.locked == 1) & (problem.capacity == 0)).any())
    assume(problem.demand.sum() > 0.0)
    sets = list(brute_force.site_sets(problem, stations))
    assume(sets)
    covered = solve_mclp(problem, stations)
    assert covered.gap == 0.0
    assert covered.objective == pytest.approx(brute_force.best(problem, stations, brute_force.covered, largest=True))
    for solve_it, value in ((solve_p_median, brute_force.travelled), (solve_p_centre, brute_force.longest)):
        wanted = brute_force.best(problem, stations, value)
        if wanted == inf:
            with pytest.raises(SitingError):
                solve_it(problem, stations)
        else:
            found = solve_it(problem, stations)
            assert found.gap == 0.0
            assert found.objective == pytest.approx(wanted)
            chosen = tuple(problem.site_number(site) for site in found.chosen)
            assert value(problem, chosen) == pytest.approx(wanted)
            assert chosen in sets
    fewest = min((len(chosen) for chosen in sets if brute_force.covers_all(problem, chosen)), default=None)
    if fewest is None:
        with pytest.raises(SitingError):
            solve_lscp(problem, stations)
    elif fewest > 0:
        assert solve_lscp(problem, stations).objective <= fewest


@given(problem=_problems(), stations=st.integers(1, 3))
@settings(max_examples=25)
def test_one_station_more_is_never_worse(problem: SitingProblem, stations: int) -> None:
    problem = replace(problem, budget=inf, locked=np.zeros(_SITES, np.int8), capacity=np.ones(_SITES, np.int64))
    assert solve_mclp(problem, stations + 1).objective >= solve_mclp(problem, stations).objective - 1e-9


def test_every_model_is_listed() -> None:
    assert set(CORE_MODELS) == {"lscp", "mclp", "pmedian", "pcentre"}
