"""Ratios of rates, held against the binomial test of another library."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from beredt.indicators.density.rate_ratio import rate_ratio

count = st.integers(0, 400)


@given(then=count, now=count, then_days=st.sampled_from([30.0, 365.0]), now_days=st.sampled_from([31.0, 366.0]))
def test_the_interval_is_that_of_clopper_and_pearson(then: int, now: int, then_days: float, now_days: float) -> None:
    found = rate_ratio(np.array([then]), np.array([now]), then_days, now_days)
    low, high = found.low[0], found.high[0]
    if then + now == 0:
        assert (low, high) == (0.0, np.inf)
        return
    exact = binomtest(now, now + then).proportion_ci(method="exact")
    for ours, share in ((low, exact.low), (high, exact.high)):
        wanted = np.inf if share == 1.0 else share / (1.0 - share) * then_days / now_days
        assert ours == pytest.approx(wanted, rel=1e-7)
    assert low <= (found.ratio[0] if then else np.inf) <= high


def test_twice_as_many_in_half_the_time_is_four_times() -> None:
    assert rate_ratio(np.array([10]), np.array([20]), 200.0, 100.0).ratio[0] == pytest.approx(4.0)
