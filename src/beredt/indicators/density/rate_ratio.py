"""Whether a count has changed between two periods: the ratio of two rates with an exact interval.

Given their sum, the later of two Poisson counts is binomial, so that the interval of Clopper and Pearson for its share
is one for the ratio: it holds the truth with at least the confidence asked for, whatever the counts.

Reference:
    J. Przyborowski, H. Wilenski (1940), "Homogeneity of results in testing samples from Poisson series",
    Biometrika 31(3/4), 313–323.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


class RateRatio(NamedTuple):
    """N ratios of the rate now to the rate then: nan for 0 and 0, inf where there was nothing then."""

    ratio: F8
    low: F8
    high: F8


def rate_ratio(then: I8, now: I8, then_days: float, now_days: float, confidence: float = 0.95) -> RateRatio:
    """Compare counts of two periods.

    Args:
        then: [N] counts of the earlier period.
        now: [N] counts of the later one.
        then_days: length of the earlier period, > 0.
        now_days: length of the later one, > 0.
        confidence: of the two-sided interval, between 0 and 1.
    """
    tail = (1.0 - confidence) / 2.0
    before, after = then.astype(np.float64), now.astype(np.float64)
    low_share = np.where(now > 0, betaincinv(np.maximum(after, 1.0), before + 1.0, tail), 0.0)
    high_share = np.where(then > 0, betaincinv(after + 1.0, np.maximum(before, 1.0), 1.0 - tail), 1.0)
    longer = then_days / now_days
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = after / before * longer
        low, high = low_share / (1.0 - low_share) * longer, high_share / (1.0 - high_share) * longer
    nothing = (then == 0) & (now == 0)
    return RateRatio(ratio, np.where(nothing, 0.0, low), np.where(nothing, np.inf, high))
