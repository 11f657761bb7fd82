"""Units of the SimPy model, what they do, and the roads they drive on: plain objects, no events."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import simpy

from beredt.dispatch.world import HOME, NOT_DONE, OFF_HOME, Incidents, World
from tests.simulation.plain import home_nodes, legs_of

NOWHERE = -1


@dataclass(slots=True)
class Incident:
    """One row of `Incidents`, and what becomes of it."""

    number: int
    call_t: float
    ready_t: float
    urgency: int
    scene: int
    centre: int
    dest: int
    second: int
    mobilisation_s: float
    out_s: float
    noise: float
    on_scene_s: float
    handover_s: float
    second_on_scene_s: float
    asked: int = -1
    queued: bool = False
    held: bool = False
    bumped: int = 0
    second_missing: bool = False
    supported: bool = False


def incidents_of(columns: Incidents) -> list[Incident]:
    """Make rows of columns, in order of the call."""
    left_out = ("ready_order", "scene_leg", "dest_leg", "target_s", "asks", "tasks", "wards")
    names = [name for name in Incidents._fields if name not in left_out]
    rows = zip(*(getattr(columns, name).tolist() for name in names), strict=True)
    return [Incident(number, *row) for number, row in enumerate(rows)]


@dataclass(slots=True)
class Route:
    """One drive: on the road at `origin`, off the road at `destination`, arrived."""

    origin: int
    destination: int
    factor: float
    road_t: float
    off_road_t: float
    arrive_t: float
    next_node: int = NOWHERE  # where the unit was last found, to go on looking from there
    looked_t: float = math.inf


class Roads:
    """Car seconds and next nodes as lists, which Python reads faster than arrays."""

    def __init__(self, world: World, incidents: Incidents) -> None:
        """Take the tables of a world; [destination][origin]."""
        self.seconds: list[list[float]] = world.roads.seconds[0].tolist()
        self.hop: list[list[int]] = world.roads.hop[0].tolist()
        self.leg_s: list[float] = legs_of(world, incidents).tolist()

    def route(self, origin: int, destination: int, factor: float, road_t: float) -> Route:
        """Plan a drive that is on the road at `origin` at `road_t`."""
        off_road_t = road_t + self.seconds[destination][origin] * factor
        return Route(origin, destination, factor, road_t, off_road_t, off_road_t + self.leg_s[destination] * factor)

    def route_from_standing(self, origin: int, destination: int, factor: float, start_t: float) -> Route:
        """Plan a drive that starts where a unit stands still."""
        return self.route(origin, destination, factor, start_t + self.leg_s[origin] * factor)

    def trip_s(self, origin: int, destination: int) -> float:
        """Car seconds with access at both ends."""
        return self.leg_s[origin] + self.seconds[destination][origin] + self.leg_s[destination]

    def place(self, route: Route, t: float) -> tuple[int, float]:
        """Find a unit on its way: the node that it reaches next, and the seconds until then."""
        if t <= route.road_t:
            return route.origin, route.road_t - t
        if t >= route.off_road_t:
            return route.destination, t - route.off_road_t
        seconds, hop = self.seconds[route.destination], self.hop[route.destination]
        node = route.next_node if t >= route.looked_t else hop[route.origin]
        while (passes_t := route.off_road_t - seconds[node] * route.factor) < t:
            node = hop[node]
        route.next_node, route.looked_t = node, t
        return node, passes_t - t


@dataclass(slots=True)
class Stint:
    """What a unit does between missions: stand at a node, or drive there."""

    kind: int
    start_t: float
    route: Route
    point: int = -1
    end_t: float = math.inf

    @property
    def is_free(self) -> bool:
        """Whether a unit in this stint can be sent."""
        return self.kind != OFF_HOME

    def stands_at_home(self, t: float) -> bool:
        """Whether the unit has come to its station, on duty."""
        return self.kind == HOME and t >= self.route.arrive_t


@dataclass(slots=True)
class Unit:
    """A unit and what it is doing: a stint, a mission, or nothing when it is off duty at home."""

    number: int
    home: int
    station: int
    centre: int
    roles: int
    on_shift: bool
    stint: Stint | None = None
    mission: Mission | None = None
    stints: list[Stint] = field(default_factory=list)

    def has_role(self, role: int) -> bool:
        """Whether the unit may be sent as primary, second or responder."""
        return bool(self.roles & (1 << role))

    @property
    def free_stint(self) -> Stint | None:
        """The stint from which the unit can be sent, or None."""
        stint = self.stint
        return stint if stint is not None and stint.kind != OFF_HOME else None

    def free_stint_at(self, t: float) -> Stint | None:
        """The stint from which the unit could be sent at an earlier time, or None."""
        for stint in reversed(self.stints):
            if stint.start_t <= t:
                return stint if stint.is_free and t < stint.end_t else None
        return None


def units_of(world: World) -> list[Unit]:
    """Make the units of a world, in order of their number."""
    names = ("unit_station", "unit_centre", "unit_roles", "on_at_start")
    columns = [home_nodes(world), *(getattr(world, name) for name in names)]
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [Unit(number, *row) for number, row in enumerate(rows)]


@dataclass(slots=True)
class Mission:
    """One unit's work on one incident, with the times as they are planned."""

    incident: Incident
    unit: Unit
    role: int
    assign_t: float
    roll_t: float
    route: Route
    scene_t: float
    leave_t: float
    dest_t: float
    free_t: float
    free_node: int
    diverted: bool = False
    work: simpy.Process | None = None

    def take_off(self, t: float) -> None:
        """The unit is wanted elsewhere: what has not happened by now does not happen."""
        self.diverted = True
        self.scene_t = self.leave_t = self.dest_t = NOT_DONE
        self.roll_t = self.roll_t if self.roll_t <= t else NOT_DONE
        self.free_t = t

    def row(self) -> tuple[Any, ...]:
        """Incident, unit, role, diverted, and the times from assignment to free."""
        times = self.assign_t, self.roll_t, self.scene_t, self.leave_t, self.dest_t, self.free_t
        return self.incident.number, self.unit.number, self.role, int(self.diverted), *times
