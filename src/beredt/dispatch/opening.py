"""Hours of the day and of the week, for rules that hold at some hours only."""

from __future__ import annotations

from beredt.dispatch.compiled import leaf

DAY_S = 86_400
HOUR_S = 3_600
WEEK_H = 168


@leaf
def is_open(days: int, start_s: int, end_s: int, first_day: int, t: float) -> bool:
    """Whether hours that begin on some days of the week are running at time t.

    Args:
        days: bit mask of the days on which they begin: 1 Monday, 2 Tuesday … 64 Sunday.
        start_s: 0 to 86,399, seconds after midnight.
        end_s: 0 to 86,400, not included; before start_s: on the next day. Equal to start_s: never open.
        first_day: of t = 0, which is a midnight: 0 Monday … 6 Sunday.
        t: s, at least 0.
    """
    day = int(t // DAY_S)
    at = t - day * DAY_S
    today = (first_day + day) % 7
    if start_s <= end_s:
        return (days >> today) & 1 == 1 and start_s <= at < end_s
    if at >= start_s:
        return (days >> today) & 1 == 1
    return at < end_s and (days >> ((today + 6) % 7)) & 1 == 1


@leaf
def hour_of_week(first_day: int, t: float) -> int:
    """Hour of the week at time t: 0 is Monday 00:00 to 01:00, 167 the last of Sunday.

    Args:
        first_day: of t = 0, which is a midnight: 0 Monday … 6 Sunday.
        t: s, at least 0.
    """
    return (first_day * 24 + int(t // HOUR_S)) % WEEK_H
