"""Models by name, and criteria against each other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.errors import OptionError
from beredt.siting.ask_model import ask_model
from beredt.siting.asked_lines import asked_lines
from beredt.siting.criteria import CRITERIA, build_criteria
from beredt.siting.group_shares import make_groups
from beredt.siting.model_settings import ModelSettings
from beredt.siting.named_models import NAMED_MODELS, several_of, solve_named
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem, make_problem
from beredt.siting.several_answers import best_answers
from beredt.siting.trade_off import trade_off
from tests.siting.test_trade_off import front_of_all
from tests.siting.trying_all import Units, all_placements, cost, draw_problem, each_demand, reaching

# A town of 100 and 60 calls, and a village of 30 that only c reaches.
ROAD = make_problem([[0, 5, 10], [5, 0, 10], [10, 10, 0]], [100, 60, 30], 5, site_ids=("a", "b", "c"), class_ids=("A",))


@pytest.mark.parametrize("name", NAMED_MODELS)
def test_every_model_answers_by_its_name(name: str) -> None:
    asked = ModelSettings(mission_s=3600.0 * 40, most_gap=1.0, inner_share=0.5)
    answer = solve_named(name, ROAD, Purse(units=3), asked)
    assert answer.model == name
    assert 1 <= sum(answer.chosen.values()) <= 3
    assert answer.objective <= answer.bound + 1e-6
    model, solver = several_of(name, ROAD, Purse(units=3), asked)
    several = best_answers(model, 3, solver=solver)
    assert len({tuple(one.chosen.items()) for one in several}) == 3
    assert all(one.objective >= other.objective - 1e-9 for one, other in pairwise(several))
    if name not in ("worst-share", "mexclp-hypercube"):  # whose k best have an objective of their own
        assert several[0].objective == pytest.approx(answer.objective)


def test_unknown_names_are_refused() -> None:
    for ask in (several_of, solve_named):
        with pytest.raises(OptionError, match="give one of mexclp"):
            ask("mexlcp", ROAD, Purse(units=3), ModelSettings())
    with pytest.raises(OptionError, match="no such criterion"):
        build_criteria(ROAD, Purse(units=3), ModelSettings(), ("covered", "fame"))
    with pytest.raises(OptionError, match="no class B"):
        build_criteria(ROAD, Purse(units=3), ModelSettings(), ("covered:B", "cost"))
    with pytest.raises(OptionError, match="no such criterion"):
        build_criteria(ROAD, Purse(units=3), ModelSettings(), ("cost:A", "covered"))


def test_the_busy_fraction_of_the_work_by_hand() -> None:
    """190 calls of 40 h are 7,600 of 8,760 hours, which three units share."""
    assert ModelSettings(mission_s=3600.0 * 40).busy_of(ROAD, Purse(units=3)) == pytest.approx(7600 / 8760 / 3)
    assert ModelSettings(busy=0.1).busy_of(ROAD, Purse(units=3)) == 0.1


def worth(problem: SitingProblem, units: Units, name: str, busy: float, groups: list[str]) -> float:
    """A criterion of a placement, call by call."""
    purse = Purse()
    rows = list(each_demand(problem, purse, units))
    kind, _, wanted = name.partition(":")
    if wanted:
        rows = [row for row in rows if problem.class_ids[row[0]] == wanted]
    if kind == "cost":
        return cost(problem, purse.periods_of(problem), units)
    if kind == "sites":
        return float(sum(any(row[s] for row in units) for s in range(problem.sites)))
    if kind in ("covered", "backup"):
        rank = 0 if kind == "covered" else 1
        return sum(calls * [*reaching(problem, here, k, n), 0.0, 0.0][rank] for k, n, calls, here in rows)
    served: dict[str, float] = {}
    of_all: dict[str, float] = {}
    for k, n, calls, here in rows:
        chance = sum((1 - busy) * busy**rank * counts for rank, counts in enumerate(reaching(problem, here, k, n)))
        served[groups[n]] = served.get(groups[n], 0.0) + calls * chance
        of_all[groups[n]] = of_all.get(groups[n], 0.0) + calls
    if kind == "expected":
        return sum(served.values())
    # Groups that no site reaches are left out.
    reached = [g for g in of_all if any(_reaches(problem, n) for n in range(problem.areas) if groups[n] == g)]
    return min((served[group] / of_all[group] for group in reached), default=0.0)


def _reaches(problem: SitingProblem, n: int) -> bool:
    """Whether some site that could have a unit reaches an area from which somebody calls."""
    return any(
        problem.capacity[s] > 0
        and problem.locked[s] >= 0
        and problem.unit_cost[s] <= problem.budget
        and problem.travel_s[s, n] <= problem.target_s[k, n]
        and problem.permitted[s, n] > 0
        and problem.demand[k, n] > 0
        for s in range(problem.sites)
        for k in range(problem.classes)
    )


@settings(max_examples=30)
@given(
    seed=st.integers(0, 10_000),
    first=st.sampled_from(["covered", "backup", "expected", "worst", "covered:1"]),
    second=st.sampled_from(["cost", "sites", "backup", "covered:2"]),
)
def test_the_front_is_that_of_all_placements(seed: int, first: str, second: str) -> None:
    problem, groups = draw_problem(seed, sites=3, areas=4), ["u", "r", "r", "u"]
    every = [
        (round(worth(problem, units, first, 0.3, groups), 7), round(worth(problem, units, second, 0.3, groups), 7))
        for units in all_placements(problem, Purse())
    ]
    if not every or first == second:
        return
    asked = ModelSettings(busy=0.3, groups=make_groups(problem, groups))
    if "worst" in (first, second) and not any(_reaches(problem, n) for n in range(problem.areas)):
        return
    model = build_criteria(problem, Purse(), asked, (first, second))
    found = trade_off(model.program, *model.criteria)
    expected = front_of_all(every, "max", "min" if second in ("cost", "sites") else "max")
    got = [(point.first, point.second) for point in found.points]
    if model.criteria[1].cost.any():
        assert found.exact
        assert got == [pytest.approx(pair, rel=1e-6, abs=1e-5) for pair in expected]


def test_all_criteria_at_once() -> None:
    # A drive needs somebody who drives: with these two nothing open would be no answer.
    names = tuple(name for name in CRITERIA if name not in ("drive", "longest"))
    model = build_criteria(ROAD, Purse(units=2), ModelSettings(busy=0.5), names)
    front = trade_off(model.program, model.criteria[0], model.criteria[names.index("cost")])
    assert [(point.first, point.second) for point in front.points] == [(190, 2), (160, 1), (0, 0)]
    assert front.exact
    assert [int(model.placement.units_of(point.x).sum()) for point in front.points] == [2, 1, 0]


def test_all_that_a_planner_asks_at_once() -> None:
    asked = ask_model(
        "mexclp", ROAD, Purse(units=2), ModelSettings(busy=0.5), k=3, within=0.2, criteria=("covered", "cost")
    )
    told = asked.as_json()
    assert told["model"] == "mexclp"
    # Two units at a or b reach 160 · 0.75; one of them at c reaches 160 · 0.5 + 30 · 0.5.
    assert (told["objective"], told["k_best"][0]["objective"]) == (120.0, 120.0)
    assert [each["objective"] for each in told["k_best"]] == [120.0, 120.0, 120.0]  # a a, a b, b b
    assert told["near_optimal"] == {"a": "some", "b": "some", "c": "none"}
    assert [point["covered"] for point in told["trade_off"]["points"]] == [190.0, 160.0, 0.0]
    assert told["trade_off"]["exact"]
    lines = asked_lines(asked)
    assert lines[0].startswith("mexclp: 120 (nothing is better than 120; proved")
    ranked = next(n for n, line in enumerate(lines) if line.startswith("1. 120: "))
    # The others are told by what they change.
    assert all("as 1., + " in line and "− " in line for line in lines[ranked + 1 : ranked + 3])
    assert lines[ranked + 3 : ranked + 6] == [
        "near the best, open in some: a, b",
        "near the best, open in none: c",
        "covered against cost, every point there is:",
    ]
    points = lines[ranked + 6 :]
    assert [line.split()[:2] for line in points] == [["190", "2"], ["160", "1"], ["0", "0"]]
    assert [line.count("█") for line in points] == [30, 25, 1]  # 160 of 190 of 30 letters; never without a letter
    assert points[-1].endswith("no site")
    assert ask_model("mexclp", ROAD, Purse(units=2), ModelSettings(busy=0.5)).as_json().keys() == {
        *("model", "objective", "bound", "gap", "status", "chosen", "units", "seconds", "measures")
    }
