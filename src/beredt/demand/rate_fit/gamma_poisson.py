"""Areas that differ more than chance: counts are Poisson about an expectation times a factor of the area.

    n[a] | θ[a] ~ Poisson(θ[a]·E[a]),   θ[a] ~ Gamma(φ, φ) of mean 1 and variance 1/φ

so that n is negative binomial, and what is known of θ after n was seen is Gamma(φ + n, φ + E): its mean lies between
the area's own n / E and 1, the nearer to 1 the less is expected there. φ is the likeliest for all areas together
(empirical Bayes).

References:
    D. Clayton, J. Kaldor (1987), Empirical Bayes estimates of age-standardized relative risks for use in disease
    mapping, Biometrics 43(3), 671–681.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.errors import OutOfRangeError

F8 = NDArray[np.float64]

LOWEST, HIGHEST = np.log(0.02), np.log(20_000.0)
"""Of the logarithm of φ: areas that have nothing to do with one another, and areas that no count tells apart."""

ROUNDS = 80


class AreaFactors(NamedTuple):
    """What is known of n areas: `shape` is φ, infinite where areas do not differ beyond chance."""

    shape: float
    factor: F8  # [n] mean of what is known of the factor
    relative_sd: F8  # [n] its standard deviation over its mean


def fit_area_factors(counts: F8, expected: F8) -> AreaFactors:
    """The likeliest φ, and the factor of every area.

    Args:
        counts: [n] incidents that came, at least 0.
        expected: [n] incidents were all areas alike, at least 0; where it is 0 nothing is learnt.

    Raises:
        OutOfRangeError: Counts that are negative, or expectations that are negative or no numbers.
    """
    if counts.min(initial=0.0) < 0.0 or not np.all(np.isfinite(expected) & (expected >= 0.0)):
        raise OutOfRangeError("counts and expectations", "one below 0, or none", "give numbers of at least 0")
    some = expected > 0.0
    shape = _likeliest(counts[some], expected[some])
    if np.isinf(shape):
        return AreaFactors(shape, np.ones(len(counts)), np.zeros(len(counts)))
    return AreaFactors(shape, (shape + counts * some) / (shape + expected), 1.0 / np.sqrt(shape + counts * some))


def log_likelihood(shape: float, counts: F8, expected: F8) -> float:
    """Of negative binomial counts, but for a constant."""
    from scipy.special import gammaln

    parts = (
        gammaln(counts + shape)
        - gammaln(shape)
        - shape * np.log1p(expected / shape)
        - counts * (np.log(expected + shape) - np.log(expected))
    )
    return float(parts.sum())


def _likeliest(counts: F8, expected: F8) -> float:
    """Golden-section search over ln φ; infinite where the likelihood rises up to the end."""
    if not counts.sum():
        return np.inf
    ratio = (np.sqrt(5.0) - 1.0) / 2.0
    low, high = LOWEST, HIGHEST
    inner = [high - ratio * (high - low), low + ratio * (high - low)]
    value = [log_likelihood(float(np.exp(one)), counts, expected) for one in inner]
    for _ in range(ROUNDS):
        if value[0] >= value[1]:
            high, inner[1], value[1] = inner[1], inner[0], value[0]
            inner[0] = high - ratio * (high - low)
            value[0] = log_likelihood(float(np.exp(inner[0])), counts, expected)
        else:
            low, inner[0], value[0] = inner[0], inner[1], value[1]
            inner[1] = low + ratio * (high - low)
            value[1] = log_likelihood(float(np.exp(inner[1])), counts, expected)
    found = (low + high) / 2.0
    return np.inf if found > HIGHEST - 0.1 else float(np.exp(found))
