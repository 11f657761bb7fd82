"""What a centre believes of its neighbours' units, and whether to ask for one.

Under the policy *own first* a neighbour's unit costs the time of asking and a margin, and it is judged by what
can be seen of it: live, as it was at the last refresh, or only where its station is.
"""

from __future__ import annotations

import numpy as np

from beredt.dispatch.compiled import compiled
from beredt.dispatch.nearest import at_own_base, standing_s
from beredt.dispatch.paths import path_s, way_between
from beredt.dispatch.picture import FREE
from beredt.dispatch.place import place_of, place_on_route
from beredt.dispatch.records import Demand, Land, Records
from beredt.dispatch.travel import believed_factor, mode_at
from beredt.dispatch.world import LIVE, OFF_HOME, STALE


@compiled
def _under_way_s(w: Land, inc: Demand, i: int, node: int, rest_s: float, t: float) -> float:
    """Expectation of a unit that reaches a road node in rest_s."""
    k = inc.incidents[i].urgency
    m = mode_at(w, k, t)
    leg_s = inc.incidents[i].scene_leg * w.roads.off_pace[m]
    road_s = path_s(w.roads, m, node, inc.incidents[i].scene)
    return w.expected_s[1, k] + rest_s + (road_s + leg_s) * believed_factor(w, k, t)


@compiled
def _seen_live_s(w: Land, p: Records, u: int, inc: Demand, i: int, t: float) -> float:
    """Expectation of unit u, infinite when it is not free."""
    now = p[u]
    if now.status != FREE:
        return np.inf
    if t >= now.arrive_t:
        return standing_s(w, inc, i, now.to_node, now.to_leg, at_own_base(now), t)
    node, rest_s = place_of(w.roads, p, u, mode_at(w, inc.incidents[i].urgency, t), t)
    return _under_way_s(w, inc, i, node, rest_s, t)


@compiled
def _seen_at_s(w: Land, p: Records, stints: Records, u: int, inc: Demand, i: int, at: float, t: float) -> float:
    """Expectation of unit u as it stood at an earlier time, infinite when it was not free then."""
    r = p[u].stint
    while r >= 0 and stints[r].start_t > at:
        r = stints[r].previous
    if r < 0 or stints[r].end_t <= at or stints[r].kind == OFF_HOME:
        return np.inf
    row = stints[r]
    if at >= row.arrive_t:
        return standing_s(w, inc, i, row.to_node, row.to_leg, at_own_base(row), t)
    m, o, d = row.mode, row.from_node, row.to_node
    way = way_between(w.roads, m, o, d)
    off_road_t = row.road_t + way.seconds * row.factor
    if at <= row.road_t:
        return _under_way_s(w, inc, i, o, row.road_t - at, t)
    if at >= off_road_t:
        back_s = at - off_road_t
        new = mode_at(w, inc.incidents[i].urgency, t)
        if new != m:
            back_s *= w.roads.off_pace[new] / w.roads.off_pace[m]
        return _under_way_s(w, inc, i, d, back_s, t)
    place = place_on_route(w.roads, m, o, d, way, row.road_t, off_road_t, row.factor, -1, at)
    return _under_way_s(w, inc, i, place.node, place.rest_s, t)


@compiled
def believed_s(w: Land, p: Records, stints: Records, u: int, inc: Demand, i: int, t: float) -> float:
    """Seconds in which the centre of incident i believes that a neighbour's unit u would be there.

    Infinite when it counts on no help. Neither asking nor the margin is in it.
    """
    centre, urgency, owner = inc.incidents[i].centre, inc.incidents[i].urgency, w.units[u].centre
    view = w.borders[centre, owner, urgency].sight
    if view == LIVE:
        return _seen_live_s(w, p, u, inc, i, t)
    if view == STALE:
        age = w.borders[centre, owner, urgency].view_age_s
        return _seen_at_s(w, p, stints, u, inc, i, np.floor(t / age) * age, t)
    if not p[u].on_shift:
        return np.inf
    home = w.bases[w.units[u].station]
    return standing_s(w, inc, i, home.node, home.leg, True, t)


@compiled
def whom_to_ask(w: Land, p: Records, stints: Records, inc: Demand, i: int, t: float) -> tuple[int, float]:
    """The neighbouring centre whose unit is believed best, and its seconds with asking, margin and price; -1 for none."""
    centre, urgency = inc.incidents[i].centre, inc.incidents[i].urgency
    best, best_s = -1, np.inf
    for j in range(w.askable_count[centre, urgency]):
        u = w.askable[centre, urgency, j]
        owner = w.units[u].centre
        border = w.borders[centre, owner, urgency]
        price = border.ask_s + border.margin_s
        value = believed_s(w, p, stints, u, inc, i, t) + price + w.price_s[urgency, u]
        if value < best_s:
            best, best_s = owner, value
    return best, best_s
