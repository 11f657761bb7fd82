"""A roster in words: on which days, between which hours."""

from __future__ import annotations

from collections.abc import Iterable

from beredt.model.roster_row import RosterRow
from beredt.model.service import Service
from beredt.report.number_format import NumberFormat
from beredt.report.words import Words

_DAY_S = 86_400
_WEEK = 7


def roster_text(roster: str, services: Iterable[Service], words: Words, numbers: NumberFormat) -> str:
    """A roster as the first service that has it keeps it: "round the clock, Mon–Fri", "08:00–20:00 every day"."""
    for service in services:
        rows = [row for row in service.rosters if row.id == roster]
        if rows:
            return words.listed(row_text(row, words, numbers) for row in rows)
    return roster


def row_text(row: RosterRow, words: Words, numbers: NumberFormat) -> str:
    """One row of a roster: its hours and days."""
    hours = words("roster.hours", start=numbers.clock(row.start_s), end=numbers.clock(row.end_s))
    if row.length_s == _DAY_S:
        hours = words("roster.all_day")
    if len(row.weekdays) == _WEEK:
        return words("roster.every_day", hours=hours)
    return words("roster.on_days", hours=hours, days=_days_text(row.weekdays, words))


def _days_text(weekdays: tuple[int, ...], words: Words) -> str:
    names = words("roster.weekdays").split()
    unbroken = weekdays == tuple(range(weekdays[0], weekdays[-1] + 1))
    if unbroken and len(weekdays) > 1:
        return words("roster.day_span", first=names[weekdays[0] - 1], last=names[weekdays[-1] - 1])
    return words.listed(names[day - 1] for day in weekdays)
