"""Holm and Bonferroni against worked examples and their own laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.decision.correction import Correction, adjusted_p, interval_confidence

P_VALUES = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=12)


def test_holm_by_hand() -> None:
    # Smallest 0.01 × 4; then 0.02 × 3; then 0.03 × 2; then 0.04, which may not fall below the step before.
    assert adjusted_p([0.04, 0.01, 0.03, 0.02], "holm") == pytest.approx([0.06, 0.04, 0.06, 0.06])


def test_bonferroni_by_hand() -> None:
    assert adjusted_p([0.04, 0.01, 0.5], "bonferroni") == pytest.approx([0.12, 0.03, 1.0])


def test_no_correction_leaves_everything() -> None:
    assert adjusted_p([0.04, 0.01], "none") == (0.04, 0.01)
    assert interval_confidence(0.95, 6, "none") == 0.95


@pytest.mark.parametrize("correction", ["holm", "bonferroni"])
def test_intervals_share_what_may_go_wrong(correction: Correction) -> None:
    assert interval_confidence(0.95, 5, correction) == pytest.approx(0.99)


@given(P_VALUES)
def test_holm_is_never_weaker_than_bonferroni(p: list[float]) -> None:
    for holm, bonferroni in zip(adjusted_p(p, "holm"), adjusted_p(p, "bonferroni"), strict=True):
        assert holm <= bonferroni


@given(P_VALUES, st.sampled_from(["holm", "bonferroni", "none"]))
def test_adjusting_never_helps_and_keeps_the_order(p: list[float], correction: Correction) -> None:
    adjusted = adjusted_p(p, correction)
    assert all(after >= before for before, after in zip(p, adjusted, strict=True))
    assert all(0.0 <= one <= 1.0 for one in adjusted)
    ranked = [after for _, after in sorted(zip(p, adjusted, strict=True))]
    assert ranked == sorted(ranked)


@given(st.permutations([0.001, 0.012, 0.03, 0.2, 0.7]))
def test_the_order_of_rows_does_not_matter(p: list[float]) -> None:
    straight = dict(
        zip([0.001, 0.012, 0.03, 0.2, 0.7], adjusted_p([0.001, 0.012, 0.03, 0.2, 0.7], "holm"), strict=True)
    )
    assert dict(zip(p, adjusted_p(p, "holm"), strict=True)) == straight
