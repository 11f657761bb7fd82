"""Means and quantiles of durations that were counted by the second, with intervals."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import bdtr, bdtrik, gammaincinv, ndtri

from beredt.indicators.observed import F8, I8


class Durations(NamedTuple):
    """Durations of G groups, those of group g in `first[g]:first[g + 1]`, from the shortest to the longest."""

    first: I8  # [G + 1]
    second: F8  # [K] rising within a group
    number: I8  # [K] how many of each
    total_s: F8  # [G] their sum, not rounded

    @property
    def size(self) -> I8:
        """[G] how many there are."""
        reached = np.concatenate([[0], np.cumsum(self.number)])
        return np.asarray(reached[self.first[1:]] - reached[self.first[:-1]], np.int64)


class Spread(NamedTuple):
    """Values with their intervals, one per group; nan where nothing can be said."""

    value: F8
    low: F8
    high: F8


def one_group(seconds: F8, total_s: float | None = None) -> Durations:
    """Durations of a single group, one by one in any order, rounded up to the second by the caller."""
    second, number = np.unique(seconds, return_counts=True)
    total = float(seconds.sum()) if total_s is None else total_s
    return Durations(np.array([0, second.size]), second, number.astype(np.int64), np.array([total]))


def means(durations: Durations, confidence: float) -> Spread:
    """Means with the interval mean ± z s/√n; the spread s is that of whole seconds."""
    size = durations.size
    group = np.repeat(np.arange(size.size), np.diff(durations.first))
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = durations.total_s / size
        of_seconds = np.bincount(group, durations.number * durations.second, size.size) / size
        away = durations.number * (durations.second - of_seconds[group]) ** 2
        error = np.sqrt(np.bincount(group, away, size.size) / (size - 1.0) / size)
    half = np.where(size > 1, float(ndtri((1 + confidence) / 2)) * error, np.nan)
    return Spread(mean, mean - half, mean + half)


def quantiles(durations: Durations, quantile: float, confidence: float) -> Spread:
    """Quantiles by straight line between order statistics (type 7 of Hyndman and Fan), to the second.

    The interval is from one order statistic to another, whatever the distribution: of n durations the number below the
    true quantile q is binomial (n, q), so with l and u its quantiles the interval is from x₍ₗ₎ to x₍ᵤ₊₁₎
    (W. J. Conover, *Practical Nonparametric Statistics*, 3rd ed. (1999), section 3.2). Too few durations have none.

    Args:
        durations: Of G groups.
        quantile: Between 0 and 1.
        confidence: Of the interval.
    """
    size = durations.size
    before = np.cumsum(size) - size
    reached = np.cumsum(durations.number)

    def order(rank: I8) -> F8:
        """The duration of each rank, from 1; nan where a group has no such rank."""
        at = np.searchsorted(reached, before + np.clip(rank, 1, np.maximum(size, 1)))
        found = np.append(durations.second, np.nan)[np.minimum(at, durations.second.size)]
        return np.where((rank >= 1) & (rank <= size), found, np.nan)

    place = np.maximum(size - 1, 0) * quantile
    below = place.astype(np.int64)
    lower = order(below + 1)
    value = np.where(place > below, lower + (place - below) * (order(below + 2) - lower), lower)
    tail = (1 - confidence) / 2
    trials = np.maximum(size, 1)
    low, high = (_binomial_quantile(share, trials, quantile) for share in (tail, 1 - tail))
    return Spread(value, order(low), order(high + 1))


def _binomial_quantile(share: float, trials: I8, chance: float) -> I8:
    """The least number of hits that no more come up with at least this probability.

    Worked out by hand, since the library that has all distributions takes half a second to import.
    """
    near = np.ceil(bdtrik(share, trials, chance)).astype(np.int64)
    fewer = np.maximum(near - 1, 0)
    found: I8 = np.where(bdtr(fewer, trials, chance) >= share, fewer, near)
    return found


def rates(cases: I8, exposure: F8, confidence: float) -> Spread:
    """Cases per exposure, with the exact interval of a Poisson count (F. Garwood, Biometrika 28 (1936) 437–442)."""
    tail = (1 - confidence) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(exposure > 0, exposure, np.nan)
        low = np.where(cases > 0, gammaincinv(np.maximum(cases, 1), tail), 0.0)
        return Spread(cases / size, low / size, gammaincinv(cases + 1, 1 - tail) / size)
