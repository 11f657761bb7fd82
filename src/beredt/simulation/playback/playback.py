"""A stretch of simulated time, ready to be looked at: tracks and statuses of units, incidents and their waits.

Times are whole *ticks* of a tenth of a second from the beginning of the stretch; places are whole *steps* of 10⁻⁵
degrees (1.1 m or less). What began before the stretch keeps its own time, below 0; what ends after it, above
`ticks`. So a shorter stretch is a part of a longer one, number by number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.errors import UnknownIdError

Ints = NDArray[np.int64]

TICKS_PER_SECOND = 10
STEPS_PER_DEGREE = 100_000

OPEN = int(np.iinfo(np.int64).max)
"""A time that has not come when the simulation ends."""

STATUSES = (
    "off_duty",
    "at_station",
    "mobilising",
    "to_scene",
    "at_scene",
    "to_hospital",
    "at_hospital",
    "returning",
    "to_standby",
    "at_standby",
    "moving",
    "going_off",
    "to_task",
    "at_task",
)
"""What a unit does, by code. `moving`: to the station that it belongs to from now on; `going_off`: home, shift over.

`to_task` and `at_task`: free for what a planned task gives way to. New words come last: files that are kept hold codes.
"""

(
    OFF_DUTY,
    AT_STATION,
    MOBILISING,
    TO_SCENE,
    AT_SCENE,
    TO_HOSPITAL,
    AT_HOSPITAL,
    RETURNING,
    TO_STANDBY,
    AT_STANDBY,
    MOVING,
    GOING_OFF,
    TO_TASK,
    AT_TASK,
) = range(len(STATUSES))


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Where a unit is: straight and even from key to key, still before the first and after the last.

    K keys, at least one.
    """

    t: Ints  # [K] ticks, ascending, no two alike
    x: Ints  # [K] steps of longitude
    y: Ints  # [K] steps of latitude


@dataclass(frozen=True, slots=True, eq=False)
class StatusLog:
    """What a unit does from each of L times on. The first holds at the beginning of the stretch."""

    t: Ints  # [L] ticks, ascending, no two alike
    code: Ints  # [L] into STATUSES
    about: Ints  # [L] row of the incident, station or standby point that it is about, -1 for none


@dataclass(frozen=True, slots=True, eq=False)
class PlaybackUnit:
    """One unit: who it is, where it was and what it did."""

    id: str
    station: int  # its home station, row of `Playback.stations`
    kind: str
    centre: str
    organisation: str
    track: Track
    status: StatusLog


@dataclass(frozen=True, slots=True)
class Site:
    """A station, standby point or hospital; x and y in steps."""

    id: str
    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True, eq=False)
class PlaybackIncidents:
    """Incidents that were not over before the stretch and rang before its end, in order of the call. I incidents."""

    number: Ints  # [I] `incident_id` of the table of missions
    call: Ints  # [I] ticks
    ready: Ints  # [I] ticks, from here on a unit could be chosen
    urgency: Ints  # [I] 0 acute, 1 urgent, 2 ordinary
    x: Ints  # [I] steps
    y: Ints  # [I] steps
    first_scene: Ints  # [I] ticks, first unit that stops the clock is there; OPEN for none
    closed: Ints  # [I] ticks, the last of its units is free; OPEN when it waits at the end of the simulation
    queued: Ints  # [I] 1 when it has waited in a queue for want of a unit
    held: Ints  # [I] 1 when it was held back while few units were free
    bumped: Ints  # [I] times its unit was taken for something more urgent
    units: tuple[tuple[int, ...], ...]  # [I] rows of the units sent to it, in order of assignment, none twice


@dataclass(frozen=True, slots=True, eq=False)
class Waits:
    """Stretches of time in which an incident could have had a unit and had none, by (incident, begin). W waits."""

    incident: Ints  # [W] row of the incident
    begin: Ints  # [W] ticks
    end: Ints  # [W] ticks, OPEN when it waits at the end of the simulation


@dataclass(frozen=True, slots=True, eq=False)
class Playback:
    """A stretch of one replication of one alternative."""

    study: str
    title: dict[str, str]  # of the study, by language
    fingerprint: str  # of the study's inputs
    version: str  # of the program
    alternative: str
    replication: int
    seed: int
    calls: str  # generated | traced
    start: datetime  # local standard time
    ticks: int  # length
    tolerance_m: float  # how far a track may be from the place itself, beside one tick of driving
    stations: tuple[Site, ...]
    standby_points: tuple[Site, ...]
    hospitals: tuple[Site, ...]
    units: tuple[PlaybackUnit, ...]
    incidents: PlaybackIncidents
    waits: Waits

    def get_unit(self, unit_id: str) -> PlaybackUnit:
        """The unit with this id. Raises UnknownIdError."""
        for unit in self.units:
            if unit.id == unit_id:
                return unit
        raise UnknownIdError("unit", unit_id, (unit.id for unit in self.units))

    def position_at(self, unit_id: str, t: float) -> tuple[float, float]:
        """Longitude and latitude (degrees) of a unit, t seconds after the beginning of the stretch."""
        track, tick = self.get_unit(unit_id).track, t * TICKS_PER_SECOND
        x, y = (float(np.interp(tick, track.t, values)) for values in (track.x, track.y))
        return x / STEPS_PER_DEGREE, y / STEPS_PER_DEGREE

    def status_at(self, unit_id: str, t: float) -> tuple[str, int]:
        """What a unit does t seconds after the beginning, one of STATUSES, and the row that it is about (-1: none)."""
        log = self.get_unit(unit_id).status
        row = max(int(np.searchsorted(log.t, t * TICKS_PER_SECOND, side="right")) - 1, 0)
        return STATUSES[log.code[row]], int(log.about[row])

    def queue_at(self, t: float) -> tuple[int, ...]:
        """Rows of the incidents that sit in a queue t seconds after the beginning, in order of the call."""
        tick, waits = t * TICKS_PER_SECOND, self.waits
        in_queue = (self.incidents.queued[waits.incident] | self.incidents.held[waits.incident]) != 0
        now = (waits.begin <= tick) & (tick < waits.end) & in_queue
        return tuple(waits.incident[now].tolist())


def columns_of(rows: Any) -> dict[str, Any]:
    """The fields of one of the dataclasses above by name, as they are."""
    return {name: getattr(rows, name) for name in rows.__dataclass_fields__}
