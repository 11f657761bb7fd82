"""The nearest unit by the time a dispatcher expects, returning and moving units from where they are now.

An acute incident may take a unit on its way to something less urgent (bumping), at a price of
`divert_margin_s`. All rules: docs/explanation/simulation-rules.md.
"""

from __future__ import annotations

import numpy as np

from beredt.dispatch.compiled import leaf, part, whole
from beredt.dispatch.cover import FreeNow, loss
from beredt.dispatch.flight import flight_mode
from beredt.dispatch.going import Going, by_road, going_of, through_the_air, way_s_of
from beredt.dispatch.leave_behind import is_preferred
from beredt.dispatch.paths import Way, known_way, path_s, way_between
from beredt.dispatch.picture import BUSY, FREE, ON_TASK
from beredt.dispatch.place import place_of
from beredt.dispatch.records import Demand, Land
from beredt.dispatch.roads import Records
from beredt.dispatch.travel import believed_factor, mode_at
from beredt.dispatch.world import CARRIER, HOME, I4, MOVE, ORDINARY, PRIMARY, SEAMLESS

BOUND_SLACK_S = 2.0
"""Taken off the bounds: float32 tables keep the triangle inequality only within rounding."""


@leaf
def at_own_base(now: Records) -> bool:
    """Whether a unit that stands still is at its station, where its crew is indoors."""
    return now.kind == HOME or now.kind == MOVE


@leaf
def gives_way(now: Records, urgency: int, t: float) -> bool:
    """Whether a unit that is not free is at a planned task that it leaves for an incident of this urgency."""
    if now.status != ON_TASK:
        return False
    mask = now.drops if t >= now.arrive_t else now.gives_way
    return (mask >> urgency) & 1 == 1


@part
def standing_s(w: Land, inc: Demand, u: int, i: int, o: int, leg: float, at_home: bool, t: float) -> float:
    """Expected seconds to incident i of unit u when it stands still at a place."""
    k = inc.incidents[i].urgency
    m = mode_at(w, u, k, t)
    wait = (w.expected_s[0, k] if at_home else w.expected_s[1, k]) + w.units[u].start_s
    pace = w.roads.off_pace[m]
    road_s = path_s(w.roads, m, o, inc.incidents[i].scene)
    return wait + (leg * pace + road_s + inc.incidents[i].scene_leg * pace) * believed_factor(w, u, k, t)


@leaf
def _least_over_beginning_s(w: Land, inc: Demand, i: int, now: Records, road: Going, f: float, t: float) -> float:
    """The first kind of bound of `_least_s`; 0 where it does not hold."""
    roads = w.roads
    n = roads.hop.shape[1]
    longer = roads.times_as_long[road.mode, now.mode] * f
    if longer > now.factor:
        return 0.0
    d = inc.incidents[i].scene
    from_s = 0.0
    if now.from_near >= 0 and inc.near.shape[0] > 0:
        from_s = inc.near[i, now.from_near]
    elif d < n and now.from_node < n:
        from_s = roads.seconds[road.mode, d, now.from_node]
    return max(0.0, from_s * f - max(0.0, t - now.road_t) * longer / now.factor)


@leaf
def _least_s(w: Land, inc: Demand, i: int, now: Records, going: Going, road: Going, t: float) -> float:
    """A lower bound of the seconds that a moving unit needs from t, told without looking up where it is.

    The greatest of two kinds. *Over the beginning of its route*: seconds[from] ≤ driven + its own; what is driven is at
    most (t − road_t + rest) / factor, `times_as_long` by the new mode. *As the crow flies*: it is no further from the
    beginning (the end) of its route than it can have driven since (still has to drive), and no drive is quicker than
    `least_pace`. Both hold where its next drive is not slower than this one; the first, on the road.
    """
    f = going.factor
    least = 0.0 if going.flies else _least_over_beginning_s(w, inc, i, now, road, f, t)
    crow, slower = going.least_pace * f, now.factor * w.roads.least_pace[now.mode]
    if 0.0 < crow <= slower:
        quicker = crow / slower
        x, y = inc.incidents[i].x_km - now.from_x_km, inc.incidents[i].y_km - now.from_y_km
        least = max(least, np.sqrt(x * x + y * y) * crow - max(0.0, t - now.road_t) * quicker)
        x, y = inc.incidents[i].x_km - now.to_x_km, inc.incidents[i].y_km - now.to_y_km
        least = max(least, np.sqrt(x * x + y * y) * crow - max(0.0, now.off_road_t - t) * quicker)
    return least + inc.incidents[i].scene_leg * going.off_pace * f - BOUND_SLACK_S


@leaf
def way_to_scene(w: Land, inc: Demand, i: int, m: int, o: int, near: int) -> Way:
    """The way from road node o to the scene of incident i; near is its column in `Demand.near`, -1 for none."""
    d = whole(inc.incidents[i].scene)
    if near >= 0 and inc.near.shape[0] > 0 and m < flight_mode(w.roads):
        by = whole(inc.near_by[i, near])
        if by >= 0:
            return known_way(w.roads, m, o, d, inc.near[i, near], by)
    return way_between(w.roads, m, whole(o), d)


@leaf
def is_at_hand(w: Land, centre: int, rules: int, owner: int, urgency: int, answered: int) -> bool:
    """Whether a centre can send a unit of `owner` without asking (any more), by its rules just now."""
    if owner == centre:
        return True
    return owner == answered or w.borders[rules, owner, urgency].policy == SEAMLESS


@leaf
def _price_s(w: Land, urgency: int, priced: bool, u: int) -> float:
    """What sending unit u counts as beyond its seconds; only the choice of a first unit or a carrier has prices."""
    return w.policies.price_s[urgency, u] if priced else 0.0


@leaf
def _most_promising(moving: Records, count: int) -> int:
    """Of the first so many, the one with the least bound."""
    best = 0
    for j in range(1, count):
        if moving[j].least_s < moving[best].least_s:
            best = j
    return whole(best)


@part
def nearest_free(
    w: Land,
    p: Records,
    moving: Records,
    inc: Demand,
    i: int,
    rules: int,
    answered: int,
    want: int,
    priced: bool,
    t: float,
) -> tuple[int, float]:
    """The free unit at hand, one of those wanted, that is expected first at incident i, and its seconds from t; or -1.

    Units at a planned task that gives way to the incident are looked at as if they were free.

    At hand are the centre's own units, those of seamless centres by its row of `rules` just now, and those of a centre
    that has `answered` (-1: none). When `priced`, the price of sending it is in its seconds. `moving` is room for
    `MOVING`, one for each unit; what is in it means nothing.
    """
    urgency, d = inc.incidents[i].urgency, inc.incidents[i].scene
    units = w.seen[rules, answered + 1, urgency, want]
    road, air = by_road(w, urgency, t), through_the_air(w)
    at_home_s, out_s = w.expected_s[0, urgency], w.expected_s[1, urgency]
    count = w.seen_count[rules, answered + 1, urgency, want]
    is_near = inc.near.shape[0] > 0
    best, best_s = -1, np.inf
    later = 0
    for j in range(count):
        u = whole(units[j])
        now = p[u]
        if now.status != FREE and not gives_way(now, urgency, t):
            continue
        going = going_of(w, u, road, air)
        if t < now.arrive_t:
            moving[later].unit = u
            moving[later].least_s = _least_s(w, inc, i, now, going, road, t) + out_s + _price_s(w, urgency, priced, u)
            later += 1
            continue
        at_home = at_own_base(now)
        wait = (at_home_s if at_home else out_s) + w.units[u].start_s
        if at_home and is_near and not going.flies:
            way_s = inc.near[i, now.base]
        else:
            way_s = way_s_of(w, going, road, now.to_node, d)
        leg_d = inc.incidents[i].scene_leg * going.off_pace
        value = wait + (now.to_leg * going.off_pace + way_s + leg_d) * going.factor + _price_s(w, urgency, priced, u)
        if value < best_s:
            best, best_s = u, value
    # Those on the move come second, the most promising first: most cannot beat the best by then, and looking up a
    # place takes time.
    while later > 0:
        j = _most_promising(moving, later)
        if moving[j].least_s > best_s:
            break
        u = whole(moving[j].unit)
        later -= 1
        moving[j] = moving[later]
        going = going_of(w, u, road, air)
        node, rest = place_of(w.roads, p, u, going.mode, t)
        leg_d = inc.incidents[i].scene_leg * going.off_pace
        drive_s = (way_s_of(w, going, road, node, d) + leg_d) * going.factor
        value = out_s + rest + drive_s + _price_s(w, urgency, priced, u)
        if value < best_s or (value == best_s and u < best):
            best, best_s = u, value
    return best, best_s


@leaf
def expected_s(w: Land, p: Records, u: int, inc: Demand, i: int, t: float) -> float:
    """Expected seconds to incident i of free unit u, without its price."""
    now = p[u]
    k, d = inc.incidents[i].urgency, inc.incidents[i].scene
    m, f = mode_at(w, u, k, t), believed_factor(w, u, k, t)
    pace = w.roads.off_pace[m]
    node, leg, rest, wait = whole(now.to_node), now.to_leg, 0.0, w.expected_s[1, k]
    if t < now.arrive_t:
        node, rest = place_of(w.roads, p, u, m, t)
        leg = 0.0
    elif at_own_base(now):
        wait = w.expected_s[0, k] + w.units[u].start_s
    else:
        wait += w.units[u].start_s
    return wait + rest + (leg * pace + path_s(w.roads, m, node, d) + inc.incidents[i].scene_leg * pace) * f


@part
def least_missed(
    w: Land, p: Records, left: FreeNow, inc: Demand, i: int, rules: int, answered: int, want: int, t: float
) -> tuple[int, float]:
    """Of the free units at hand that are expected in time, the one whose loss costs the least cover; -1 without any.

    The sooner one on a tie, then the lower number. Its seconds hold the price.
    """
    urgency = inc.incidents[i].urgency
    units = w.seen[rules, answered + 1, urgency, want]
    best, best_s, least = -1, np.inf, np.inf
    for j in range(w.seen_count[rules, answered + 1, urgency, want]):
        u = whole(units[j])
        if p[u].status != FREE:
            continue
        value = expected_s(w, p, u, inc, i, t) + w.policies.price_s[urgency, u]
        if t + value > inc.incidents[i].due_t:
            continue
        lost = loss(w.policies.cover_left, left, p[u].base) if w.units[u].ready else 0.0
        if is_preferred(lost, value, least, best_s):
            best, best_s, least = u, value, lost
    return best, best_s


@leaf
def note_on_the_way(on_the_way: I4, u: int) -> None:
    """Remember a unit that drives to a mission which may be broken off. The first cell holds how many follow."""
    n = on_the_way[0]
    for j in range(1, n + 1):
        if on_the_way[j] == u:
            return
    on_the_way[0] = n + 1
    on_the_way[n + 1] = u


@leaf
def nearest_divertible(
    w: Land,
    p: Records,
    on_the_way: I4,
    inc: Demand,
    i: int,
    rules: int,
    answered: int,
    want: int,
    t: float,
    limit_s: float,
) -> tuple[int, float]:
    """The unit at hand on its way to something less urgent that is first at incident i; its seconds plus the margin.

    Units that cannot come below `limit_s` may be passed over (equal ones are found, for ties). Those that have arrived
    are struck off the list.
    """
    centre, urgency, d = inc.incidents[i].centre, inc.incidents[i].urgency, inc.incidents[i].scene
    margin_s = w.divert_margin_s
    road, air = by_road(w, urgency, t), through_the_air(w)
    best, best_s = -1, np.inf
    j = 1
    while j <= on_the_way[0]:
        u = whole(on_the_way[j])
        now = p[u]
        if now.status != BUSY or (now.role != PRIMARY and now.role != CARRIER) or t >= now.arrive_t:
            on_the_way[j] = on_the_way[on_the_way[0]]
            on_the_way[0] -= 1
            continue
        j += 1
        if not w.divert[urgency, inc.incidents[now.incident].urgency] or not w.may[want, urgency, u]:
            continue
        if not is_at_hand(w, centre, rules, w.units[u].centre, urgency, answered):
            continue
        going = going_of(w, u, road, air)
        leg_d = inc.incidents[i].scene_leg * going.off_pace
        price = margin_s + w.policies.price_s[urgency, u]
        if _least_s(w, inc, i, now, going, road, t) + price > min(best_s, limit_s):
            continue
        node, rest = place_of(w.roads, p, u, going.mode, t)
        drive_s = (way_s_of(w, going, road, node, d) + leg_d) * going.factor
        value = rest + drive_s + margin_s + w.policies.price_s[urgency, u]
        if value < best_s or (value == best_s and u < best):
            best, best_s = u, value
    return best, best_s


@leaf
def free_units(w: Land, p: Records, centre: int) -> int:
    """Number of free units of a centre that are ready."""
    n = 0
    for u in range(p.size):
        if p[u].status == FREE and w.units[u].centre == centre and w.units[u].ready:
            n += 1
    return n


@leaf
def is_held(w: Land, p: Records, centre: int, rules: int, urgency: int) -> bool:
    """Whether an ordinary mission must wait so that the centre keeps its reserve of free units, if it has one."""
    reserve = w.rulings[rules].reserve
    return urgency == ORDINARY and reserve > 0 and free_units(w, p, centre) <= reserve
