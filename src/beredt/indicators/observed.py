"""The one form in which a period of service is looked at, whether it was simulated or is a log of real missions.

A `Frame` is what stays the same over all replications of one alternative: areas, units, rosters and the period. A
`Year` is what happened in one of them. Both are NamedTuples of numpy arrays; whoever has missions makes them.

Times are float64 seconds from any zero that frame and year share; they are rounded to whole milliseconds before
anything is computed. A time stamp that never came is inf or nan. The period may have any number of whole days.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.indicators.deliveries import ObservedDeliveries
from beredt.indicators.paths.observed_paths import ObservedPaths
from beredt.indicators.standby.observed import ObservedTasks, ObservedWards

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
I1 = NDArray[np.int8]
B = NDArray[np.bool_]

URGENCY_COUNT = 3
ACUTE, URGENT, ORDINARY = 0, 1, 2
"""Urgencies, in `ObservedIncidents.urgency`."""

PRIMARY, SECOND, RESPONDER = 0, 1, 2
"""Roles of a unit at an incident, in `ObservedMissions.role`."""

HOME, STANDBY, OFF_HOME, MOVE, TASK = range(5)
"""Kinds of stint: at or on the way to the home station · standby point · home with the shift over · another station,
which becomes the own one · planned task."""

NONE = -1
"""In a column of indices: nothing to point at."""

GROUP_ALL, GROUP_STUDY, GROUP_MUNICIPALITY, GROUP_DISTRICT = "all", "study", "municipality", "district"
"""Kinds of group, in `Frame.group_kinds`."""


class Frame(NamedTuple):
    """Areas, units, rosters and the period of one alternative.

    A areas, Z zones, M municipalities, G groups, U units, S stations, C centres, O organisations, D duty intervals.
    Indices point into the tuple of ids named beside them; -1 where there is nothing to point at.
    """

    area_ids: tuple[str, ...]
    area_zone: I4  # [A] into zone_ids: the district where the area has one, else the municipality
    zone_ids: tuple[str, ...]
    area_municipality: I4  # [A] into municipality_ids
    municipality_ids: tuple[str, ...]
    groups: B  # [G, A] which areas belong to a group; groups may overlap
    group_ids: tuple[str, ...]  # unique: "all", the study's groups, every municipality and every district
    group_kinds: tuple[str, ...]  # [G] all | study | municipality | district; of equal ids the first kind is kept
    area_target_s: F8  # [A, 3] response time to be kept, by urgency; inf where there is none
    area_people: F8  # [A]
    area_nearest_station: I4  # [A] into station_ids: nearest station with a unit on any roster, by car time
    area_centre: I4  # [A] into centre_ids: responsible centre
    area_org: I4  # [A] into org_ids: responsible organisation
    area_local: B  # [A] belongs to `local_group`
    local_group: str  # id of the group whose simultaneity is counted; "" for none, then nothing is local

    unit_ids: tuple[str, ...]
    unit_station: I4  # [U] into station_ids: home station
    station_ids: tuple[str, ...]
    unit_kind: I4  # [U] into kind_ids
    kind_ids: tuple[str, ...]
    unit_centre: I4  # [U] into centre_ids: coordinating centre
    centre_ids: tuple[str, ...]
    unit_org: I4  # [U] into org_ids: owner
    org_ids: tuple[str, ...]
    unit_local: B  # [U] its home station is one of the local stations
    unit_municipality: I4  # [U] into municipality_ids: where its home station stands; -1 where nobody knows
    unit_primary: B  # [U] can be sent as the primary unit: only these count as a free unit
    unit_stops_clock: B  # [U] its arrival ends the response time

    duty_unit: I4  # [D] in any order; intervals of one unit do not overlap
    duty_on_t: F8  # [D] s
    duty_off_t: F8  # [D] s, may lie after the period
    start_date: date  # the day that begins at start_s
    start_s: float  # midnight at which counting begins: the end of the warm-up
    end_s: float  # start_s + days · 86,400


class ObservedIncidents(NamedTuple):
    """One row per incident, those of warm-up and cool-down included. I incidents."""

    call_t: F8  # [I] s, the call
    ready_t: F8  # [I] s, from here on a unit could be chosen
    urgency: I1  # [I] 0 acute, 1 urgent, 2 ordinary
    area: I4  # [I] area of the scene; -1 outside all areas: counted in no group
    queued: I1  # [I] 1 when it has waited for want of a unit
    held: I1  # [I] 1 when an ordinary incident was held back by the reserve
    bumped: I4  # [I] times its unit was taken for something more urgent
    asked: I4  # [I] into centre_ids: the other centre that was asked for a unit; -1 for none
    second_missing: I1  # [I] 1 when a second unit was wanted and none was free


class ObservedMissions(NamedTuple):
    """One row per unit sent to an incident, in any order. N missions."""

    incident: I4  # [N] row of the incident
    unit: I4  # [N] into unit_ids
    role: I1  # [N] 0 primary, 1 second, 2 responder
    diverted: I1  # [N] 1 when it was taken for something more urgent before it arrived
    assign_t: F8  # [N] s, chosen
    roll_t: F8  # [N] s, rolls
    scene_t: F8  # [N] s, stops at the scene
    leave_t: F8  # [N] s, leaves the scene
    dest_t: F8  # [N] s, at the delivery point
    free_t: F8  # [N] s, free again; of a diverted mission the moment of diversion
    drive_km: F8  # [N] driven towards the scene
    transport_km: F8  # [N] driven from the scene to the delivery point, 0 without transport


class ObservedStints(NamedTuple):
    """What units do between missions: one row per stretch of time, in any order. L stints.

    A log that knows nothing of it gives zero rows: what is not a mission then counts as standing ready.
    """

    unit: I4  # [L] into unit_ids
    kind: I1  # [L] 0 home, 1 standby, 2 going home with the shift over, 3 to another station, 4 planned task
    start_t: F8  # [L] s
    arrive_t: F8  # [L] s, planned; after end_t when the drive was broken off, start_t when there was none
    end_t: F8  # [L] s
    km: F8  # [L] driven before end_t


class CrisesSeen(NamedTuple):
    """How often each centre followed its rules of a crisis, over all that was simulated: warm-up and cool-down too."""

    begun: I4  # [C] crises
    in_s: F8  # [C] how long they lasted together, s
    span_s: float  # s simulated


class Year(NamedTuple):
    """What happened in one replication, or in one period of a log."""

    incidents: ObservedIncidents
    missions: ObservedMissions
    stints: ObservedStints
    paths: ObservedPaths | None = None  # where a study has pathways, triage, closed departments or conditions
    tasks: ObservedTasks | None = None  # where units have planned tasks
    wards: ObservedWards | None = None  # where places at hospitals are counted
    crises: CrisesSeen | None = None  # where a centre has rules for a crisis
    deliveries: ObservedDeliveries | None = None  # where it is known who is taken where: not of a log


def contiguous(year: Year) -> Year:
    """The same with every column in one piece of memory, so that compiled code meets only one form of it."""
    return Year(
        ObservedIncidents(*map(np.ascontiguousarray, year.incidents)),
        ObservedMissions(*map(np.ascontiguousarray, year.missions)),
        ObservedStints(*map(np.ascontiguousarray, year.stints)),
        year.paths,
        year.tasks,
        year.wards,
        year.crises,
        year.deliveries,
    )
