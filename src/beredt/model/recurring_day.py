"""Days as tables write them: of one year, or of every year."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_DAY = re.compile(r"(?:(?P<year>[0-9]{4})-)?(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
LEAP_YEAR = 2000


class RecurringDay(NamedTuple):
    """A month and a day, of `year` or, where that is None, of every year."""

    year: int | None
    month: int
    day: int

    def is_on(self, day: date) -> bool:
        """Whether a date is this day."""
        return (self.month, self.day) == (day.month, day.day) and self.year in {None, day.year}


def parse_day(text: str) -> RecurringDay:
    """The day of `12-24` or `2026-12-24`. Raises ValueError for anything else, and for a day that no year has."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is neither MM-DD nor YYYY-MM-DD")
    year = None if found["year"] is None else int(found["year"])
    date(year or LEAP_YEAR, int(found["month"]), int(found["day"]))
    return RecurringDay(year, int(found["month"]), int(found["day"]))


def is_between(day: date, first: RecurringDay, last: RecurringDay) -> bool:
    """Whether a date lies in a span, both ends included; a span of every year may run over the turn of the year."""
    if first.year is not None and last.year is not None:
        return date(first.year, first.month, first.day) <= day <= date(last.year, last.month, last.day)
    here = (day.month, day.day)
    begin, end = first[1:], last[1:]
    return begin <= here <= end if begin <= end else here >= begin or here <= end
