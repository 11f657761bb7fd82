"""What a dispatcher expects of each unit, and which unit that makes the best choice.

Nothing here changes anything: these are the sections *What a dispatcher expects* and steps 2–4 of
*Decision* of the rules.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from beredt.dispatch.world import CARRIER, LIVE, PRIMARY, STALE, Incidents, World
from tests.reference.borders import Borders
from tests.reference.cover import Cover
from tests.reference.desk import Desk
from tests.reference.drives import Place, Site
from tests.reference.fleet import Fleet
from tests.reference.tasks import Tasks
from tests.reference.units import Mission, Stint, Unit


class Choice(NamedTuple):
    """A unit with its value for an incident; the smallest is the best, by unit number on a tie."""

    value_s: float
    unit: int


def best(choices: Iterable[Choice]) -> Choice | None:
    """The lowest value, lowest unit number on a tie, or None without any choice; what is infinite is none."""
    return min((choice for choice in choices if choice.value_s < math.inf), default=None)


class Judgement:
    """The dispatcher's sums."""

    def __init__(
        self, world: World, incidents: Incidents, fleet: Fleet, borders: Borders, desk: Desk, tasks: Tasks
    ) -> None:
        self._world = world
        self._incidents = incidents
        self._fleet = fleet
        self._borders = borders
        self._desk = desk
        self._tasks = tasks
        self._cover_left = Cover(world.policies.cover_left)

    # Expectations

    def standing_s(self, unit: Unit, site: Site, at_home: bool, incident: int, t: float) -> float:
        """Expected seconds to the scene for a unit that stands still."""
        wait_s = self._wait_s(incident, at_home) + unit.start_s
        return self._from_place_s(unit, wait_s, Place(site.node, site.leg, 0.0, 0.0), incident, t)

    def expected_s(self, unit: Unit, stint: Stint, incident: int, t: float, seen_t: float | None = None) -> float:
        """Expected seconds to the scene for a unit that is in this stint, or was when it was seen last."""
        seen_t = t if seen_t is None else seen_t
        place = stint.drive.place_at(seen_t, self._mode(unit, incident, t))
        wait_s = self._wait_s(incident, stint.stands_at_home(seen_t))
        if stint.stands(seen_t):
            wait_s += unit.start_s
        return self._from_place_s(unit, wait_s, place, incident, t)

    def diverted_s(self, mission: Mission, incident: int, t: float) -> float:
        """Expected seconds to the scene for a unit that is taken off another mission."""
        unit = self._fleet.units[mission.unit]
        return self._from_place_s(unit, 0.0, mission.drive.place_at(t, self._mode(unit, incident, t)), incident, t)

    def price_s(self, unit: Unit, incident: int) -> float:
        """Seconds added to what is expected of a primary unit; infinite when it is never sent."""
        return float(self._world.policies.price_s[self.urgency(incident), unit.number])

    def free_s(self, unit: Unit, incident: int, t: float) -> float:
        """What is expected of a free unit, or of one at a task that it leaves."""
        stint = unit.stint
        assert stint is not None
        return self.expected_s(unit, stint, incident, t)

    # Choices

    def visible(self, incident: int, answered_by: int | None) -> list[Unit]:
        """The units that the incident's centre may send without asking (again)."""
        centre, urgency = self.centre(incident), self.urgency(incident)
        return [
            unit
            for unit in self._fleet.units
            if unit.centre == answered_by or self._borders.seamless(centre, unit.centre, urgency)
        ]

    def may(self, unit: Unit, want: int, incident: int) -> bool:
        """Whether a unit may be sent for a want of an incident."""
        return unit.may[want][self.urgency(incident)]

    def fit(self, unit: Unit, incident: int) -> bool:
        """Whether a unit may be sent for what the incident wants now."""
        return self.may(unit, self._desk.want[incident], incident)

    def free_visible(self, incident: int, want: int, t: float, answered_by: int | None) -> list[Unit]:
        """Of these, the wanted ones that are free, or at a task that they leave for the incident."""
        units = [unit for unit in self.visible(incident, answered_by) if self.may(unit, want, incident)]
        urgency = self.urgency(incident)
        return [unit for unit in units if unit.free_stint() is not None or self._tasks.leaves_for(unit, urgency, t)]

    def best_supporter(self, incident: int, want: int, t: float, answered_by: int | None) -> Choice | None:
        """The visible free unit, one of those wanted, that is expected first."""
        units = self.free_visible(incident, want, t, answered_by)
        return best(Choice(self.free_s(unit, incident, t), unit.number) for unit in units)

    def best_free(self, incident: int, t: float, answered_by: int | None) -> Choice | None:
        """The best free unit as primary: of those in time the one with the least loss, or just the nearest."""
        choices = [
            Choice(self.free_s(unit, incident, t) + self.price_s(unit, incident), unit.number)
            for unit in self.free_visible(incident, self._desk.want[incident], t, answered_by)
        ]
        if self._world.policies.least_loss[self.urgency(incident)] and math.isfinite(
            self._incidents.target_s[incident]
        ):
            due_t = float(self._incidents.call_t[incident]) + float(self._incidents.target_s[incident])
            free = {unit.number for unit in self._fleet.free_units()}
            in_time = [choice for choice in choices if choice.unit in free and t + choice.value_s <= due_t]
            if in_time:
                return min(in_time, key=lambda choice: (self._loss(choice.unit), *choice))
        return best(choices)

    def best_diverted(self, incident: int, t: float, answered_by: int | None) -> Choice | None:
        """The best unit to be taken off its mission, with the margin for doing so."""
        return best(
            Choice(
                self.diverted_s(unit.mission, incident, t) + self._world.divert_margin_s + self.price_s(unit, incident),
                unit.number,
            )
            for unit in self.visible(incident, answered_by)
            if self.fit(unit, incident) and unit.mission is not None and self._divertable(unit.mission, incident, t)
        )

    def best_own(self, incident: int, t: float, answered_by: int | None) -> Choice | None:
        """The better of the best free and the best divertable unit."""
        free, diverted = self.best_free(incident, t, answered_by), self.best_diverted(incident, t, answered_by)
        return best(choice for choice in (free, diverted) if choice is not None)

    def best_to_ask_for(self, incident: int, t: float) -> Choice | None:
        """The unit behind an own-first border that is believed to come first, with margin, asking time and price."""
        centre, urgency = self.centre(incident), self.urgency(incident)
        choices = []
        for unit in self._fleet.units:
            lent = self._borders.allows("lends", unit.centre)
            if lent and self.fit(unit, incident) and self._borders.own_first(centre, unit.centre, urgency):
                believed_s = self._believed_s(unit, incident, t)
                if believed_s is not None:
                    ask_s = self._borders.ask_s(centre, unit.centre, urgency)
                    margin_s = self._borders.margin_s(centre, unit.centre, urgency)
                    value_s = believed_s + (ask_s + margin_s) + self.price_s(unit, incident)
                    choices.append(Choice(value_s, unit.number))
        return best(choices)

    def urgency(self, incident: int) -> int:
        """0 acute, 1 urgent, 2 ordinary."""
        return int(self._incidents.urgency[incident])

    def centre(self, incident: int) -> int:
        """The responsible centre."""
        return int(self._incidents.centre[incident])

    def _from_place_s(self, unit: Unit, wait_s: float, place: Place, incident: int, t: float) -> float:
        """Wait, rest until the next node, and the way from there; of wait and rest at least one is none."""
        scene, mode = self._fleet.scene(incident), self._mode(unit, incident, t)
        pace, way = self._fleet.roads.off_pace[mode], self._fleet.roads.way(mode, place.node, scene.node)
        factor = float(self._world.speed[self.urgency(incident)]) * self._fleet.hours.believed_pace(t) * unit.pace
        if unit.flies:
            factor = unit.pace
        return wait_s + place.rest_s + (place.leg * pace + way.seconds + scene.leg * pace) * factor

    def _believed_s(self, unit: Unit, incident: int, t: float) -> float | None:
        """What the asking centre believes of a neighbour's unit, or None when it believes that it cannot come."""
        centre, urgency = self.centre(incident), self.urgency(incident)
        view = self._borders.view(centre, unit.centre, urgency)
        if view == LIVE:
            return None if unit.free_stint() is None else self.free_s(unit, incident, t)
        if view == STALE:
            age_s = self._borders.view_age_s(centre, unit.centre, urgency)
            refreshed_t = math.floor(t / age_s) * age_s
            stint = unit.stint_at(refreshed_t)
            return None if stint is None else self.expected_s(unit, stint, incident, t, refreshed_t)
        return self.standing_s(unit, self._fleet.base_site(unit.station), True, incident, t) if unit.on_shift else None

    def _loss(self, unit: int) -> float:
        """What cover is lost when a free unit goes; nothing where it is not counted."""
        if not self._fleet.units[unit].ready:
            return 0.0
        free = [other.base for other in self._fleet.free_ready()]
        return self._cover_left.loss(self._fleet.units[unit].base, free)

    def _divertable(self, mission: Mission, incident: int, t: float) -> bool:
        allowed = self._world.divert[self.urgency(incident), mission.urgency] == 1
        return bool(allowed) and mission.role in (PRIMARY, CARRIER) and t < mission.scene_t

    def _wait_s(self, incident: int, at_home: bool) -> float:
        expected = self._world.expected_mobilisation_s if at_home else self._world.expected_out_s
        return float(expected[self.urgency(incident)])

    def _mode(self, unit: Unit, incident: int, t: float) -> int:
        return self._fleet.mode(unit, self.urgency(incident), t)
