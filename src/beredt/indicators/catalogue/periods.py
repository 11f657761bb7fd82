"""Periods that points of a chart stand for: their first days, their names, and how much of them a log covers."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from beredt.indicators.catalogue.indicator import Period

Days = tuple[date, date]
"""First and last day of a log."""


def period_name(start: date, period: Period) -> str:
    """How a period that begins on a day is written: 2026-W05, 2026-01, 2026-Q1 or 2026."""
    if period == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02}"
    if period == "month":
        return f"{start:%Y-%m}"
    if period == "quarter":
        return f"{start.year}-Q{(start.month + 2) // 3}"
    return str(start.year)


def list_periods(period: Period, days: Days) -> list[date]:
    """First days of all periods from the one of the first day to that of the last."""
    first, last = days
    if period == "week":
        start = first - timedelta(days=first.weekday())
        return [start + timedelta(weeks=n) for n in range((last - start).days // 7 + 1)]
    months = {"month": 1, "quarter": 3, "year": 12}[period]
    begin = first.year * 12 + (first.month - 1) // months * months
    return [date(at // 12, at % 12 + 1, 1) for at in range(begin, last.year * 12 + last.month, months)]


def days_of(start: date, period: Period, days: Days) -> int:
    """Days of a period that lie between the first and the last day of the log."""
    if period == "week":
        end = start + timedelta(days=6)
    else:
        at = start.year * 12 + start.month - 1 + {"month": 1, "quarter": 3, "year": 12}[period] - 1
        end = date(at // 12, at % 12 + 1, calendar.monthrange(at // 12, at % 12 + 1)[1])
    return max((min(end, days[1]) - max(start, days[0])).days + 1, 0)
