"""Rosters laid over the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from beredt.model.roster_row import RosterRow

DAY_S = 86_400

Shift = tuple[int, int]
"""Seconds on and off from the midnight at which the first day begins; it may begin before and end after the days."""


def lay_shifts(rows: Iterable[RosterRow], first_day: date, days: int) -> list[Shift]:
    """Stretches on duty of one roster, ascending, those that touch or overlap made one.

    Args:
        rows: the shifts of the roster.
        first_day: at whose midnight seconds begin.
        days: how many days, ≥ 0. Days are local and have 24 hours: clock changes are left out.
    """
    kept = list(rows)
    found: list[Shift] = []
    for day in range(-1, days):
        weekday = (first_day + timedelta(days=day)).isoweekday()
        found += [
            (day * DAY_S + row.start_s, day * DAY_S + row.start_s + row.length_s)
            for row in kept
            if weekday in row.weekdays
        ]
    joined: list[Shift] = []
    for on, off in sorted(found):
        if joined and on <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], off))
        else:
            joined.append((on, off))
    return joined
