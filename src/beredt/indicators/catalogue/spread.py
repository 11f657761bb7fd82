"""Means and quantiles of durations that were counted by the second, with intervals."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtri
from scipy.stats import binom

from beredt.indicators.observed import F8, I8


class Spread(NamedTuple):
    """A value with its interval; nan where nothing can be said."""

    value: float
    low: float
    high: float


NOTHING = Spread(np.nan, np.nan, np.nan)


def mean_of(number: I8, total_s: F8, seconds: F8, confidence: float) -> Spread:
    """Mean with the interval mean ± z s/√n.

    Args:
        number: [K] durations counted at each second.
        total_s: [K] their sum, not rounded.
        seconds: [K] the seconds, rising.
        confidence: Of the interval.
    """
    size = int(number.sum())
    if size == 0:
        return NOTHING
    mean = float(total_s.sum()) / size
    if size == 1:
        return Spread(mean, np.nan, np.nan)
    variance = float((number * (seconds - (number * seconds).sum() / size) ** 2).sum()) / (size - 1)
    half = float(ndtri((1 + confidence) / 2)) * float(np.sqrt(variance / size))
    return Spread(mean, mean - half, mean + half)


def quantile_of(number: I8, seconds: F8, quantile: float, confidence: float) -> Spread:
    """Quantile by straight line between order statistics (type 7 of Hyndman and Fan), to the second.

    The interval is from one order statistic to another, whatever the distribution: of n durations the number below the
    true quantile q is binomial (n, q), so with l and u its quantiles the interval is from x₍ₗ₎ to x₍ᵤ₊₁₎
    (W. J. Conover, *Practical Nonparametric Statistics*, 3rd ed. (1999), section 3.2). Too few durations have none.

    Args:
        number: [K] durations counted at each second.
        seconds: [K] the seconds, rising.
        quantile: Between 0 and 1.
        confidence: Of the interval.
    """
    size = int(number.sum())
    if size == 0:
        return NOTHING
    reached = np.cumsum(number)

    def order(rank: int) -> float:
        return float(seconds[np.searchsorted(reached, rank)])

    place = (size - 1) * quantile
    below = int(place)
    value = order(below + 1)
    if place > below:
        value += (place - below) * (order(below + 2) - value)
    tail = (1 - confidence) / 2
    low, high = int(binom.ppf(tail, size, quantile)), int(binom.ppf(1 - tail, size, quantile)) + 1
    return Spread(value, order(low) if low >= 1 else np.nan, order(high) if high <= size else np.nan)
