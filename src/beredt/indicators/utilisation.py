"""How units spend their time: on duty, on missions, moved up, driving home, standing ready; and how far they drive.

All times are cut off at the ends of the period. **Active** is from assignment until free, or diverted. **Overtime** is
what of missions and stints lies outside the unit's duty intervals. **Standby** is on the way to a standby point and
there, **driving home** all ways to the home station, also with the shift over, **tasks** on the way to a planned task
and at it. **Idle** is the rest, standing ready at the home station:

    duty + overtime = active + standby + driving home + tasks + idle

**Utilisation** is active time over time on duty. Metres are those of missions and stints that begin in the period.
Missions are those that were not diverted, to incidents with a call in the period.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numba import njit

from beredt.indicators.moments import Moments
from beredt.indicators.observed import F8, I4, I8, STANDBY, TASK, Frame, ObservedStints, Year
from beredt.indicators.response import Responses

METRES_PER_KM = 1_000


class UnitSum(IntEnum):
    """Last axis of the sums of units; times in ms."""

    DUTY = 0
    OVERTIME = 1
    ACTIVE = 2
    STANDBY = 3
    DRIVING_HOME = 4
    IDLE = 5
    MISSIONS = 6  # number
    METRES = 7  # m
    TASKS = 8


class Duty(NamedTuple):
    """Duty intervals by unit and time: those of unit u are rows `first[u]` to `first[u + 1]`."""

    first: I8  # [U + 1]
    on: I8  # [D] ms
    off: I8  # [D] ms


def tally_units(frame: Frame, year: Year, moments: Moments, responses: Responses) -> I8:
    """Add up what every unit did.

    Returns:
        int64[U, 9] sums in the order of `UnitSum`.
    """
    sums = np.zeros((len(frame.unit_ids), len(UnitSum)), np.int64)
    missions, stints, duty = year.missions, year.stints, _duty_of(frame, moments)
    driven = _metres(missions.drive_km) + _metres(missions.transport_km)
    _add_duty(duty, moments.length_ms, sums)
    _add_missions(missions.unit, moments, driven, duty, sums)
    _add_stints(stints, moments, _metres(stints.km), duty, sums)
    counted = (missions.diverted == 0) & (responses.counted[missions.incident] != 0)
    sums[:, UnitSum.MISSIONS] = np.bincount(missions.unit[counted], minlength=len(sums))
    spent = sums[:, UnitSum.ACTIVE] + sums[:, UnitSum.STANDBY] + sums[:, UnitSum.DRIVING_HOME] + sums[:, UnitSum.TASKS]
    sums[:, UnitSum.IDLE] = sums[:, UnitSum.DUTY] + sums[:, UnitSum.OVERTIME] - spent
    return sums


def _duty_of(frame: Frame, moments: Moments) -> Duty:
    # By their ends, too: a shift without length stands before one that begins with it.
    order = np.lexsort((moments.duty_off, moments.duty_on, frame.duty_unit))
    first = np.searchsorted(frame.duty_unit[order], np.arange(len(frame.unit_ids) + 1))
    return Duty(first.astype(np.int64), moments.duty_on[order], moments.duty_off[order])


def _metres(km: F8) -> I8:
    return np.rint(km * METRES_PER_KM).astype(np.int64)


@njit(cache=True)
def _add_duty(duty: Duty, length_ms: int, sums: I8) -> None:
    first, on, off = duty
    for u in range(sums.shape[0]):
        for row in range(first[u], first[u + 1]):
            sums[u, UnitSum.DUTY] += max(min(off[row], length_ms) - max(on[row], 0), 0)


@njit(cache=True)
def _add_missions(unit: I4, moments: Moments, metres: I8, duty: Duty, sums: I8) -> None:
    assign, free, length_ms = moments.assign, moments.free, moments.length_ms
    first, on, off = duty
    for row in range(unit.size):
        u, begin, end = unit[row], max(assign[row], 0), min(free[row], length_ms)
        if begin < end:
            sums[u, UnitSum.ACTIVE] += end - begin
            sums[u, UnitSum.OVERTIME] += end - begin - _on_duty(begin, end, first[u], first[u + 1], on, off)
        if 0 <= assign[row] < length_ms:
            sums[u, UnitSum.METRES] += metres[row]


@njit(cache=True)
def _add_stints(stints: ObservedStints, moments: Moments, metres: I8, duty: Duty, sums: I8) -> None:
    unit, kind = stints.unit, stints.kind
    start, arrive, stop, length_ms = moments.stint_start, moments.stint_arrive, moments.stint_end, moments.length_ms
    first, on, off = duty
    for row in range(unit.size):
        u, begin, end = unit[row], max(start[row], 0), min(stop[row], length_ms)
        if begin < end:
            sums[u, UnitSum.OVERTIME] += end - begin - _on_duty(begin, end, first[u], first[u + 1], on, off)
            if kind[row] == STANDBY:
                sums[u, UnitSum.STANDBY] += end - begin
            elif kind[row] == TASK:
                sums[u, UnitSum.TASKS] += end - begin
            else:
                sums[u, UnitSum.DRIVING_HOME] += max(min(arrive[row], end) - begin, 0)
        if 0 <= start[row] < length_ms:
            sums[u, UnitSum.METRES] += metres[row]


@njit(cache=True)
def _on_duty(begin: int, end: int, low: int, high: int, on: I8, off: I8) -> int:
    """Time from begin to end within the duty intervals of rows low to high, which are in order."""
    last = high
    while low < last:  # the first interval that ends after begin
        middle = (low + last) // 2
        if off[middle] <= begin:
            low = middle + 1
        else:
            last = middle
    shared = 0
    while low < high and on[low] < end:
        shared += min(off[low], end) - max(on[low], begin)
        low += 1
    return shared
