"""The nearest unit by the time a dispatcher expects, returning and moving units from where they are now.

An acute incident may take a unit on its way to something less urgent (bumping), at a price of
`divert_margin_s`. All rules: docs/explanation/simulation-rules.md.
"""

from __future__ import annotations

import numpy as np

from beredt.dispatch.compiled import compiled
from beredt.dispatch.picture import BUSY, FREE
from beredt.dispatch.place import place_of
from beredt.dispatch.records import Land, Records
from beredt.dispatch.world import F4, HOME, I4, ORDINARY, PRIMARY, SEAMLESS

BOUND_SLACK_S = 2.0
"""Taken off the triangle bound: float32 tables keep the triangle inequality only within rounding."""


@compiled
def standing_s(w: Land, o: int, d: int, urgency: int, at_home: bool) -> float:
    """Expected seconds to scene d of a unit that stands still at node o."""
    wait = w.expected_s[0, urgency] if at_home else w.expected_s[1, urgency]
    return wait + (w.leg_s[o] + w.seconds[d, o] + w.leg_s[d]) * w.speed[urgency]


@compiled
def _cannot_beat(row: F4, now: Records, f: float, wait: float, t: float, best: float) -> bool:
    """Whether the straight way from the start of its route shows that a moving unit is no better than `best`.

    With network seconds, row[from] ≤ driven + row[next]; what is driven is at most (t − road_t + rest) / factor.
    Written without a division.
    """
    if f > now.factor:
        return False
    return (wait + row[now.from_node] * f - BOUND_SLACK_S - best) * now.factor > max(0.0, t - now.road_t) * f


@compiled
def is_at_hand(w: Land, centre: int, owner: int, urgency: int, answered: int) -> bool:
    """Whether a centre can send a unit of `owner` without asking (any more)."""
    if owner == centre:
        return True
    return owner == answered or w.borders[centre, owner, urgency].policy == SEAMLESS


@compiled
def nearest_free(
    w: Land, p: Records, moving: I4, d: int, centre: int, urgency: int, answered: int, role: int, t: float
) -> tuple[int, float]:
    """The free unit at hand with the role that is expected first at node d, and its seconds from t; -1 without any.

    At hand are the centre's own units, those of seamless centres, and those of a centre that has `answered` (-1: none).
    `moving` is room for a unit number each; what is in it means nothing.
    """
    units = w.seen[centre, answered + 1, urgency, role]
    row = w.seconds[d]
    leg_d, f = w.leg_s[d], w.speed[urgency]
    at_home_s, out_s = w.expected_s[0, urgency], w.expected_s[1, urgency]
    count = w.seen_count[centre, answered + 1, urgency, role]
    best, best_s = -1, np.inf
    later = 0
    for j in range(count):
        u = units[j]
        now = p[u]
        if now.status != FREE:
            continue
        if t < now.arrive_t:
            moving[later] = u
            later += 1
            continue
        o = now.to_node
        wait = at_home_s if now.kind == HOME else out_s
        value = wait + (w.leg_s[o] + row[o] + leg_d) * f
        if value < best_s:
            best, best_s = u, value
    # Those on the move come second: most cannot beat the best that stands still, and looking up a place takes time.
    for j in range(later):
        u = moving[j]
        now = p[u]
        if _cannot_beat(row, now, f, out_s, t, best_s):
            continue
        node, rest = place_of(w.seconds, w.hop, p, u, t)
        value = out_s + rest + (row[node] + leg_d) * f
        if value < best_s or (value == best_s and u < best):
            best, best_s = u, value
    return best, best_s


@compiled
def note_on_the_way(on_the_way: I4, u: int) -> None:
    """Remember a unit that drives to a mission which may be broken off. The first cell holds how many follow."""
    n = on_the_way[0]
    for j in range(1, n + 1):
        if on_the_way[j] == u:
            return
    on_the_way[0] = n + 1
    on_the_way[n + 1] = u


@compiled
def nearest_divertible(
    w: Land,
    p: Records,
    on_the_way: I4,
    incidents: Records,
    d: int,
    centre: int,
    urgency: int,
    answered: int,
    t: float,
    limit_s: float,
) -> tuple[int, float]:
    """The unit at hand on its way to something less urgent that is first at node d, and its seconds plus the margin.

    Units that cannot come below `limit_s` may be passed over (equal ones are found, for ties). Those that have arrived
    are struck off the list.
    """
    row = w.seconds[d]
    leg_d, f, margin_s = w.leg_s[d], w.speed[urgency], w.divert_margin_s
    best, best_s = -1, np.inf
    j = 1
    while j <= on_the_way[0]:
        u = on_the_way[j]
        now = p[u]
        if now.status != BUSY or now.role != PRIMARY or t >= now.arrive_t:
            on_the_way[j] = on_the_way[on_the_way[0]]
            on_the_way[0] -= 1
            continue
        j += 1
        if not w.divert[urgency, incidents[now.incident].urgency]:
            continue
        if not is_at_hand(w, centre, w.units[u].centre, urgency, answered):
            continue
        if _cannot_beat(row, now, f, margin_s, t, min(best_s, limit_s)):
            continue
        node, rest = place_of(w.seconds, w.hop, p, u, t)
        value = rest + (row[node] + leg_d) * f + margin_s
        if value < best_s or (value == best_s and u < best):
            best, best_s = u, value
    return best, best_s


@compiled
def free_units(w: Land, p: Records, centre: int) -> int:
    """Number of free units of a centre that can take a patient's mission."""
    n = 0
    for u in range(p.size):
        if p[u].status == FREE and w.units[u].centre == centre and w.units[u].roles & (1 << PRIMARY):
            n += 1
    return n


@compiled
def is_held(w: Land, p: Records, centre: int, urgency: int) -> bool:
    """Whether an ordinary mission must wait so that the centre keeps its reserve of free units."""
    return urgency == ORDINARY and free_units(w, p, centre) <= w.reserve[centre]
