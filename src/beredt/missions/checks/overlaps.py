"""Units that are in two places at once.

Of two missions of a unit whose times overlap the later one is marked: the one whose incident begins on a later day; of
one day the one that the unit rolls to later. Parts of a log hold whole days, so that whichever mission is the later one
lies in the same part or in a later one, and `overlaps_earlier` looks back over the borders of parts.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from beredt.missions.checks.sheet import I8, B, Sheet
from beredt.missions.checks.stamps import DAY_MS, NO_TIME
from beredt.missions.schema import STAMPS

NO_DUPLICATE = ("duplicate", "near_duplicate")
"""Rows with a mark of these say again what another row says: they are in nobody's way."""


def find_overlaps(sheet: Sheet) -> None:
    """Mark missions on which a unit rolls before it is free from an earlier one, or is free after it has rolled to one.

    Looked for among the rows at hand: an import looks back over the borders of parts itself.
    """
    if not sheet.context.has("overlapping_missions"):
        return
    rolling, free = sheet.usable["rolling_t"], sheet.usable["free_t"]
    unit = sheet.rows["unit"]
    busy = (rolling != NO_TIME) & (free != NO_TIME) & ~sheet.marked(*NO_DUPLICATE) & (unit != "").to_numpy()
    at = np.flatnonzero(busy)
    if at.size < 2:
        return
    name = unit.to_physical().gather(at).to_numpy().astype(np.int64)
    overlap = overlapping(name, _first_days(sheet)[at], rolling[at], free[at])
    sheet.mark("overlapping_missions", "rolling_t", at[overlap])


def _first_days(sheet: Sheet) -> I8:
    """The day on which the incident of each row begins, by the first time that the log gives for any of its rows."""
    known = pl.coalesce(pl.col(stamp).to_physical() for stamp in STAMPS)
    times = sheet.rows.select(known.fill_null(np.iinfo(np.int64).max)).to_series().to_numpy()
    shared = sheet.shared_rows()
    first = times.copy()
    np.minimum.at(first, sheet.first_row[shared], times[shared])
    day: I8 = first[sheet.first_row] // DAY_MS
    return day


def overlapping(unit: I8, day: I8, rolling: I8, free: I8) -> B:
    """Which of n missions overlap an earlier one of their unit.

    Args:
        unit: [n] numbers of units, 0 or more.
        day: [n] on which the incident begins.
        rolling: [n] ms.
        free: [n] ms, no less than `rolling`.
    """
    if unit.size < 2:
        return np.zeros(unit.size, np.bool_)
    # Units one after the other on one long axis: then all are put in order, and looked at, in one go.
    zero = rolling.min()
    length = free.max() - zero + 1
    apart = _numbered(unit) * length - zero
    order = _by_rolling(rolling + apart, free == rolling)
    begin, end, apart, day = rolling[order], free[order], apart[order], day[order]
    until = np.maximum.accumulate(end + apart)  # the latest end so far within a unit
    first = np.append(True, (begin + apart)[1:] >= until[:-1])
    # Of missions that hang together all but the first overlap an earlier one, where they come day by day.
    found = ~first
    for begins, ends in _out_of_order(first, day, begin, order):
        in_order = np.lexsort((order[begins:ends], begin[begins:ends], day[begins:ends]))
        rank = np.empty_like(in_order)
        rank[in_order] = np.arange(rank.size)
        found[begins:ends] = _of_run(begin[begins:ends], end[begins:ends], rank)
    overlap = np.empty_like(found)
    overlap[order] = found
    return overlap


def _numbered(unit: I8) -> I8:
    """Units numbered from 0 without gaps."""
    occurs = np.zeros(unit.max() + 1, np.int64)
    occurs[unit] = 1
    number: I8 = (np.cumsum(occurs) - 1)[unit]
    return number


def _by_rolling(rolling: I8, momentary: B) -> I8:
    """Rows in order of rolling; at the same moment missions of no length come last, since only they can lie inside."""
    if not momentary.any():
        return np.argsort(rolling, kind="stable")
    return np.lexsort((momentary, rolling))


def _out_of_order(first: B, day: I8, begin: I8, row: I8) -> Iterator[tuple[int, int]]:
    """Stretches of missions that hang together by their times, in which an earlier mission comes later.

    Earlier is one of an earlier day, or of the same moment and a row before.
    """
    swapped = (begin[1:] == begin[:-1]) & (row[1:] < row[:-1])
    back = np.flatnonzero(((day[1:] < day[:-1]) | swapped) & ~first[1:]) + 1
    begins = np.flatnonzero(first)
    ends = np.append(begins[1:], first.size)
    stretch = np.unique(np.searchsorted(begins, back, side="right") - 1)
    yield from zip(begins[stretch].tolist(), ends[stretch].tolist(), strict=True)


def _of_run(begin: I8, end: I8, rank: I8) -> B:
    """Which missions of a stretch, in order of rolling, overlap one of lower rank."""
    found = np.zeros(begin.size, np.bool_)
    for at in range(begin.size):
        stop = max(at, int(np.searchsorted(begin, end[at], side="left")))
        found[at] = bool(((rank[:stop] < rank[at]) & (end[:stop] > begin[at])).any())
    return found


def overlaps_earlier(begin: I8, end: I8, earlier_begin: I8, earlier_end: I8) -> B:
    """Which missions of a unit overlap any of its earlier ones, all of which count as earlier.

    Args:
        begin: [n] ms, when the unit rolls.
        end: [n] ms, when it is free.
        earlier_begin: [m] of the earlier missions.
        earlier_end: [m]
    """
    if not earlier_begin.size:
        return np.zeros(begin.size, np.bool_)
    order = np.argsort(earlier_begin, kind="stable")
    starts, until = earlier_begin[order], np.maximum.accumulate(earlier_end[order])
    before = np.searchsorted(starts, begin, side="right")
    still = (before > 0) & (until[np.maximum(before - 1, 0)] > begin)
    found: B = still | (np.searchsorted(starts, end, side="left") > before)
    return found
