"""What is done about an incident: the sections *Decision* and *Dispatch* of the rules."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.world import (
    ACUTE,
    AFTER,
    AHEAD,
    CARRIER,
    NOT_DONE,
    ORDINARY,
    PRIMARY,
    RESPONDER,
    SECOND,
    TOGETHER,
    Asks,
    Incidents,
    World,
)
from tests.reference.borders import Borders
from tests.reference.desk import AFTER_ASKING, AT_ONCE, FROM_QUEUE, TAKEN_OFF, Decision, Desk
from tests.reference.drives import Site
from tests.reference.fleet import Fleet
from tests.reference.judgement import Judgement
from tests.reference.tasks import Tasks
from tests.reference.units import Mission, Unit
from tests.reference.wards import Hospitals


class Decisions:
    """Decide about incidents, and send units."""

    def __init__(
        self,
        world: World,
        incidents: Incidents,
        asks: Asks,
        fleet: Fleet,
        borders: Borders,
        judgement: Judgement,
        desk: Desk,
        tasks: Tasks,
        hospitals: Hospitals,
    ) -> None:
        self._world = world
        self._incidents = incidents
        self._fleet = fleet
        self._borders = borders
        self._judgement = judgement
        self._desk = desk
        self._asks = asks
        self._tasks = tasks
        self._hospitals = hospitals
        self._sought: dict[int, bool] = {}  # missions for which a place to meet is looked for; True: it has been

    def decide(self, incident: int, t: float, answered_by: int | None) -> None:
        """*Decision*, steps 1 to 7."""
        if answered_by is None and self._is_held_back(incident):
            self._desk.held[incident] = 1
            self._desk.holding_back.add(self._judgement.centre(incident))
            self._desk.queue.add(incident)
            return
        own = self._judgement.best_own(incident, t, answered_by)
        if answered_by is None:
            other = self._judgement.best_to_ask_for(incident, t)
            if other is not None and (own is None or other.value_s < own.value_s):
                self._ask(incident, self._fleet.units[other.unit].centre, t)
                return
        if own is None:
            self._desk.queued[incident] = 1
            self._desk.queue.add(incident)
            return
        unit = self._fleet.units[own.unit]
        if answered_by is None and self._waits_for_a_nearer_one(incident, unit, t):
            self._desk.queued[incident] = 1
            self._desk.waiting.add(incident)
            self._desk.put_on_agenda(Decision(self._waits_until(incident), incident, waited=True))
            return
        self._send_best(incident, unit, t, answered_by)

    def _is_held_back(self, incident: int) -> bool:
        """Whether the centre keeps its last units for something more urgent than this."""
        centre = self._judgement.centre(incident)
        reserve = self._borders.reserve(centre)
        ordinary = self._judgement.urgency(incident) == ORDINARY
        return ordinary and reserve > 0 and self._fleet.free_ready_count(centre) <= reserve

    def _ask(self, incident: int, owner: int, t: float) -> None:
        """Ask another centre, and decide again when it has answered."""
        centre, urgency = self._judgement.centre(incident), self._judgement.urgency(incident)
        self._desk.asked[incident] = owner
        self._desk.put_on_agenda(Decision(t + self._borders.ask_s(centre, owner, urgency), incident, owner))

    def _waits_for_a_nearer_one(self, incident: int, unit: Unit, t: float) -> bool:
        """Whether the best unit is so far away that it is worth waiting a little."""
        cutoff_s = float(self._world.policies.cutoff_s[self._judgement.urgency(incident)])
        return self._expected_s(incident, unit, t) > cutoff_s and t < self._waits_until(incident)

    def _waits_until(self, incident: int) -> float:
        wait_s = float(self._world.policies.cutoff_wait_s[self._judgement.urgency(incident)])
        return float(self._incidents.ready_t[incident]) + wait_s

    def _expected_s(self, incident: int, unit: Unit, t: float) -> float:
        """What is expected of the own best, without price and margin."""
        if unit.mission is not None:
            return self._judgement.diverted_s(unit.mission, incident, t)
        return self._judgement.free_s(unit, incident, t)

    # Dispatch

    def _role(self, incident: int) -> int:
        return CARRIER if incident in self._desk.carrier_called else PRIMARY

    def _send_best(self, incident: int, unit: Unit, t: float, answered_by: int | None) -> None:
        """Dispatch the own best, free or on another mission."""
        cause = AT_ONCE if answered_by is None else AFTER_ASKING
        expected_s = self._expected_s(incident, unit, t)
        left, role = unit.mission, self._role(incident)
        if left is None:
            self._leave_task(unit, t)
            mission = self._fleet.send_free(unit, incident, role, cause, t)
        else:
            mission = self._fleet.divert(unit, incident, role, TAKEN_OFF, t)
            self.taken_off(left)
            self._desk.bumped[left.incident] += 1
            self._desk.put_on_agenda(Decision(t, left.incident))
        self._sent(mission, t, expected_s, answered_by, cause)

    def send_standing(
        self,
        unit: Unit,
        site: Site,
        at_home: bool,
        incident: int,
        t: float,
        cause: int = FROM_QUEUE,
        delay_s: float = 0.0,
    ) -> None:
        """Send a unit that has just become free, or come on duty."""
        expected_s = self._judgement.standing_s(unit, site, at_home, incident, t)
        mission = self._fleet.send_from(unit, site, at_home, incident, self._role(incident), cause, t, delay_s)
        self._sent(mission, t, expected_s, None, cause)

    def taken_off(self, mission: Mission) -> None:
        """A mission was broken off: perhaps the patient has no unit any more."""
        incident = mission.incident
        if self._desk.primary.get(incident) is mission:
            del self._desk.primary[incident]
        if self._desk.patients_unit.get(incident) is mission:
            del self._desk.patients_unit[incident]
            self._plan_those_who_stay(incident)

    def _sent(self, mission: Mission, t: float, expected_s: float, answered_by: int | None, cause: int) -> None:
        """What a first unit or a carrier does at the scene, and what is asked for beside it."""
        incident = mission.incident
        on_scene_s = float(self._incidents.on_scene_s[incident])
        if mission.role == CARRIER:
            begun_t = self._desk.primary[incident].scene_t
            self._takes_the_patient(
                mission, max(mission.scene_t + float(self._asks.load_s[incident]), begun_t + on_scene_s)
            )
            return
        self._desk.primary[incident] = mission
        if self._fleet.units[mission.unit].carries or self._incidents.dest[incident] < 0:
            self._takes_the_patient(mission, mission.scene_t + on_scene_s)
        else:
            mission.stays = True
            self._plan(mission)
            call_t = mission.scene_t + float(self._asks.assess_s[incident])
            self._desk.put_on_agenda(Decision(call_t, incident, called_by=mission))
        self._look_for_asks(mission, t, expected_s, answered_by, cause)

    def _takes_the_patient(self, mission: Mission, leave_t: float) -> None:
        self._fleet.plan_care(mission, leave_t)
        if self._incidents.dest[mission.incident] >= 0:
            self._hospitals.patient_planned(mission)
        self._desk.patients_unit[mission.incident] = mission
        self._plan_those_who_stay(mission.incident)

    def _leave_task(self, unit: Unit, t: float) -> None:
        if unit.task is not None:
            self._tasks.given_up(unit, t)

    def replan_those_who_stay(self, incident: int) -> None:
        """The plan of the patient's unit has changed."""
        self._plan_those_who_stay(incident)

    def call_for_carrier(self, incident: int) -> None:
        """*Calling for a carrier*."""
        self._desk.carrier_called.add(incident)
        self._desk.want[incident] = int(self._asks.carrier_want[incident])

    # Asks

    def _look_for_asks(
        self, primary: Mission, t: float, expected_s: float, answered_by: int | None, cause: int
    ) -> None:
        """*Asks*: those after are put on the agenda, the others are looked for once."""
        incident = primary.incident
        asks = [ask for ask in range(len(self._asks.incident)) if self._asks.incident[ask] == incident]
        for ask in asks:
            if self._asks.when[ask] == AFTER:
                call_t = primary.scene_t + float(self._asks.after_s[ask])
                self._desk.put_on_agenda(Decision(call_t, incident, called_by=primary, ask=ask))
        if incident in self._desk.supported:
            return
        self._desk.supported.add(incident)
        for ask in asks:
            if self._asks.when[ask] != AFTER:
                self.look_for(ask, t, expected_s, answered_by, cause)

    def look_for(self, ask: int, t: float, primary_s: float, answered_by: int | None, cause: int) -> None:
        """Send the unit that an ask wants, if there is one."""
        incident, ahead = int(self._asks.incident[ask]), self._asks.when[ask] == AHEAD
        found = self._judgement.best_supporter(incident, int(self._asks.want[ask]), t, answered_by)
        if found is None and not ahead:
            self._desk.second_missing[incident] += 1
        if found is None or (ahead and found.value_s >= primary_s):
            return
        unit = self._fleet.units[found.unit]
        self._leave_task(unit, t)
        mission = self._fleet.send_free(unit, incident, RESPONDER if ahead else SECOND, cause, t)
        mission.ask = ask
        without = incident not in self._desk.patients_unit
        mission.stays = self._escorts(mission) or (without and bool(self._asks.release_s[ask] < NOT_DONE))
        self._plan(mission)

    def _escorts(self, mission: Mission) -> bool:
        return bool(self._asks.escorts[mission.ask]) and bool(self._incidents.dest[mission.incident] >= 0)

    # When those leave who do not take the patient along

    def _plan_those_who_stay(self, incident: int) -> None:
        for unit in self._fleet.busy_at(incident):
            assert unit.mission is not None
            if unit.mission.stays:
                self._plan(unit.mission)

    def _plan(self, mission: Mission) -> None:
        """*Staying with the patient*, and the times of all other asks."""
        incident, ask, scene_t = mission.incident, mission.ask, mission.scene_t
        patients = self._desk.patients_unit.get(incident)
        come_t = NOT_DONE if patients is None else patients.scene_t
        if ask < 0:
            self._fleet.plan_stay(mission, max(scene_t, come_t) + float(self._asks.lone_release_s[incident]))
        elif not self._escorts(mission):
            released_t = max(scene_t, come_t) + float(self._asks.release_s[ask])
            self._fleet.plan_stay(mission, min(scene_t + float(self._asks.stay_s[ask]), released_t))
        elif patients is None:
            self._fleet.plan_stay(mission, NOT_DONE)
            self._sought.pop(id(mission), None)
        elif scene_t <= patients.leave_t or mission.met >= 0:
            self._fleet.plan_escort(mission, patients)
        else:
            self._fleet.plan_stay(mission, scene_t)
            if self._asks.meets[ask] and id(mission) not in self._sought:
                self._sought[id(mission)] = False
                t = max(patients.leave_t, mission.assign_t)
                self._desk.put_on_agenda(Decision(t, incident, called_by=mission, meets=True))

    def meet(self, mission: Mission, t: float) -> None:
        """*Meeting on the way*: the patient's unit has left without this one."""
        patients = self._desk.patients_unit.get(mission.incident)
        if self._sought.get(id(mission), True) or patients is None or t < patients.leave_t:
            return
        self._sought[id(mission)] = True
        found = None if t >= mission.scene_t else self._fleet.meeting_of(mission, patients, t)
        if found is not None:
            mission.met, mission.met_t, mission.met_km, mission.met_mode = found
            self._plan(mission)


def asks_of(world: World, incidents: Incidents) -> Asks:
    """What incidents ask for; where nothing is said, a second unit and a responder."""
    if incidents.asks is not None:
        return incidents.asks
    rows: list[tuple[int, int, int, float, float]] = []
    for number, (second, urgency) in enumerate(zip(incidents.second, incidents.urgency, strict=True)):
        if second:
            rows.append((number, SECOND, TOGETHER, float(incidents.second_on_scene_s[number]), NOT_DONE))
        if urgency == ACUTE:
            rows.append((number, RESPONDER, AHEAD, NOT_DONE, float(world.responder_release_s)))
    plain, nothing = np.zeros(len(incidents.call_t), np.int8), np.zeros(len(incidents.call_t))
    return Asks(
        first_want=plain,
        carrier_want=plain,
        assess_s=nothing,
        load_s=nothing,
        lone_release_s=nothing,
        incident=np.array([row[0] for row in rows], np.int32),
        want=np.array([row[1] for row in rows], np.int8),
        when=np.array([row[2] for row in rows], np.int8),
        after_s=np.zeros(len(rows)),
        stay_s=np.array([row[3] for row in rows], np.float64),
        release_s=np.array([row[4] for row in rows], np.float64),
        escorts=np.zeros(len(rows), np.int8),
        meets=np.zeros(len(rows), np.int8),
    )
