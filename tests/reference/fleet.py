"""The units on the move: beginning and ending stints and missions, with the times that follow.

What is sent where is decided elsewhere; this file only carries it out (the sections *Dispatch* and *Duty changes* of
the rules, as far as drives and times go).
"""

from __future__ import annotations

import numpy as np

from beredt.dispatch.world import (
    NOT_DONE,
    OFF_HOME,
    SPEED_RETURN,
    SPEED_TRANSPORT,
    Abilities,
    Incidents,
    World,
)
from tests.reference.drives import Drive, Place, Site, drive_from, no_drive
from tests.reference.hours import Hours
from tests.reference.roads import FLIGHT, Roads
from tests.reference.units import Mission, Stint, Unit


class Fleet:
    """All units, with every stint and mission begun so far, in order."""

    def __init__(self, world: World, incidents: Incidents) -> None:
        self.roads = Roads(world.roads, world.water)
        self.hours = Hours(world)
        can = world.abilities or _plain(world)
        self.units = [
            Unit(
                number=number,
                station=int(world.unit_station[number]),
                centre=int(world.unit_centre[number]),
                may=[[bool(want[number] and answers[number]) for answers in can.answers] for want in can.wants],
                carries=bool(can.carries[number]),
                flies=int(can.flies[number]),
                pace=float(can.pace[number]),
                start_s=float(can.start_s[number]),
                is_moved=bool(world.policies.is_moved[number]),
                on_shift=bool(world.on_at_start[number]),
                base=int(world.unit_station[number]),
            )
            for number in range(len(world.unit_station))
        ]
        self.missions: list[Mission] = []
        self.stints: list[Stint] = []
        self._world = world
        self._incidents = incidents

    # Looking

    def free_units(self) -> list[Unit]:
        """Units in a HOME, MOVE or STANDBY stint, whatever their roles."""
        return [unit for unit in self.units if unit.free_stint() is not None]

    def free_ready(self) -> list[Unit]:
        """Those of them that are ready."""
        return [unit for unit in self.free_units() if unit.ready]

    def free_ready_count(self, centre: int) -> int:
        """How many of these are a centre's."""
        return len([unit for unit in self.free_ready() if unit.centre == centre])

    def base_site(self, base: int) -> Site:
        """Where a station lies."""
        return Site(int(self._world.base_node[base]), float(self._world.base_leg[base]))

    def standby_site(self, point: int) -> Site:
        """Where a standby point lies."""
        return Site(int(self._world.standby_node[point]), float(self._world.standby_leg[point]))

    def scene(self, incident: int) -> Site:
        """Where an incident is."""
        return Site(int(self._incidents.scene[incident]), float(self._incidents.scene_leg[incident]))

    def mode(self, unit: Unit, purpose: int, t: float) -> int:
        """The travel mode of a unit, for a drive that begins at `t`."""
        return FLIGHT + 1 - unit.flies if unit.flies else self.hours.mode(purpose, t)

    def factor(self, unit: Unit, purpose: int, t: float) -> float:
        """On every second of a drive that begins at `t`, before the noise of an incident."""
        if unit.flies:
            return unit.pace
        return float(self._world.speed[purpose]) * self.hours.true_pace(t) * unit.pace

    def way_s(self, unit: Unit, purpose: int, place: Place, destination: Site, t: float, noise: float = 1.0) -> float:
        """Seconds from a node, with the legs at both ends, of a drive that begins at `t`."""
        mode = self.mode(unit, purpose, t)
        pace, way = self.roads.off_pace[mode], self.roads.way(mode, place.node, destination.node)
        factor = self.factor(unit, purpose, t) * noise
        return (place.leg * pace + way.seconds + destination.leg * pace) * factor

    def return_s(self, unit: Unit, place: Place, destination: Site, t: float) -> float:
        """The same for the purpose return, with the rest until the node."""
        return place.rest_s + self.way_s(unit, SPEED_RETURN, place, destination, t)

    def km(self, unit: Unit, purpose: int, place: Place, destination: Site, t: float) -> float:
        """Kilometres from a node, with the legs at both ends."""
        way = self.roads.way(self.mode(unit, purpose, t), place.node, destination.node)
        return place.leg * self.roads.leg_km + way.km + destination.leg * self.roads.leg_km

    def place_of(self, unit: Unit, t: float) -> Place:
        """Where a unit in a stint, or on its way to a scene, is, for a drive of purpose return."""
        doing = unit.stint or unit.mission
        assert doing is not None
        return doing.drive.place_at(t, self.mode(unit, SPEED_RETURN, t))

    # Stints

    def stand(self, unit: Unit, kind: int, site: Site, t: float) -> None:
        """Begin a stint where the unit stands."""
        self._begin_stint(unit, kind, no_drive(self.roads, site, t), t)

    def drive(self, unit: Unit, kind: int, place: Place, destination: Site, t: float, point: int = -1) -> None:
        """Begin a stint that drives away from where the unit stands or is."""
        mode, factor = self.mode(unit, SPEED_RETURN, t), self.factor(unit, SPEED_RETURN, t)
        self._begin_stint(unit, kind, drive_from(self.roads, mode, factor, place, destination, t), t, point)

    def drive_home_off_duty(self, unit: Unit, place: Place, t: float) -> None:
        """Go home with the shift over, to the own station."""
        unit.base = unit.station
        self.drive(unit, OFF_HOME, place, self.base_site(unit.station), t)

    def end_stint(self, unit: Unit, t: float) -> None:
        """Write down the end of a stint; one that went home off duty ended with its arrival, if that is past."""
        stint = unit.stint
        assert stint is not None
        stint.end_t = min(t, stint.drive.arrive_t) if stint.kind == OFF_HOME else t
        unit.past_stints.append(stint)
        unit.stint = None

    def go_on_as(self, unit: Unit, kind: int, t: float) -> None:
        """Go on along the same route as another kind of stint."""
        assert unit.stint is not None
        drive = unit.stint.drive
        self.end_stint(unit, t)
        self._begin_stint(unit, kind, drive, t)

    def _begin_stint(self, unit: Unit, kind: int, drive: Drive, t: float, point: int = -1) -> None:
        assert unit.stint is None
        assert unit.mission is None
        previous = unit.past_stints[-1].number if unit.past_stints else -1
        unit.stint = Stint(len(self.stints), unit.number, kind, t, drive, point, previous)
        self.stints.append(unit.stint)

    # Missions

    def send_free(self, unit: Unit, incident: int, role: int, cause: int, t: float) -> Mission:
        """Send a unit that is in a HOME, MOVE or STANDBY stint, or at a planned task."""
        stint = unit.stint
        assert stint is not None
        start_s = unit.start_s if stint.stands(t) else 0.0
        roll_t = t + 0.0 + (self._mobilisation_s(incident, stint.stands_at_home(t)) + start_s)
        place = stint.drive.place_at(t, self._mode(unit, incident, roll_t))
        self.end_stint(unit, t)
        return self._begin_mission(unit, incident, role, cause, t, roll_t, place)

    def send_from(
        self, unit: Unit, site: Site, at_home: bool, incident: int, role: int, cause: int, t: float, delay_s: float
    ) -> Mission:
        """Send a unit that stands still, between two missions or at the start of its shift."""
        roll_t = t + delay_s + (self._mobilisation_s(incident, at_home) + unit.start_s)
        place = Place(site.node, site.leg, 0.0, 0.0)
        return self._begin_mission(unit, incident, role, cause, t, roll_t, place)

    def divert(self, unit: Unit, incident: int, role: int, cause: int, t: float) -> Mission:
        """Take a unit off its mission, and send it from where it is."""
        left = self.take_off(unit, t)
        roll_t = t + 0.0 + 0.0
        place = left.drive.place_at(t, self._mode(unit, incident, roll_t))
        return self._begin_mission(unit, incident, role, cause, t, roll_t, place)

    def take_off(self, unit: Unit, t: float) -> Mission:
        """End a mission before its scene."""
        left = unit.mission
        assert left is not None
        left.diverted = True
        left.free_t = t
        unit.mission = None
        return left

    def busy_at(self, incident: int) -> list[Unit]:
        """Units on a mission to an incident."""
        return [unit for unit in self.units if unit.mission is not None and unit.mission.incident == incident]

    def _begin_mission(
        self, unit: Unit, incident: int, role: int, cause: int, t: float, roll_t: float, place: Place
    ) -> Mission:
        """Everything up to the arrival; what comes after it is planned by whoever sends the unit."""
        scene, urgency = self.scene(incident), int(self._incidents.urgency[incident])
        factor = self.factor(unit, urgency, roll_t) * float(self._incidents.noise[incident])
        drive = drive_from(self.roads, self._mode(unit, incident, roll_t), factor, place, scene, roll_t)
        mission = Mission(incident, unit.number, role, cause, urgency, t, drive, NOT_DONE, NOT_DONE, NOT_DONE, scene)
        unit.mission = mission
        self.missions.append(mission)
        return mission

    def plan_care(self, mission: Mission, leave_t: float) -> None:
        """The patient's unit leaves the scene, and brings the patient along where there is a destination."""
        incident = mission.incident
        mission.leave_t = mission.dest_t = mission.free_t = leave_t
        if self._incidents.dest[incident] < 0:
            return
        dest = Site(int(self._incidents.dest[incident]), float(self._incidents.dest_leg[incident]))
        self.plan_transport(mission, leave_t, dest)

    def plan_transport(self, mission: Mission, leave_t: float, dest: Site) -> None:
        """It brings the patient to a place, and hands over there at once."""
        incident, unit = mission.incident, self.units[mission.unit]
        scene = self.scene(incident)
        place, noise = Place(scene.node, scene.leg, 0.0, 0.0), float(self._incidents.noise[incident])
        mission.dest_t = mission.leave_t + self.way_s(unit, SPEED_TRANSPORT, place, dest, mission.leave_t, noise)
        mission.transport_km = self.km(unit, SPEED_TRANSPORT, place, dest, mission.leave_t)
        mission.free_t = mission.dest_t + float(self._incidents.handover_s[incident])
        mission.free_site = dest

    def plan_stay(self, mission: Mission, leave_t: float) -> None:
        """A unit is free at the scene when it leaves it."""
        mission.leave_t = mission.dest_t = mission.free_t = leave_t
        mission.transport_km = 0.0
        mission.free_site = self.scene(mission.incident)

    def plan_escort(self, mission: Mission, with_: Mission) -> None:
        """A unit goes along with the patient's unit."""
        mission.dest_t, mission.free_t = with_.dest_t, with_.free_t
        mission.leave_t = max(mission.scene_t, with_.leave_t)
        mission.transport_km, mission.free_site = with_.transport_km, with_.free_site
        if mission.met >= 0:  # the rest of that way
            way = self.roads.way(mission.met_mode, mission.met, with_.free_site.node)
            mission.transport_km = way.km + with_.free_site.leg * self.roads.leg_km
        mission.hospital = with_.hospital

    def meeting_of(self, mission: Mission, patients: Mission, t: float) -> tuple[int, float, float, int] | None:
        """Where a unit on its way to a scene meets the patient's unit that has left: node, time, km driven, mode."""
        carrier = self.units[patients.unit]
        mode, own_mode = self.mode(carrier, SPEED_TRANSPORT, patients.leave_t), mission.drive.way.mode
        noise = float(self._incidents.noise[mission.incident])
        factor = self.factor(carrier, SPEED_TRANSPORT, patients.leave_t) * noise
        dest, pace = patients.free_site, self.roads.off_pace[mode]
        way = self.roads.way(mode, self.scene(mission.incident).node, dest.node)
        same_chain = way.one_arc and way.leave.arc >= 0
        if carrier.flies or same_chain:
            return None
        last_t = (patients.dest_t - dest.leg * pace * factor) - way.enter.from_s * factor
        place = mission.drive.place_at(t, own_mode)
        nodes = [way.leave.leave]
        nodes += [node for node, _ in self.roads.next_nodes(mode, way.leave.leave, way.enter.enter)]
        for node in nodes:
            passed_t = last_t - self.roads.seconds(mode, node, way.enter.enter) * factor
            there = self.roads.way(own_mode, place.node, node)
            if t + place.rest_s + there.seconds * mission.drive.factor <= passed_t:
                km = mission.drive.driven_km(t) + place.rest_km + there.km
                return node, passed_t, km, mode
        return None

    def _mode(self, unit: Unit, incident: int, t: float) -> int:
        return self.mode(unit, int(self._incidents.urgency[incident]), t)

    def _mobilisation_s(self, incident: int, at_home: bool) -> float:
        return float(self._incidents.mobilisation_s[incident] if at_home else self._incidents.out_s[incident])


def _plain(world: World) -> Abilities:
    """What units can do where nothing is said but their roles."""
    nothing, units = np.zeros(len(world.unit_roles)), len(world.unit_roles)
    return Abilities(
        wants=np.array([world.unit_roles >> role & 1 for role in range(3)], np.int8),
        answers=np.ones((3, units), np.int8),
        carries=np.ones(units, np.int8),
        flies=np.zeros(units, np.int8),
        pace=np.ones(units),
        start_s=nothing,
    )
