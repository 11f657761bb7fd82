"""Paired differences, by hand."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest

from beredt.decision.compare import paired_difference, paired_differences, t_quantile
from tests.decision.made_measures import flat, measures


def test_a_difference_by_hand() -> None:
    # Differences 1, 2, 3: mean 2, s = 1, error 1/√3 = 0.57735; t(2) at 97.5 % = 4.30265.
    found = paired_difference(
        "east", "response_mean_s", np.array([601.0, 602.0, 603.0]), np.array([600.0, 600.0, 600.0])
    )
    assert found.mean == pytest.approx(2.0)
    assert found.error == pytest.approx(0.57735, abs=1e-5)
    assert found.interval(0.95) == pytest.approx((2.0 - 2.48414, 2.0 + 2.48414), abs=1e-4)


def test_what_the_pairs_share_cancels() -> None:
    luck = np.array([-50.0, 0.0, 80.0, 10.0])
    found = paired_difference("east", "response_mean_s", 605.0 + luck, 600.0 + luck)
    assert (found.mean, found.error) == (5.0, 0.0)
    assert found.interval(0.95) == (5.0, 5.0)


def test_equal_differences_have_no_error_whatever_the_rounding() -> None:
    found = paired_difference("east", "share_within_target", np.full(7, 0.1), np.zeros(7))
    assert (found.mean, found.error) == (0.1, 0.0)


def test_pairs_without_incidents_are_left_out() -> None:
    found = paired_difference("east", "response_mean_s", np.array([1.0, np.nan, 3.0]), np.array([0.0, 0.0, np.nan]))
    assert found.pairs == 1
    assert found.mean == 1.0
    assert isnan(found.error)
    assert all(isnan(bound) for bound in found.interval(0.95))


def test_rows_come_group_by_group() -> None:
    base = measures({"east": ([80, 81], [600, 610]), "west": ([70, 71], [700, 710])})
    rows = paired_differences(base, base, ["west", "east"])
    assert [(row.group, row.measure) for row in rows] == [
        ("west", "share_within_target"),
        ("west", "response_mean_s"),
        ("east", "share_within_target"),
        ("east", "response_mean_s"),
    ]


def test_unequal_numbers_of_replications_are_refused() -> None:
    with pytest.raises(ValueError, match="got 3 of the alternative and 4 of the baseline"):
        paired_differences(flat(replications=3), flat(replications=4), ["east"])


def test_measures_of_the_wrong_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="need arrays of shape"):
        measures({"east": ([80, 81], [600, 610])}).__class__(("a", "b"), np.zeros((2, 1)), np.zeros((2, 1)))


def test_the_first_replications_stay_the_same() -> None:
    base = measures({"east": ([80, 81, 82], [600, 610, 620])})
    assert base.first(2).share_pp.tolist() == [[80.0], [81.0]]
    assert base.first(9).replications == 3


def test_t_quantiles_of_the_tables() -> None:
    assert t_quantile(0.975, 9) == pytest.approx(2.262157, abs=1e-6)
    assert t_quantile(0.975, 19) == pytest.approx(2.093024, abs=1e-6)
