"""Times of a clock on the wall made UTC: those that never were, and those that came twice."""

from __future__ import annotations

import numpy as np
import polars as pl

from beredt.missions.checks.local_clock import shown_twice, to_utc
from beredt.missions.checks.sheet import I8, Sheet, write_clock
from beredt.missions.checks.stamps import CHAIN, HOUR_MS, NO_TIME
from beredt.missions.schema import STAMPS


def read_clocks(sheet: Sheet) -> None:
    """Make UTC of stamps that are what a clock showed; stamps that are UTC already stay.

    A clock that leaps never shows the hour it leaps over. A stamp there is read as if the clock had not been moved
    yet: it keeps its distance from the stamps before it. Clocks that come twice are left at the earlier time here;
    `settle_clocks` looks at them when the stamps before are known.
    """
    for stamp in STAMPS:
        dtype = sheet.rows.schema[stamp]
        if not isinstance(dtype, pl.Datetime) or dtype.time_zone is not None or not sheet.context.local_clock:
            continue
        shown = sheet.stamps[stamp]
        clock = to_utc(shown, sheet.context.zone)
        sheet.stamps[stamp] = sheet.usable[stamp] = clock.utc
        never = np.flatnonzero(clock.never)
        if never.size and sheet.context.has("missing_clock"):
            sheet.change_stamp("missing_clock", stamp, never, write_clock(shown[never]), clock.utc[never])


def settle_clocks(sheet: Sheet) -> None:
    """Where a clock showed a time twice, take the later if the earlier lies before the stamp that it follows."""
    if not (sheet.context.has("ambiguous_clock") and sheet.context.local_clock):
        return
    twice = {stamp: np.flatnonzero(shown_twice(sheet.stamps[stamp], sheet.context.zone)) for stamp in STAMPS}
    affected = np.unique(np.concatenate(list(twice.values())))
    if not affected.size:
        return
    before: I8 = np.full(sheet.height, NO_TIME)
    for stamp in CHAIN:
        before[affected] = _settle(sheet, stamp, twice[stamp], before)[affected]
    _settle(sheet, "created_t", twice["created_t"], sheet.stamps["call_t"])
    for stamp in STAMPS:
        sheet.mark("ambiguous_clock", stamp, twice[stamp])


def _settle(sheet: Sheet, stamp: str, at: I8, before: I8) -> I8:
    """Settle one stamp, given the latest stamp before it in every row; the latest with this one."""
    times = sheet.stamps[stamp].copy()
    later = times[at] + HOUR_MS
    wanted = at[(times[at] < before[at]) & (later >= before[at])]
    times[wanted] += HOUR_MS
    sheet.stamps[stamp] = sheet.usable[stamp] = times
    return np.maximum(before, times)
