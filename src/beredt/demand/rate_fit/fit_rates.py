"""Incidents per person of groups of people (ages), from counts of areas, with how sure each rate is.

    λ[g] = Σ_a n[a, g] / Σ_a T[a, g]                          T person-years

Areas differ (see `gamma_poisson`), and all people of an area share its factor; so the relative variance of λ[g] is

    1 / Σ_a n[a, g]  +  Σ_a (T[a, g] / Σ_b T[b, g])² / φ

chance, and that other areas could have been counted. Its interval is that of the gamma distribution of this mean and
variance; of a group without any incident, from 0 to what would have shown itself (3 incidents at 95 %).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.demand.rate_fit.gamma_poisson import F8, AreaFactors, fit_area_factors
from beredt.demand.special import gammaincinv

CONFIDENCE = 0.95


class FittedRates(NamedTuple):
    """Rates of G groups and factors of n areas."""

    rate: F8  # [G] incidents per person and year
    relative_sd: F8  # [G] infinite where no incident was seen
    low: F8  # [G] of the interval
    high: F8  # [G]
    areas: AreaFactors  # against what the rates give


def fit_rates(counts: F8, people: F8, years: float, confidence: float = CONFIDENCE) -> FittedRates:
    """Fit one kind of incident.

    Args:
        counts: [n, G] incidents by area and group.
        people: [n, G] people.
        years: How long they were counted, above 0.
        confidence: Of the intervals.

    Raises:
        OutOfRangeError: Counts or people below 0.
    """
    exposure = people * years
    whole, seen = exposure.sum(axis=0), counts.sum(axis=0)
    rate = np.divide(seen, whole, out=np.zeros(len(seen)), where=whole > 0.0)
    areas = fit_area_factors(counts.sum(axis=1), exposure @ rate)
    share = np.divide(exposure, whole, out=np.zeros_like(exposure), where=whole > 0.0)
    heterogeneity = (share**2).sum(axis=0) / areas.shape
    variance = np.divide(1.0, seen, out=np.full(len(seen), np.inf), where=seen > 0.0) + heterogeneity
    low, high = gamma_interval(rate, variance, confidence)
    nothing = (seen == 0.0) & (whole > 0.0)
    high[nothing] = -np.log(1.0 - confidence) / whole[nothing]
    return FittedRates(rate, np.sqrt(variance), low, high, areas)


def gamma_interval(mean: F8, relative_variance: F8, confidence: float = CONFIDENCE) -> tuple[F8, F8]:
    """Central interval of gamma distributions, float64[n] each; the mean itself where the variance is 0 or infinite."""
    low, high = mean.copy(), mean.copy()
    some = np.isfinite(relative_variance) & (relative_variance > 0.0)
    shape = 1.0 / relative_variance[some]
    low[some] = mean[some] / shape * gammaincinv(shape, (1.0 - confidence) / 2.0)
    high[some] = mean[some] / shape * gammaincinv(shape, (1.0 + confidence) / 2.0)
    return low, high
