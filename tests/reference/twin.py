"""The slow, obvious twin of the simulation kernel: written from the rules alone, in plain Python.

It shares no function with the kernel. Read it beside `docs/explanation/simulation-rules.md`, whose
sections its methods follow by name.
"""

from __future__ import annotations

from typing import NamedTuple

from beredt.dispatch.world import (
    ACUTE,
    HOME,
    OFF_HOME,
    ORDINARY,
    PRIMARY,
    RESPONDER,
    SECOND,
    STANDBY,
    URGENT,
    Incidents,
    World,
)
from tests.reference.borders import Borders
from tests.reference.fleet import Fleet
from tests.reference.judgement import Judgement
from tests.reference.outcome import TwinOutcome
from tests.reference.routes import no_drive
from tests.reference.units import Mission, Unit

AT_ONCE, AFTER_ASKING, FROM_QUEUE, TAKEN_OFF = 0, 1, 2, 3
"""Causes of a mission: how the decision came about, for support too; a unit that was taken off always has the last."""

AGENDA, UNIT_FREE, DUTY_CHANGE, INCIDENT_READY = 0, 1, 2, 3
"""Kinds of event, in the order in which they happen at equal times."""


class Event(NamedTuple):
    """Something that happens; the smallest happens next. `number` says which, and in what order, within a kind."""

    t: float
    kind: int
    number: int


class Decision(NamedTuple):
    """A decision put on the agenda."""

    t: float
    incident: int
    answered_by: int | None


class Head(NamedTuple):
    """The head of a queue, as a unit that becomes free sees it; the smallest is first."""

    call_t: float
    incident: int
    delay_s: float


def simulate(world: World, incidents: Incidents) -> TwinOutcome:
    """Run one replication from t = 0 to `end_s` by the rules."""
    twin = Twin(world, incidents)
    twin.begin()
    while (event := twin.next_event()) is not None:
        twin.happen(event)
    return twin.finish()


class Twin:
    """The service while it is simulated."""

    def __init__(self, world: World, incidents: Incidents) -> None:
        count = len(incidents.call_t)
        self.world = world
        self.incidents = incidents
        self.borders = Borders(world)
        self.fleet = Fleet(world, incidents)
        self.judgement = Judgement(world, incidents, self.fleet.roads, self.borders, self.fleet.units)
        self.agenda: dict[int, Decision] = {}  # by the order in which they were put there
        self.agenda_count = 0
        self.duty_changes_done = 0
        self.incidents_ready = 0
        self.queue: set[int] = set()  # of all centres and urgencies; sorted out where it is read
        self.supported: set[int] = set()  # incidents whose first primary dispatch is past
        self.asked = [-1] * count
        self.queued = [0] * count
        self.held = [0] * count
        self.bumped = [0] * count
        self.second_missing = [0] * count

    # Events

    def begin(self) -> None:
        """Units on duty at t = 0 stand at home."""
        for unit in self.fleet.units:
            if unit.on_shift:
                self.fleet.begin_stint(unit, HOME, no_drive(self.fleet.roads, unit.home, 0.0), 0.0)

    def next_event(self) -> Event | None:
        """The next event before the end, or None."""
        events = [Event(decision.t, AGENDA, number) for number, decision in self.agenda.items()]
        events += [Event(unit.mission.free_t, UNIT_FREE, unit.number) for unit in self.fleet.units if unit.mission]
        if self.duty_changes_done < len(self.world.duty_t):
            number = self.duty_changes_done
            events.append(Event(float(self.world.duty_t[number]), DUTY_CHANGE, number))
        if self.incidents_ready < len(self.incidents.ready_order):
            number = self.incidents_ready
            ready_t = float(self.incidents.ready_t[self.incidents.ready_order[number]])
            events.append(Event(ready_t, INCIDENT_READY, number))
        return min((event for event in events if event.t < self.world.end_s), default=None)

    def happen(self, event: Event) -> None:
        """Let one event happen."""
        if event.kind == AGENDA:
            decision = self.agenda.pop(event.number)
            self.decide(decision.incident, event.t, decision.answered_by)
        elif event.kind == UNIT_FREE:
            self.become_free(self.fleet.units[event.number], event.t)
        elif event.kind == DUTY_CHANGE:
            self.duty_changes_done += 1
            unit = self.fleet.units[int(self.world.duty_unit[event.number])]
            if self.world.duty_on[event.number]:
                self.come_on_duty(unit, event.t)
            else:
                self.go_off_duty(unit, event.t)
        else:
            self.incidents_ready += 1
            self.decide(int(self.incidents.ready_order[event.number]), event.t, None)

    def finish(self) -> TwinOutcome:
        """*At the end*: stints under way end, missions keep their planned times."""
        for unit in self.fleet.units:
            if unit.stint is not None:
                self.fleet.end_stint(unit, self.world.end_s)
        return TwinOutcome(
            missions=[mission.row() for mission in self.fleet.missions],
            stints=[stint.row() for stint in self.fleet.stints],
            asked=self.asked,
            queued=self.queued,
            held=self.held,
            bumped=self.bumped,
            second_missing=self.second_missing,
        )

    # Decision for an incident

    def decide(self, incident: int, t: float, answered_by: int | None) -> None:
        """*Decision*, steps 1 to 5."""
        if answered_by is None and self.is_held_back(incident):
            self.held[incident] = 1
            self.queue.add(incident)
            return
        own = self.judgement.best_own(incident, t, answered_by)
        if answered_by is None:
            other = self.judgement.best_to_ask_for(incident, t)
            if other is not None and (own is None or other.value_s < own.value_s):
                self.ask(incident, self.fleet.units[other.unit].centre, t)
                return
        if own is not None:
            self.send_best(incident, self.fleet.units[own.unit], t, answered_by)
        else:
            self.queued[incident] = 1
            self.queue.add(incident)

    def is_held_back(self, incident: int) -> bool:
        """Whether the centre keeps its last units for something more urgent than this."""
        centre = self.judgement.centre(incident)
        few = self.fleet.free_primary_count(centre) <= self.world.reserve[centre]
        return self.judgement.urgency(incident) == ORDINARY and bool(few)

    def ask(self, incident: int, owner: int, t: float) -> None:
        """Ask another centre, and decide again when it has answered."""
        centre, urgency = self.judgement.centre(incident), self.judgement.urgency(incident)
        self.asked[incident] = owner
        self.put_on_agenda(Decision(t + self.borders.ask_s(centre, owner, urgency), incident, owner))

    def put_on_agenda(self, decision: Decision) -> None:
        """Put a decision on the agenda, behind those already there for the same time."""
        self.agenda[self.agenda_count] = decision
        self.agenda_count += 1

    # Dispatch

    def send_best(self, incident: int, unit: Unit, t: float, answered_by: int | None) -> None:
        """Dispatch the own best, free or on another mission, as primary, and support it."""
        cause = AT_ONCE if answered_by is None else AFTER_ASKING
        if unit.mission is not None:
            left = unit.mission
            primary_s = self.judgement.diverted_s(left, incident, t)
            primary = self.fleet.divert(unit, incident, TAKEN_OFF, t)
            self.bumped[left.incident] += 1
            self.put_on_agenda(Decision(t, left.incident, None))
        else:
            assert unit.stint is not None
            primary_s = self.judgement.expected_s(unit.stint, incident, t)
            primary = self.fleet.send_free(unit, incident, PRIMARY, cause, t)
        self.support(primary, t, primary_s, answered_by, cause)

    def send_from_queue(self, unit: Unit, node: int, at_home: bool, head: Head, t: float) -> None:
        """Send a unit that has just become free, or come on duty, to the head of a queue."""
        self.queue.remove(head.incident)
        primary_s = self.judgement.standing_s(node, at_home, head.incident)
        primary = self.fleet.send_from(unit, node, at_home, head.incident, FROM_QUEUE, t, head.delay_s)
        self.support(primary, t, primary_s, None, FROM_QUEUE)

    def support(self, primary: Mission, t: float, primary_s: float, answered_by: int | None, cause: int) -> None:
        """*Support*: a second unit and a responder, with the first primary dispatch of an incident only."""
        incident = primary.incident
        if incident in self.supported:
            return
        self.supported.add(incident)
        if self.incidents.second[incident]:
            second = self.judgement.best_free(incident, SECOND, t, answered_by)
            if second is None:
                self.second_missing[incident] = 1
            else:
                self.fleet.send_free(self.fleet.units[second.unit], incident, SECOND, cause, t)
        if self.judgement.urgency(incident) == ACUTE:
            responder = self.judgement.best_free(incident, RESPONDER, t, answered_by)
            if responder is not None and responder.value_s < primary_s:
                mission = self.fleet.send_free(self.fleet.units[responder.unit], incident, RESPONDER, cause, t)
                self.fleet.release_responder(mission, primary)

    # When a unit becomes free

    def become_free(self, unit: Unit, t: float) -> None:
        """*When a unit becomes free*: home when the shift is over, else release."""
        assert unit.mission is not None
        node = unit.mission.free_node
        unit.mission = None
        if unit.on_shift:
            self.release(unit, node, False, t)
        else:
            self.fleet.drive_from_node(unit, OFF_HOME, node, unit.home, t)

    def release(self, unit: Unit, node: int, at_home: bool, t: float) -> None:
        """Queue, standby, home: in this order."""
        head = self.find_head(unit)
        if head is not None:
            self.send_from_queue(unit, node, at_home, head, t)
            return
        point = self.find_standby_point(unit, node)
        if point is not None:
            self.fleet.drive_from_node(unit, STANDBY, node, int(self.world.standby_node[point]), t, point)
        elif at_home:
            self.fleet.begin_stint(unit, HOME, no_drive(self.fleet.roads, node, t), t)
        else:
            self.fleet.drive_from_node(unit, HOME, node, unit.home, t)

    def find_head(self, unit: Unit) -> Head | None:
        """(a) the queued incident that this unit takes, or None."""
        if not unit.has_role(PRIMARY):
            return None
        for urgency in (ACUTE, URGENT, ORDINARY):
            free_count = self.fleet.free_primary_count(unit.centre) + 1  # this one is not in a stint yet
            if urgency == ORDINARY and free_count <= self.world.reserve[unit.centre]:
                continue
            at_once, after_asking = [], []
            for incident in self.queue:
                centre, call_t = self.judgement.centre(incident), float(self.incidents.call_t[incident])
                if self.judgement.urgency(incident) != urgency:
                    continue
                if self.borders.seamless(centre, unit.centre, urgency):
                    at_once.append(Head(call_t, incident, 0.0))
                elif self.borders.own_first(centre, unit.centre, urgency):
                    after_asking.append(Head(call_t, incident, self.borders.ask_s(centre, unit.centre, urgency)))
            if at_once or after_asking:
                return min(at_once or after_asking)
        return None

    def find_standby_point(self, unit: Unit, node: int) -> int | None:
        """(b) the first standby point that this unit should go to, or None."""
        if not unit.has_role(PRIMARY):
            return None
        taken, kept_home = set(), 0
        for other in self.fleet.free_units():
            assert other.stint is not None
            if other.stint.kind == STANDBY:
                taken.add(other.stint.point)
            elif other.station == unit.station:
                kept_home += 1
        for point in range(len(self.world.standby_node)):
            drive_s = self.fleet.whole_trip_s(node, int(self.world.standby_node[point])) * self.fleet.return_factor
            if (
                self.world.standby_home[point, unit.station]
                and point not in taken
                and kept_home >= self.world.standby_keep[point]
                and drive_s <= self.world.standby_max_s[point]
            ):
                return point
        return None

    # Duty changes

    def come_on_duty(self, unit: Unit, t: float) -> None:
        """*On*: from home, from the way home, or still on a mission."""
        if unit.on_shift:
            return
        unit.on_shift = True
        if unit.off_duty(t):
            if unit.stint is not None:
                self.fleet.end_stint(unit, t)
            self.release(unit, unit.home, True, t)
        elif unit.stint is not None:
            self.fleet.take_over_route(unit, HOME, t)

    def go_off_duty(self, unit: Unit, t: float) -> None:
        """*Off*: at home at once, else on the way home, else when the mission is over."""
        if not unit.on_shift:
            return
        unit.on_shift = False
        if unit.stint is None:
            return
        if unit.stint.stands_at_home(t):
            self.fleet.end_stint(unit, t)
        elif unit.stint.kind == HOME:
            self.fleet.take_over_route(unit, OFF_HOME, t)
        else:
            self.fleet.turn_home_off_duty(unit, t)
