"""How sure figures are: ranks of quantiles, shares, means, and rates, for many groups at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import bdtr, bdtrik, gammaincinv, ndtri, stdtrit

CONFIDENCE = 0.95
TAIL = (1 - CONFIDENCE) / 2
Z = float(ndtri((1 + CONFIDENCE) / 2))


def ranks(n: Any, quantile: float) -> tuple[Any, Any]:
    """The ranks from 1 between which the true quantile lies, by the binomial distribution."""
    different, place = np.unique(n, return_inverse=True)
    return (_least(TAIL, different, quantile)[place], (_least(1 - TAIL, different, quantile) + 1)[place])


def _least(probability: float, n: Any, quantile: float) -> Any:
    """The least k with P(Bin(n, q) ≤ k) ≥ probability."""
    k = np.clip(np.ceil(np.nan_to_num(bdtrik(np.full(len(n), probability), n.astype(float), quantile))), 0, n)
    k = np.where((k > 0) & (bdtr(np.maximum(k - 1, 0), n, quantile) >= probability), k - 1, k)
    return np.where(bdtr(k, n, quantile) < probability, k + 1, k).astype(np.int64)


def quantile_of(ordered: Any, first: Any, n: Any, quantile: float) -> tuple[Any, Any, Any]:
    """A quantile of each group by straight line between order statistics, with its interval.

    Args:
        ordered: values by group, rising within each.
        first: where each group begins.
        n: how many it has, at least 1.
        quantile: between 0 and 1.
    """
    place = np.round((n - 1) * quantile, 9)
    below, weight = np.floor(place).astype(np.int64), place % 1
    value = ordered[first + below]
    value = value + weight * (ordered[first + np.minimum(below + 1, n - 1)] - value)
    ends = (np.where((rank >= 1) & (rank <= n), rank, 0) for rank in ranks(n, quantile))
    low, high = (np.where(rank > 0, ordered[first + np.maximum(rank - 1, 0)], np.nan) for rank in ends)
    return value, low, high


def wilson(within: Any, n: Any) -> tuple[Any, Any, Any]:
    """A share with its interval (E. B. Wilson, 1927); nothing of nothing is not a number."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share, z2 = within / n, Z * Z
        middle, below = share + z2 / (2 * n), 1 + z2 / n
        half = Z * np.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
        return share, (middle - half) / below, (middle + half) / below


def hall(n: Any, squares: Any, cubes: Any) -> tuple[Any, Any]:
    """How far the ends of the interval of a skewed mean are from it (P. Hall, 1992).

    Args:
        n: how many, at least 1.
        squares: of what they are away from their mean, added up.
        cubes: of the same.
    """
    error = np.sqrt(squares / np.maximum(n - 1, 1) / n)
    bent = cubes / np.where(squares > 0, squares, 1.0) ** 1.5
    t = stdtrit(np.maximum(n - 1, 1), (1 + CONFIDENCE) / 2)
    plain = np.abs(bent) < 1e-9
    own = np.where(plain, 1.0, bent)

    def unbent(t: Any) -> Any:
        return np.where(plain, t, 3 / own * (np.cbrt(1 + own * (t - own / 6)) - 1))

    return -error * unbent(t), -error * unbent(-t)


def poisson(cases: Any, exposure: Any) -> tuple[Any, Any, Any]:
    """Cases per exposure with the exact interval of a count (F. Garwood, 1936)."""
    low = np.where(cases > 0, gammaincinv(np.maximum(cases, 1), TAIL), 0.0)
    return cases / exposure, low / exposure, gammaincinv(cases + 1, 1 - TAIL) / exposure
