"""A town and a village, told mission by mission: for stories whose figures can be worked out by hand.

The town is the local group, with the units *town-1* and *town-2* of its station; *far-1* is from outside. One day is
counted, from midnight. Times are minutes after midnight.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from beredt.indicators.observed import Frame, ObservedIncidents, ObservedMissions, ObservedStints, Year
from beredt.indicators.tally import Tally, tally

TOWN, VILLAGE = 0, 1
TOWN_1, TOWN_2, FAR_1 = 0, 1, 2
A, H, V = 0, 1, 2
ALL_DAY = tuple((unit, -60.0, 1500.0) for unit in (TOWN_1, TOWN_2, FAR_1))
NEVER = np.inf


@dataclass(frozen=True)
class Sent:
    """One mission. It is free an hour after its arrival unless told otherwise."""

    unit: int
    assign: float
    scene: float = NEVER
    free: float = NEVER
    role: int = 0
    diverted: bool = False
    km: float = 0.0

    @property
    def free_min(self) -> float:
        return self.free if self.free < NEVER else self.scene + 60


@dataclass(frozen=True)
class Told:
    """One incident with the missions to it."""

    call: float
    sent: tuple[Sent, ...] = ()
    urgency: int = A
    area: int = TOWN
    ready: float | None = None
    queued: int = 0
    asked: int = -1
    second_missing: int = 0


@dataclass(frozen=True)
class Spent:
    """One stint."""

    unit: int
    kind: int
    start: float
    arrive: float
    end: float
    km: float = 0.0


@dataclass(frozen=True)
class Story:
    """What is told, and how it is counted."""

    incidents: tuple[Told, ...]
    stints: tuple[Spent, ...] = ()
    duty: tuple[tuple[int, float, float], ...] = ALL_DAY
    responders: frozenset[int] = field(default_factory=frozenset)  # units that neither stop the clock nor go first
    days: int = 1

    def frame(self) -> Frame:
        """Town and village, two stations, two centres, one owner each."""
        able = np.array([unit not in self.responders for unit in range(3)])
        return Frame(
            area_ids=("town", "village"),
            area_zone=np.array([0, 1], np.int32),
            zone_ids=("town", "village"),
            area_municipality=np.array([0, 1], np.int32),
            municipality_ids=("town", "village"),
            groups=np.array([[True, True], [True, False], [False, True]]),
            group_ids=("all", "town", "village"),
            group_kinds=("all", "municipality", "municipality"),
            area_target_s=np.array([[720.0, np.inf, np.inf], [1500.0, np.inf, np.inf]]),
            area_people=np.array([1000.0, 100.0]),
            area_nearest_station=np.array([0, 0], np.int32),
            area_centre=np.array([0, 1], np.int32),
            area_org=np.array([0, 1], np.int32),
            area_local=np.array([True, False]),
            local_group="town",
            unit_ids=("town-1", "town-2", "far-1"),
            unit_station=np.array([0, 0, 1], np.int32),
            station_ids=("town", "far"),
            unit_kind=np.array([0, 0, 0], np.int32),
            kind_ids=("ambulance",),
            unit_centre=np.array([0, 0, 1], np.int32),
            centre_ids=("near", "far"),
            unit_org=np.array([0, 0, 1], np.int32),
            org_ids=("ours", "theirs"),
            unit_local=np.array([True, True, False]),
            unit_municipality=np.array([0, 0, 1], np.int32),
            unit_primary=able,
            unit_stops_clock=able,
            duty_unit=np.array([unit for unit, _, _ in self.duty], np.int32),
            duty_on_t=minutes(on for _, on, _ in self.duty),
            duty_off_t=minutes(off for _, _, off in self.duty),
            start_date=date(2026, 1, 1),
            start_s=0.0,
            end_s=self.days * 86_400.0,
        )

    def year(self) -> Year:
        """The incidents with their missions, and the stints."""
        told = self.incidents
        sent = [(row, mission) for row, one in enumerate(told) for mission in one.sent]
        bumped = [sum(mission.diverted for mission in one.sent) for one in told]
        return Year(
            ObservedIncidents(
                call_t=minutes(one.call for one in told),
                ready_t=minutes(one.call if one.ready is None else one.ready for one in told),
                urgency=np.array([one.urgency for one in told], np.int8),
                area=np.array([one.area for one in told], np.int32),
                queued=np.array([one.queued for one in told], np.int8),
                held=np.zeros(len(told), np.int8),
                bumped=np.array(bumped, np.int32),
                asked=np.array([one.asked for one in told], np.int32),
                second_missing=np.array([one.second_missing for one in told], np.int8),
            ),
            ObservedMissions(
                incident=np.array([row for row, _ in sent], np.int32),
                unit=np.array([mission.unit for _, mission in sent], np.int32),
                role=np.array([mission.role for _, mission in sent], np.int8),
                diverted=np.array([mission.diverted for _, mission in sent], np.int8),
                assign_t=minutes(mission.assign for _, mission in sent),
                roll_t=minutes(mission.assign for _, mission in sent),
                scene_t=minutes(mission.scene for _, mission in sent),
                leave_t=minutes(mission.free_min for _, mission in sent),
                dest_t=minutes(mission.free_min for _, mission in sent),
                free_t=minutes(mission.free_min for _, mission in sent),
                drive_km=np.array([mission.km for _, mission in sent], np.float64),
                transport_km=np.array([mission.km / 2 for _, mission in sent], np.float64),
            ),
            ObservedStints(
                unit=np.array([one.unit for one in self.stints], np.int32),
                kind=np.array([one.kind for one in self.stints], np.int8),
                start_t=minutes(one.start for one in self.stints),
                arrive_t=minutes(one.arrive for one in self.stints),
                end_t=minutes(one.end for one in self.stints),
                km=np.array([one.km for one in self.stints], np.float64),
            ),
        )

    def tally(self) -> Tally:
        """The story, counted."""
        return tally(self.frame(), self.year())


def minutes(values: Iterable[float]) -> NDArray[np.float64]:
    """Minutes as seconds."""
    return np.array([60.0 * value for value in values], np.float64)
