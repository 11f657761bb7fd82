"""Where a moving unit is: the road node it reaches next, and the seconds until then."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.compiled import compiled, leaf, whole
from beredt.dispatch.flight import flight_mode, roadless_km
from beredt.dispatch.paths import Way, arc_at
from beredt.dispatch.roads import F8, I4, Records, Roads


class Place(NamedTuple):
    """Where a unit on the road is."""

    node: int  # road node that it reaches next
    rest_s: float  # until then
    passed: int  # last decision node passed, -1 before the first
    arc: int  # the arc it is on, -1 where the hop has no chain
    at: int  # place of `node` among the nodes of the arc; their number for the arc's end


@compiled
def place_on_route(
    roads: Roads,
    m: int,
    o: int,
    d: int,
    way: Way,
    road_t: float,
    off_road_t: float,
    factor: float,
    cursor: int,
    t: float,
) -> Place:
    """Place at time t of a unit on the route from o to d.

    Args:
        roads: the roads.
        m: travel mode of the drive.
        o: road node where the route joins the road, at road_t.
        d: road node where it leaves the road, at off_road_t.
        way: from o to d.
        road_t: s.
        off_road_t: s.
        factor: of the drive, on all its seconds.
        cursor: a decision node that it had passed at some time up to t, -1 when none is known.
        t: s, road_t < t < off_road_t.
    """
    if m >= flight_mode(roads):  # to the nearer end
        if t - road_t < off_road_t - t:
            return Place(whole(o), t - road_t, -1, -1, 0)
        return Place(whole(d), off_road_t - t, -1, -1, 0)
    n = roads.hop.shape[1]
    # When a node is passed is told in one way alone, or rounding would part units that drive side by side: the first
    # decision node from the beginning of the route, all others from its end.
    first_t = road_t + way.to_s * factor
    last_t = off_road_t - way.from_s * factor
    if way.arc >= 0:  # within one chain
        arc, low = arc_at(roads.spots[m, o - n], way.out_by)
        high = arc_at(roads.spots[m, d - n], way.in_by)[1]
        begin_t = road_t - roads.chain_s[m, roads.arc_first[arc] + low] * factor
        node, node_t, passed = whole(d), off_road_t, whole(-1)
        low += 1
    elif t <= first_t and o >= n:
        arc, low = arc_at(roads.spots[m, o - n], way.out_by)
        high = whole(roads.arc_first[arc + 1] - roads.arc_first[arc])
        begin_t = road_t - roads.chain_s[m, roads.arc_first[arc] + low] * factor
        node, node_t, passed = way.leave, first_t, whole(-1)
        low += 1
    elif t > last_t:
        arc, high = arc_at(roads.spots[m, d - n], way.in_by)
        low = whole(0)
        begin_t = first_t if way.enter == way.leave else last_t
        node, node_t, passed = whole(d), off_road_t, way.enter
    else:
        passed = way.leave if cursor < 0 else whole(cursor)
        far = whole(roads.leap[m, way.enter, passed])
        while last_t - roads.seconds[m, way.enter, far] * factor < t:
            passed = far
            far = whole(roads.leap[m, way.enter, passed])
        node = whole(roads.hop[m, way.enter, passed])
        node_t = last_t - roads.seconds[m, way.enter, node] * factor
        while node_t < t:
            passed = node
            node = whole(roads.hop[m, way.enter, passed])
            node_t = last_t - roads.seconds[m, way.enter, node] * factor
        if roads.chain_spot.size == 0:
            return Place(node, node_t - t, passed, -1, 0)
        arc = _arc_between(roads.out_first, roads.out_to, roads.out_arc, m, passed, node)
        low, high = whole(0), whole(roads.arc_first[arc + 1] - roads.arc_first[arc])
        begin_t = first_t if passed == way.leave else last_t - roads.seconds[m, way.enter, passed] * factor
    first = whole(roads.arc_first[arc])
    at, spot_t = _next_in_chain(roads.chain_s, m, first + low, first + high, begin_t, factor, t)
    if at < first + high:
        return Place(whole(roads.chain_spot[at]), spot_t - t, passed, arc, at - first)
    return Place(node, node_t - t, passed, arc, high)


@compiled
def _next_in_chain(
    chain_s: F8, m: int, low: int, high: int, begin_t: float, factor: float, t: float
) -> tuple[int, float]:
    """The first of the places low … high − 1 along an arc that is passed after time t, and when; high for none."""
    for at in range(low, high):
        spot_t = begin_t + chain_s[m, at] * factor
        if spot_t > t:
            return at, spot_t
    return high, t


@compiled
def _arc_between(out_first: I4, out_to: I4, out_arc: I4, m: int, o: int, d: int) -> int:
    """The arc driven from decision node o to its next decision node d."""
    for e in range(out_first[o], out_first[o + 1]):
        if out_to[e] == d:
            return whole(out_arc[m, e])
    return -1


@leaf
def way_of(now: Records) -> Way:
    """The way that a unit on the move drives."""
    return Way(
        0.0,
        whole(now.leave),
        whole(now.enter),
        now.to_s,
        now.from_s,
        whole(now.out_by),
        whole(now.in_by),
        whole(now.arc),
    )


@leaf
def place_of(roads: Roads, p: Records, u: int, m: int, t: float) -> tuple[int, float]:
    """Road node that unit u, which is on the move, reaches next at time t, and the seconds until then.

    Remembers the place for the next look at a later time. A unit that has left the road turns round: what it must
    drive back takes the pace of mode m.
    """
    now = p[u]
    if t <= now.road_t:
        return whole(now.from_node), now.road_t - t
    if t >= now.off_road_t:
        back_s = t - now.off_road_t
        if m != now.mode:
            back_s *= roads.off_pace[m] / roads.off_pace[now.mode]
        return whole(now.to_node), back_s
    place = place_on_route(
        roads,
        whole(now.mode),
        whole(now.from_node),
        whole(now.to_node),
        way_of(now),
        now.road_t,
        now.off_road_t,
        now.factor,
        whole(now.cursor),
        t,
    )
    if place.passed >= 0:
        p[u].cursor = place.passed
    return place.node, place.rest_s


@compiled
def place_and_km(roads: Roads, p: Records, u: int, m: int, t: float) -> tuple[int, float, float, float]:
    """`place_of` for a unit whose drive is broken off: also the kilometres to that node, twice.

    The first is to be added to what was driven when the way to the node is counted whole (below 0 on the road, above
    it where the unit turns back); the second is how far it still drives to the node.
    """
    now = p[u]
    if t <= now.road_t:
        whole_s = now.road_t - now.start_t
        share = min(1.0, (now.road_t - t) / whole_s) if whole_s > 0.0 else 0.0
        return whole(now.from_node), now.road_t - t, -now.begin_km * share, now.begin_km * share
    if t >= now.off_road_t:
        node, rest_s = place_of(roads, p, u, m, t)
        whole_s = now.arrive_t - now.off_road_t
        share = (t - now.off_road_t) / whole_s if whole_s > 0.0 else 0.0
        back_km = now.to_leg * roads.leg_km * share
        return node, rest_s, back_km, back_km
    old, o, d = whole(now.mode), whole(now.from_node), whole(now.to_node)
    cursor = whole(now.cursor)
    place = place_on_route(roads, old, o, d, way_of(now), now.road_t, now.off_road_t, now.factor, cursor, t)
    if old >= flight_mode(roads):
        flown_km = roadless_km(roads, old, o, d) * (place.rest_s / (now.off_road_t - now.road_t))
        return place.node, place.rest_s, flown_km if place.node == o else -flown_km, flown_km
    km = _rest_km(roads, old, place, now.factor)
    return place.node, place.rest_s, -km, km


@leaf
def _rest_km(roads: Roads, m: int, place: Place, factor: float) -> float:
    """Kilometres to the next road node of a unit that is on the road."""
    if place.arc < 0:
        piece_s: float = np.float64(roads.seconds[m, place.node, place.passed])
        piece_km: float = np.float64(roads.km[m, place.node, place.passed])
    else:
        piece_s, piece_km = _piece(
            roads.arc_first, roads.chain_s, roads.chain_km, roads.arc_s, roads.arc_km, m, place.arc, place.at
        )
    whole_s = piece_s * factor
    if whole_s <= 0.0:
        return 0.0
    return piece_km * min(1.0, place.rest_s / whole_s)


@compiled
def _piece(
    arc_first: I4, chain_s: F8, chain_km: F8, arc_s: F8, arc_km: F8, m: int, arc: int, at: int
) -> tuple[float, float]:
    """Seconds and kilometres of the piece of an arc that ends at its node number `at`, or at the arc's end."""
    first = arc_first[arc]
    if at == arc_first[arc + 1] - first:
        piece_s, piece_km = arc_s[m, arc], arc_km[arc]
    else:
        piece_s, piece_km = chain_s[m, first + at], chain_km[first + at]
    if at > 0:
        piece_s -= chain_s[m, first + at - 1]
        piece_km -= chain_km[first + at - 1]
    return piece_s, piece_km
