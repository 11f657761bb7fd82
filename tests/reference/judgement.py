"""What a dispatcher expects of each unit, and which unit that makes the best choice.

Nothing here changes anything: these are the sections *What a dispatcher expects* and steps 2–4 of
*Decision* of the rules.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from beredt.dispatch.world import LIVE, PRIMARY, STALE, Incidents, World
from tests.reference.borders import Borders
from tests.reference.routes import Place, Roads
from tests.reference.units import Mission, Stint, Unit


class Choice(NamedTuple):
    """A unit with its value for an incident; the smallest is the best, by unit number on a tie."""

    value_s: float
    unit: int


def best(choices: Iterable[Choice]) -> Choice | None:
    """The lowest value, lowest unit number on a tie, or None without any choice."""
    return min(choices, default=None)


class Judgement:
    """The dispatcher's sums."""

    def __init__(self, world: World, incidents: Incidents, roads: Roads, borders: Borders, units: list[Unit]) -> None:
        self._world = world
        self._incidents = incidents
        self._roads = roads
        self._borders = borders
        self._units = units

    def standing_s(self, node: int, at_home: bool, incident: int) -> float:
        """Expected seconds to the scene for a unit that stands still at a node."""
        roads, scene, factor = self._roads, self._scene(incident), self._factor(incident)
        return (
            self._mobilisation_s(incident, at_home)
            + (roads.leg_s[node] + roads.seconds(node, scene) + roads.leg_s[scene]) * factor
        )

    def expected_s(self, stint: Stint, incident: int, t: float) -> float:
        """Expected seconds to the scene for a unit that is (or was) in this stint at `t`."""
        if stint.stands(t):
            return self.standing_s(stint.route.destination, stint.stands_at_home(t), incident)
        place = stint.route.place_at(t)
        return self._mobilisation_s(incident, False) + place.rest_s + self._onwards_s(place, incident)

    def diverted_s(self, mission: Mission, incident: int, t: float) -> float:
        """Expected seconds to the scene for a unit that is taken off another mission."""
        place = mission.route.place_at(t)
        return place.rest_s + self._onwards_s(place, incident)

    def visible(self, incident: int, answered_by: int | None) -> list[Unit]:
        """The units that the incident's centre may send without asking (again)."""
        centre, urgency = self.centre(incident), self.urgency(incident)
        return [
            unit
            for unit in self._units
            if unit.centre == answered_by or self._borders.seamless(centre, unit.centre, urgency)
        ]

    def best_free(self, incident: int, role: int, t: float, answered_by: int | None) -> Choice | None:
        """The visible free unit with a role that is expected first."""
        return best(
            Choice(self.expected_s(stint, incident, t), unit.number)
            for unit in self.visible(incident, answered_by)
            if unit.has_role(role) and (stint := unit.free_stint()) is not None
        )

    def best_diverted(self, incident: int, t: float, answered_by: int | None) -> Choice | None:
        """The visible unit that is expected first if taken off its mission, with the margin for doing so."""
        return best(
            Choice(self.diverted_s(unit.mission, incident, t) + self._world.divert_margin_s, unit.number)
            for unit in self.visible(incident, answered_by)
            if unit.has_role(PRIMARY) and unit.mission is not None and self._divertable(unit.mission, incident, t)
        )

    def best_own(self, incident: int, t: float, answered_by: int | None) -> Choice | None:
        """The best of free and divertable visible units, for the primary role."""
        free = self.best_free(incident, PRIMARY, t, answered_by)
        diverted = self.best_diverted(incident, t, answered_by)
        return best(choice for choice in (free, diverted) if choice is not None)

    def best_to_ask_for(self, incident: int, t: float) -> Choice | None:
        """The unit behind an own-first border that is believed to come first, with margin and asking time."""
        centre, urgency = self.centre(incident), self.urgency(incident)
        choices = []
        for unit in self._units:
            if unit.has_role(PRIMARY) and self._borders.own_first(centre, unit.centre, urgency):
                believed_s = self._believed_s(unit, incident, t)
                if believed_s is not None:
                    ask_s = self._borders.ask_s(centre, unit.centre, urgency)
                    margin_s = self._borders.margin_s(centre, unit.centre, urgency)
                    choices.append(Choice(believed_s + (ask_s + margin_s), unit.number))
        return best(choices)

    def urgency(self, incident: int) -> int:
        """0 acute, 1 urgent, 2 ordinary."""
        return int(self._incidents.urgency[incident])

    def centre(self, incident: int) -> int:
        """The responsible centre."""
        return int(self._incidents.centre[incident])

    def _believed_s(self, unit: Unit, incident: int, t: float) -> float | None:
        """What the asking centre believes of a neighbour's unit, or None when it believes that it cannot come."""
        centre, urgency = self.centre(incident), self.urgency(incident)
        view = self._borders.view(centre, unit.centre, urgency)
        if view == LIVE:
            stint = unit.free_stint()
            return None if stint is None else self.expected_s(stint, incident, t)
        if view == STALE:
            age_s = self._borders.view_age_s(centre, unit.centre, urgency)
            refreshed_t = math.floor(t / age_s) * age_s
            stint = unit.stint_at(refreshed_t)
            return None if stint is None else self.expected_s(stint, incident, refreshed_t)
        return self.standing_s(unit.home, True, incident) if unit.on_shift else None

    def _divertable(self, mission: Mission, incident: int, t: float) -> bool:
        allowed = self._world.divert[self.urgency(incident), mission.urgency] == 1
        return bool(allowed) and mission.role == PRIMARY and t < mission.scene_t

    def _onwards_s(self, place: Place, incident: int) -> float:
        scene = self._scene(incident)
        return (self._roads.seconds(place.node, scene) + self._roads.leg_s[scene]) * self._factor(incident)

    def _mobilisation_s(self, incident: int, at_home: bool) -> float:
        expected = self._world.expected_mobilisation_s if at_home else self._world.expected_out_s
        return float(expected[self.urgency(incident)])

    def _factor(self, incident: int) -> float:
        return float(self._world.speed[self.urgency(incident)])

    def _scene(self, incident: int) -> int:
        return int(self._incidents.scene[incident])
