"""What is done about an incident: the sections *Decision* and *Dispatch* of the rules."""

from __future__ import annotations

from beredt.dispatch.world import ACUTE, ORDINARY, PRIMARY, RESPONDER, SECOND, Incidents, World
from tests.reference.borders import Borders
from tests.reference.desk import AFTER_ASKING, AT_ONCE, FROM_QUEUE, TAKEN_OFF, Decision, Desk
from tests.reference.drives import Site
from tests.reference.fleet import Fleet
from tests.reference.judgement import Judgement
from tests.reference.units import Mission, Unit


class Decisions:
    """Decide about incidents, and send units."""

    def __init__(
        self, world: World, incidents: Incidents, fleet: Fleet, borders: Borders, judgement: Judgement, desk: Desk
    ) -> None:
        self._world = world
        self._incidents = incidents
        self._fleet = fleet
        self._borders = borders
        self._judgement = judgement
        self._desk = desk

    def decide(self, incident: int, t: float, answered_by: int | None) -> None:
        """*Decision*, steps 1 to 7."""
        if answered_by is None and self._is_held_back(incident):
            self._desk.held[incident] = 1
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
        reserve = int(self._world.reserve[centre])
        ordinary = self._judgement.urgency(incident) == ORDINARY
        return ordinary and reserve > 0 and self._fleet.free_primary_count(centre) <= reserve

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

    def _send_best(self, incident: int, unit: Unit, t: float, answered_by: int | None) -> None:
        """Dispatch the own best, free or on another mission, as primary, and support it."""
        cause = AT_ONCE if answered_by is None else AFTER_ASKING
        primary_s = self._expected_s(incident, unit, t)
        left = unit.mission
        if left is None:
            primary = self._fleet.send_free(unit, incident, PRIMARY, cause, t)
        else:
            primary = self._fleet.divert(unit, incident, TAKEN_OFF, t)
            self._desk.bumped[left.incident] += 1
            self._desk.put_on_agenda(Decision(t, left.incident))
        self._support(primary, t, primary_s, answered_by, cause)

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
        """Send a unit that has just become free, or come on duty, as primary, and support it."""
        primary_s = self._judgement.standing_s(site, at_home, incident, t)
        primary = self._fleet.send_from(unit, site, at_home, incident, cause, t, delay_s)
        self._support(primary, t, primary_s, None, cause)

    def _support(self, primary: Mission, t: float, primary_s: float, answered_by: int | None, cause: int) -> None:
        """*Support*: a second unit and a responder, with the first primary dispatch of an incident only."""
        incident = primary.incident
        if incident in self._desk.supported:
            return
        self._desk.supported.add(incident)
        if self._incidents.second[incident]:
            second = self._judgement.best_supporter(incident, SECOND, t, answered_by)
            if second is None:
                self._desk.second_missing[incident] = 1
            else:
                self._fleet.send_free(self._fleet.units[second.unit], incident, SECOND, cause, t)
        if self._judgement.urgency(incident) == ACUTE:
            responder = self._judgement.best_supporter(incident, RESPONDER, t, answered_by)
            if responder is not None and responder.value_s < primary_s:
                mission = self._fleet.send_free(self._fleet.units[responder.unit], incident, RESPONDER, cause, t)
                self._fleet.release_responder(mission, primary)
