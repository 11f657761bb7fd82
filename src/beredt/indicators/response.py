"""When each incident was reached.

**Response time** of an incident: from the call to the first stop at the scene of a unit that stops the clock (see
`first_unit`). It belongs to the clock hour of the call. An incident that nobody has reached is waiting and has none.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from beredt.indicators.first_unit import FirstUnits
from beredt.indicators.moments import MS_PER_HOUR, MS_PER_S, NEVER, Moments
from beredt.indicators.observed import F8, I1, I4, I8, NONE, Frame, ObservedIncidents, Year


class Responses(NamedTuple):
    """One row per incident."""

    counted: I1  # [I] 1 when the call is in the period and in an area; only then the rest says anything
    ms: I8  # [I] response time; NEVER while waiting
    wait_ms: I8  # [I] from ready_t to the first assignment, asking included; NEVER while there is none
    hour: I1  # [I] clock hour of the call
    nearest: I1  # [I] 1 when the home of the first unit is the area's nearest station


def responses_of(frame: Frame, year: Year, moments: Moments, first: FirstUnits) -> Responses:
    """Work out the response of every incident."""
    count = year.incidents.call_t.size
    responses = Responses(
        counted=np.zeros(count, np.int8),
        ms=np.full(count, NEVER, np.int64),
        wait_ms=np.full(count, NEVER, np.int64),
        hour=np.zeros(count, np.int8),
        nearest=np.zeros(count, np.int8),
    )
    station = _station_of(frame, year, first)
    _respond(year.incidents, moments, first, station, frame.area_nearest_station, responses)
    return responses


def _station_of(frame: Frame, year: Year, first: FirstUnits) -> I4:
    """Home station of the first unit at every incident, -1 for none."""
    station = np.full(first.mission.size, NONE, np.int32)
    served = first.mission != NONE
    station[served] = frame.unit_station[year.missions.unit[first.mission[served]]]
    return station


@njit(cache=True)
def _respond(
    incidents: ObservedIncidents,
    moments: Moments,
    first: FirstUnits,
    station: I4,
    nearest_station: I4,
    responses: Responses,
) -> None:
    area, call, ready, length_ms = incidents.area, moments.call, moments.ready, moments.length_ms
    scene, assign = first.scene, first.assign
    counted, ms, wait_ms, hour, nearest = responses
    for i in range(call.size):
        if area[i] == NONE or call[i] < 0 or call[i] >= length_ms:
            continue
        counted[i] = 1
        hour[i] = call[i] // MS_PER_HOUR % 24
        if assign[i] < NEVER and ready[i] < NEVER:
            wait_ms[i] = assign[i] - ready[i]
        if scene[i] < NEVER:
            ms[i] = scene[i] - call[i]
            nearest[i] = station[i] != NONE and station[i] == nearest_station[area[i]]


def target_ms(area_target_s: F8) -> I8:
    """Targets [A, 3] in whole ms, NEVER where there is none."""
    finite = np.isfinite(area_target_s)
    return np.where(finite, np.rint(np.where(finite, area_target_s, 0.0) * MS_PER_S), NEVER).astype(np.int64)
