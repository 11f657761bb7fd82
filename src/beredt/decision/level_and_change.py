"""Columns of a figure with its interval, and of its paired difference from today."""

from __future__ import annotations

from beredt.decision.frames import Cell
from beredt.indicators.estimate import estimate, paired_difference
from beredt.indicators.observed import F8


def level_and_change(drawn: F8, today: F8) -> dict[str, Cell]:
    """A figure and its difference from today, each with its interval over replications.

    Args:
        drawn: [R] of an alternative.
        today: [R] of the same replications; NaN where one has none.
    """
    level, change = estimate(drawn[None]), paired_difference(drawn[None], today[None])
    return {
        "value": float(level.value[0]),
        "low": float(level.low[0]),
        "high": float(level.high[0]),
        "difference": float(change.value[0]),
        "difference_low": float(change.low[0]),
        "difference_high": float(change.high[0]),
    }
