"""Every rule on a story, against a slow twin, and as often wrong as theory says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.indicators.control_chart.chart import ControlChart, make_phases
from beredt.indicators.control_chart.signals import RULE_SETS, RuleSet, any_signal, find_signals, load_signal_rules
from beredt.indicators.observed import F8


def chart_of(scores: list[float] | F8, steps: tuple[int, ...] = ()) -> ControlChart:
    """A chart with centre 0 and spread 1, so that values are scores."""
    values = np.asarray(scores, float)
    zero, one = np.zeros(values.shape), np.ones(values.shape)
    phase = make_phases(values.size, steps).number
    nothing = np.full(values.shape, np.nan)
    return ControlChart("xmr", values, zero, one, -3 * one, 3 * one, zero > 0, phase, nothing, nothing)


def marked(scores: list[float], rule: str, rules: RuleSet = "montgomery", steps: tuple[int, ...] = ()) -> list[int]:
    return np.flatnonzero(find_signals(chart_of(scores, steps), rules)[rule]).tolist()


def test_every_rule_of_every_set_is_explained() -> None:
    rules = load_signal_rules()
    assert {rule for names in RULE_SETS.values() for rule in names} == set(rules)
    for rule in rules.values():
        assert all(text.endswith(".") for text in rule.description.values())


def test_beyond() -> None:
    assert marked([0, 3, 3.1, -2.9, -3.5], "beyond") == [2, 4]


def test_two_of_three_are_on_one_side_and_the_last_is_one_of_them() -> None:
    assert marked([2.1, 0, 2.1, 0], "two_of_three") == [2]
    assert marked([2.1, -2.1, 0.5, -2.1], "two_of_three") == [3]
    assert marked([2.1, 0, 0, 2.1], "two_of_three") == []


def test_four_of_five() -> None:
    assert marked([1.1, 1.2, -3.5, 1.1, 1.4, 1.1], "four_of_five") == [4, 5]


def test_a_run_ends_at_the_centre_and_passes_over_missing_points() -> None:
    nan = float("nan")
    assert marked([0.1] * 4 + [nan] + [0.1] * 4, "run_of_eight") == [8]
    assert marked([0.1] * 4 + [0.0] + [0.1] * 4, "run_of_eight") == []
    assert marked([-0.1] * 9, "run_of_eight") == [7, 8]


def test_no_pattern_reaches_over_the_beginning_of_a_phase() -> None:
    assert marked([0.1] * 12, "run_of_eight", steps=(6,)) == []


def test_three_of_four_nearer_to_the_limit() -> None:
    assert marked([1.6, 1.4, 1.6, 1.6, 0], "three_of_four", "wheeler") == [3]


def test_trends_need_six_points() -> None:
    assert marked([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.6], "trend_of_six") == [5, 6]
    assert marked([0.5, 0.4, 0.3, 0.2, 0.1], "trend_of_six") == []


def test_hugging_alternating_and_shunning() -> None:
    assert marked([0.5] * 15, "hugging_of_fifteen") == [14]
    assert marked([1.0 * (-1) ** i for i in range(14)], "alternating_of_fourteen") == [13]
    assert marked([1.0 * (-1) ** i for i in range(13)], "alternating_of_fourteen") == []
    assert marked([1.1, -1.1] * 4, "shunning_of_eight") == [7]
    assert marked([1.1] * 8, "shunning_of_eight") == []


def slow(scores: list[float], number: int, window: int, beyond: float) -> list[int]:
    """The k-of-n rules, said as in a textbook, point by point."""
    found = []
    for at, score in enumerate(scores):
        last = scores[max(0, at - window + 1) : at + 1]
        for side in (1, -1):
            if side * score > beyond and sum(side * one > beyond for one in last) >= number:
                found.append(at)
    return found


@given(st.lists(st.sampled_from([-3.5, -2.5, -1.7, -1.2, -0.5, 0.0, 0.5, 1.2, 1.7, 2.5, 3.5]), max_size=40))
def test_rules_agree_with_a_slow_twin(scores: list[float]) -> None:
    for rule, (number, window, beyond) in {
        "two_of_three": (2, 3, 2.0),
        "four_of_five": (4, 5, 1.0),
        "run_of_eight": (8, 8, 0.0),
    }.items():
        assert marked(scores, rule) == slow(scores, number, window, beyond)
    assert marked(scores, "three_of_four", "wheeler") == slow(scores, 3, 4, 1.5)


@pytest.mark.parametrize(("rules", "points"), [("shewhart", 370.4), ("western_electric", 91.75)])
def test_false_alarms_are_as_rare_as_published(rules: RuleSet, points: float) -> None:
    """Mean number of points until the first signal: exact results of Champ and Woodall (1987)."""
    random = np.random.default_rng(5)
    lengths = []
    for _ in range(1_500):
        length = 0
        while True:
            found = any_signal(find_signals(chart_of(random.normal(size=4_000)), rules))
            length = int(found.argmax()) + 1
            if found.any():
                break
        lengths.append(length)
    error = np.std(lengths) / np.sqrt(len(lengths))
    assert abs(np.mean(lengths) - points) < 4 * error
