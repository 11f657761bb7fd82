"""Over-dispersed counts: distribution, quantiles, what is covered, and how much scatter was put in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from beredt.demand.forecast.spread import covered, find_alpha, probability_up_to, quantile
from tests.demand.forecast import naive


def test_equals_adding_up_probabilities() -> None:
    for mean, alpha in ((0.03, 2.0), (4.0, 0.1), (60.0, 0.5)):
        for count in (0, 1, 7, 80):
            found = probability_up_to(np.array([float(count)]), np.array([mean]), np.array([alpha]))
            assert found[0] == pytest.approx(naive.negative_binomial(count, mean, alpha))


@given(st.floats(0.001, 200.0), st.sampled_from([0.0, 1e-9, 0.01, 0.5, 8.0]), st.sampled_from([0.025, 0.1, 0.5, 0.975]))
def test_a_quantile_is_the_smallest_count_that_reaches(mean: float, alpha: float, share: float) -> None:
    at = quantile(share, np.array([mean]), np.array([alpha]))
    assert probability_up_to(at, np.array([mean]), np.array([alpha]))[0] >= share
    assert at[0] == 0 or probability_up_to(at - 1, np.array([mean]), np.array([alpha]))[0] < share


def test_quantiles_of_none_above_poisson_are_those_published() -> None:
    mean = np.geomspace(0.01, 300, 200)
    np.testing.assert_array_equal(quantile(0.9, mean, np.zeros(1)), stats.poisson.ppf(0.9, mean))


@pytest.mark.parametrize("alpha", [0.0, 0.05, 0.8])
def test_scatter_that_was_put_in_is_found(alpha: float) -> None:
    rng = np.random.default_rng(1)
    mean = rng.uniform(0.2, 12.0, 60_000)
    scattered = mean * (rng.gamma(1 / alpha, alpha, mean.size) if alpha else 1.0)
    found = find_alpha(rng.poisson(scattered).astype(np.float64), mean)
    assert found == pytest.approx(alpha, rel=0.05, abs=0.003)


@pytest.mark.parametrize("share", [0.8, 0.95])
@pytest.mark.parametrize(("mean", "alpha"), [(0.02, 0.0), (0.5, 1.0), (3.0, 0.2), (40.0, 0.05)])
def test_intervals_of_a_right_forecast_cover_what_they_promise(mean: float, alpha: float, share: float) -> None:
    """The mean over the distribution itself is the share exactly, for rare counts as for many."""
    counts = np.arange(2000.0)
    up_to = probability_up_to(counts, np.full(2000, mean), np.full(2000, alpha))
    weight = np.diff(up_to, prepend=0.0)
    assert (weight * covered(share, counts, np.array(mean), np.array(alpha))).sum() == pytest.approx(share, abs=1e-6)


def test_a_forecast_that_is_too_sure_covers_too_little() -> None:
    rng = np.random.default_rng(1)
    counts = rng.poisson(20 * rng.gamma(4, 0.25, 20_000)).astype(np.float64)
    assert covered(0.8, counts, np.array(20.0), np.array(0.0)).mean() < 0.5
    assert covered(0.8, counts, np.array(20.0), np.array(0.25)).mean() == pytest.approx(0.8, abs=0.01)
