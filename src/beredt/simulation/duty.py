"""When units are on duty: rosters laid out over the simulated period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from beredt.demand.intensity import Period
from beredt.model.roster_row import RosterRow
from beredt.model.service import Service

DAY_S = 86_400

Shift = tuple[int, int]
"""Seconds on and off, from simulated time 0; the first may begin before 0 and the last end after the period."""


def shifts_of(rows: Iterable[RosterRow], period: Period) -> list[Shift]:
    """Stretches on duty of one roster, ascending, those that touch or overlap made one.

    Args:
        rows: the shifts of the roster.
        period: what is simulated. Days are local and have 24 hours: clock changes are left out.
    """
    found: list[Shift] = []
    for day in range(-1, period.all_days):
        weekday = (period.first_day + timedelta(days=day)).isoweekday()
        found += [
            (day * DAY_S + row.start_s, day * DAY_S + row.start_s + row.length_s)
            for row in rows
            if weekday in row.weekdays
        ]
    joined: list[Shift] = []
    for on, off in sorted(found):
        if joined and on <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], off))
        else:
            joined.append((on, off))
    return joined


def unit_shifts(service: Service, period: Period) -> list[list[Shift]]:
    """Stretches on duty of every unit, in the order of `service.units`."""
    rosters: dict[str, list[RosterRow]] = defaultdict(list)
    for row in service.rosters:
        rosters[row.id].append(row)
    laid = {name: shifts_of(rows, period) for name, rows in rosters.items()}
    return [laid[unit.roster] for unit in service.units]
