"""How well rates foretell counts they were not fitted to: each area by itself, all alike, or in between."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.demand.rate_fit.gamma_poisson import F8, fit_area_factors

LEAST = 0.5
"""Incidents that an area without any is given where it stands by itself: nothing at all would never be forgiven."""


class HeldOut(NamedTuple):
    """Poisson deviance per area of counts not seen; less is better."""

    own: float
    common: float
    shrunk: float


def held_out(counts: F8, expected: F8, later: F8, later_expected: F8) -> HeldOut:
    """Fit to one stretch of time and look at another.

    Args:
        counts: [n] incidents of areas while fitting.
        expected: [n] were all areas alike, up to one factor.
        later: [n] incidents of the other stretch.
        later_expected: [n] as `expected`, for the other stretch.
    """
    level = counts.sum() / expected.sum()
    some = expected > 0.0
    own = np.divide(np.maximum(counts, LEAST), expected, out=np.full(len(counts), level), where=some)
    shrunk = fit_area_factors(counts, level * expected).factor * level
    told = (own, np.full(len(counts), level), shrunk)
    return HeldOut(*(deviance(later, rate * later_expected) for rate in told))


def deviance(counts: F8, mean: F8) -> float:
    """Mean Poisson deviance 2·(n·ln(n / μ) − n + μ) over areas in which anything is expected."""
    some = mean > 0.0
    n, mu = counts[some], mean[some]
    ratio = np.divide(n, mu, out=np.ones(len(n)), where=n > 0.0)
    return float((2.0 * (n * np.log(ratio) - n + mu)).mean())
