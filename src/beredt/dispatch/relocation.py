"""Move-up: which standby point a unit that becomes free goes to, if any."""

from __future__ import annotations

from beredt.dispatch.compiled import leaf, part
from beredt.dispatch.cover import FreeNow, best_base
from beredt.dispatch.opening import is_open
from beredt.dispatch.paths import path_s
from beredt.dispatch.picture import FREE
from beredt.dispatch.policies import DMEXCLP, PRIORITY_LIST
from beredt.dispatch.priority_list import first_unfilled
from beredt.dispatch.records import Land
from beredt.dispatch.roads import Records
from beredt.dispatch.travel import mode_at, true_factor
from beredt.dispatch.world import HOME, I4, SPEED_RETURN


@leaf
def _others_at_home(w: Land, p: Records, unit: int) -> int:
    """Free units of the same station, on the way home or there."""
    n, units = 0, w.units
    station = units[unit].station
    for u in range(p.size):
        if u != unit and p[u].status == FREE and p[u].kind == HOME and units[u].station == station:
            n += 1
    return n


@leaf
def _takes_units(w: Land, point: int, t: float) -> bool:
    hours = w.standby[point]
    return is_open(hours.days, hours.start_s, hours.end_s, w.first_hour // 24, t)


@part
def base_for(w: Land, cover_now: FreeNow, free_at: I4, unit: int, base: int) -> int:
    """The base where the rule of relocation wants a unit that becomes free; the base it belongs to by any other rule.

    Args:
        w: the world.
        cover_now: what free units cover, the unit itself not free yet.
        free_at: [B] free units by base, without it.
        unit: its number.
        base: where it belongs now.
    """
    rules = w.policies
    if rules.relocation == DMEXCLP:
        found = best_base(rules.cover, cover_now)
        return base if found < 0 else found
    if rules.relocation == PRIORITY_LIST:
        return first_unfilled(rules.ranked, rules.earlier, free_at, base)
    return base


@part
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
    if not w.units[unit].ready:
        return -1
    station = w.units[unit].station
    m = mode_at(w, unit, SPEED_RETURN, t)
    pace, factor = w.roads.off_pace[m], true_factor(w, unit, SPEED_RETURN, t)
    for point in range(w.standby.size):
        if not w.standby_home[point, station] or at_point[point] > 0 or not _takes_units(w, point, t):
            continue
        to = w.standby[point]
        road_s = path_s(w.roads, m, node, to.node)
        drive_s = (leg * pace + road_s + to.leg * pace) * factor
        if drive_s > w.standby[point].max_s:
            continue
        if w.standby[point].keep == 0 or _others_at_home(w, p, unit) >= w.standby[point].keep:
            return point
    return -1
