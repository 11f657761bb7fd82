"""What a centre believes of its neighbours' units, and whether to ask for one.

Under the policy *own first* a neighbour's unit costs the time of asking and a margin, and it is judged by what
can be seen of it: live, as it was at the last refresh, or only where its station is.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.compiled import leaf, part, whole
from beredt.dispatch.nearest import at_own_base
from beredt.dispatch.paths import path_s, way_between
from beredt.dispatch.picture import FREE
from beredt.dispatch.place import place_of, place_on_route
from beredt.dispatch.records import Demand, Land
from beredt.dispatch.roads import Records
from beredt.dispatch.travel import believed_factor, mode_at
from beredt.dispatch.world import I4, LIVE, OFF_HOME, STALE, TASK


class Whereabouts(NamedTuple):
    """Where a unit is believed to be: a road node (-1: nowhere), the leg to it, and what comes before the drive."""

    node: int
    leg: float
    wait_s: float
    rest_s: float


@leaf
def _as_it_stands(w: Land, u: int, k: int, node: int, leg: float, indoors: bool) -> Whereabouts:
    wait_s = (w.expected_s[0, k] if indoors else w.expected_s[1, k]) + w.units[u].start_s
    return Whereabouts(whole(node), leg, wait_s, 0.0)


@leaf
def _seen_live(w: Land, p: Records, u: int, k: int, m: int, t: float) -> Whereabouts:
    """Unit u as it is; nowhere when it is not free."""
    now = p[u]
    if now.status != FREE:
        return Whereabouts(whole(-1), 0.0, 0.0, 0.0)
    if t >= now.arrive_t:
        return _as_it_stands(w, u, k, now.to_node, now.to_leg, at_own_base(now))
    node, rest_s = place_of(w.roads, p, u, m, t)
    return Whereabouts(whole(node), 0.0, w.expected_s[1, k], rest_s)


@leaf
def _seen_at(w: Land, p: Records, stints: Records, u: int, k: int, m: int, at: float) -> Whereabouts:
    """Unit u as it stood at an earlier time; nowhere when it was not free then."""
    r = p[u].stint
    while r >= 0 and stints[r].start_t > at:
        r = stints[r].previous
    if r < 0 or stints[r].end_t <= at or stints[r].kind == OFF_HOME or stints[r].kind == TASK:
        return Whereabouts(whole(-1), 0.0, 0.0, 0.0)
    row = stints[r]
    if at >= row.arrive_t:
        return _as_it_stands(w, u, k, row.to_node, row.to_leg, at_own_base(row))
    mode, o, d = whole(row.mode), whole(row.from_node), whole(row.to_node)
    way = way_between(w.roads, mode, o, d)
    off_road_t = row.road_t + way.seconds * row.factor
    node, rest_s = whole(o), row.road_t - at
    if at >= off_road_t:
        node, rest_s = whole(d), at - off_road_t
        if m != mode:
            rest_s *= w.roads.off_pace[m] / w.roads.off_pace[mode]
    elif at > row.road_t:
        place = place_on_route(w.roads, mode, o, d, way, row.road_t, off_road_t, row.factor, whole(-1), at)
        node, rest_s = place.node, place.rest_s
    return Whereabouts(node, 0.0, w.expected_s[1, k], rest_s)


@leaf
def believed_s(w: Land, p: Records, stints: Records, u: int, inc: Demand, i: int, t: float) -> float:
    """Seconds in which the centre of incident i believes that a neighbour's unit u would be there.

    Infinite when it counts on no help. Neither asking nor the margin is in it.
    """
    centre, urgency, owner = inc.incidents[i].centre, inc.incidents[i].urgency, w.units[u].centre
    view = w.borders[centre, owner, urgency].sight
    m = mode_at(w, u, urgency, t)
    if view == LIVE:
        seen = _seen_live(w, p, u, urgency, m, t)
    elif view == STALE:
        age = w.borders[centre, owner, urgency].view_age_s
        seen = _seen_at(w, p, stints, u, urgency, m, np.floor(t / age) * age)
    else:
        home = w.bases[w.units[u].station]
        seen = _as_it_stands(w, u, urgency, home.node if p[u].on_shift else -1, home.leg, True)
    if seen.node < 0:
        return np.inf
    pace = w.roads.off_pace[m]
    road_s = path_s(w.roads, m, seen.node, inc.incidents[i].scene)
    drive_s = (seen.leg * pace + road_s + inc.incidents[i].scene_leg * pace) * believed_factor(w, u, urgency, t)
    return seen.wait_s + seen.rest_s + drive_s


@part
def whom_to_ask(
    w: Land, p: Records, stints: Records, ruled: I4, inc: Demand, i: int, want: int, t: float
) -> tuple[int, float]:
    """The neighbouring centre whose unit is believed best, and its seconds with all prices; -1 for none.

    `ruled` is the row of rules that holds at each centre just now.
    """
    rules, urgency = ruled[inc.incidents[i].centre], inc.incidents[i].urgency
    best, best_s = -1, np.inf
    for j in range(w.askable_count[rules, urgency, want]):
        u = whole(w.askable[rules, urgency, want, j])
        owner = w.units[u].centre
        if not w.rulings[ruled[owner]].lends:
            continue
        border = w.borders[rules, owner, urgency]
        price = border.ask_s + border.margin_s
        value = believed_s(w, p, stints, u, inc, i, t) + price + w.policies.price_s[urgency, u]
        if value < best_s:
            best, best_s = owner, value
    return best, best_s
