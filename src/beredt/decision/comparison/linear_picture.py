"""A straight-line picture of how a difference hangs on uncertain numbers, and where it would cross the margin.

    d = a + Σ_p b_p · t_p + error,   t_p = (x_p − mode_p) / (high_p − low_p)

by ordinary least squares over the draws. b_p is what the whole range of a number does, all others left alone. Along
one number the picture crosses an edge e at t = (e − a) / b_p, with Fieller's limits [1]: all t at which a + b_p·t − e
is not clearly different from 0. What the picture leaves out stands in R².

1. E. C. Fieller, *Some problems in interval estimation*, Journal of the Royal Statistical Society B 16 (1954) 175–185.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nan, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

F8 = NDArray[np.float64]

STRAIGHT = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class LinearPicture:
    """Least squares over D draws of P numbers.

    `coefficients`: (P + 1,) the level at the modes, then what each number's range does. `covariance`: (P + 1, P + 1).
    `freedom`: D − P − 1, at least 1. `explained`: R², 1 where nothing varies.
    """

    coefficients: F8
    covariance: F8
    freedom: int
    explained: float

    def effect(self, number: int, confidence: float) -> tuple[float, float, float]:
        """What the range of a number (from 0) does: estimate, low, high."""
        half = self._t(confidence) * sqrt(max(float(self.covariance[number + 1, number + 1]), 0.0))
        middle = float(self.coefficients[number + 1])
        return middle, middle - half, middle + half

    def crossing(self, number: int, edge: float, confidence: float) -> tuple[float, float, float]:
        """Where along a number the picture crosses an edge, in parts of its range from the mode: t, low, high.

        Limits are infinite where the data cannot bound it; all NaN where the number does nothing at all.
        """
        level, slope = float(self.coefficients[0]) - edge, float(self.coefficients[number + 1])
        if abs(slope) < STRAIGHT:
            return nan, nan, nan
        q = self._t(confidence) ** 2
        v00, v01, v11 = (float(self.covariance[i, j]) for i, j in ((0, 0), (0, number + 1), (number + 1, number + 1)))
        a, b, c = slope**2 - q * v11, level * slope - q * v01, level**2 - q * v00
        discriminant = b**2 - a * c
        if a <= 0.0 or discriminant < 0.0:
            return -level / slope, -inf, inf
        root = sqrt(discriminant)
        return -level / slope, (-b - root) / a, (-b + root) / a

    def _t(self, confidence: float) -> float:
        return float(stdtrit(self.freedom, 0.5 + confidence / 2.0))


def fit_picture(positions: F8, differences: F8) -> LinearPicture:
    """Fit the picture.

    Args:
        positions: (D, P), t of every number in every draw.
        differences: (D,), all finite.

    Raises:
        ValueError: no more draws than P + 1.
    """
    draws, numbers = positions.shape
    freedom = draws - numbers - 1
    if freedom < 1:
        raise ValueError(f"{draws} draws cannot tell {numbers} numbers apart: draw at least {numbers + 2}")
    design = np.column_stack([np.ones(draws), positions])
    coefficients, *_ = np.linalg.lstsq(design, differences, rcond=None)
    left = differences - design @ coefficients
    covariance = np.linalg.pinv(design.T @ design) * float(left @ left) / freedom
    spread = float(((differences - differences.mean()) ** 2).sum())
    explained = 1.0 - float(left @ left) / spread if spread > 0.0 else 1.0
    return LinearPicture(np.asarray(coefficients, np.float64), covariance, freedom, explained)
