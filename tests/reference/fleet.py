"""The units on the move: beginning and ending stints and missions, with the times that follow.

What is sent where is decided in `twin.py`; this file only carries it out (the sections *Dispatch* and
*Duty changes* of the rules, as far as routes and times go).
"""

from __future__ import annotations

from beredt.dispatch.world import (
    OFF_HOME,
    PRIMARY,
    RESPONDER,
    SECOND,
    SPEED_RETURN,
    SPEED_TRANSPORT,
    Incidents,
    World,
)
from tests.reference.routes import Roads, Route, route_from_node, route_from_place
from tests.reference.units import Mission, Stint, Unit
from tests.simulation.plain import home_nodes


class Fleet:
    """All units, with every stint and mission begun so far, in order."""

    def __init__(self, world: World, incidents: Incidents) -> None:
        self.roads = Roads(world, incidents)
        self.units = [
            Unit(
                number=number,
                home=int(home_nodes(world)[number]),
                station=int(world.unit_station[number]),
                centre=int(world.unit_centre[number]),
                role_bits=int(world.unit_roles[number]),
                on_shift=bool(world.on_at_start[number]),
            )
            for number in range(len(world.unit_station))
        ]
        self.missions: list[Mission] = []
        self.stints: list[Stint] = []
        self.return_factor = float(world.speed[SPEED_RETURN])
        self._world = world
        self._incidents = incidents

    # Counting

    def free_units(self) -> list[Unit]:
        """Units in a HOME or STANDBY stint, whatever their roles."""
        return [unit for unit in self.units if unit.free_stint() is not None]

    def free_primary_count(self, centre: int) -> int:
        """How many units of a centre could be sent as primary now."""
        return len([unit for unit in self.free_units() if unit.centre == centre and unit.has_role(PRIMARY)])

    def whole_trip_s(self, origin: int, destination: int) -> float:
        """Car seconds with access at both ends."""
        return self.roads.leg_s[origin] + self.roads.seconds(origin, destination) + self.roads.leg_s[destination]

    # Stints

    def begin_stint(self, unit: Unit, kind: int, route: Route, t: float, point: int = -1) -> None:
        """Write down the beginning of a stint."""
        assert unit.stint is None
        assert unit.mission is None
        previous = unit.past_stints[-1].number if unit.past_stints else -1
        unit.stint = Stint(len(self.stints), unit.number, kind, t, route, point, previous)
        self.stints.append(unit.stint)

    def end_stint(self, unit: Unit, t: float) -> None:
        """Write down the end of a stint; one that went home off duty ended with its arrival, if that is past."""
        stint = unit.stint
        assert stint is not None
        stint.end_t = min(t, stint.route.arrive_t) if stint.kind == OFF_HOME else t
        unit.past_stints.append(stint)
        unit.stint = None

    def take_over_route(self, unit: Unit, kind: int, t: float) -> None:
        """Go on along the same route as another kind of stint."""
        assert unit.stint is not None
        route = unit.stint.route
        self.end_stint(unit, t)
        self.begin_stint(unit, kind, route, t)

    def drive_from_node(self, unit: Unit, kind: int, origin: int, destination: int, t: float, point: int = -1) -> None:
        """Begin a stint that drives away from where the unit stands still."""
        route = route_from_node(self.roads, origin, destination, self.return_factor, t)
        self.begin_stint(unit, kind, route, t, point)

    def turn_home_off_duty(self, unit: Unit, t: float) -> None:
        """Give up a stint, standing still or on the move, and go home from there."""
        stint = unit.stint
        assert stint is not None
        self.end_stint(unit, t)
        if stint.stands(t):
            self.drive_from_node(unit, OFF_HOME, stint.route.destination, unit.home, t)
        else:
            place = stint.route.place_at(t)
            route = route_from_place(self.roads, place, unit.home, self.return_factor, t)
            self.begin_stint(unit, OFF_HOME, route, t)

    # Missions

    def send_free(self, unit: Unit, incident: int, role: int, cause: int, t: float) -> Mission:
        """Send a unit that is in a HOME or STANDBY stint."""
        stint = unit.free_stint()
        assert stint is not None
        roll_t = t + 0.0 + self._mobilisation_s(incident, stint.stands_at_home(t))
        scene, factor = self._scene(incident), self._factor(incident)
        if stint.stands(t):
            route = route_from_node(self.roads, stint.route.destination, scene, factor, roll_t)
        else:
            route = route_from_place(self.roads, stint.route.place_at(t), scene, factor, roll_t)
        self.end_stint(unit, t)
        return self._begin_mission(unit, incident, role, cause, t, route)

    def send_from(
        self, unit: Unit, node: int, at_home: bool, incident: int, cause: int, t: float, delay_s: float
    ) -> Mission:
        """Send a unit that stands still, between two missions or at the start of its shift, as primary."""
        roll_t = t + delay_s + self._mobilisation_s(incident, at_home)
        route = route_from_node(self.roads, node, self._scene(incident), self._factor(incident), roll_t)
        return self._begin_mission(unit, incident, PRIMARY, cause, t, route)

    def divert(self, unit: Unit, incident: int, cause: int, t: float) -> Mission:
        """Take a unit off its mission, and send it from where it is."""
        left = unit.mission
        assert left is not None
        left.diverted = True
        left.free_t = t
        roll_t = t + 0.0 + 0.0
        place = left.route.place_at(t)
        route = route_from_place(self.roads, place, self._scene(incident), self._factor(incident), roll_t)
        return self._begin_mission(unit, incident, PRIMARY, cause, t, route)

    def release_responder(self, responder: Mission, primary: Mission) -> None:
        """Plan when the responder is free: a while after both are at the scene."""
        assert responder.role == RESPONDER
        responder.leave_t = max(responder.scene_t, primary.scene_t) + self._world.responder_release_s
        responder.dest_t = responder.free_t = responder.leave_t

    def _begin_mission(self, unit: Unit, incident: int, role: int, cause: int, t: float, route: Route) -> Mission:
        mission = Mission(
            incident=incident,
            unit=unit.number,
            role=role,
            cause=cause,
            urgency=int(self._incidents.urgency[incident]),
            assign_t=t,
            route=route,
            leave_t=route.arrive_t,
            dest_t=route.arrive_t,
            free_t=route.arrive_t,
            free_node=self._scene(incident),
        )
        if role == PRIMARY:
            self._plan_primary(mission)
        elif role == SECOND:
            mission.leave_t = mission.scene_t + float(self._incidents.second_on_scene_s[incident])
            mission.dest_t = mission.free_t = mission.leave_t
        unit.mission = mission
        self.missions.append(mission)
        return mission

    def _plan_primary(self, mission: Mission) -> None:
        """The primary stays with the patient, and brings the patient along where there is a destination."""
        incident = mission.incident
        mission.leave_t = mission.scene_t + float(self._incidents.on_scene_s[incident])
        mission.dest_t = mission.free_t = mission.leave_t
        destination = int(self._incidents.dest[incident])
        if destination >= 0:
            factor = float(self._world.speed[SPEED_TRANSPORT]) * float(self._incidents.noise[incident])
            mission.dest_t = mission.leave_t + self.whole_trip_s(self._scene(incident), destination) * factor
            mission.free_t = mission.dest_t + float(self._incidents.handover_s[incident])
            mission.free_node = destination

    def _scene(self, incident: int) -> int:
        return int(self._incidents.scene[incident])

    def _mobilisation_s(self, incident: int, at_home: bool) -> float:
        return float(self._incidents.mobilisation_s[incident] if at_home else self._incidents.out_s[incident])

    def _factor(self, incident: int) -> float:
        urgency = int(self._incidents.urgency[incident])
        return float(self._world.speed[urgency]) * float(self._incidents.noise[incident])
