"""What is left for the rest: how long people would wait for a unit that is free at a moment."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.flight import FLIGHT_S_PER_KM
from beredt.dispatch.picture import FREE
from beredt.dispatch.place import place_and_km
from beredt.dispatch.records import Land
from beredt.dispatch.world import ACUTE, F8, HOME, I4, I8, MOVE, OWN_FIRST, OWN_ONLY
from beredt.roads.graph.paths import path_s
from beredt.simulation.incident_rules import HANDLING, IncidentRules
from beredt.simulation.state import State
from beredt.simulation.study_roads import StudyRoads, TableRoads


class Left(NamedTuple):
    """At one moment: units free to be sent, and seconds from an acute call to the first of them, [A] (inf for none)."""

    free: int
    wait_s: F8


def readiness_left(land: Land, state: State, rules: IncidentRules, roads: StudyRoads, t: float) -> Left:
    """Reckon as a dispatcher does: median handling and mobilisation, and the expected drive, from where units are.

    Counted are units that may be the plain first unit of an acute incident; of those that fly no weather is asked.

    A unit of another centre counts as the border policy has it: not at all under own only; with the time of asking
    under own first.

    Args:
        land: the service as it is at that moment.
        state: the kernel's memory, run up to t.
        rules: of the same service.
        roads: of the study.
        t: s.
    """
    p = state.picture
    free = np.flatnonzero((p["status"] == FREE) & (land.units["ready"] == 1))
    areas = len(rules.area_node)
    if not free.size:
        return Left(0, np.full(areas, np.inf))
    mode = int(land.mode_of[np.searchsorted(land.mode_t, t, side="right") - 1, ACUTE])
    flies = land.units["flies"][free] == 1
    factor = land.units["pace"][free] * np.where(flies, 1.0, _believed(land, t))
    node, before_s = np.empty(free.size, np.int32), np.empty(free.size)
    pace = float(land.roads.off_pace[mode])
    for number, u in enumerate(free.tolist()):
        now = p[u]
        if t >= now["arrive_t"]:
            at_home = now["kind"] in (HOME, MOVE)
            node[number] = now["to_node"]
            before_s[number] = land.expected_s[0 if at_home else 1, ACUTE] + land.units["start_s"][u]
            before_s[number] += now["to_leg"] * pace * factor[number]
        else:
            by = len(land.roads.off_pace) - 1 if flies[number] else mode
            node[number], rest_s, _, _ = place_and_km(land.roads, p, u, by, t)
            before_s[number] = land.expected_s[1, ACUTE] + rest_s
    way_s = _road_s(roads, land, mode, node, rules.area_node)
    way_s[:, flies] = _flight_s(land, node[flies], rules.area_node)
    seconds = before_s + (way_s + rules.area_leg[:, np.newaxis] * pace) * factor + _asking_s(land, rules, free)
    return Left(free.size, seconds.min(axis=1) + rules.median_s[HANDLING, ACUTE])


def _believed(land: Land, t: float) -> float:
    """As `dispatch.travel.road_belief` for an acute drive."""
    hours = land.believed_pace.size
    hour = 0 if hours == 1 else (land.first_hour + int(t // 3600.0)) % hours
    return float(land.speed[ACUTE] * land.believed_pace[hour])


def _road_s(roads: StudyRoads, land: Land, mode: int, node: I4, area_node: I4) -> F8:
    """Road seconds to every area from every unit, [A, n]."""
    if isinstance(roads, TableRoads):
        table: F8 = land.roads.seconds[mode][np.ix_(area_node, node)].astype(np.float64)
        return table
    return path_s(roads.graph, mode, node, area_node)


def _flight_s(land: Land, node: I4, area_node: I4) -> F8:
    """Seconds in a straight line to every area from every unit that flies, [A, n]."""
    here, there = land.roads.place_km[node], land.roads.place_km[area_node]
    km: F8 = np.hypot(there[:, :1] - here[:, 0], there[:, 1:] - here[:, 1]).astype(np.float64)
    return km * FLIGHT_S_PER_KM


def _asking_s(land: Land, rules: IncidentRules, units: I8) -> F8:
    """Seconds that asking adds, [A, n]; infinite where a unit may not be sent."""
    border = land.borders[:, :, ACUTE]
    between = np.where(border["policy"] == OWN_FIRST, border["ask_s"], 0.0)
    between[border["policy"] == OWN_ONLY] = np.inf
    np.fill_diagonal(between, 0.0)
    seconds: F8 = between[np.ix_(rules.area_centre, land.units["centre"][units])]
    return seconds
