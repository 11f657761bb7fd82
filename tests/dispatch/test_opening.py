"""Opening hours and hours of the week against the calendar of the standard library."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from beredt.dispatch.opening import hour_of_week, is_open

MONDAY = datetime(2026, 1, 5)


def open_by_calendar(days: set[int], start_h: int, end_h: int, now: datetime) -> bool:
    """Twin: look for a stretch that began today or yesterday and runs now."""
    for back in (0, 1):
        begun = datetime(now.year, now.month, now.day) - timedelta(days=back)
        length = (end_h - start_h) if end_h >= start_h else end_h - start_h + 24
        start = begun + timedelta(hours=start_h)
        if begun.weekday() in days and start <= now < start + timedelta(hours=length):
            return True
    return False


@pytest.mark.parametrize("first_day", [0, 3, 6])
@pytest.mark.parametrize("days", [{0, 1, 2, 3, 4, 5, 6}, {5, 6}, {2}])
@pytest.mark.parametrize(("start_h", "end_h"), [(0, 24), (7, 15), (22, 6), (16, 24), (23, 0), (5, 5)])
def test_every_half_hour_of_ten_days(first_day: int, days: set[int], start_h: int, end_h: int) -> None:
    mask = sum(1 << day for day in days)
    begin = MONDAY + timedelta(days=first_day)
    for half in range(48, 480):  # from the second day on, so that yesterday is known
        now = begin + timedelta(minutes=30 * half)
        t = half * 1800.0
        assert is_open(mask, start_h * 3600, end_h * 3600, first_day, t) == open_by_calendar(days, start_h, end_h, now)
        assert hour_of_week(first_day, t) == now.weekday() * 24 + now.hour
