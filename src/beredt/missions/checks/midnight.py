"""Stamps after midnight that were given the date of the day before."""

from __future__ import annotations

import numpy as np

from beredt.missions.checks.local_clock import to_local, to_utc
from beredt.missions.checks.sheet import I8, Sheet, write_clock
from beredt.missions.checks.stamps import CHAIN, DAY_MS, HOUR_MS, NO_TIME

MOST_MS = 12 * HOUR_MS
"""Longest step over midnight: a stamp that would lie further ahead is out of order, not of another day."""

_SPARE_MS = 2 * HOUR_MS
"""More than any clock is moved in a day."""


def carry_past_midnight(sheet: Sheet) -> None:
    """Move a stamp to the next day where it lies nearly a day before the stamp that it follows.

    Nearly a day: on the next day it would follow within 12 hours of the clock. What comes after a moved stamp is
    looked at from its new time, so a whole mission moves. The same holds where a log gives times of day only.
    """
    if not sheet.context.has("midnight"):
        return
    before = sheet.stamps[CHAIN[0]]
    for stamp in CHAIN[1:]:
        before = np.maximum(before, _carry(sheet, stamp, before))
    _carry(sheet, "created_t", sheet.stamps["call_t"])


def _carry(sheet: Sheet, stamp: str, before: I8) -> I8:
    """Move one stamp where it must be, given the latest stamp before it; its times after that."""
    times = sheet.stamps[stamp]
    back = before - times
    near = (back > DAY_MS - MOST_MS - _SPARE_MS) & (back <= DAY_MS + _SPARE_MS)
    at = np.flatnonzero(near & (times != NO_TIME) & (before != NO_TIME))
    if at.size:
        clock = _clock(sheet, times[at])
        back = _clock(sheet, before[at]) - clock
        late = (back > DAY_MS - MOST_MS) & (back <= DAY_MS)
        moved = clock[late] + DAY_MS
        utc = to_utc(moved, sheet.context.zone).utc if sheet.context.local_clock else moved
        sheet.change_stamp("midnight", stamp, at[late], write_clock(clock[late]), utc)
    return sheet.stamps[stamp]


def _clock(sheet: Sheet, utc: I8) -> I8:
    """What the log's clock shows, in milliseconds."""
    return to_local(utc, sheet.context.zone) if sheet.context.local_clock else utc
