"""Poisson counts from uniforms by inversion, so that a higher rate never takes an incident away."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.demand.special import ndtri, pdtr

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


def poisson_counts(uniform: F8, expected: F8) -> I8:
    """Invert the Poisson distribution: the smallest n with P(N ≤ n) ≥ uniform.

    For a given uniform the count never falls when the expectation rises. The search starts from the
    Cornish-Fisher expansion to its second term, n ≈ λ + √λ·z + (z² − 1)/6 with z the normal score, which is
    almost always within 1 of the answer, and walks from there by the exact distribution.

    Args:
        uniform: [n] in (0, 1).
        expected: [n] at least 0, finite.

    Returns:
        int64[n].

    Raises:
        ValueError: An expectation that is negative or not a number.

    Reference:
        E. A. Cornish, R. A. Fisher (1938), Revue de l'Institut International de Statistique 5, 307–320.
    """
    if not np.all((expected >= 0.0) & np.isfinite(expected)):
        raise ValueError("an expected number of incidents is negative or not finite; look at rates and population")
    z = ndtri(uniform)
    count: F8 = np.maximum(np.rint(expected + np.sqrt(expected) * z + (z * z - 1.0) / 6.0), 0.0)
    _walk_up(count, uniform, expected)
    _walk_down(count, uniform, expected)
    return count.astype(np.int64)


def _walk_up(count: F8, uniform: F8, expected: F8) -> None:
    """Raise counts, in place, until their distribution reaches the uniform."""
    left = np.flatnonzero(pdtr(count, expected) < uniform)
    while left.size:
        count[left] += 1.0
        left = left[pdtr(count[left], expected[left]) < uniform[left]]


def _walk_down(count: F8, uniform: F8, expected: F8) -> None:
    """Lower counts, in place, as long as one less still reaches the uniform."""
    left = np.flatnonzero(count > 0.0)
    while left.size:
        left = left[pdtr(count[left] - 1.0, expected[left]) >= uniform[left]]
        count[left] -= 1.0
        left = left[count[left] > 0.0]
