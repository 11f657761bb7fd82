"""What a unit does that becomes free: a waiting incident, another unit's mission, or a place to be."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.compiled import part, whole
from beredt.dispatch.move_limits import DAY_S, may_move
from beredt.dispatch.nearest import is_at_hand, standing_s
from beredt.dispatch.paths import path_km, path_s
from beredt.dispatch.picture import BUSY, OFF
from beredt.dispatch.policies import HOME_BASE, STANDBY_POINTS, STAY_PUT
from beredt.dispatch.queues import PASSED_OVER, leave_queue, next_in_queues
from beredt.dispatch.rebooking import gain_s, is_better_gain
from beredt.dispatch.records import Demand, Land
from beredt.dispatch.relocation import base_for, standby_point_for
from beredt.dispatch.travel import mode_at, true_factor
from beredt.dispatch.world import HOME, MOVE, OFF_HOME, OWN_FIRST, PRIMARY, SPEED_RETURN, STANDBY
from beredt.simulation.deciding import stop_waiting
from beredt.simulation.missions import FROM_QUEUE, TAKEN_OVER, Order, break_off, no_order
from beredt.simulation.reserves import hold_back
from beredt.simulation.state import State
from beredt.simulation.staying import note_free_time
from beredt.simulation.stints import Move, move_from_standing, no_move, stand_at_home, stay_put


@part
def from_queue(w: Land, s: State, inc: Demand, u: int, node: int, leg: float, at_home: bool, t: float) -> Order:
    """The waiting incident that a unit becoming free at a place serves, if any."""
    if not w.units[u].serves:
        return no_order()
    row = next_in_queues(w, s.picture, s.queues, s.ruled, u)
    owner = w.units[u].centre
    wait_s = 0.0
    if row >= 0:
        i = whole(leave_queue(s.queues, row))
        c, k = inc.incidents[i].centre, inc.incidents[i].urgency
        rules = s.ruled[c]
        if c != owner and w.borders[rules, owner, k].policy == OWN_FIRST:
            wait_s = w.borders[rules, owner, k].ask_s
    else:
        if row == PASSED_OVER:
            hold_back(s, owner)
        i = _from_waiting(w, s, inc, u, node, leg, at_home, t)
        if i < 0:
            return no_order()
        stop_waiting(s, i)
    expected_s = standing_s(w, inc, u, i, node, leg, at_home, t)
    return Order(whole(u), i, -1, FROM_QUEUE, expected_s, wait_s, True, whole(node), leg, at_home)


@part
def _from_waiting(w: Land, s: State, inc: Demand, u: int, node: int, leg: float, at_home: bool, t: float) -> int:
    """The most urgent incident, and of these the earliest, that waits for a nearer unit and has one in u; or -1."""
    best = -1
    for j in range(1, s.waiting[0] + 1):
        i = whole(s.waiting[j])
        k = inc.incidents[i].urgency
        if best >= 0 and (k > inc.incidents[best].urgency or (k == inc.incidents[best].urgency and i > best)):
            continue
        c = inc.incidents[i].centre
        if not is_at_hand(w, c, s.ruled[c], w.units[u].centre, k, -1):
            continue
        if not np.isfinite(w.policies.price_s[k, u]) or not w.may[s.marks[i].want, k, u]:
            continue
        if standing_s(w, inc, u, i, node, leg, at_home, t) <= w.policies.cutoff_s[k]:
            best = i
    return whole(best)


@part
def take_over(
    w: Land, s: State, inc: Demand, u: int, node: int, leg: float, at_home: bool, t: float
) -> tuple[Order, Move]:
    """The mission that a unit becoming free at a place takes over, and what the unit does that had it; if any."""
    p = s.picture
    best, best_s, worse = whole(-1), 0.0, whole(-1)
    if not w.units[u].serves:
        return no_order(), no_move()
    for v in range(p.size):
        if p[v].status != BUSY or p[v].role != PRIMARY or t >= p[v].arrive_t:
            continue
        i = whole(p[v].incident)
        k = inc.incidents[i].urgency
        c = inc.incidents[i].centre
        if not is_at_hand(w, c, s.ruled[c], w.units[u].centre, k, -1) or not w.may[s.marks[i].want, k, u]:
            continue
        expected_s = standing_s(w, inc, u, i, node, leg, at_home, t) + w.policies.price_s[k, u]
        gain = gain_s(p[v].arrive_t, t, expected_s)
        if is_better_gain(gain, i, best_s, best, w.policies.rebook_gain_s):
            best, best_s, worse = i, gain, whole(v)
    if best < 0:
        return no_order(), no_move()
    expected_s = standing_s(w, inc, u, best, node, leg, at_home, t)
    order = Order(whole(u), whole(best), -1, TAKEN_OVER, expected_s, 0.0, True, whole(node), leg, at_home)
    m = mode_at(w, worse, SPEED_RETURN, t)
    place, rest_s, begin_km = break_off(w, s, inc, worse, m, t)
    p[worse].status = OFF
    note_free_time(s, worse, np.inf)
    kind = HOME if p[worse].on_shift else OFF_HOME
    if kind == OFF_HOME:
        p[worse].base = w.units[worse].station
    base = w.bases[p[worse].base]
    return order, Move(whole(worse), kind, -1, whole(place), rest_s, begin_km, whole(base.node), base.leg, whole(m), -1)


@part
def where_to(w: Land, s: State, u: int, node: int, leg: float, at_home: bool, t: float) -> Move:
    """Where a unit goes that becomes free at a place and is not needed."""
    p = s.picture
    home, old_base = w.units[u].station, whole(p[u].base)
    rule = w.policies.relocation
    if not w.policies.is_moved[u] or not w.units[u].ready:
        rule = STANDBY_POINTS
    kind, point, base = HOME, -1, whole(home)
    if rule == STANDBY_POINTS and not w.rulings[s.ruled[w.units[u].centre]].standby:
        rule = HOME_BASE
    if rule == STANDBY_POINTS:
        point = standby_point_for(w, p, s.at_point, u, node, leg, t)
    elif rule == STAY_PUT:
        if not at_home:
            stay_put(w, s, u, node, leg, t)
            return no_move()
    elif rule != HOME_BASE:
        base = whole(p[u].base)
        wanted = whole(base_for(w, s.cover_now, s.free_at, u, base))
        if wanted != base and may_go(w, s, u, node, leg, 0.0, wanted, t):
            kind, base = MOVE, wanted
    p[u].base = base
    if point >= 0:
        kind = STANDBY
        to, to_leg = whole(w.standby[point].node), w.standby[point].leg
    elif at_home and kind == HOME:
        stand_at_home(w, s, u, t)
        return no_move()
    else:
        to, to_leg = whole(w.bases[base].node), w.bases[base].leg
    near = whole(old_base) if at_home else whole(p[u].free_near)
    return move_from_standing(w, u, t, kind, point, node, leg, to, to_leg, near)


@part
def may_go(w: Land, s: State, u: int, node: int, leg: float, rest_s: float, base: int, t: float) -> bool:
    """Whether unit u may move to another base; counts the move when it may.

    Args:
        w: the alternative.
        s: the state.
        u: the unit.
        node: road node where it is, or that it reaches next.
        leg: from where it stands to the node; 0 on the move.
        rest_s: seconds until the node; 0 when it stands.
        base: where it should go.
        t: now, s.
    """
    p, limits = s.picture, w.policies.limits
    day = whole(np.floor((t - p[u].on_t) / DAY_S))
    if day != p[u].moves_day:  # a shift of more than a day is counted as several
        p[u].moves_day, p[u].moves, p[u].moved_km = day, 0, 0.0
    m = mode_at(w, u, SPEED_RETURN, t)
    to, to_leg = w.bases[base].node, w.bases[base].leg
    move_s, move_km = 0.0, 0.0
    if np.isfinite(limits.most_move_s):
        pace = w.roads.off_pace[m]
        drive_s = (leg * pace + path_s(w.roads, m, node, to) + to_leg * pace) * true_factor(w, u, SPEED_RETURN, t)
        move_s = rest_s + drive_s
    if np.isfinite(limits.most_move_km) or np.isfinite(limits.most_shift_km):
        move_km = (leg + to_leg) * w.roads.leg_km + path_km(w.roads, m, node, to)
    if not may_move(limits, p[u].moves, p[u].moved_km, move_s, move_km, t):
        return False
    p[u].moves += 1
    p[u].moved_km += move_km
    return True
