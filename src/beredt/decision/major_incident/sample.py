"""One sample: one alternative at one moment, with the event and on the same day without it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from beredt.decision.major_incident.assumptions import Assumptions
from beredt.decision.major_incident.called_in import with_called_in
from beredt.decision.major_incident.follow import Followed, Phase, follow
from beredt.decision.major_incident.inject import Injected, asked_for, inject
from beredt.decision.major_incident.major_incident import Event
from beredt.decision.major_incident.needed_wants import with_needed_wants
from beredt.decision.major_incident.room import room_at
from beredt.decision.major_incident.stand_ins import hospital_turns
from beredt.decision.major_incident.transport_plan import Load, plan_transport
from beredt.decision.major_incident.waiting import run_with_waits
from beredt.decision.major_incident.window import Window, cut_calls, cut_land
from beredt.demand.generate import GeneratedCalls
from beredt.dispatch.crossing import demand_of, land_of
from beredt.dispatch.records import Land
from beredt.dispatch.world import F8, I1, I8, SEAMLESS, Incidents
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.simulation.case import Case, prepare_case
from beredt.simulation.incident_rules import IncidentRules
from beredt.simulation.paths.closed_hours import ClosedHours
from beredt.simulation.paths.meet_calls import meet_calls
from beredt.simulation.study_roads import Places, StudyRoads


@dataclass(frozen=True, slots=True, eq=False)
class Answering:
    """An alternative made ready to answer N incidents: its land, the same without borders, its H hospitals."""

    service: Service
    case: Case
    roads: StudyRoads
    land: Land
    seamless: Land
    called_in: tuple[int, ...]
    drive_s: F8  # [N, H] from each scene to each hospital
    capacity: I8  # [H, 3] patients by severity that each takes when it is open
    needed_want: I1  # [N, B] what is needed is wanted as, from `with_needed_wants`

    @property
    def rules(self) -> IncidentRules:
        """What it does with incidents."""
        return self.case.generated.rules

    def room(self, alarm_s: float) -> I8:
        """What each hospital has room for when the alarm goes, [H, 3]."""
        return room_at(self.capacity, self._closed(), self._hour(alarm_s))

    def turns(self, event: Event, alarm_s: float) -> F8:
        """In which order hospitals are asked for each place of an event, [N, H]: less is sooner."""
        area = np.array([one.scene.area for one in event.incidents], np.int32)
        return hospital_turns(self.drive_s, self._closed(), area, self._hour(alarm_s))

    def _closed(self) -> ClosedHours | None:
        paths = self.rules.paths
        return None if paths is None else paths.closed

    def _hour(self, alarm_s: float) -> int:
        return self.land.first_hour + int(alarm_s // 3600.0)

    def asked(self, event: Event, alarm_s: float, assumptions: Assumptions) -> tuple[Load, ...]:
        """What units are asked for: what is needed, and the transport plan of the hour of the alarm."""
        patients = [one.patients for one in event.incidents]
        loads = plan_transport(patients, self.turns(event, alarm_s), self.room(alarm_s), assumptions.per_unit)
        return asked_for(event, loads)


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """An event and the same day without it, run with the same draws. `open_s` [K] as `waiting.Waited`."""

    window: Window
    injected: Injected
    with_event: Followed
    without: Followed
    plain: Injected
    open_s: F8


def prepare_answering(
    study: Study, roads: StudyRoads, service: Service, event: Event, capacity: I8, assumptions: Assumptions
) -> Answering:
    """Make an alternative ready.

    Args:
        study: whose period and people hold.
        roads: as the service has them.
        service: after the alternative's edits.
        event: the event.
        capacity: [H, 3] patients by severity that each of its hospitals takes when it is open.
        assumptions: of the answer.
    """
    manned, called_in = with_called_in(service, assumptions.call_in_share)
    case = prepare_case(study, roads, manned)
    world, needed_want = with_needed_wants(case.world, manned, event.needed)
    case = replace(case, world=world)
    rules = case.generated.rules
    at = np.array([one.scene.area for one in event.incidents], np.int32)
    scenes = Places(rules.area_node[at], rules.area_leg[at])
    drive_s = roads.trip_s(scenes, Places(rules.hospital_node, rules.hospital_leg)).T
    return Answering(
        service=manned,
        case=case,
        roads=roads,
        land=land_of(world),
        seamless=land_of(world._replace(policy=np.full_like(world.policy, SEAMLESS))),
        called_in=called_in,
        drive_s=drive_s,
        capacity=capacity,
        needed_want=needed_want,
    )


def run_sample(
    answering: Answering,
    event: Event,
    calls: GeneratedCalls,
    window: Window,
    assumptions: Assumptions,
    seed: int,
    replication: int,
) -> Sampled:
    """Run a window twice.

    Args:
        answering: the alternative.
        event: the event; what units are asked for is the alternative's own, at that hour.
        calls: the replication's, of the whole period.
        window: around the first alarm.
        assumptions: of the answer.
        seed: the study's.
        replication: its number.
    """
    own, rules, wants = answering.called_in, answering.rules, answering.needed_want
    incidents = meet_calls(rules, cut_calls(calls, window)).incidents
    asked = answering.asked(event, window.alarm_s, assumptions)
    injected = inject(event, asked, window.alarm_s, incidents, rules, seed, replication, wants)
    plain = inject(event, (), window.alarm_s, incidents, rules, seed, replication, wants)
    look_s = window.alarm_s + 60.0 * np.array(assumptions.minutes)
    called_s = window.alarm_s + assumptions.call_in_min * 60.0
    usual = cut_land(answering.land, window, own)
    roads = answering.roads

    def run(incidents: Incidents, phases: list[Phase]) -> Followed:
        return follow(phases, demand_of(incidents, answering.case.world), look_s, rules, roads)

    crisis = [Phase(cut_land(answering.land, window, own, called_s), window.end_s)]
    if assumptions.seamless_h > 0.0:
        until = min(window.alarm_s + assumptions.seamless_h * 3600.0, window.end_s)
        seamless = cut_land(answering.seamless, window, own, called_s)
        crisis = [Phase(crisis[0].land, window.alarm_s), Phase(seamless, until), *crisis]
    waited = run_with_waits(event, injected, window.end_s, lambda incidents: run(incidents, crisis))
    return Sampled(
        window=window,
        injected=waited.injected,
        with_event=waited.followed,
        without=run(plain.incidents, [Phase(usual, window.end_s)]),
        plain=plain,
        open_s=waited.open_s,
    )
