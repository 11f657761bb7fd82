"""The rules of `docs/explanation/simulation-rules.md` as a SimPy model: the other way to write such a simulation.

Every incident is a process: it finds a unit, at once, after asking or from a queue, and waits until the unit has done
its work. Every mission is a process, which is interrupted when its unit is taken for something more urgent. Rosters and
calls are one process each. The model is written as one would for SimPy: lists instead of arrays, and lists of
candidates made once. It gives the same missions as the kernel.
"""

from __future__ import annotations

import heapq
from collections.abc import Generator
from typing import Any

import simpy
from simpy.events import EventPriority

from benchmarks.simpy_dispatcher import Choice, Dispatcher, Outlook
from benchmarks.simpy_fleet import Incident, Mission, Roads, Route, Stint, Unit, incidents_of, units_of
from beredt.dispatch.world import (
    ACUTE,
    HOME,
    OFF_HOME,
    ORDINARY,
    OWN_FIRST,
    OWN_ONLY,
    PRIMARY,
    RESPONDER,
    SECOND,
    SPEED_RETURN,
    SPEED_TRANSPORT,
    STANDBY,
    Incidents,
    World,
)

Process = Generator[simpy.Event, Any, Any]
Waiting = tuple[float, int, Incident, simpy.Event]

FIRST_UNIT = 2
"""Place among events of the same time: SimPy has 0 for what must happen at once and 1 for its own events (here answers
and new decisions). Units becoming free follow by number, then duty changes, then calls."""


class At(simpy.Event):
    """A timeout with a place of its own among events of the same time."""

    def __init__(self, env: simpy.Environment, t: float, place: int) -> None:
        """Happen at time `t`."""
        super().__init__(env)
        self._ok = True
        self._value = None
        env.schedule(self, EventPriority(place), t - env.now)


class SimpyModel:
    """A service in a SimPy environment."""

    def __init__(self, world: World, incidents: Incidents) -> None:
        """Prepare a run; `run` does it."""
        self.env = simpy.Environment()
        self.world = world
        self.roads = Roads(world, incidents)
        self.units = units_of(world)
        self.incidents = incidents_of(incidents)
        self.dispatcher = Dispatcher(world, self.roads, self.units)
        self.missions: list[Mission] = []
        self._ready_order: list[int] = incidents.ready_order.tolist()
        self._speed: list[float] = world.speed.tolist()
        points = world.standby_node, world.standby_keep, world.standby_max_s
        self._standby = list(zip(*(column.tolist() for column in points), strict=True))
        self._standby_home: list[list[int]] = world.standby_home.tolist()
        self._queues: list[list[list[Waiting]]] = [[[] for _ in range(3)] for _ in world.reserve]
        self._holding_back: set[int] = set()  # centres whose reserve an ordinary incident waits for
        self._duty_place = FIRST_UNIT + len(self.units)
        self._call_place = self._duty_place + 1

    def run(self) -> list[Mission]:
        """Run to the end: all missions, in order of assignment."""
        for unit in self.units:
            if unit.on_shift:
                self._stand_at_home(unit)
        self.env.process(self.rosters())
        self.env.process(self.calls())
        self.env.run(until=self.world.end_s)
        return self.missions

    # Processes

    def rosters(self) -> Process:
        """Let shifts begin and end."""
        changes = zip(*(c.tolist() for c in (self.world.duty_t, self.world.duty_unit, self.world.duty_on)), strict=True)
        for t, number, on in changes:
            yield At(self.env, t, self._duty_place)
            unit = self.units[number]
            if on and not unit.on_shift:
                self._come_on_duty(unit)
            elif not on and unit.on_shift:
                self._go_off_duty(unit)
            self._look_for_reserves()

    def calls(self) -> Process:
        """Begin the process of every incident when it is ready for a decision."""
        for number in self._ready_order:
            incident = self.incidents[number]
            yield At(self.env, incident.ready_t, self._call_place)
            self.env.process(self.incident(incident))

    def incident(self, incident: Incident) -> Process:
        """One incident, until a unit has done its work and was not taken away."""
        while True:
            mission = yield from self.find_unit(incident)
            finished = yield mission.work
            if finished:
                return
            incident.bumped += 1

    def find_unit(self, incident: Incident) -> Process:
        """Send the best unit at hand, ask another centre first, or wait; returns the mission."""
        mission = None
        while mission is None:  # decided anew when a reserve is whole again
            mission = yield from self.decide(incident)
        return mission

    def decide(self, incident: Incident) -> Process:
        """One decision; returns the mission, or None where another decision is wanted after a wait."""
        if self.dispatcher.must_wait(incident):
            incident.held = True
            self._holding_back.add(incident.centre)
            return (yield self._join_queue(incident))
        outlook = self.dispatcher.outlook(incident)
        own = self.dispatcher.best_own(outlook, None, self.env.now)
        other = self.dispatcher.best_to_ask_for(outlook, self.env.now)
        answered = None
        if other is not None and (own is None or other.value_s < own.value_s):
            answered = incident.asked = self.units[other.unit].centre
            yield self.env.timeout(self.dispatcher.borders[incident.centre][answered][incident.urgency].ask_s)
            own = self.dispatcher.best_own(outlook, answered, self.env.now)
        if own is None:
            incident.queued = True
            return (yield self._join_queue(incident))
        return self._send_primary(outlook, own, answered)

    def work(self, mission: Mission) -> Process:
        """One unit's work on one incident; returns whether it was finished."""
        try:
            yield At(self.env, mission.free_t, FIRST_UNIT + mission.unit.number)
        except simpy.Interrupt:
            return False
        self._become_free(mission.unit, mission.free_node)
        self._look_for_reserves()
        return True

    # Dispatch

    def _send_primary(self, outlook: Outlook, best: Choice, answered: int | None) -> Mission:
        unit, incident = self.units[best.unit], outlook.incident
        if unit.mission is not None:
            mission, expected_s = self._divert(unit, incident), best.value_s - self.dispatcher.divert_margin_s
        else:
            mission, expected_s = self._send_free(unit, incident, PRIMARY), best.value_s
        self._plan_care(mission)
        self._support(outlook, mission, expected_s, answered)
        return mission

    def _divert(self, unit: Unit, incident: Incident) -> Mission:
        left, now = unit.mission, self.env.now
        assert left is not None
        assert left.work is not None
        node, rest_s = self.roads.place(left.route, now)
        left.take_off(now)
        left.work.interrupt()
        route = self.roads.route(node, incident.scene, self._factor(incident), now + rest_s)
        return self._begin_mission(unit, incident, PRIMARY, now, route)

    def _send_free(self, unit: Unit, incident: Incident, role: int) -> Mission:
        stint, now = unit.stint, self.env.now
        assert stint is not None
        roll_t = now + (incident.mobilisation_s if stint.stands_at_home(now) else incident.out_s)
        if now >= stint.route.arrive_t:
            node, factor = stint.route.destination, self._factor(incident)
            route = self.roads.route_from_standing(node, incident.scene, factor, roll_t)
        else:
            node, rest_s = self.roads.place(stint.route, now)
            route = self.roads.route(node, incident.scene, self._factor(incident), roll_t + rest_s)
        self._end_stint(unit)
        return self._begin_mission(unit, incident, role, roll_t, route)

    def _send_from_queue(self, unit: Unit, node: int, at_home: bool, waiting: Waiting, ask_s: float) -> None:
        _, _, incident, found = waiting
        roll_t = self.env.now + ask_s + (incident.mobilisation_s if at_home else incident.out_s)
        route = self.roads.route_from_standing(node, incident.scene, self._factor(incident), roll_t)
        mission = self._begin_mission(unit, incident, PRIMARY, roll_t, route)
        self._plan_care(mission)
        outlook = self.dispatcher.outlook(incident)
        self._support(outlook, mission, outlook.standing_s(node, at_home), None)
        found.succeed(mission)

    def _begin_mission(self, unit: Unit, incident: Incident, role: int, roll_t: float, route: Route) -> Mission:
        scene_t = route.arrive_t
        times = self.env.now, roll_t, route, scene_t, scene_t, scene_t, scene_t
        unit.mission = Mission(incident, unit, role, *times, incident.scene)
        self.missions.append(unit.mission)
        return unit.mission

    def _plan_care(self, mission: Mission) -> None:
        incident = mission.incident
        mission.leave_t = mission.dest_t = mission.free_t = mission.scene_t + incident.on_scene_s
        if incident.dest >= 0:
            factor = self._speed[SPEED_TRANSPORT] * incident.noise
            mission.dest_t = mission.leave_t + self.roads.trip_s(incident.scene, incident.dest) * factor
            mission.free_t = mission.dest_t + incident.handover_s
            mission.free_node = incident.dest
        mission.work = self.env.process(self.work(mission))

    def _plan_support(self, mission: Mission, free_t: float) -> None:
        mission.leave_t = mission.dest_t = mission.free_t = free_t
        mission.work = self.env.process(self.work(mission))

    def _support(self, outlook: Outlook, primary: Mission, primary_s: float, answered: int | None) -> None:
        """Send a second unit and a single responder, with the first primary unit of an incident only."""
        incident, now = primary.incident, self.env.now
        if incident.supported:
            return
        incident.supported = True
        if incident.second:
            best = self.dispatcher.best_free(outlook, SECOND, answered, now)
            if best is None:
                incident.second_missing = True
            else:
                second = self._send_free(self.units[best.unit], incident, SECOND)
                self._plan_support(second, second.scene_t + incident.second_on_scene_s)
        if incident.urgency == ACUTE:
            best = self.dispatcher.best_free(outlook, RESPONDER, answered, now)
            if best is not None and best.value_s < primary_s:
                responder = self._send_free(self.units[best.unit], incident, RESPONDER)
                both_t = max(responder.scene_t, primary.scene_t)
                self._plan_support(responder, both_t + self.world.responder_release_s)

    def _factor(self, incident: Incident) -> float:
        return self._speed[incident.urgency] * incident.noise

    # Queues

    def _join_queue(self, incident: Incident) -> simpy.Event:
        """Wait for a unit that becomes free; the event's value is its mission, None when a reserve is whole again."""
        found = self.env.event()
        heapq.heappush(
            self._queues[incident.centre][incident.urgency], (incident.call_t, incident.number, incident, found)
        )
        return found

    def _take_from_queues(self, unit: Unit) -> tuple[Waiting, float] | None:
        """The waiting incident that a unit serves next, and the seconds of asking for the unit."""
        if not unit.has_role(PRIMARY):
            return None
        for urgency in range(3):
            heads = []
            for centre, queues in enumerate(self._queues):
                border = self.dispatcher.borders[centre][unit.centre][urgency]
                if queues[urgency] and border.policy != OWN_ONLY:
                    asks = border.policy == OWN_FIRST
                    heads.append((asks, queues[urgency][0], centre, border.ask_s if asks else 0.0))
            if heads and urgency == ORDINARY and not self.dispatcher.has_spare(unit.centre, 1):
                self._holding_back.add(unit.centre)
            elif heads:
                _, _, centre, ask_s = min(heads)
                return heapq.heappop(self._queues[centre][urgency]), ask_s
        return None

    def _look_for_reserves(self) -> None:
        """Have what waited for a reserve decided anew when it is whole again, in order of the calls."""
        for owner in sorted(self._holding_back):
            if self.dispatcher.has_spare(owner, 0):
                self._holding_back.remove(owner)
                within_reach = [
                    queues[ORDINARY]
                    for centre, queues in enumerate(self._queues)
                    if self.dispatcher.borders[centre][owner][ORDINARY].policy != OWN_ONLY
                ]
                for _, _, _, found in sorted(waiting for queue in within_reach for waiting in queue):
                    found.succeed(None)
                for queue in within_reach:
                    queue.clear()

    # Units between missions

    def _become_free(self, unit: Unit, node: int) -> None:
        unit.mission = None
        if unit.on_shift:
            self._release(unit, node, False)
        else:
            self._drive(unit, OFF_HOME, node, unit.home)

    def _release(self, unit: Unit, node: int, at_home: bool) -> None:
        """Queue, standby, home: in this order."""
        head = self._take_from_queues(unit)
        if head is not None:
            self._send_from_queue(unit, node, at_home, *head)
            return
        point = self._standby_point(unit, node)
        if point is not None:
            self._drive(unit, STANDBY, node, self._standby[point][0], point)
        elif at_home:
            self._stand_at_home(unit)
        else:
            self._drive(unit, HOME, node, unit.home)

    def _standby_point(self, unit: Unit, node: int) -> int | None:
        if not unit.has_role(PRIMARY):
            return None
        stints = [(other.station, other.stint) for other in self.dispatcher.free.values() if other.stint is not None]
        taken = {stint.point for _, stint in stints if stint.kind == STANDBY}
        at_home = sum(1 for station, stint in stints if station == unit.station and stint.kind == HOME)
        for point, (to, keep, most_s) in enumerate(self._standby):
            if not self._standby_home[point][unit.station] or point in taken or at_home < keep:
                continue
            if self.roads.trip_s(node, to) * self._speed[SPEED_RETURN] <= most_s:
                return point
        return None

    def _come_on_duty(self, unit: Unit) -> None:
        unit.on_shift = True
        stint = unit.stint
        if unit.mission is not None:
            return
        if stint is not None and self.env.now < stint.route.arrive_t:
            self._end_stint(unit)
            self._begin_stint(unit, HOME, stint.route)
            return
        if stint is not None:
            self._end_stint(unit)
        self._release(unit, unit.home, True)

    def _go_off_duty(self, unit: Unit) -> None:
        unit.on_shift = False
        stint, now = unit.stint, self.env.now
        if stint is None:
            return
        self._end_stint(unit)
        if stint.stands_at_home(now):
            return
        if stint.kind == HOME:
            self._begin_stint(unit, OFF_HOME, stint.route)
        elif now >= stint.route.arrive_t:
            self._drive(unit, OFF_HOME, stint.route.destination, unit.home)
        else:
            node, rest_s = self.roads.place(stint.route, now)
            route = self.roads.route(node, unit.home, self._speed[SPEED_RETURN], now + rest_s)
            self._begin_stint(unit, OFF_HOME, route)

    def _drive(self, unit: Unit, kind: int, node: int, to: int, point: int = -1) -> None:
        route = self.roads.route_from_standing(node, to, self._speed[SPEED_RETURN], self.env.now)
        self._begin_stint(unit, kind, route, point)

    def _stand_at_home(self, unit: Unit) -> None:
        now = self.env.now
        self._begin_stint(unit, HOME, Route(unit.home, unit.home, 1.0, now, now, now))

    def _begin_stint(self, unit: Unit, kind: int, route: Route, point: int = -1) -> None:
        unit.stint = Stint(kind, self.env.now, route, point)
        unit.stints.append(unit.stint)
        if unit.stint.is_free:
            self.dispatcher.free[unit.number] = unit

    def _end_stint(self, unit: Unit) -> None:
        assert unit.stint is not None
        unit.stint.end_t = self.env.now
        unit.stint = None
        self.dispatcher.free.pop(unit.number, None)


def simulate(world: World, incidents: Incidents) -> list[Mission]:
    """Run one replication of one alternative to its end: its missions, in order of assignment."""
    return SimpyModel(world, incidents).run()
