"""A figure over moments: its mean with an interval, and the middle one."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np

from beredt.decision.compare import mean_and_error, t_quantile
from beredt.dispatch.world import F8

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Estimated:
    """A mean over the `samples` that have a value, with its interval (95 %); NaN where it is not known."""

    mean: float
    low: float
    high: float
    samples: int


def estimate(values: F8) -> Estimated:
    """Mean and Student's t interval of the finite ones of some values."""
    known = values[np.isfinite(values)]
    mean, error = mean_and_error(known)
    if not isfinite(error):
        return Estimated(mean, float("nan"), float("nan"), len(known))
    half = t_quantile(0.5 + CONFIDENCE / 2.0, len(known) - 1) * error
    return Estimated(mean, mean - half, mean + half, len(known))


def told(values: F8, today: F8) -> dict[str, float | int | None]:
    """A figure in all samples and its difference from today, sample by sample, as the columns of a table.

    Infinite is what never came within the time followed, NaN what was not asked.
    """
    whole, asked = estimate(values), values[~np.isnan(values)]
    pairs = np.isfinite(values) & np.isfinite(today)
    change = estimate(values[pairs] - today[pairs])
    return {
        "mean": finite(whole.mean),
        "low": finite(whole.low),
        "high": finite(whole.high),
        "median": finite(middle(asked)),
        "samples": len(asked),
        "reached": whole.samples,
        "difference": finite(change.mean),
        "difference_low": finite(change.low),
        "difference_high": finite(change.high),
        "pairs": change.samples,
    }


def middle(values: F8) -> float:
    """The middle value (the lower of two), which may be infinite."""
    return float(np.sort(values)[(len(values) - 1) // 2]) if values.size else float("nan")


def finite(value: float) -> float | None:
    """As a table holds it: nothing for what is infinite or not known."""
    return value if isfinite(value) else None
