"""The slow, obvious twin of the simulation kernel: written from the rules alone, in plain Python.

It shares no function with the kernel. Read it beside `docs/explanation/simulation-rules.md`, whose
sections its files and methods follow by name.
"""

from __future__ import annotations

from math import isnan
from typing import NamedTuple

from beredt.dispatch.world import HOME, MOVE, NOT_DONE, OFF_HOME, Incidents, World
from tests.reference.borders import Borders
from tests.reference.crises import CrisisWatch
from tests.reference.decisions import Decisions, asks_of
from tests.reference.desk import AT_ONCE, TAKEN_OVER, Decision, Desk
from tests.reference.drives import Place, Site
from tests.reference.fleet import Fleet
from tests.reference.judgement import Judgement
from tests.reference.outcome import TwinOutcome
from tests.reference.releases import Releases, TakingOver
from tests.reference.relocation import Relocation
from tests.reference.reserves import ReserveWatch
from tests.reference.tasks import Tasks
from tests.reference.units import Unit
from tests.reference.wards import Hospitals

AGENDA, UNIT_FREE, DUTY_CHANGE, INCIDENT_READY = 0, 1, 2, 3
"""Kinds of event, in the order in which they happen at equal times."""


class Event(NamedTuple):
    """Something that happens; the smallest happens next. `number` says which, and in what order, within a kind."""

    t: float
    kind: int
    number: int


def simulate(world: World, incidents: Incidents) -> TwinOutcome:
    """Run one replication from t = 0 to `end_s` by the rules."""
    twin = Twin(world, incidents)
    twin.begin()
    while (event := twin.next_event()) is not None:
        twin.happen(event)
    return twin.finish()


class Twin:
    """The service while it is simulated: events, and what units do about them."""

    def __init__(self, world: World, incidents: Incidents) -> None:
        self.world = world
        self.incidents = incidents
        asks = asks_of(world, incidents)
        self.desk = Desk(asks.first_want.tolist())
        self.fleet = Fleet(world, incidents)
        borders = Borders(world)
        self.tasks = Tasks(world, incidents, self.fleet, self.desk, borders)
        self.hospitals = Hospitals(world, incidents, self.fleet, self.desk)
        judgement = Judgement(world, incidents, self.fleet, borders, self.desk, self.tasks)
        self.decisions = Decisions(
            world, incidents, asks, self.fleet, borders, judgement, self.desk, self.tasks, self.hospitals
        )
        self.releases = Releases(world, incidents, self.fleet, borders, judgement, self.desk)
        self.relocation = Relocation(world, self.fleet, borders)
        self.crises = CrisisWatch(world, incidents, self.fleet, borders, self.desk)
        self.reserves = ReserveWatch(world, incidents, self.fleet, borders, self.desk)
        self.duty_changes_done = 0
        self.incidents_ready = 0

    # Events

    def begin(self) -> None:
        """Units on duty at t = 0 stand at home."""
        for unit in self.fleet.units:
            if unit.on_shift:
                self.fleet.stand(unit, HOME, self.fleet.base_site(unit.station), 0.0)
        self.tasks.begin()
        self.hospitals.begin()

    def next_event(self) -> Event | None:
        """The next event before the end, or None."""
        events = [Event(decision.t, AGENDA, number) for number, decision in self.desk.agenda.items()]
        events += [Event(unit.mission.free_t, UNIT_FREE, unit.number) for unit in self.fleet.units if unit.mission]
        at_tasks = [unit for unit in self.fleet.units if unit.task is not None]
        events += [Event(self.tasks.free_t(unit), UNIT_FREE, unit.number) for unit in at_tasks]
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
        if event.kind == AGENDA and self.is_over(event.number):
            return
        sent = len(self.fleet.missions)
        looked_for = event.kind == AGENDA and self.desk.agenda[event.number].ask is not None
        if event.kind == AGENDA:
            self.decide_again(event.number)
        elif event.kind == UNIT_FREE:
            self.become_free(self.fleet.units[event.number], event.t)
        elif event.kind == DUTY_CHANGE:
            self.duty_changes_done += 1
            self.tasks.duty_changes_done = self.duty_changes_done
            unit = self.fleet.units[int(self.world.duty_unit[event.number])]
            if self.world.duty_on[event.number]:
                self.come_on_duty(unit, event.t)
            else:
                self.go_off_duty(unit, event.t)
        else:
            self.incidents_ready += 1
            self.decisions.decide(int(self.incidents.ready_order[event.number]), event.t, None)
        freed = event.kind in (UNIT_FREE, DUTY_CHANGE)
        self.relocation.comply(event.t, changed=freed or looked_for or len(self.fleet.missions) > sent)
        self.crises.look(event.t)
        self.reserves.look(event.t)

    def finish(self) -> TwinOutcome:
        """*At the end*: stints under way end, missions keep their planned times."""
        for unit in self.fleet.units:
            if unit.stint is not None:
                self.fleet.end_stint(unit, self.world.end_s)
            if unit.mission is not None and unit.mission.free_t == NOT_DONE:
                if unit.mission.leave_t == NOT_DONE:
                    self.fleet.plan_stay(unit.mission, max(unit.mission.scene_t, self.world.end_s))
                else:  # it waits at a hospital
                    unit.mission.free_t = max(unit.mission.dest_t, self.world.end_s)
        return TwinOutcome(
            missions=[mission.row() for mission in self.fleet.missions],
            stints=[stint.row() for stint in self.fleet.stints],
            asked=self.desk.asked,
            queued=self.desk.queued,
            held=self.desk.held,
            bumped=self.desk.bumped,
            second_missing=self.desk.second_missing,
            tasks=[
                (task.state, task.unit, -1.0 if isnan(task.begun_t) else round(task.begun_t, 3), task.given_up)
                for task in self.tasks.tasks
            ],
            crises=self.crises.totals(),
        )

    def is_over(self, number: int) -> bool:
        """Whether this was the end of waiting for an incident that does not wait any more, or a call from a scene to
        which the unit never came: then nothing happens."""
        decision = self.desk.agenda[number]
        over = decision.waited and decision.incident not in self.desk.waiting
        over = over or (decision.called_by is not None and decision.called_by.diverted)
        if over:
            del self.desk.agenda[number]
        return over

    def decide_again(self, number: int) -> None:
        """An answer has come, waiting is over, or an incident has lost its unit."""
        decision = self.desk.agenda.pop(number)
        if decision.waited:
            self.desk.waiting.remove(decision.incident)
        if self.is_no_decision(decision):
            return
        if decision.ask is not None:
            self.decisions.look_for(decision.ask, decision.t, 0.0, None, AT_ONCE)
            return
        if decision.called_by is not None:
            self.decisions.call_for_carrier(decision.incident)
        self.decisions.decide(decision.incident, decision.t, decision.answered_by)

    def is_no_decision(self, decision: Decision) -> bool:
        """Planned tasks, patients at hospitals, meetings: whether it was one of these, which then happens."""
        mission, t = decision.called_by, decision.t
        if decision.task is not None:
            self.tasks.opens(decision.task, t)
        elif decision.let_in is not None:
            if decision.let_go:
                self.hospitals.let_go(decision.let_in)
            for changed in self.hospitals.let_in(decision.let_in, t):
                self.decisions.replan_those_who_stay(changed.incident)
        elif mission is not None and decision.meets:
            self.decisions.meet(mission, t)
        elif mission is not None and (decision.leaves or decision.arrives):
            changes = self.hospitals.leaves(mission) if decision.leaves else self.hospitals.arrives(mission, t)
            if changes:
                self.decisions.replan_those_who_stay(mission.incident)
        else:
            return False
        return True

    # When a unit becomes free

    def become_free(self, unit: Unit, t: float) -> None:
        """*When a unit becomes free*: home when the shift is over, else release."""
        if unit.task is not None:
            site = self.tasks.done(unit, t)
        else:
            assert unit.mission is not None
            site = unit.mission.free_site
            unit.mission = None
        if unit.on_shift:
            self.release(unit, site, False, t)
        else:
            self.fleet.drive_home_off_duty(unit, Place(site.node, site.leg, 0.0, 0.0), t)

    def release(self, unit: Unit, site: Site, at_home: bool, t: float) -> None:
        """Queue, waiting, taking over, relocation: in this order."""
        if unit.serves and self.finds_work(unit, site, at_home, t):
            return
        if not self.tasks.take(unit, site, t):
            self.relocation.send_away(unit, site, at_home, t)

    def finds_work(self, unit: Unit, site: Site, at_home: bool, t: float) -> bool:
        """(a), (b) and (c): whether the unit is sent."""
        head = self.releases.find_head(unit)
        if head is not None:
            self.desk.queue.remove(head.incident)
            self.decisions.send_standing(unit, site, at_home, head.incident, t, delay_s=head.delay_s)
            return True
        waiting = self.releases.find_waiting(unit, site, at_home, t)
        if waiting is not None:
            self.desk.waiting.remove(waiting)
            self.decisions.send_standing(unit, site, at_home, waiting, t)
            return True
        taking_over = self.releases.find_taking_over(unit, site, at_home, t)
        if taking_over is not None:
            self.turn_back(taking_over, t)
            self.decisions.send_standing(unit, site, at_home, taking_over.incident, t, TAKEN_OVER)
            return True
        return False

    def turn_back(self, taking_over: TakingOver, t: float) -> None:
        """(c) the unit whose mission is taken over goes to its base, or home off duty."""
        unit = self.fleet.units[taking_over.unit]
        place = self.fleet.place_of(unit, t)
        self.decisions.taken_off(self.fleet.take_off(unit, t))
        if unit.on_shift:
            self.fleet.drive(unit, HOME, place, self.fleet.base_site(unit.base), t)
        else:
            self.fleet.drive_home_off_duty(unit, place, t)

    # Duty changes

    def come_on_duty(self, unit: Unit, t: float) -> None:
        """*On*: from home, from the way home, or still on a mission."""
        if unit.on_shift:
            return
        unit.on_shift = True
        unit.on_t, unit.moves_day, unit.moves, unit.moved_km = t, 0, 0, 0.0
        if unit.off_duty(t):
            if unit.stint is not None:
                self.fleet.end_stint(unit, t)
            self.release(unit, self.fleet.base_site(unit.station), True, t)
        elif unit.stint is not None and unit.task is None:
            self.fleet.go_on_as(unit, HOME, t)

    def go_off_duty(self, unit: Unit, t: float) -> None:
        """*Off*: at home at once, else on the way home, else when the mission is over."""
        if not unit.on_shift:
            return
        unit.on_shift = False
        if unit.stint is None or unit.task is not None:
            return
        to_own_station = unit.stint.kind in (HOME, MOVE) and unit.base == unit.station
        if to_own_station and unit.stint.stands(t):
            self.fleet.end_stint(unit, t)
        elif to_own_station:
            self.fleet.go_on_as(unit, OFF_HOME, t)
        else:
            place = self.fleet.place_of(unit, t)
            self.fleet.end_stint(unit, t)
            self.fleet.drive_home_off_duty(unit, place, t)
