"""Limits on moves, cutoffs and taking over: every edge by hand, and quiet hours minute by minute."""

from __future__ import annotations

from math import inf

import pytest

from beredt.dispatch.cutoff import should_wait
from beredt.dispatch.move_limits import DAY_S, NO_LIMIT, MoveLimits, is_quiet, may_move
from beredt.dispatch.rebooking import gain_s, is_better_gain

FREE = MoveLimits(NO_LIMIT, inf, inf, inf, 0, 0)
HOUR_S = 3600


def test_no_limits_allow_everything() -> None:
    assert may_move(FREE, 10_000, 1e6, 1e6, 1e6, 3.0 * HOUR_S)


@pytest.mark.parametrize(
    ("limits", "at_the_limit", "beyond"),
    [
        (FREE._replace(most_moves=2), (1, 0.0, 0.0, 0.0), (2, 0.0, 0.0, 0.0)),
        (FREE._replace(most_moves=0), None, (0, 0.0, 0.0, 0.0)),
        (FREE._replace(most_move_s=600.0), (0, 0.0, 600.0, 0.0), (0, 0.0, 600.001, 0.0)),
        (FREE._replace(most_move_km=8.0), (0, 0.0, 0.0, 8.0), (0, 0.0, 0.0, 8.5)),
        (FREE._replace(most_shift_km=20.0), (0, 12.0, 0.0, 8.0), (0, 12.5, 0.0, 8.0)),
    ],
)
def test_each_limit_counts_inclusive(
    limits: MoveLimits, at_the_limit: tuple[int, float, float, float] | None, beyond: tuple[int, float, float, float]
) -> None:
    if at_the_limit is not None:
        assert may_move(limits, *at_the_limit, 0.0)
    assert not may_move(limits, *beyond, 0.0)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (22, 7), (7, 22), (0, 24), (23, 0), (5, 5)])
def test_quiet_hours_minute_by_minute(start: int, end: int) -> None:
    limits = FREE._replace(quiet_start_s=start * HOUR_S, quiet_end_s=end * HOUR_S)
    quiet = set(range(start * 60, end * 60)) if start <= end else set(range(end * 60, start * 60)) ^ set(range(1440))
    for minute in range(1440):
        t = 3.0 * DAY_S + minute * 60
        assert is_quiet(limits, t) == (minute in quiet)
        assert may_move(limits, 0, 0.0, 0.0, 0.0, t) == (minute not in quiet)


def test_cutoff() -> None:
    assert should_wait(901.0, 100.0, 100.0, 900.0, 300.0)
    assert should_wait(inf, 100.0, 399.0, 900.0, 300.0)
    assert not should_wait(900.0, 100.0, 100.0, 900.0, 300.0)
    assert not should_wait(901.0, 100.0, 400.0, 900.0, 300.0)
    assert not should_wait(1e9, 100.0, 100.0, inf, inf)


def test_taking_over_needs_the_least_gain() -> None:
    assert gain_s(1000.0, 400.0, 250.0) == 350.0
    assert is_better_gain(350.0, 7, 0.0, -1, 350.0)
    assert not is_better_gain(349.0, 7, 0.0, -1, 350.0)
    assert not is_better_gain(1e9, 7, 0.0, -1, inf)


def test_the_greatest_gain_then_the_lowest_incident() -> None:
    assert is_better_gain(100.0, 7, 99.0, 3, 0.0)
    assert not is_better_gain(99.0, 7, 99.0, 3, 0.0)
    assert is_better_gain(99.0, 2, 99.0, 3, 0.0)
    assert not is_better_gain(98.0, 2, 99.0, 3, 0.0)
