"""How units go to an incident: by the road, or without one.

The choice among all units is the innermost loop of a run. What depends on the way of going alone is told before it.
"""

from __future__ import annotations

from typing import NamedTuple

from beredt.dispatch.compiled import leaf, whole
from beredt.dispatch.flight import flight_mode, roadless_s
from beredt.dispatch.paths import road_s
from beredt.dispatch.records import Land
from beredt.dispatch.travel import road_belief, road_mode


class Going(NamedTuple):
    """How units go to an incident now: by the road, the same for all but for their pace, or without one."""

    flies: bool
    mode: int
    factor: float  # on all seconds of a unit with pace 1
    off_pace: float  # as `Roads`
    least_pace: float


@leaf
def by_road(w: Land, urgency: int, t: float) -> Going:
    """How units go that do not fly."""
    m = road_mode(w, urgency, t)
    return Going(False, m, road_belief(w, urgency, t), w.roads.off_pace[m], w.roads.least_pace[m])


@leaf
def through_the_air(w: Land) -> Going:
    """How units go that fly."""
    m = flight_mode(w.roads)
    return Going(True, whole(m), 1.0, w.roads.off_pace[m], w.roads.least_pace[m])


@leaf
def going_of(w: Land, u: int, road: Going, air: Going) -> Going:
    """How unit u goes, with its own factor.

    What it takes is told from the two that are known: then all that depends on the road's mode alone is reckoned once,
    not for every unit.
    """
    flies = whole(w.units[u].flies)
    if flies:
        mode = air.mode + flies - 1
        return Going(True, mode, w.units[u].pace, air.off_pace, w.roads.least_pace[mode])
    return Going(False, road.mode, road.factor * w.units[u].pace, road.off_pace, road.least_pace)


@leaf
def way_s_of(w: Land, going: Going, road: Going, o: int, d: int) -> float:
    """Seconds of the way between two road nodes, of a unit with factor 1."""
    return roadless_s(w.roads, going.mode, o, d) if going.flies else road_s(w.roads, road.mode, o, d)
