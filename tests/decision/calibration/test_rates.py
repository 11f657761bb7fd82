"""Rates of a log: the formula by hand, and what holds for any counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from beredt.decision.calibration.rates import PRIOR, RateGround, fit_rates

COUNTS = arrays(np.float64, (3, 2), elements=st.integers(0, 5000).map(float))
RATES = arrays(np.float64, (3, 2), elements=st.floats(0.5, 200.0))


def ground(expected: list[list[float]]) -> RateGround:
    table = np.array([expected] * 3)
    return RateGround(("east", "west"), table, np.array([0, 1]), np.array([True, True]), 2026, ())


PLAIN = ground([[50.0, 0.0], [0.0, 20.0]])
MIXED = ground([[40.0, 10.0], [1.0, 19.0]])


def test_without_transfers_the_formula_can_be_worked_out_by_hand() -> None:
    counts = np.array([[4000.0, 0.0], [2000.0, 40.0], [1000.0, 3.0]])
    own = np.full((3, 2), 10.0)
    found = fit_rates(PLAIN, counts, 2.0, own)
    assert found[0, 0] == pytest.approx((4000 + 20) / (2 * 50 + 20 / 10))
    assert found[0, 1] == pytest.approx((0 + 20) / (2 * 20 + 20 / 10))
    assert found[1, 1] == pytest.approx((40 + 20) / (2 * 20 + 20 / 10))


def test_incidents_at_a_hospital_are_given_back_to_where_patients_live() -> None:
    true = np.array([[30.0, 60.0]] * 3)
    counts = np.einsum("ur,urs->us", true, MIXED.expected) * 50.0
    found = fit_rates(MIXED, counts, 50.0, np.full((3, 2), 45.0))
    assert found == pytest.approx(true, rel=0.02)
    blind = counts / (50.0 * MIXED.expected.sum(axis=1))
    assert np.abs(blind - true).max() > 3.0


@given(COUNTS, RATES)
def test_a_log_of_what_the_study_expects_changes_nothing(counts: np.ndarray, own: np.ndarray) -> None:
    del counts
    expected = np.einsum("ur,urs->us", own, MIXED.expected) * 3.0
    assert fit_rates(MIXED, expected, 3.0, own) == pytest.approx(own, rel=1e-6)


@given(COUNTS, RATES)
def test_all_incidents_and_the_weight_of_the_study_are_accounted_for(counts: np.ndarray, own: np.ndarray) -> None:
    found = fit_rates(MIXED, counts, 3.0, own)
    weighed = (found * (3.0 * MIXED.expected.sum(axis=2) + PRIOR / own)).sum(axis=1)
    assert weighed == pytest.approx(counts.sum(axis=1) + 2 * PRIOR)
    assert (found > 0.0).all()


@given(COUNTS, RATES, st.integers(1, 100))
def test_more_incidents_never_lower_a_rate_where_nobody_is_moved(
    counts: np.ndarray, own: np.ndarray, more: int
) -> None:
    less = fit_rates(PLAIN, counts, 3.0, own)
    raised = fit_rates(PLAIN, counts + np.array([[float(more), 0.0]] * 3), 3.0, own)
    assert (raised[:, 0] > less[:, 0]).all()
    assert raised[:, 1] == pytest.approx(less[:, 1])


def test_a_rate_of_nothing_is_told_by_the_log_alone() -> None:
    counts = np.array([[100.0, 0.0]] * 3)
    found = fit_rates(PLAIN, counts, 1.0, np.zeros((3, 2)))
    assert found == pytest.approx(np.array([[2.0, 0.0]] * 3))
