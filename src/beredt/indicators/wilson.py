"""Intervals of a share that was counted: so many of so many."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtri

from beredt.indicators.estimate import CONFIDENCE
from beredt.indicators.observed import F8, I8


class Share(NamedTuple):
    """A share with its interval, for each of any number of rows; nan where nothing was counted."""

    value: F8
    low: F8
    high: F8


def wilson_share(cases: F8 | I8, sizes: F8 | I8, confidence: float = CONFIDENCE) -> Share:
    """Share of cases with Wilson's score interval, which stays between 0 and 1 and holds for few cases too.

    With p = x/n and z the normal quantile of the confidence,

        (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)

    E. B. Wilson, *Probable inference, the law of succession, and statistical inference*, Journal of the American
    Statistical Association 22 (1927) 209–212; method 3 of R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872.

    Args:
        cases: Any shape; how many count.
        sizes: The same shape; among how many, 0 or more.
        confidence: Of the interval, two-sided, between 0 and 1.
    """
    n = np.asarray(sizes, np.float64)
    z2 = float(ndtri((1 + confidence) / 2)) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        p = np.where(n > 0, np.asarray(cases, np.float64) / n, np.nan)
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = np.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    # Exactly 0 and 1 at the ends, where the two terms cancel but for rounding.
    low = np.where(p == 0, 0.0, middle - half)
    high = np.where(p == 1, 1.0, middle + half)
    return Share(p, low, high)
