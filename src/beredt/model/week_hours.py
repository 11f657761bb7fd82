"""Hours of a week, 0 (Monday 00:00–01:00) to 167."""

from __future__ import annotations

from collections.abc import Sequence

HOUR_S = 3600
DAY_HOURS = 24
WEEK_HOURS = 168


def week_hours(weekdays: Sequence[int], start_s: int, end_s: int) -> tuple[int, ...]:
    """Hours of the week in which something holds, ascending.

    Args:
        weekdays: days on which it begins, 1 = Monday to 7.
        start_s: seconds after midnight, whole hours.
        end_s: whole hours, up to 86,400; before `start_s`: on the next day.
    """
    begin, end = start_s // HOUR_S, end_s // HOUR_S
    length = (end - begin) % DAY_HOURS or DAY_HOURS
    return tuple(sorted({((day - 1) * DAY_HOURS + begin + n) % WEEK_HOURS for day in weekdays for n in range(length)}))
