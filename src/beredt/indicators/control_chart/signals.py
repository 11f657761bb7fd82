"""Signals: patterns in a control chart that chance alone seldom makes.

Every rule looks back from a point and marks the point at which its pattern is complete. Points without a value are
passed over, a value exactly on the centre is on neither side, and no pattern reaches back over the beginning of a
phase. What each rule says stands in `signals.csv`; which rules are read together is a set, to be chosen before looking:

| set | rules | mean number of points between false alarms |
|---|---|---|
| `shewhart` | beyond | 370 |
| `western_electric` | beyond, two_of_three, four_of_five, run_of_eight | 92 |
| `wheeler` | beyond, three_of_four, run_of_eight, and range_beyond in an XmR chart | about 70 in an XmR chart |
| `montgomery` | the eight of his table 6.1 on one point after another | about 70 |

The numbers hold for normal values with known limits: 1/0.0027 for a point beyond three standard deviations, 91.75 for
the four rules together (C. W. Champ and W. H. Woodall, *Exact results for Shewhart control charts with supplementary
runs rules*, Technometrics 29 (1987) 393–399), the last two by drawing. More rules find
a change sooner and cry wolf more often.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

import numpy as np

from beredt.indicators.control_chart.chart import ControlChart
from beredt.indicators.observed import F8, B

RuleSet = Literal["shewhart", "western_electric", "wheeler", "montgomery"]

RULE_SETS: Mapping[RuleSet, tuple[str, ...]] = MappingProxyType(
    {
        "shewhart": ("beyond",),
        "western_electric": ("beyond", "two_of_three", "four_of_five", "run_of_eight"),
        "wheeler": ("beyond", "three_of_four", "run_of_eight", "range_beyond"),
        "montgomery": (
            *("beyond", "two_of_three", "four_of_five", "run_of_eight"),
            *("trend_of_six", "hugging_of_fifteen", "alternating_of_fourteen", "shunning_of_eight"),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class SignalRule:
    """One rule: its `id`, the `source` it is taken from, and in en and nb what it looks for."""

    id: str
    source: str
    description: Mapping[str, str]


@cache
def load_signal_rules() -> Mapping[str, SignalRule]:
    """All rules by id, in the order in which a reader meets them."""
    text = files("beredt.indicators.control_chart").joinpath("signals.csv").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            row["rule"]: SignalRule(
                row["rule"], row["source"], {"en": row["description_en"], "nb": row["description_nb"]}
            )
            for row in csv.DictReader(text.splitlines())
        }
    )


def find_signals(chart: ControlChart, rules: RuleSet = "western_electric") -> dict[str, B]:
    """Mark the points at which each rule of a set finds its pattern.

    Args:
        chart: Of T points.
        rules: Name of the set.

    Returns:
        Rule → [T] whether its pattern is complete at the point.
    """
    return {
        rule: _ranges_beyond(chart) if rule == "range_beyond" else _by_phase(chart, rule) for rule in RULE_SETS[rules]
    }


def any_signal(signals: Mapping[str, B]) -> B:
    """[T] whether any rule marks the point."""
    return np.asarray(np.logical_or.reduce(list(signals.values())), np.bool_)


def _by_phase(chart: ControlChart, rule: str) -> B:
    scores = chart.scores
    marked = np.zeros(scores.shape, np.bool_)
    for number in np.unique(chart.phase):
        points = np.flatnonzero((chart.phase == number) & ~np.isnan(scores))
        marked[points] = _RULES[rule](scores[points])
    return marked


def _ranges_beyond(chart: ControlChart) -> B:
    with np.errstate(invalid="ignore"):
        return np.asarray(chart.moving_range > chart.range_high, np.bool_)


def _several_of(number: int, window: int, beyond: float) -> Callable[[F8], B]:
    """Rule: `number` of the last `window` points, this one included, more than `beyond` off on the same side."""

    def find(scores: F8) -> B:
        above, below = scores > beyond, scores < -beyond
        return (above & _at_least(number, above, window)) | (below & _at_least(number, below, window))

    return find


def _hugging(scores: F8) -> B:
    """Fifteen points in a row less than one off."""
    return _at_least(15, np.abs(scores) < 1, 15)


def _shunning(scores: F8) -> B:
    """Eight in a row more than one off, on both sides of the centre: on one side alone it is a run."""
    far = _at_least(8, np.abs(scores) > 1, 8)
    return far & _at_least(1, scores > 0, 8) & _at_least(1, scores < 0, 8)


def _trend(scores: F8) -> B:
    """Six points in a row, each above the one before, or each below it."""
    steps = np.diff(scores, prepend=scores[:1])
    return _at_least(5, steps > 0, 5) | _at_least(5, steps < 0, 5)


def _alternating(scores: F8) -> B:
    """Fourteen points in a row that go up and down by turns: twelve turns."""
    steps = np.sign(np.diff(scores, prepend=scores[:1]))
    turns = np.zeros(scores.shape, np.bool_)
    turns[1:] = steps[1:] * steps[:-1] < 0
    return _at_least(12, turns, 12)


def _at_least(number: int, marks: B, window: int) -> B:
    """Whether `number` of the last `window` marks are set, this one included; there are fewer marks at the start."""
    total = np.concatenate([[0], np.cumsum(marks)])
    at = np.arange(1, marks.size + 1)
    return np.asarray(total[at] - total[np.maximum(at - window, 0)] >= number, np.bool_)


_RULES: Mapping[str, Callable[[F8], B]] = MappingProxyType(
    {
        "beyond": _several_of(1, 1, 3.0),
        "two_of_three": _several_of(2, 3, 2.0),
        "four_of_five": _several_of(4, 5, 1.0),
        "run_of_eight": _several_of(8, 8, 0.0),
        "three_of_four": _several_of(3, 4, 1.5),
        "trend_of_six": _trend,
        "hugging_of_fifteen": _hugging,
        "alternating_of_fourteen": _alternating,
        "shunning_of_eight": _shunning,
    }
)
