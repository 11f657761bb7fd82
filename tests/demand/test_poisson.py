"""Poisson counts by inversion."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from beredt.demand.poisson import poisson_counts
from tests.demand import naive

OPEN_UNIT = st.floats(2.0**-53, 1 - 2.0**-53)


def test_equals_the_published_quantiles() -> None:
    """scipy's own quantile function, over rates from none to a hundred thousand."""
    u = np.random.default_rng(1).random(2000)
    expected = np.geomspace(1e-4, 1e5, 2000)
    np.testing.assert_array_equal(poisson_counts(u, expected), np.asarray(stats.poisson.ppf(u, expected)))


@given(st.floats(1e-6, 1 - 1e-6), st.floats(0, 60))
def test_equals_adding_up_probabilities(u: float, expected: float) -> None:
    count = int(poisson_counts(np.array([u]), np.array([expected]))[0])
    # At the very edge of a step the two ways of adding may differ by rounding.
    if min(abs(u - float(stats.poisson.cdf(n, expected))) for n in (count - 1, count)) > 1e-12:
        assert count == naive.poisson(u, expected)


@given(OPEN_UNIT, st.floats(0, 1e4), st.floats(1, 10))
def test_never_fewer_at_a_higher_rate(u: float, expected: float, factor: float) -> None:
    low, high = poisson_counts(np.array([u, u]), np.array([expected, expected * factor]))
    assert low <= high


@given(OPEN_UNIT, OPEN_UNIT, st.floats(0, 1e4))
def test_never_fewer_at_a_higher_draw(u: float, v: float, expected: float) -> None:
    low, high = poisson_counts(np.array(sorted([u, v])), np.array([expected, expected]))
    assert low <= high


def test_nothing_expected_nothing_drawn() -> None:
    assert poisson_counts(np.array([2.0**-53, 0.5, 1 - 2.0**-53]), np.zeros(3)).tolist() == [0, 0, 0]


@pytest.mark.parametrize("expected", [-1.0, np.nan, np.inf])
def test_an_impossible_rate_is_refused(expected: float) -> None:
    with pytest.raises(ValueError, match="rates and population"):
        poisson_counts(np.array([0.5]), np.array([expected]))
