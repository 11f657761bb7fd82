"""From when to when each unit was at work on a mission, as its time stamps tell.

Work begins with the alert, or with the first stamp there is, and ends when the unit is free. Where that stamp is
missing, or comes more than a day after the one before it, work is held to end with the last stamp that is believed:
the least that can be. Time in which a log has a unit on two missions at once counts once, for the one begun first.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
B = NDArray[np.bool_]

WORK_STAMPS = ("alerted_t", "rolling_t", "scene_t", "patient_t", "leave_t", "dest_t", "free_t")
"""Stamps that tell of work, in the order in which they should come; when a mission was made tells of none."""

MISSING: Final = np.iinfo(np.int64).min
"""A stamp that a log does not have."""

LONGEST_MS: Final = 86_400_000
"""A unit that is free longer than this after the stamp before is not believed to have worked all the time."""


class Work(NamedTuple):
    """N missions: when the unit was at work, and what was assumed about it."""

    begin: I8  # [N] ms
    end: I8  # [N] ms, ≥ begin
    free_missing: B  # [N] there is no stamp that says when the unit was free
    free_too_late: B  # [N] there is, and it is not believed
    overlapped: B  # [N] the unit was on another mission when this one began


def work_of(unit: I4, stamps: Sequence[I8]) -> Work:
    """Work out when units were at work, so that none is at work twice at once.

    Args:
        unit: [N] row of the unit.
        stamps: one [N] for each of `WORK_STAMPS`, ms from any zero, `MISSING` where there is none; each mission has
            one at least.
    """
    *before, free = stamps
    begin = free
    for stamp in reversed(before):
        begin = np.where(stamp != MISSING, stamp, begin)
    last = reduce(np.maximum, before)
    missing = free == MISSING
    too_late = ~missing & (last != MISSING)
    too_late[too_late] = free[too_late] - last[too_late] > LONGEST_MS
    end = np.maximum(np.where(missing | too_late, last, free), begin)
    busy_until = _busy_before(unit, begin, end)
    overlapped = busy_until > begin
    begin = np.maximum(begin, busy_until)
    return Work(begin, np.maximum(begin, end), missing, too_late, overlapped)


def _busy_before(unit: I4, begin: I8, end: I8) -> I8:
    """Until when each mission's unit is busy with all that it began before, `MISSING` for its first mission."""
    busy = np.full(unit.size, MISSING)
    if unit.size:
        first = np.concatenate([[0], np.cumsum(np.bincount(unit))])
        _follow_units(unit, begin, end, first, busy)
    return busy


@njit(cache=True, nogil=True)
def _follow_units(unit: I4, begin: I8, end: I8, first: I8, busy: I8) -> None:
    """Go through the missions of one unit after the other, `first` [U + 1] being how many those before have."""
    rows, following = np.empty(unit.size, np.int64), first[:-1].copy()
    for row in range(unit.size):
        rows[following[unit[row]]] = row
        following[unit[row]] += 1
    for u in range(first.size - 1):
        own = rows[first[u] : first[u + 1]]
        latest = MISSING
        for k in np.argsort(begin[own], kind="mergesort"):
            busy[own[k]] = latest
            latest = max(latest, end[own[k]])
