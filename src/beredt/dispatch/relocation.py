"""Move-up: which standby point a unit that becomes free goes to, if any."""

from __future__ import annotations

from beredt.dispatch.compiled import compiled
from beredt.dispatch.paths import path_s
from beredt.dispatch.picture import FREE
from beredt.dispatch.records import Land, Records
from beredt.dispatch.travel import mode_at, true_factor
from beredt.dispatch.world import HOME, I4, PRIMARY, SPEED_RETURN


@compiled
def _others_at_home(w: Land, p: Records, unit: int) -> int:
    """Free units of the same station, on the way home or there."""
    n, units = 0, w.units
    station = units[unit].station
    for u in range(p.size):
        if u != unit and p[u].status == FREE and p[u].kind == HOME and units[u].station == station:
            n += 1
    return n


@compiled
def standby_point_for(w: Land, p: Records, at_point: I4, unit: int, node: int, leg: float, t: float) -> int:
    """The first standby point that wants this unit, -1 for none.

    Args:
        w: the world.
        p: the picture, with the unit itself not free yet.
        at_point: [P] free units at each point, or on their way to it.
        unit: the unit that becomes free.
        node: road node where it is.
        leg: from there to it.
        t: now, s.
    """
    if not w.units[unit].roles & (1 << PRIMARY):
        return -1
    station = w.units[unit].station
    m = mode_at(w, SPEED_RETURN, t)
    pace, factor = w.roads.off_pace[m], true_factor(w, SPEED_RETURN, t)
    for point in range(w.standby.size):
        if not w.standby_home[point, station] or at_point[point] > 0:
            continue
        to = w.standby[point]
        road_s = path_s(w.roads, m, node, to.node)
        drive_s = (leg * pace + road_s + to.leg * pace) * factor
        if drive_s > w.standby[point].max_s:
            continue
        if w.standby[point].keep == 0 or _others_at_home(w, p, unit) >= w.standby[point].keep:
            return point
    return -1
