"""Who serves whom: missions from stations to zones, across borders, and by outside units to the local group.

Counted are missions that were not diverted, in any role, to incidents with a call in the period and an area. *First
units* are those among them that stopped the clock: one at most per incident.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numba import njit

from beredt.indicators.first_unit import FirstUnits
from beredt.indicators.observed import (
    I1,
    I4,
    I8,
    NONE,
    URGENCY_COUNT,
    Frame,
    ObservedIncidents,
    ObservedMissions,
    Year,
)
from beredt.indicators.response import Responses


class Counting(IntEnum):
    """Last axis of every array of `FlowTally`."""

    MISSIONS = 0
    FIRST_UNITS = 1


class FlowTally(NamedTuple):
    """Missions by where the unit comes from and where the incident is."""

    stations: I4  # [S, Z, 3, 2] home station of the unit → zone
    centres: I4  # [C, C, 3, 2] coordinating centre of the unit → responsible centre of the area
    orgs: I4  # [O, O, 3, 2] owner of the unit → responsible organisation of the area
    outside: I4  # [G, 3, 2] units that are not local → local areas of the group


def tally_flows(frame: Frame, year: Year, responses: Responses, first: FirstUnits) -> FlowTally:
    """Count missions by station and zone, pairs of centres, pairs of organisations, and outside units."""

    def flows(origin: I4, origins: int, goal: I4, goals: int) -> I4:
        counts = np.zeros((origins, goals, URGENCY_COUNT, len(Counting)), np.int32)
        _count(year.missions, year.incidents, responses.counted, first.mission, origin, goal, counts)
        return counts

    stations, centres, orgs, areas = map(len, (frame.station_ids, frame.centre_ids, frame.org_ids, frame.area_ids))
    outsider = np.where(frame.unit_local, NONE, 0).astype(np.int32)
    local_area = np.where(frame.area_local, np.arange(areas), NONE).astype(np.int32)
    outside = flows(outsider, 1, local_area, areas)[0]
    return FlowTally(
        stations=flows(frame.unit_station, stations, frame.area_zone, len(frame.zone_ids)),
        centres=flows(frame.unit_centre, centres, frame.area_centre, centres),
        orgs=flows(frame.unit_org, orgs, frame.area_org, orgs),
        outside=np.einsum("ga,akc->gkc", frame.groups.astype(np.int32), outside),
    )


@njit(cache=True)
def _count(
    missions: ObservedMissions,
    incidents: ObservedIncidents,
    counted: I1,
    first_mission: I8,
    origin: I4,
    goal: I4,
    counts: I4,
) -> None:
    """Add every mission from the origin of its unit [U] to the goal of its area [A], where both are."""
    incident, unit, diverted = missions.incident, missions.unit, missions.diverted
    urgency, area = incidents.urgency, incidents.area
    for row in range(incident.size):
        i = incident[row]
        if diverted[row] or not counted[i]:
            continue
        here, there = origin[unit[row]], goal[area[i]]
        if here >= 0 and there >= 0:
            counts[here, there, urgency[i], Counting.MISSIONS] += 1
            if first_mission[i] == row:
                counts[here, there, urgency[i], Counting.FIRST_UNITS] += 1
