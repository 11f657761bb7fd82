"""Wilson's interval: published examples, and what must hold of any share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from beredt.indicators.wilson import wilson_share


@pytest.mark.parametrize(
    ("cases", "size", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_examples_of_newcombe(cases: int, size: int, low: float, high: float) -> None:
    """Table I of R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, method 3."""
    share = wilson_share(np.array(cases), np.array(size))
    assert (float(share.low), float(share.high)) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 300), st.integers(0, 300), st.sampled_from([0.8, 0.95, 0.99]))
def test_against_scipy(a: int, b: int, confidence: float) -> None:
    cases, size = min(a, b), max(a, b)
    share = wilson_share(np.array([cases]), np.array([size]), confidence)
    if size == 0:
        assert np.isnan(np.array(share)).all()
        return
    expected = binomtest(cases, size).proportion_ci(confidence, method="wilson")
    assert (share.low[0], share.high[0]) == pytest.approx((expected.low, expected.high), abs=1e-12)
    assert 0 <= share.low[0] <= share.value[0] <= share.high[0] <= 1
