"""What a centre believes of its neighbours' units, and whether to ask for one.

Under the policy *own first* a neighbour's unit costs the time of asking and a margin, and it is judged by what
can be seen of it: live, as it was at the last refresh, or only where its station is.
"""

from __future__ import annotations

import numpy as np

from beredt.dispatch.compiled import compiled
from beredt.dispatch.nearest import standing_s
from beredt.dispatch.picture import FREE
from beredt.dispatch.place import place_of, place_on_route
from beredt.dispatch.records import Land, Records
from beredt.dispatch.world import (
    HOME,
    LIVE,
    OFF_HOME,
    SPEED_RETURN,
    STALE,
)


@compiled
def _seen_live_s(w: Land, p: Records, u: int, d: int, urgency: int, t: float) -> float:
    """Expectation of unit u, infinite when it is not free."""
    if p[u].status != FREE:
        return np.inf
    if t >= p[u].arrive_t:
        return standing_s(w, p[u].to_node, d, urgency, p[u].kind == HOME)
    node, rest = place_of(w.seconds, w.hop, p, u, t)
    return w.expected_s[1, urgency] + rest + (w.seconds[d, node] + w.leg_s[d]) * w.speed[urgency]


@compiled
def _seen_at_s(w: Land, p: Records, stints: Records, u: int, d: int, urgency: int, at: float) -> float:
    """Expectation of unit u as it stood at an earlier time, infinite when it was not free then."""
    r = p[u].stint
    while r >= 0 and stints[r].start_t > at:
        r = stints[r].previous
    if r < 0 or stints[r].end_t <= at or stints[r].kind == OFF_HOME:
        return np.inf
    if at >= stints[r].arrive_t:
        return standing_s(w, stints[r].to_node, d, urgency, stints[r].kind == HOME)
    o, to, road_t, factor = stints[r].from_node, stints[r].to_node, stints[r].road_t, w.speed[SPEED_RETURN]
    off_road_t = road_t + w.seconds[to, o] * factor
    node, rest = place_on_route(w.seconds, w.hop, o, to, road_t, off_road_t, factor, o, at)
    return w.expected_s[1, urgency] + rest + (w.seconds[d, node] + w.leg_s[d]) * w.speed[urgency]


@compiled
def believed_s(w: Land, p: Records, stints: Records, u: int, d: int, centre: int, urgency: int, t: float) -> float:
    """Seconds in which a centre believes that a neighbour's unit u would be at node d.

    Infinite when it counts on no help. Neither asking nor the margin is in it.
    """
    owner = w.units[u].centre
    view = w.borders[centre, owner, urgency].sight
    if view == LIVE:
        return _seen_live_s(w, p, u, d, urgency, t)
    if view == STALE:
        age = w.borders[centre, owner, urgency].view_age_s
        return _seen_at_s(w, p, stints, u, d, urgency, np.floor(t / age) * age)
    if not p[u].on_shift:
        return np.inf
    return standing_s(w, w.units[u].home, d, urgency, True)


@compiled
def whom_to_ask(w: Land, p: Records, stints: Records, d: int, centre: int, urgency: int, t: float) -> tuple[int, float]:
    """The neighbouring centre whose unit is believed best, and its seconds with asking and margin; -1 for none."""
    best, best_s = -1, np.inf
    for j in range(w.askable_count[centre, urgency]):
        u = w.askable[centre, urgency, j]
        owner = w.units[u].centre
        border = w.borders[centre, owner, urgency]
        price = border.ask_s + border.margin_s
        value = believed_s(w, p, stints, u, d, centre, urgency, t) + price
        if value < best_s:
            best, best_s = owner, value
    return best, best_s
