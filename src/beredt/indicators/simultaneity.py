"""Simultaneity: how many units from outside were at work for the local group at the same time.

**Drawn-in units** at a moment are the units that are not local (`Frame.unit_local`) and have a mission to an incident
in a local area, from its assignment until the unit is free, or is diverted. Every unit counts, whatever its kind and
role. The number for a clock hour is the largest that lasted at least a millisecond within it. All missions count here,
whenever their call was.

For a **municipality** the same is counted of units whose home station stands in another one. Units of which nobody
knows where they belong are not counted there.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numba import njit

from beredt.indicators.moments import MS_PER_HOUR, Moments
from beredt.indicators.observed import I4, I8, NONE, Frame, Year

LEVELS: Final = 6
"""Colours of the calendar: 0, 1, 2, 3, 4, and 5 or more units."""


class SimultaneityTally(NamedTuple):
    """Drawn-in units by clock hour of the period, D days; M municipalities."""

    drawn_in: I4  # [D, 24] largest number at once
    drawn_in_ms: I8  # [24] unit-milliseconds at work, by clock hour of the day
    municipality_hours: I4  # [M, LEVELS] clock hours by the largest number at once, the last for five or more


def tally_simultaneity(frame: Frame, year: Year, moments: Moments) -> SimultaneityTally:
    """Count units from outside at work for local incidents."""
    missions = year.missions
    area = year.incidents.area[missions.incident]
    drawn = (area != NONE) & frame.area_local[area] & ~frame.unit_local[missions.unit]
    drawn_in, drawn_in_ms = np.zeros(moments.days * 24, np.int32), np.zeros(24, np.int64)
    _sweep(np.sort(moments.assign[drawn]), np.sort(moments.free[drawn]), moments.length_ms, drawn_in, drawn_in_ms)
    by_municipality = _municipality_hours(frame, year, moments)
    return SimultaneityTally(drawn_in.reshape(moments.days, 24), drawn_in_ms, by_municipality)


def _municipality_hours(frame: Frame, year: Year, moments: Moments) -> I4:
    """Clock hours of every municipality by the number of units from others, [M, LEVELS]."""
    missions = year.missions
    area = year.incidents.area[missions.incident]
    there = np.where(area != NONE, frame.area_municipality[area], NONE)
    home = frame.unit_municipality[missions.unit]
    rows = np.flatnonzero((there != NONE) & (home != NONE) & (there != home))
    rows = rows[np.argsort(there[rows], kind="stable")]
    hours = np.zeros((len(frame.municipality_ids), LEVELS), np.int32)
    for number, own in enumerate(np.split(rows, np.searchsorted(there[rows], np.arange(1, len(hours))))[: len(hours)]):
        most, unit_ms = np.zeros(moments.days * 24, np.int32), np.zeros(24, np.int64)
        _sweep(np.sort(moments.assign[own]), np.sort(moments.free[own]), moments.length_ms, most, unit_ms)
        hours[number] = np.bincount(np.minimum(most, LEVELS - 1), minlength=LEVELS)
    return hours


@njit(cache=True)
def _sweep(starts: I8, ends: I8, length_ms: int, most: I4, unit_ms: I8) -> None:
    """Walk through all beginnings and ends in order of time; between two of them the number is the same."""
    at_work, last, s, e = 0, 0, 0, 0
    while s < starts.size or e < ends.size:
        is_start = e == ends.size or (s < starts.size and starts[s] <= ends[e])
        t = starts[s] if is_start else ends[e]
        _note(last, min(t, length_ms), at_work, most, unit_ms)
        last = max(last, t)
        if is_start:
            at_work, s = at_work + 1, s + 1
        else:
            at_work, e = at_work - 1, e + 1


@njit(cache=True)
def _note(begin: int, end: int, at_work: int, most: I4, unit_ms: I8) -> None:
    """Units at work from begin to end, which may span hours."""
    while at_work > 0 and begin < end:
        hour = begin // MS_PER_HOUR
        until = min(end, (hour + 1) * MS_PER_HOUR)
        most[hour] = max(most[hour], at_work)
        unit_ms[hour % 24] += at_work * (until - begin)
        begin = until
