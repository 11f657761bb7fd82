"""Who stopped the clock: the first unit at each incident that ends its response time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from beredt.indicators.moments import NEVER, Moments
from beredt.indicators.observed import I1, I8, NONE, SECOND, B, Frame, ObservedMissions, Year


class FirstUnits(NamedTuple):
    """What missions say about incidents, one row per incident."""

    mission: I8  # [I] row of the mission that stopped the clock, -1 when nobody has
    scene: I8  # [I] ms, when it stopped at the scene; NEVER when nobody has
    assign: I8  # [I] ms, when any unit was first assigned, one that was diverted later included; NEVER for none
    second: I1  # [I] 1 when a second unit was sent


def first_units(frame: Frame, year: Year, moments: Moments) -> FirstUnits:
    """Find the first unit at every incident.

    The clock is stopped by the earliest `scene_t` among the missions of the incident that were not diverted and whose
    unit stops the clock (`Frame.unit_stops_clock`); at equal times by the mission that stands first.
    """
    count = year.incidents.call_t.size
    first = FirstUnits(
        mission=np.full(count, NONE, np.int64),
        scene=np.full(count, NEVER, np.int64),
        assign=np.full(count, NEVER, np.int64),
        second=np.zeros(count, np.int8),
    )
    _find(year.missions, moments.assign, moments.scene, frame.unit_stops_clock, first)
    return first


@njit(cache=True)
def _find(missions: ObservedMissions, assign: I8, scene: I8, stops_clock: B, first: FirstUnits) -> None:
    incident, unit, role, diverted = missions.incident, missions.unit, missions.role, missions.diverted
    first_mission, first_scene, first_assign, second = first.mission, first.scene, first.assign, first.second
    for row in range(incident.size):
        i = incident[row]
        first_assign[i] = min(first_assign[i], assign[row])
        if role[row] == SECOND:
            second[i] = 1
        if not diverted[row] and stops_clock[unit[row]] and scene[row] < first_scene[i]:
            first_scene[i] = scene[row]
            first_mission[i] = row
