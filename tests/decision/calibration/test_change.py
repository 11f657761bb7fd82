"""When a row is replaced, and what of it is shown."""

from __future__ import annotations

from dataclasses import replace
from math import inf, isnan, nan

import pytest

from beredt.decision.calibration.change import Change, inside_limits, is_few, reason_to_keep, without_few

SPEED = Change("speeds", {"purpose": "A"}, {"factor": 0.8}, {"factor": 0.9}, 100, 50, 30.0, 20.0, "")


@pytest.mark.parametrize(
    ("n_fit", "n_test", "before", "after", "reason"),
    [
        (20, 20, 2.0, 1.0, ""),
        (19, 20, 2.0, 1.0, "too_few"),
        (20, 19, 2.0, 1.0, "too_few"),
        (20, 20, 1.0, 1.0, "no_better"),
        (20, 20, 1.0, 2.0, "no_better"),
        (20, 20, inf, 1.0, ""),
        (20, 20, 1.0, inf, "too_few"),
        (0, 0, nan, nan, "too_few"),
    ],
)
def test_reasons(n_fit: int, n_test: int, before: float, after: float, reason: str) -> None:
    assert reason_to_keep(n_fit, n_test, before, after) == reason


def test_figures_of_fewer_than_five_are_taken_out() -> None:
    few = without_few(replace(SPEED, n=4, n_test=2, reason="too_few"))
    assert few.after == few.before
    assert isnan(few.error_before)
    half = without_few(replace(SPEED, n=6, n_test=4, reason="too_few"))
    assert half.after == SPEED.after
    assert isnan(half.error_after)
    assert without_few(SPEED) == SPEED
    assert [is_few(count) for count in (0, 1, 4, 5)] == [False, True, True, False]


@pytest.mark.parametrize("factor", [0.05, 5.5])
def test_what_a_table_may_not_hold_is_never_written(factor: float) -> None:
    assert inside_limits(replace(SPEED, after={"factor": factor})).reason == "out_of_range"
    assert inside_limits(SPEED).replaced
