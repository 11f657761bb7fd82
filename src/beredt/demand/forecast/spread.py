"""Counts that scatter more than Poisson: the negative binomial with variance mean + alpha · mean²."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.demand.forecast.counts import F8
from beredt.demand.special import betainc, ndtri, pdtr

POISSON_BELOW = 1e-7
"""An alpha so small that no count tells it from 0; the formulas lose digits there."""

ROUNDS = 200


def find_alpha(counts: NDArray[np.float64], mean: F8) -> float:
    """Over-dispersion of counts about their forecasts.

    Solves Σ w · ((y − μ)² − μ − α μ²) = 0 with w = 1 / (1 + α μ)², the weights that are best for the α that comes out;
    0 where counts scatter no more than Poisson.

    Args:
        counts: [n] what came.
        mean: [n] what was expected, above 0.

    Reference:
        P. McCullagh, J. A. Nelder (1989), Generalized Linear Models, 2nd edition, section 10.5: pseudo-likelihood.
    """
    squares, powers = (counts - mean) ** 2 - mean, mean * mean
    alpha = 0.0
    for _ in range(ROUNDS):
        weight = 1.0 / (1.0 + alpha * mean) ** 2
        new = max(0.0, float((weight * squares).sum() / (weight * powers).sum()))
        if abs(new - alpha) <= 1e-4 * new + 1e-9:
            return new
        alpha = new
    return alpha


def probability_up_to(count: F8, mean: F8, alpha: F8) -> F8:
    """P(Y ≤ count), 0 below 0. All arguments are float64 of shapes that broadcast."""
    count, mean, alpha = np.broadcast_arrays(count, mean, alpha)
    out = np.zeros(count.shape)
    inside = count >= 0.0
    poisson = inside & (alpha < POISSON_BELOW)
    out[poisson] = pdtr(count[poisson], mean[poisson])
    scattered = inside & ~poisson
    size = 1.0 / alpha[scattered]
    out[scattered] = betainc(size, count[scattered] + 1.0, size / (size + mean[scattered]))
    return out


def quantile(share: float, mean: F8, alpha: F8) -> F8:
    """Smallest count with P(Y ≤ count) ≥ share.

    Args:
        share: In (0, 1).
        mean: float64, above 0.
        alpha: float64 of a shape that broadcasts with it, at least 0.

    Returns:
        float64 whole numbers of the shape of `mean`.
    """
    shape = np.broadcast_shapes(mean.shape, alpha.shape)
    mean, alpha = (np.broadcast_to(one, shape).ravel() for one in (mean, alpha))
    near = mean + ndtri(share) * np.sqrt(mean + alpha * mean * mean)
    count: F8 = np.maximum(np.rint(near), 0.0)
    left = np.flatnonzero(probability_up_to(count, mean, alpha) < share)
    while left.size:
        count[left] += 1.0
        left = left[probability_up_to(count[left], mean[left], alpha[left]) < share]
    left = np.flatnonzero(count > 0.0)
    while left.size:
        left = left[probability_up_to(count[left] - 1.0, mean[left], alpha[left]) >= share]
        count[left] -= 1.0
        left = left[count[left] > 0.0]
    return count.reshape(shape)


def covered(share: float, counts: F8, mean: F8, alpha: F8) -> F8:
    """Probability that the central interval of a share covers what came, were ties broken by lot.

    A count is not continuous: the quantiles of 10 and 90 % hold more than 80 %. So a count y stands for the whole
    stretch of probability from P(Y < y) to P(Y ≤ y); a point drawn from it evenly (the randomised probability
    integral transform) is uniform when the forecast is right, and lies in the interval with exactly the share that is
    promised. This is that probability, with nothing drawn.

    Reference:
        C. Czado, T. Gneiting, L. Held (2009), Predictive model assessment for count data, Biometrics 65(4), 1254–1261.
    """
    low, high = (1.0 - share) / 2.0, (1.0 + share) / 2.0
    above = probability_up_to(counts, mean, alpha)
    below = probability_up_to(counts - 1.0, mean, alpha)
    width = np.maximum(above - below, 1e-300)
    inside: F8 = np.clip(np.minimum(above, high) - np.maximum(below, low), 0.0, None) / width
    return np.minimum(inside, 1.0)
