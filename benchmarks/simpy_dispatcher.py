"""The dispatcher of the SimPy model: which unit is expected first. It changes nothing.

These are the sections *What a dispatcher expects* and *Decision* of `docs/explanation/simulation-rules.md`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.simpy_fleet import Incident, Roads, Route, Stint, Unit
from beredt.dispatch.world import HOME, LIVE, ORDINARY, OWN_FIRST, PRIMARY, SEAMLESS, STALE, World


class Choice(NamedTuple):
    """A unit for an incident; the lowest value is the best, the lowest number among equals."""

    value_s: float
    unit: int


@dataclass(frozen=True, slots=True)
class Border:
    """How one centre may use another's units for incidents of an urgency."""

    policy: int
    margin_s: float
    ask_s: float
    view: int
    view_age_s: float


def borders_of(world: World) -> list[list[list[Border]]]:
    """Make the borders of a world, [asking centre][owning centre][urgency]; none within a centre."""
    columns = [getattr(world, name).tolist() for name in ("policy", "margin_s", "ask_s", "view", "view_age_s")]
    centres = range(len(world.reserve))
    borders = [[[Border(*(c[a][o][k] for c in columns)) for k in range(3)] for o in centres] for a in centres]
    for centre in centres:
        borders[centre][centre] = [Border(SEAMLESS, 0.0, 0.0, LIVE, 0.0)] * 3
    return borders


class Outlook:
    """What can be expected of units for one incident; sums without the unit are made once."""

    def __init__(self, incident: Incident, roads: Roads, factor: float, at_home_s: float, out_s: float) -> None:
        """Look from the dispatcher's seat.

        Args:
            incident: where a unit is wanted.
            roads: what is driven on.
            factor: on car seconds, by the urgency.
            at_home_s: mobilisation expected at a station.
            out_s: mobilisation expected of a unit already out.
        """
        self.incident = incident
        self._roads = roads
        self._seconds = roads.seconds[incident.scene]
        self._leg_s = roads.leg_s
        self._scene_leg_s = roads.leg_s[incident.scene]
        self._factor = factor
        self._at_home_s = at_home_s
        self._out_s = out_s

    def expected_s(self, stint: Stint, t: float) -> float:
        """Seconds until a unit that is (or was) in this stint at `t` is at the scene."""
        route = stint.route
        if t >= route.arrive_t:
            return self.standing_s(route.destination, stint.kind == HOME)
        return self.moving_s(route, t, self._out_s)

    def standing_s(self, node: int, at_home: bool) -> float:
        """Seconds until a unit that stands still is at the scene."""
        drive_s = (self._leg_s[node] + self._seconds[node] + self._scene_leg_s) * self._factor
        return (self._at_home_s if at_home else self._out_s) + drive_s

    def moving_s(self, route: Route, t: float, wait_s: float) -> float:
        """Seconds until a unit on its way elsewhere is at the scene."""
        node, rest_s = self._roads.place(route, t)
        return wait_s + rest_s + (self._seconds[node] + self._scene_leg_s) * self._factor


class Dispatcher:
    """Sees the units as the incident's centre sees them, and values them."""

    def __init__(self, world: World, roads: Roads, units: list[Unit]) -> None:
        """Watch the units of a world."""
        self.borders = borders_of(world)
        self.free: dict[int, Unit] = {}
        self.divert_margin_s = float(world.divert_margin_s)
        self._roads = roads
        self._units = units
        self._primary = frozenset(unit.number for unit in units if unit.has_role(PRIMARY))
        self._speed: list[float] = world.speed.tolist()
        self._at_home_s: list[float] = world.expected_mobilisation_s.tolist()
        self._out_s: list[float] = world.expected_out_s.tolist()
        self._reserve: list[int] = world.reserve.tolist()
        self._divert: list[list[int]] = world.divert.tolist()
        self._at_hand: dict[tuple[int, int, int, int | None], dict[int, Unit]] = {}
        self._to_ask_for: dict[tuple[int, int], list[tuple[Unit, Border]]] = {}

    def outlook(self, incident: Incident) -> Outlook:
        """What can be expected for an incident."""
        k = incident.urgency
        return Outlook(incident, self._roads, self._speed[k], self._at_home_s[k], self._out_s[k])

    def must_wait(self, incident: Incident) -> bool:
        """Whether the centre keeps its last units for something more urgent."""
        return incident.urgency == ORDINARY and not self.has_spare(incident.centre, 0)

    def has_spare(self, centre: int, more: int) -> bool:
        """Whether a centre has free units above its reserve, if it has one, counting `more` about to be free."""
        if self._reserve[centre] == 0:
            return True
        free = sum(1 for unit in self.free.values() if unit.centre == centre and unit.number in self._primary)
        return free + more > self._reserve[centre]

    def best_free(self, outlook: Outlook, role: int, answered: int | None, t: float) -> Choice | None:
        """The free unit at hand that is expected first."""
        at_hand = self._units_at_hand(outlook.incident, role, answered)
        return _best(
            [
                (outlook.expected_s(unit.stint, t), number)
                for number, unit in self.free.items()
                if number in at_hand and unit.stint is not None
            ]
        )

    def best_on_the_way(self, outlook: Outlook, answered: int | None, t: float) -> Choice | None:
        """The unit at hand that is expected first, margin included, if it is taken off something less urgent."""
        gives_way = self._divert[outlook.incident.urgency]
        if not any(gives_way):
            return None
        return _best(
            [
                (outlook.moving_s(mission.route, t, 0.0) + self.divert_margin_s, unit.number)
                for unit in self._units_at_hand(outlook.incident, PRIMARY, answered).values()
                if (mission := unit.mission) is not None
                and mission.role == PRIMARY
                and t < mission.scene_t
                and gives_way[mission.incident.urgency]
            ]
        )

    def best_own(self, outlook: Outlook, answered: int | None, t: float) -> Choice | None:
        """The best unit at hand, free or on the way to something less urgent."""
        free = self.best_free(outlook, PRIMARY, answered, t)
        taken = self.best_on_the_way(outlook, answered, t)
        return min((choice for choice in (free, taken) if choice is not None), default=None)

    def best_to_ask_for(self, outlook: Outlook, t: float) -> Choice | None:
        """The neighbour's unit that is believed to be first, with the price of asking; None without any."""
        return _best(
            [
                (believed_s + (border.ask_s + border.margin_s), unit.number)
                for unit, border in self._units_to_ask_for(outlook.incident)
                if (believed_s := _believed_s(outlook, unit, border, t)) is not None
            ]
        )

    def _units_at_hand(self, incident: Incident, role: int, answered: int | None) -> dict[int, Unit]:
        """The units with a role that the incident's centre can send without asking (any more), whatever they do."""
        key = incident.centre, incident.urgency, role, answered
        if key not in self._at_hand:
            borders = self.borders[incident.centre]
            self._at_hand[key] = {
                unit.number: unit
                for unit in self._units
                if unit.has_role(role)
                and (unit.centre == answered or borders[unit.centre][incident.urgency].policy == SEAMLESS)
            }
        return self._at_hand[key]

    def _units_to_ask_for(self, incident: Incident) -> list[tuple[Unit, Border]]:
        """The units that the incident's centre may ask other centres for."""
        key = incident.centre, incident.urgency
        if key not in self._to_ask_for:
            borders = [of_owner[incident.urgency] for of_owner in self.borders[incident.centre]]
            self._to_ask_for[key] = [
                (unit, borders[unit.centre])
                for unit in self._units
                if unit.has_role(PRIMARY) and borders[unit.centre].policy == OWN_FIRST
            ]
        return self._to_ask_for[key]


def _best(values: list[tuple[float, int]]) -> Choice | None:
    return Choice(*min(values)) if values else None


def _believed_s(outlook: Outlook, unit: Unit, border: Border, t: float) -> float | None:
    """What can be seen of a neighbour's unit: how it is, how it was, or only its station."""
    if border.view == LIVE:
        stint = unit.free_stint
        return None if stint is None else outlook.expected_s(stint, t)
    if border.view == STALE:
        refreshed_t = math.floor(t / border.view_age_s) * border.view_age_s
        stint = unit.free_stint_at(refreshed_t)
        return None if stint is None else outlook.expected_s(stint, refreshed_t)
    return outlook.standing_s(unit.home, True) if unit.on_shift else None
