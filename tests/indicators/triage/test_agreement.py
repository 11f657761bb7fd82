"""Agreement by hand, as published, and against drawing again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from beredt.errors import OutOfRangeError
from beredt.indicators.observed import I8
from beredt.indicators.triage.agreement import agreement_values, kappa, to_urgencies
from beredt.indicators.triage.trend import share_trend

TABLES = arrays(np.int64, (3, 3), elements=st.integers(0, 60))


def test_a_small_table_by_hand() -> None:
    """Ten incidents: 6 agree, 3 too urgent by telephone, 1 not urgent enough."""
    found = {one.measure: one for one in agreement_values(np.array([[3, 2, 0], [0, 2, 1], [1, 0, 1]]))}
    assert [(found[name].cases, found[name].size) for name in ("concordance", "over_triage", "under_triage")] == [
        (6, 10),
        (3, 10),
        (1, 10),
    ]
    assert (found["acute_not_acute"].cases, found["acute_not_acute"].size) == (2, 5)
    assert (found["acute_missed"].cases, found["acute_missed"].size) == (1, 4)
    # Rows 5, 3, 2 and columns 4, 4, 2 of 10: by chance 0.20 + 0.12 + 0.04 = 0.36.
    assert found["kappa"].value == pytest.approx((0.6 - 0.36) / 0.64)


def test_published_kappa() -> None:
    """Table 18.1 of Fleiss, Levin and Paik, *Statistical Methods for Rates and Proportions* (2003): 0.676 ± 0.087."""
    table = np.array([[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    value, low, high = kappa(table, confidence=0.6826894921)
    assert value == pytest.approx(0.676, abs=5e-4)
    assert (high - low) / 2 == pytest.approx(0.087, abs=1.2e-3)


def test_published_weighted_kappa() -> None:
    """The same table with linear and quadratic weights: Fleiss, Levin and Paik give 0.755 for the quadratic."""
    table = np.array([[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    assert kappa(table, "linear")[0] < kappa(table, "quadratic")[0] == pytest.approx(0.755, abs=5e-4)


def test_the_interval_is_as_wide_as_drawing_again_makes_it() -> None:
    """A slow twin: incidents drawn again with replacement, a thousand times."""
    table = np.array([[220, 60, 20], [90, 400, 110], [15, 70, 300]])
    random = np.random.default_rng(4)
    for how in ("none", "linear", "quadratic"):
        drawn = random.multinomial(table.sum(), table.ravel() / table.sum(), 1_000).reshape(-1, 3, 3)
        values = [kappa(one, how)[0] for one in drawn]
        value, low, high = kappa(table, how)
        assert (low, high) == pytest.approx(tuple(np.quantile(values, [0.025, 0.975])), abs=0.006)
        assert value == pytest.approx(np.mean(values), abs=0.003)


@given(TABLES)
def test_what_holds_of_any_table(table: I8) -> None:
    found = {one.measure: one for one in agreement_values(table)}
    mirrored = {one.measure: one for one in agreement_values(table.T.copy())}
    assert sum(found[name].cases for name in ("concordance", "over_triage", "under_triage")) == table.sum()
    assert found["over_triage"].cases == mirrored["under_triage"].cases
    for name in ("kappa", "kappa_linear", "kappa_quadratic"):
        assert found[name].value == pytest.approx(mirrored[name].value, nan_ok=True)
        if not np.isnan(found[name].value):
            assert -1 <= found[name].low <= found[name].value <= found[name].high <= 1
    if np.trace(table) == table.sum() and np.count_nonzero(np.diag(table)) > 1:
        assert found["kappa"].value == pytest.approx(1.0)


def test_nothing_can_be_said_without_incidents_or_with_one_class() -> None:
    assert all(np.isnan(one.value) for one in agreement_values(np.zeros((3, 3), np.int64)))
    assert np.isnan(kappa(np.diag([7, 0, 0]))).all()
    with pytest.raises(OutOfRangeError, match="0 or more"):
        kappa(np.array([[1, -1], [0, 1]]))


def test_levels_of_one_urgency_are_put_together() -> None:
    matrix = np.arange(15).reshape(3, 5)
    assert to_urgencies(matrix, (0, 0, 1, 2, 2)).tolist() == [[1, 2, 7], [11, 7, 17], [21, 12, 27]]


def test_trend_by_hand() -> None:
    """Shares 0.2, 0.3, 0.4 of 100: a tenth more each time; z = 0.1 / √(0.21/200) = 3.086."""
    trend = share_trend(np.arange(3.0), np.array([20, 30, 40]), np.array([100, 100, 100]))
    assert trend.slope == pytest.approx(0.1)
    assert trend.p_value == pytest.approx(0.00203, abs=1e-5)
    assert trend.low == pytest.approx(0.1 - 1.959964 * np.sqrt(100 * (0.16 + 0.24)) / 200)


def test_no_trend_without_spread_in_time() -> None:
    assert np.isnan(share_trend(np.array([1.0]), np.array([3]), np.array([10]))).all()
    assert np.isnan(share_trend(np.arange(2.0), np.zeros(2, np.int64), np.zeros(2, np.int64))).all()
    assert share_trend(np.arange(2.0), np.zeros(2, np.int64), np.full(2, 9)).p_value == 1.0
