"""Means over replications with their intervals.

Replications are independent draws of the same period, so the mean of n of them has the interval

    mean ± t(1 − α/2, n − 1) · s / √n

with s the standard deviation with n − 1 in its denominator. Two alternatives that met the same draws are compared by
the differences, replication by replication (common random numbers): what both share falls out, and the interval is
narrower. The intervals cover chance only, not what the model leaves out. A. M. Law, *Simulation Modeling and Analysis*,
5th ed. (2015), sections 9.4 and 10.2.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from beredt.indicators.observed import F8, I8

CONFIDENCE = 0.95


class Estimate(NamedTuple):
    """A mean with its interval, for each of any number of rows."""

    value: F8  # nan where no replication has a value
    low: F8  # nan where fewer than two have
    high: F8
    replications: I8  # how many have a value


def estimate(values: F8, confidence: float = CONFIDENCE) -> Estimate:
    """Mean over replications, with its t-interval.

    Args:
        values: [..., n] one value per replication, nan where it has none (a quantile of no incidents).
        confidence: Of the interval, two-sided, between 0 and 1.

    Returns:
        Arrays of shape [...].
    """
    has = np.isfinite(values)
    number = has.sum(axis=-1)
    # Taken from the first value: n times the same value then is exactly that value, with no spread.
    start = np.take_along_axis(values, has.argmax(axis=-1)[..., None], axis=-1)
    above = np.where(has, values - start, 0.0)
    mean = _divided(above.sum(axis=-1), number)
    squares = np.where(has, (above - mean[..., None]) ** 2, 0.0).sum(axis=-1)
    error = np.sqrt(_divided(_divided(squares, number - 1), number))
    half = stdtrit(np.maximum(number - 1, 1), (1 + confidence) / 2) * error
    value = start[..., 0] + mean
    return Estimate(value, value - half, value + half, number)


def paired_difference(values: F8, baseline: F8, confidence: float = CONFIDENCE) -> Estimate:
    """Mean of value − baseline over replications that met the same draws.

    Args:
        values: [..., n]
        baseline: [..., n] of the same replications in the same order.
        confidence: Of the interval.

    Raises:
        ValueError: The two have not the same number of replications.
    """
    if values.shape[-1] != baseline.shape[-1]:
        raise ValueError(
            f"{values.shape[-1]} replications cannot be paired with {baseline.shape[-1]} of the baseline: "
            "run both alternatives with the same replications"
        )
    return estimate(values - baseline, confidence)


def _divided(numerator: F8, denominator: NDArray[np.int64]) -> F8:
    """The quotient, nan where the denominator is not positive."""
    return np.where(denominator > 0, numerator / np.maximum(denominator, 1), np.nan)
