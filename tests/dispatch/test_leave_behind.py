"""The unit that leaves most behind, among those that come in time."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from beredt.dispatch.leave_behind import NOT_IN_TIME, is_preferred

Unit = tuple[float, float]
"""Expected seconds, loss."""


def chosen(units: list[Unit], target_s: float) -> int:
    best, best_lost, best_s = -1, NOT_IN_TIME, math.inf
    for u, (expected_s, loss) in enumerate(units):
        lost = loss if expected_s <= target_s else NOT_IN_TIME
        if is_preferred(lost, expected_s, best_lost, best_s):
            best, best_lost, best_s = u, lost, expected_s
    return best


def test_the_second_nearest_goes_when_it_is_missed_less() -> None:
    assert chosen([(300.0, 8.0), (400.0, 3.0), (500.0, 1.0)], target_s=450.0) == 1


def test_nobody_comes_in_time_so_the_nearest_goes() -> None:
    assert chosen([(500.0, 1.0), (460.0, 8.0)], target_s=450.0) == 1


def test_without_units_nobody_goes() -> None:
    assert chosen([], target_s=450.0) == -1


@given(st.lists(st.tuples(st.sampled_from([1.0, 2.0, 3.0, 4.0]), st.sampled_from([0.0, 0.5, 1.0])), min_size=1))
def test_sorting_by_the_rule_finds_the_same_unit(units: list[Unit]) -> None:
    def rank(u: int) -> tuple[bool, float, float, int]:
        expected_s, loss = units[u]
        late = expected_s > 2.0
        return late, 0.0 if late else loss, expected_s, u

    assert chosen(units, target_s=2.0) == min(range(len(units)), key=rank)
