"""Moves that a compliance table or Zhang's integer programme asks for."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.assignment import NEVER_MS
from beredt.dispatch.benefit import goals_by_benefit
from beredt.dispatch.compiled import leaf, part, whole
from beredt.dispatch.compliance import goals_in_table
from beredt.dispatch.nearest import at_own_base
from beredt.dispatch.paths import path_s
from beredt.dispatch.picture import FREE
from beredt.dispatch.place import place_of
from beredt.dispatch.policies import ZHANG
from beredt.dispatch.records import Land
from beredt.dispatch.travel import mode_at, true_factor
from beredt.dispatch.world import MOVE, SPEED_RETURN
from beredt.simulation.releasing import may_go
from beredt.simulation.state import State
from beredt.simulation.stints import Move, end_stint, move_from_standing, no_move


@part
def set_goals(w: Land, s: State, t: float) -> int:
    """Give every free unit that is moved the base where it should be, in `goal`; their number, 0 for nothing to do."""
    p = s.picture
    n = 0
    for u in range(p.size):
        if p[u].status == FREE and w.policies.is_moved[u] and w.units[u].ready:
            s.listed[n], s.their_home[n] = u, w.units[u].station
            for b in range(w.bases.size):
                s.drive_ms[n, b] = _drive_ms(w, s, u, b, t)
            n += 1
    if w.policies.relocation == ZHANG:
        goals_by_benefit(w.policies.slots, n, s.drive_ms, s.goal, s.goals)
        return n
    if not goals_in_table(w.policies.compliance, n, s.drive_ms, s.their_home, s.goal, s.goals):
        return 0
    return n


@leaf
def _drive_ms(w: Land, s: State, u: int, base: int, t: float) -> int:
    """Whole milliseconds that unit u needs to a base from where it is."""
    p = s.picture
    now = p[u]
    if now.base == base and at_own_base(now):
        seconds = max(0.0, now.arrive_t - t)
    else:
        m = mode_at(w, u, SPEED_RETURN, t)
        pace, f = w.roads.off_pace[m], true_factor(w, u, SPEED_RETURN, t)
        node, leg, rest = whole(now.to_node), now.to_leg, 0.0
        if t < now.arrive_t:
            node, rest = place_of(w.roads, p, u, m, t)
            leg = 0.0
        to, to_leg = w.bases[base].node, w.bases[base].leg
        seconds = rest + (leg * pace + path_s(w.roads, m, node, to) + to_leg * pace) * f
    if seconds * 1000.0 >= NEVER_MS:
        return NEVER_MS
    return whole(np.rint(seconds * 1000.0))


@part
def next_move(w: Land, s: State, n: int, first: int, t: float) -> tuple[int, Move]:
    """The first of the listed units, from `first` on, that should be elsewhere and may go; and the place after it."""
    p = s.picture
    for j in range(first, n):
        u, base = whole(s.listed[j]), whole(s.goal[j])
        if p[u].base == base:
            continue
        m = mode_at(w, u, SPEED_RETURN, t)
        node, leg, rest_s = whole(p[u].to_node), p[u].to_leg, 0.0
        standing = t >= p[u].arrive_t
        if not standing:
            node, rest_s = place_of(w.roads, p, u, m, t)
            leg = 0.0
        if not may_go(w, s, u, node, leg, rest_s, base, t):
            continue
        _, rest_s, begin_km = end_stint(w, s, u, m, t)
        p[u].base = base
        to, to_leg = whole(w.bases[base].node), w.bases[base].leg
        if standing:
            return j + 1, move_from_standing(w, u, t, MOVE, -1, node, leg, to, to_leg, -1)
        return j + 1, Move(whole(u), MOVE, -1, node, rest_s, begin_km, to, to_leg, whole(m), -1)
    return n, no_move()
