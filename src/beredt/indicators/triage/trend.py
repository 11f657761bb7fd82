"""Whether a share rises or falls over the months."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from beredt.indicators.estimate import CONFIDENCE
from beredt.indicators.observed import F8, I8


class Trend(NamedTuple):
    """How a share changes per unit of time, with its interval and the probability of chance; nan with too little."""

    slope: float  # share per unit of time
    low: float
    high: float
    p_value: float  # of no change, two-sided


def share_trend(times: F8, cases: I8, sizes: I8, confidence: float = CONFIDENCE) -> Trend:
    """Straight line through shares, every incident counted once, with Cochran and Armitage's test for trend.

    With t̄ the mean time over all incidents and S = Σ nᵢ (tᵢ − t̄)², the slope is b = Σ (tᵢ − t̄) xᵢ / S. Its interval
    uses the variance of each period by itself, Σ nᵢ (tᵢ − t̄)² pᵢ (1 − pᵢ) / S²; the test that of no change,
    p̄ (1 − p̄) / S. P. Armitage, *Tests for linear trends in proportions and frequencies*, Biometrics 11 (1955) 375–386.
    Months that differ more than chance (see the p′ chart) make the interval too narrow.

    Args:
        times: [T] middle of each period, in any unit.
        cases: [T] incidents that count.
        sizes: [T] incidents; periods with none are passed over.
        confidence: Of the interval.
    """
    total = int(sizes.sum())
    if total == 0:
        return Trend(*(np.nan,) * 4)
    away = times - (sizes * times).sum() / total
    spread = float((sizes * away**2).sum())
    if spread <= 0:
        return Trend(*(np.nan,) * 4)
    slope = float((away * cases).sum()) / spread
    share = cases / np.maximum(sizes, 1)
    error = float(np.sqrt((sizes * away**2 * share * (1 - share)).sum())) / spread
    half = float(ndtri((1 + confidence) / 2)) * error
    pooled = cases.sum() / total
    error_of_none = float(np.sqrt(pooled * (1 - pooled) / spread))
    p_value = 2 * float(ndtr(-abs(slope) / error_of_none)) if error_of_none > 0 else 1.0
    return Trend(slope, slope - half, slope + half, p_value)
