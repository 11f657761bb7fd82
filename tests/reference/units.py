"""Units and what they have done: the section *What a unit is doing* of the rules."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from beredt.dispatch.world import HOME, MOVE, NOT_DONE, OFF_HOME, STANDBY, TASK
from tests.reference.drives import Drive, Place, Site
from tests.reference.outcome import MissionRow, StintRow


@dataclass
class Mission:
    """One unit's work on one incident."""

    incident: int
    unit: int
    role: int
    cause: int
    urgency: int
    assign_t: float
    drive: Drive
    leave_t: float
    dest_t: float
    free_t: float
    free_site: Site
    transport_km: float = 0.0
    diverted: bool = False
    ask: int = -1
    stays: bool = False  # with the patient
    hospital: int = -1  # past the one meant
    met: int = -1  # the node where it meets the patient's unit on its way
    met_t: float = 0.0
    met_km: float = 0.0  # driven until then
    met_mode: int = 0  # of the patient's unit
    tried_to_meet: bool = False

    @property
    def roll_t(self) -> float:
        """Crew in the unit and wheels turning."""
        return self.drive.start_t

    @property
    def scene_t(self) -> float:
        """Arrival at the scene, or with the patient on the way, as planned."""
        return self.drive.arrive_t if self.met < 0 else self.met_t

    def row(self) -> MissionRow:
        """The finished record; a unit that was taken off never arrives, nor rolls, if it had not."""
        rolled = not self.diverted or self.roll_t <= self.free_t
        return MissionRow(
            incident=self.incident,
            unit=self.unit,
            role=self.role,
            diverted=int(self.diverted),
            cause=self.cause,
            from_node=self.drive.origin,
            assign_t=self.assign_t,
            roll_t=self.roll_t if rolled else NOT_DONE,
            scene_t=NOT_DONE if self.diverted else self.scene_t,
            leave_t=NOT_DONE if self.diverted else self.leave_t,
            dest_t=NOT_DONE if self.diverted else self.dest_t,
            free_t=self.free_t,
            drive_km=self.drive.driven_km(self.free_t) if self.met < 0 else self.met_km,
            transport_km=0.0 if self.diverted else self.transport_km,
            ask=self.ask,
            hospital=self.hospital,
            met=self.met,
        )


@dataclass
class Stint:
    """A stretch of time between missions."""

    number: int
    unit: int
    kind: int
    start_t: float
    drive: Drive
    point: int
    previous: int
    end_t: float = math.inf

    @property
    def free(self) -> bool:
        """Whether a unit in this stint can be sent."""
        return self.kind in (HOME, MOVE, STANDBY)

    def stands(self, t: float) -> bool:
        """Whether the unit has come to the stint's end."""
        return t >= self.drive.arrive_t

    def stands_at_home(self, t: float) -> bool:
        """Whether the unit is at its base, on duty."""
        return self.kind in (HOME, MOVE) and self.stands(t)

    def place_at(self, t: float, mode: int) -> Place:
        """Where the unit is, for a new drive by `mode`."""
        return self.drive.place_at(t, mode)

    def row(self) -> StintRow:
        """The finished record; a route taken over from another stint counts only what was driven since."""
        return StintRow(
            unit=self.unit,
            kind=self.kind,
            start_t=self.start_t,
            road_t=self.drive.road_t,
            arrive_t=self.drive.arrive_t,
            end_t=self.end_t,
            from_node=self.drive.origin,
            to_node=self.drive.destination.node,
            km=self.drive.driven_km(self.end_t) - self.drive.driven_km(self.start_t),
            point=self.point,
            previous=self.previous,
        )


@dataclass
class Unit:
    """One unit: who it is, and what it is doing now (a stint, a mission, or nothing when off duty)."""

    number: int
    station: int
    centre: int
    may: list[list[bool]]  # [want][urgency] whether it may be sent
    carries: bool
    flies: int
    pace: float
    start_s: float
    is_moved: bool
    on_shift: bool
    base: int
    on_t: float = 0.0  # when its shift began
    moves_day: int = 0  # the day of the shift that its moves are counted in
    moves: int = 0  # in this day of the shift
    moved_km: float = 0.0
    stint: Stint | None = None
    mission: Mission | None = None
    past_stints: list[Stint] = field(default_factory=list)

    @property
    def ready(self) -> bool:
        """Whether it may be the plain first unit of an acute incident."""
        return self.may[0][0]

    @property
    def serves(self) -> bool:
        """Whether it may be the first unit or the carrier of some incident."""
        return any(any(of_urgency) for want, of_urgency in enumerate(self.may) if want not in (1, 2))

    def free_stint(self) -> Stint | None:
        """The HOME, MOVE or STANDBY stint the unit is in, or None when it cannot be sent."""
        return self.stint if self.stint is not None and self.stint.free else None

    @property
    def task(self) -> int | None:
        """The planned task that it is on its way to, or at."""
        return self.stint.point if self.stint is not None and self.stint.kind == TASK else None

    def stint_at(self, t: float) -> Stint | None:
        """The stint in which the unit was free at an earlier time, or None."""
        for stint in self.past_stints + ([self.stint] if self.stint is not None else []):
            if stint.free and stint.start_t <= t < stint.end_t:
                return stint
        return None

    def going_home_off_duty(self, t: float) -> bool:
        """Whether the unit is still on its way home after its shift."""
        return self.stint is not None and self.stint.kind == OFF_HOME and t < self.stint.drive.arrive_t

    def off_duty(self, t: float) -> bool:
        """Whether the unit is at home with nothing to do."""
        return self.mission is None and (
            self.stint is None or (self.stint.kind == OFF_HOME and not self.going_home_off_duty(t))
        )
