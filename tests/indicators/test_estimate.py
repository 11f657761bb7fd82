"""Intervals agree with scipy, and pairing pays."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from beredt.indicators.estimate import estimate, paired_difference

SOME = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))


def test_by_hand() -> None:
    """Values 1, 2, 3: mean 2, s = 1; with 2 degrees of freedom t(p) = (2p − 1) / √(2p(1 − p))."""
    half = 0.95 / math.sqrt(2 * 0.975 * 0.025) / math.sqrt(3)
    found = estimate(np.array([1.0, 2.0, 3.0]))
    assert found.value == 2.0
    assert found.low == pytest.approx(2 - half, rel=1e-9)
    assert found.high == pytest.approx(2 + half, rel=1e-9)
    assert found.replications == 3


@given(st.lists(SOME, min_size=2, max_size=30), st.sampled_from([0.8, 0.95, 0.99]))
def test_against_scipy(values: list[float], confidence: float) -> None:
    found = estimate(np.array(values), confidence)
    assert found.value == pytest.approx(np.mean(values), rel=1e-9, abs=1e-6)
    if len(set(values)) > 1:
        expected = stats.ttest_1samp(values, 0.0).confidence_interval(confidence)
        assert found.low == pytest.approx(expected.low, rel=1e-6, abs=1e-6)
        assert found.high == pytest.approx(expected.high, rel=1e-6, abs=1e-6)


@given(SOME, st.integers(2, 30))
def test_the_same_value_every_time_has_no_spread(value: float, replications: int) -> None:
    found = estimate(np.full(replications, value / 7))
    assert [float(end) for end in found[:3]] == [value / 7] * 3


def test_replications_without_a_value_are_left_out() -> None:
    values = np.array([[1.0, np.nan, 3.0, np.nan], [np.nan, np.nan, 5.0, np.nan], [np.nan] * 4])
    found = estimate(values)
    assert found.replications.tolist() == [2, 1, 0]
    assert found.value[:2].tolist() == [2.0, 5.0]
    assert found.low[0] == pytest.approx(estimate(np.array([1.0, 3.0])).low)
    assert np.isnan(found.low[1:]).all()
    assert np.isnan(found.value[2])


def test_one_replication_has_no_interval() -> None:
    found = estimate(np.array([4.0]))
    assert found.value == 4.0
    assert np.isnan([found.low, found.high]).all()


def test_pairs_are_sharper_than_two_samples_when_both_meet_the_same_draws() -> None:
    random = np.random.default_rng(3)
    shared = random.normal(600, 30, 20)
    baseline = shared + random.normal(0, 2, 20)
    values = shared - 5 + random.normal(0, 2, 20)
    paired = paired_difference(values, baseline)
    unpaired = stats.ttest_ind(values, baseline).confidence_interval(0.95)
    assert paired.low < -5 < paired.high
    assert paired.high < 0 < unpaired.high
    assert (paired.high - paired.low) * 5 < unpaired.high - unpaired.low
    expected = stats.ttest_rel(values, baseline).confidence_interval(0.95)
    assert (paired.low, paired.high) == pytest.approx((expected.low, expected.high), rel=1e-9)


def test_pairs_need_the_same_replications() -> None:
    with pytest.raises(ValueError, match=r"3 replications cannot be paired with 2"):
        paired_difference(np.ones(3), np.ones(2))


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    random = np.random.default_rng(11)
    found = estimate(random.normal(10, 3, (4_000, 8)))
    assert np.mean((found.low <= 10) & (found.high >= 10)) == pytest.approx(0.95, abs=0.012)
