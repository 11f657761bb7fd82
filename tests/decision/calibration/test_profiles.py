"""The hours of the week of a log: what smoothing must not change."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from beredt.decision.calibration.profiles import Seen, fit_profile, mean_deviance, smooth_profile

WEEKS = np.full(168, 52.0)
COUNTS = arrays(np.float64, 168, elements=st.integers(0, 40).map(float)).filter(lambda counts: counts.sum() > 0)
BELLS, PRIORS = st.sampled_from((0.5, 1.0, 2.0)), st.sampled_from((5.0, 20.0, 1000.0))


def test_even_counts_stay_even() -> None:
    assert smooth_profile(Seen(np.full(168, 7.0), WEEKS), 1.0, 20.0) == pytest.approx(np.ones(168))


@given(COUNTS, BELLS, PRIORS)
def test_weights_have_mean_one_and_none_is_negative(counts: np.ndarray, bell_h: float, prior: float) -> None:
    weights = smooth_profile(Seen(counts, WEEKS), bell_h, prior)
    assert weights.mean() == pytest.approx(1.0)
    assert (weights >= 0.0).all()
    assert np.isfinite(weights).all()


@given(COUNTS, BELLS, PRIORS, st.integers(0, 6))
def test_a_week_that_begins_on_another_day_is_the_same_week(
    counts: np.ndarray, bell_h: float, prior: float, days: int
) -> None:
    moved = smooth_profile(Seen(np.roll(counts, 24 * days), WEEKS), bell_h, prior)
    assert moved == pytest.approx(np.roll(smooth_profile(Seen(counts, WEEKS), bell_h, prior), 24 * days), abs=1e-9)


def test_an_hour_that_came_half_as_often_is_no_quieter() -> None:
    hours = WEEKS.copy()
    hours[:24] = 26.0
    weights = smooth_profile(Seen(hours * 3.0, hours), 1.0, 20.0)
    assert weights == pytest.approx(np.ones(168), rel=1e-6)


def test_many_counts_are_hardly_smoothed_and_few_are_told_by_days_and_clock_hours() -> None:
    clock = np.where(np.arange(24) < 12, 0.5, 1.5)
    true = (np.linspace(0.8, 1.2, 7)[:, np.newaxis] * clock).ravel()
    draws = np.random.default_rng(7)
    for mean, most in ((400.0, 0.05), (2.0, 0.25)):
        halves = [Seen(draws.poisson(mean / 2 * true).astype(np.float64), WEEKS / 2) for _ in range(2)]
        whole = Seen(halves[0].counts + halves[1].counts, WEEKS)
        fitted = fit_profile(whole, *halves)
        raw = whole.counts / whole.counts.mean()
        assert np.abs(fitted - true).mean() < most
        assert np.abs(fitted - true).mean() <= np.abs(raw - true).mean() * 1.05


def test_the_deviance_of_a_true_profile_is_about_one() -> None:
    draws = np.random.default_rng(3)
    true = np.where(np.arange(168) % 24 < 8, 0.5, 1.25)
    found = [mean_deviance(Seen(draws.poisson(30 * true).astype(np.float64), WEEKS), true) for _ in range(40)]
    assert np.mean(found) == pytest.approx(1.0, abs=0.05)


def test_a_profile_that_rules_an_incident_out_is_infinitely_wrong() -> None:
    weights = np.ones(168)
    weights[5] = 0.0
    assert mean_deviance(Seen(np.full(168, 1.0), WEEKS), weights) == np.inf
