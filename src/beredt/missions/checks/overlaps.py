"""Units that are in two places at once.

Of two missions of a unit whose times overlap the later one is marked: the one whose incident begins on a later day; of
one day the one that the unit rolls to later. Parts of a log hold whole days, so that whichever mission is the later one
lies in the same part or in a later one, and `overlaps_earlier` looks back over the borders of parts.
"""

from __future__ import annotations

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
    first = np.full(sheet.height, np.iinfo(np.int64).max)
    np.minimum.at(first, sheet.first_row, times)
    day: I8 = first[sheet.first_row] // DAY_MS
    return day


def overlapping(unit: I8, day: I8, rolling: I8, free: I8) -> B:
    """Which of n missions overlap an earlier one of their unit.

    Args:
        unit: [n] numbers of units.
        day: [n] on which the incident begins.
        rolling: [n] ms.
        free: [n] ms, no less than `rolling`.
    """
    rank = np.empty(unit.size, np.int64)
    rank[np.lexsort((np.arange(unit.size), rolling, day, unit))] = np.arange(unit.size)
    order = np.lexsort((rank, rolling, unit))
    name, begin, end, rank = unit[order], rolling[order], free[order], rank[order]
    found = np.zeros(unit.size, np.bool_)
    for first, after in _runs(name, begin, end):
        found[first:after] = _of_run(begin[first:after], end[first:after], rank[first:after])
    overlap = np.empty_like(found)
    overlap[order] = found
    return overlap


def _runs(name: I8, begin: I8, end: I8) -> zip[tuple[int, int]]:
    """Stretches of two missions or more of a unit that hang together by their times: mostly short, and few."""
    change = np.flatnonzero(name[1:] != name[:-1]) + 1
    starts = np.concatenate([[0], change])
    until = end.copy()  # the latest end so far within a unit
    for first, after in zip(starts.tolist(), [*change.tolist(), name.size], strict=True):
        np.maximum.accumulate(end[first:after], out=until[first:after])
    alone = np.ones(name.size, np.bool_)
    alone[1:] = (name[1:] != name[:-1]) | (begin[1:] >= until[:-1])
    begins = np.flatnonzero(alone)
    ends = np.append(begins[1:], name.size)
    several = ends - begins > 1
    return zip(begins[several].tolist(), ends[several].tolist(), strict=True)


def _of_run(begin: I8, end: I8, rank: I8) -> B:
    """Which missions of a stretch, in order of rolling, overlap one of lower rank."""
    found = np.zeros(begin.size, np.bool_)
    until = np.maximum.accumulate(end)
    in_order = np.concatenate([[True], rank[1:] > np.maximum.accumulate(rank)[:-1]])
    found[1:] = begin[1:] < until[:-1]
    if in_order.all():
        return found
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
