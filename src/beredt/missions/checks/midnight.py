"""Stamps after midnight that were given the date of the day before."""

from __future__ import annotations

import numpy as np

from beredt.missions.checks.local_clock import to_local, to_utc
from beredt.missions.checks.sheet import I8, Sheet
from beredt.missions.checks.stamps import CHAIN, DAY_MS, HOUR_MS, NO_TIME

MOST_MS = 12 * HOUR_MS
"""Longest step over midnight: a stamp that would lie further ahead is out of order, not of another day."""


def carry_past_midnight(sheet: Sheet) -> None:
    """Move a stamp to the next day where it lies nearly a day before the stamp that it follows.

    Nearly a day: on the next day it would follow within 12 hours. What comes after a moved stamp is looked at from
    its new time, so a whole mission moves. The same holds where a log gives times of day only.
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
    late = (back > DAY_MS - MOST_MS) & (back <= DAY_MS) & (times != NO_TIME) & (before != NO_TIME)
    at = np.flatnonzero(late)
    if at.size:
        shown = sheet.clock_text(times[at])
        sheet.change_stamp("midnight", stamp, at, shown, _next_day(sheet, times[at]))
    return sheet.stamps[stamp]


def _next_day(sheet: Sheet, utc: I8) -> I8:
    """The same time of the clock a day later."""
    if not sheet.context.local_clock:
        return utc + DAY_MS
    zone = sheet.context.zone
    return to_utc(to_local(utc, zone) + DAY_MS, zone).utc
