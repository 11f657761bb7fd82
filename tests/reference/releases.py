"""What waits for a unit that becomes free: (a), (b) and (c) of the section *When a unit becomes free*."""

from __future__ import annotations

import math
from typing import NamedTuple

from beredt.dispatch.world import ACUTE, ORDINARY, PRIMARY, URGENT, Incidents, World
from tests.reference.borders import Borders
from tests.reference.desk import Desk
from tests.reference.drives import Site
from tests.reference.fleet import Fleet
from tests.reference.judgement import Judgement
from tests.reference.units import Unit


class Head(NamedTuple):
    """The head of a queue, as a unit that becomes free sees it; the smallest is first."""

    call_t: float
    incident: int
    delay_s: float


class TakingOver(NamedTuple):
    """A mission that a unit could take over; the smallest is the best."""

    loss_s: float  # less what is gained
    incident: int
    unit: int  # now on its way there


class Releases:
    """Look for work for a unit that serves and has no stint just now."""

    def __init__(
        self, world: World, incidents: Incidents, fleet: Fleet, borders: Borders, judgement: Judgement, desk: Desk
    ) -> None:
        self._world = world
        self._incidents = incidents
        self._fleet = fleet
        self._borders = borders
        self._judgement = judgement
        self._desk = desk

    def find_head(self, unit: Unit) -> Head | None:
        """(a) the queued incident that this unit takes, or None."""
        for urgency in (ACUTE, URGENT, ORDINARY):
            at_once, after_asking = [], []
            for incident in self._desk.queue:
                centre, call_t = self._judgement.centre(incident), float(self._incidents.call_t[incident])
                if self._judgement.urgency(incident) != urgency or not self._may_be_sent(unit, incident):
                    continue
                if self._borders.seamless(centre, unit.centre, urgency):
                    at_once.append(Head(call_t, incident, 0.0))
                elif self._borders.own_first(centre, unit.centre, urgency) and self._borders.allows(
                    "lends", unit.centre
                ):
                    after_asking.append(Head(call_t, incident, self._borders.ask_s(centre, unit.centre, urgency)))
            free_count = self._fleet.free_ready_count(unit.centre) + 1  # this one is not in a stint yet
            kept = urgency == ORDINARY and free_count <= self._borders.reserve(unit.centre)
            if kept and (at_once or after_asking):
                self._desk.holding_back.add(unit.centre)
            elif at_once or after_asking:
                return min(at_once or after_asking)
        return None

    def find_waiting(self, unit: Unit, site: Site, at_home: bool, t: float) -> int | None:
        """(b) the incident that has waited for a unit as near as this one, or None."""
        near = []
        for incident in self._desk.waiting:
            urgency = self._judgement.urgency(incident)
            if self.is_open_to(unit, incident) and self._judgement.standing_s(
                unit, site, at_home, incident, t
            ) <= float(self._world.policies.cutoff_s[urgency]):
                near.append((urgency, incident))
        return min(near)[1] if near else None

    def find_taking_over(self, unit: Unit, site: Site, at_home: bool, t: float) -> TakingOver | None:
        """(c) the mission that this unit takes over, or None."""
        least_s = float(self._world.policies.rebook_gain_s)
        if math.isinf(least_s):
            return None
        found = []
        for other in self._fleet.units:
            mission = other.mission
            if mission is None or mission.role != PRIMARY or t >= mission.scene_t:
                continue
            incident = mission.incident
            if self.is_open_to(unit, incident):
                expected_s = self._judgement.standing_s(unit, site, at_home, incident, t)
                gain_s = (mission.scene_t - t) - (expected_s + self._judgement.price_s(unit, incident))
                if gain_s >= least_s:
                    found.append(TakingOver(-gain_s, incident, other.number))
        return min(found, default=None)

    def is_open_to(self, unit: Unit, incident: int) -> bool:
        """Whether the incident is one of the unit's own or of a seamless centre, and the unit may be sent to it."""
        centre, urgency = self._judgement.centre(incident), self._judgement.urgency(incident)
        return self._borders.seamless(centre, unit.centre, urgency) and self._may_be_sent(unit, incident)

    def _may_be_sent(self, unit: Unit, incident: int) -> bool:
        return self._judgement.fit(unit, incident) and math.isfinite(self._judgement.price_s(unit, incident))
