"""Free units: when a fleet has one left, when none, and when every unit on duty is busy.

A unit is **free** while it is on duty and has no mission (assigned until free or diverted); only units that can be sent
as primary count. A fleet has **no free unit** while none of its units is free, also when none is on duty; it is in
**true conflict** while none is free although at least one is on duty. An hour counts when that lasts at least a
millisecond in it; the time itself is summed apart. Fleets are: all units, the local units, the units of each centre.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numba import njit

from beredt.indicators.moments import MS_PER_HOUR, NEVER, Moments
from beredt.indicators.observed import I4, I8, URGENCY_COUNT, B, Frame, Year
from beredt.indicators.response import Responses
from beredt.indicators.sort_numbers import sort_numbers

FLEET_ALL, FLEET_LOCAL, FIRST_CENTRE = 0, 1, 2
"""Fleets: all units, local units, and from the third on the units of each centre."""

ON_DUTY, OFF_DUTY, ASSIGNED = 0, 1, 2
"""Changes of a unit; the fourth is that it becomes free."""


class FreeTime(IntEnum):
    """Last axis of `FreeTally.ms`."""

    NONE_FREE = 0
    CONFLICT = 1


class FreeTally(NamedTuple):
    """Free units of each fleet by clock hour; F = 2 + C fleets, D days."""

    least: I4  # [F, D, 24] least number of free units in every hour of the period
    conflict: B  # [F, D, 24] whether there was a true conflict in the hour
    ms: I8  # [F, 24, 2] time without a free unit and in true conflict, by clock hour of the day
    local_calls: I4  # [3, 2] local incidents ready for a unit, and those that met a true conflict of local units


class Fleets(NamedTuple):
    """The fleets that each unit belongs to: those of unit u are `fleet[first[u]:first[u + 1]]`."""

    first: I8  # [U + 1]
    fleet: I8


class Course(NamedTuple):
    """What a sweep through the period fills in; H hours."""

    least: I4  # [F, H]
    conflict: B  # [F, H]
    ms: I8  # [F, 24, 2]
    met: B  # [I] local incidents that met a true conflict of the local units


def tally_free_units(frame: Frame, year: Year, moments: Moments, responses: Responses, changes: I8) -> FreeTally:
    """Follow every unit that can be primary through its duty and its missions, by its `changes_of`.

    An incident meets what was so just before it was ready for a unit (`ready_t`): a unit that it takes from another
    incident is still busy then. Local incidents are those with a call in the period and in a local area.
    """
    area, urgency = year.incidents.area, year.incidents.urgency
    local = np.flatnonzero((responses.counted != 0) & frame.area_local[area] & (moments.ready < NEVER))
    calls = local[np.argsort(moments.ready[local], kind="stable")]
    fleets, hours = FIRST_CENTRE + len(frame.centre_ids), moments.days * 24
    course = Course(
        least=np.full((fleets, hours), len(frame.unit_ids), np.int32),
        conflict=np.zeros((fleets, hours), np.bool_),
        ms=np.zeros((fleets, 24, len(FreeTime)), np.int64),
        met=np.zeros(area.size, np.bool_),
    )
    _sweep(changes, calls, moments.ready, _fleets(frame), moments.length_ms, course)
    met = np.flatnonzero(course.met)
    local_calls = [np.bincount(urgency[rows], minlength=URGENCY_COUNT) for rows in (local, met)]
    return FreeTally(
        least=course.least.reshape(-1, moments.days, 24),
        conflict=course.conflict.reshape(-1, moments.days, 24),
        ms=course.ms,
        local_calls=np.stack(local_calls, axis=1).astype(np.int32),
    )


def _fleets(frame: Frame) -> Fleets:
    """The fleets of every unit."""
    centres = np.arange(len(frame.centre_ids)) == frame.unit_centre[:, None]
    belongs = np.column_stack([np.ones_like(frame.unit_local), frame.unit_local, centres])
    unit, fleet = np.nonzero(belongs)
    return Fleets(np.searchsorted(unit, np.arange(len(belongs) + 1)).astype(np.int64), fleet.astype(np.int64))


def changes_of(frame: Frame, year: Year, moments: Moments) -> I8:
    """All changes of primary units in order of time, as (t · U + unit) · 4 + change; what never comes is left out.

    They are the same whatever fleets the units are taken together in.
    """
    primary, units = frame.unit_primary, len(frame.unit_ids)
    duty, mission = frame.duty_unit, year.missions.unit
    kinds = ((moments.duty_on, duty), (moments.duty_off, duty), (moments.assign, mission), (moments.free, mission))
    changes = []
    for change, (t, unit) in enumerate(kinds):
        rows = np.flatnonzero(primary[unit] & (t < NEVER))
        changes.append((t[rows] * units + unit[rows]) * len(kinds) + change)
    return sort_numbers(np.concatenate(changes))


@njit(cache=True)
def _sweep(changes: I8, calls: I8, ready: I8, fleets: Fleets, length_ms: int, course: Course) -> None:
    """Walk through all changes in order of time; what begins and ends within one millisecond lasts for no time.

    Args:
        changes: Changes of units, from `changes_of`.
        calls: Incidents in order of `ready`.
        ready: [I] ms
        fleets: Of each unit.
        length_ms: Length of the period.
        course: Filled in.
    """
    first, fleet = fleets
    least, conflict, ms, met = course
    units = first.size - 1
    on_duty, busy = np.zeros(units, np.int64), np.zeros(units, np.int64)
    since, fleet_on, fleet_free = np.zeros((3, least.shape[0]), np.int64)
    call = 0
    for key in changes:
        change, t = key % 4, key // 4 // units
        u = key // 4 - t * units
        call = _meet(calls, ready, call, t, fleet_on[FLEET_LOCAL], fleet_free[FLEET_LOCAL], met)
        was_on, was_free = on_duty[u] > 0, on_duty[u] > 0 and busy[u] == 0
        if change <= OFF_DUTY:
            on_duty[u] += 1 if change == ON_DUTY else -1
        else:
            busy[u] += 1 if change == ASSIGNED else -1
        more_on = int(on_duty[u] > 0) - int(was_on)
        more_free = int(on_duty[u] > 0 and busy[u] == 0) - int(was_free)
        if more_on != 0 or more_free != 0:
            for f in fleet[first[u] : first[u + 1]]:
                _note(f, since[f], min(t, length_ms), fleet_on[f], fleet_free[f], least, conflict, ms)
                since[f] = max(since[f], t)
                fleet_on[f] += more_on
                fleet_free[f] += more_free
    _meet(calls, ready, call, NEVER, fleet_on[FLEET_LOCAL], fleet_free[FLEET_LOCAL], met)
    for f in range(since.size):
        _note(f, since[f], length_ms, fleet_on[f], fleet_free[f], least, conflict, ms)


@njit(cache=True)
def _meet(calls: I8, ready: I8, call: int, until: int, on_duty: int, free: int, met: B) -> int:
    """Note what incidents meet that are ready by a moment, given the local units before it; the next incident."""
    while call < calls.size and ready[calls[call]] <= until:
        met[calls[call]] = on_duty > 0 and free == 0
        call += 1
    return call


@njit(cache=True)
def _note(f: int, begin: int, end: int, on_duty: int, free: int, least: I4, conflict: B, ms: I8) -> None:
    """State of one fleet from begin to end, which may span hours."""
    while begin < end:
        hour = begin // MS_PER_HOUR
        until = min(end, (hour + 1) * MS_PER_HOUR)
        least[f, hour] = min(least[f, hour], free)
        if free == 0:
            ms[f, hour % 24, FreeTime.NONE_FREE] += until - begin
            if on_duty > 0:
                conflict[f, hour] = True
                ms[f, hour % 24, FreeTime.CONFLICT] += until - begin
        begin = until
