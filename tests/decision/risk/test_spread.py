"""The middle, the range, and the disagreement index."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beredt.decision.risk.spread import Spread, disagreement, spread_of

SCORES = st.lists(st.integers(1, 5), min_size=2, max_size=12)


def test_a_story_of_four_assessors() -> None:
    """2, 2, 3 and 5 lie 0, 1, 3, 1, 3 and 2 apart: 10 in all, and 16 is the most that four could."""
    assert spread_of([2, 2, 3, 5]) == Spread(4, 2.5, 2, 5, 10 / 16)


def test_one_assessor_cannot_disagree_and_none_is_no_spread() -> None:
    assert spread_of([4]) == Spread(1, 4.0, 4, 4, None)
    with pytest.raises(ValueError, match="no scores"):
        spread_of([])


@given(st.integers(1, 5), st.integers(2, 12))
def test_all_alike_is_zero_and_half_at_either_end_is_one(step: int, assessors: int) -> None:
    assert disagreement([step] * assessors) == 0.0
    assert disagreement([1] * (assessors // 2) + [5] * (assessors - assessors // 2)) == 1.0


@given(SCORES)
def test_it_lies_between_and_does_not_care_for_order_or_direction(scores: list[int]) -> None:
    index = disagreement(scores)
    assert index is not None
    assert 0.0 <= index <= 1.0
    assert index == pytest.approx(disagreement(sorted(scores)))
    assert index == pytest.approx(disagreement([6 - score for score in scores]))


@given(st.integers(2, 9))
def test_no_other_scores_of_as_many_assessors_lie_farther_apart(assessors: int) -> None:
    """The largest mean is that of two camps: no spread over the scale reaches it but that one."""
    spread_out = [1 + (4 * number) // (assessors - 1) for number in range(assessors)]
    index = disagreement(spread_out)
    assert index is not None
    assert index <= 1.0
