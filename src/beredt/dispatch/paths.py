"""The quickest way between two road nodes: between decision nodes by the tables, from and to chains over their ends."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.compiled import apart, compiled, leaf, part, whole
from beredt.dispatch.flight import flight_mode, roadless_km, roadless_s
from beredt.dispatch.roads import F4, F8, Records, Roads


class Way(NamedTuple):
    """The quickest way from o to d: o – (along its arc) – leave – … – enter – (along its arc) – d.

    At decision nodes `leave` is o and `enter` is d, and nothing is added. A way within one chain has `arc` ≥ 0
    and passes no decision node.
    """

    seconds: float
    leave: int  # decision node where it leaves the chain of o
    enter: int  # decision node where it enters the chain of d
    to_s: float  # from o to leave
    from_s: float  # from enter to d
    out_by: int  # 0 or 1: the arc of o that is taken
    in_by: int  # 0 or 1: the arc of d that is taken
    arc: int  # the arc that holds the whole way, -1 otherwise


@leaf
def _end(spot: Records, which: int) -> tuple[int, float]:
    """Decision node after a chain node on its first (0) or second (1) arc, and the seconds to it."""
    if which == 0:
        return whole(spot.leave0), spot.to_s0
    return whole(spot.leave1), spot.to_s1


@leaf
def _beginning(spot: Records, which: int) -> tuple[int, float]:
    """Decision node before a chain node on its first (0) or second (1) arc, and the seconds from it."""
    if which == 0:
        return whole(spot.enter0), spot.from_s0
    return whole(spot.enter1), spot.from_s1


@leaf
def arc_at(spot: Records, which: int) -> tuple[int, int]:
    """First (0) or second (1) arc that a chain node lies on, and its place along it."""
    if which == 0:
        return whole(spot.arc0), whole(spot.at0)
    return whole(spot.arc1), whole(spot.at1)


class Ends(NamedTuple):
    """One end of a way: the one or two decision nodes that it may pass first (or last), and what lies beyond them.

    Where there is one, the second is the same.
    """

    several: bool
    node0: int
    node1: int
    beyond_s0: float
    beyond_s1: float


@leaf
def _ways_out(spots: Records, m: int, o: int, n: int) -> Ends:
    """Decision nodes after road node o, and the seconds to them."""
    if o < n:
        return Ends(False, whole(o), whole(o), 0.0, 0.0)
    spot = spots[m, o - n]
    if spot.n == 1:
        return Ends(False, whole(spot.leave0), whole(spot.leave0), spot.to_s0, spot.to_s0)
    return Ends(True, whole(spot.leave0), whole(spot.leave1), spot.to_s0, spot.to_s1)


@leaf
def _ways_in(spots: Records, m: int, d: int, n: int) -> Ends:
    """Decision nodes before road node d, and the seconds from them."""
    if d < n:
        return Ends(False, whole(d), whole(d), 0.0, 0.0)
    spot = spots[m, d - n]
    if spot.n == 1:
        return Ends(False, whole(spot.enter0), whole(spot.enter0), spot.from_s0, spot.from_s0)
    return Ends(True, whole(spot.enter0), whole(spot.enter1), spot.from_s0, spot.from_s1)


@leaf
def _way_along(spots: Records, m: int, o: int, d: int, n: int) -> Way:
    """The way from o to a later node of the same chain; of endless length where there is none."""
    best = Way(np.inf, -1, -1, 0.0, 0.0, 0, 0, -1)
    if o < n or d < n:
        return best
    for i in range(whole(spots[m, o - n].n)):
        arc, at = arc_at(spots[m, o - n], i)
        for j in range(whole(spots[m, d - n].n)):
            other, further = arc_at(spots[m, d - n], j)
            if arc == other and at < further:
                road_s = _beginning(spots[m, d - n], j)[1] - _beginning(spots[m, o - n], i)[1]
                if road_s < best.seconds:
                    best = Way(road_s, -1, -1, 0.0, 0.0, i, j, arc)
    return best


@apart
def _way_over_ends(seconds: F8 | F4, spots: Records, m: int, o: int, d: int) -> Way:
    """`way_between` where o or d lies in a chain."""
    n = seconds.shape[1]
    if o == d:
        return Way(0.0, -1, -1, 0.0, 0.0, 0, 0, -1)
    best = _way_along(spots, m, o, d, n)
    out, into = _ways_out(spots, m, o, n), _ways_in(spots, m, d, n)
    road_s = (seconds[m, into.node0, out.node0] + out.beyond_s0) + into.beyond_s0
    if road_s < best.seconds:
        best = Way(road_s, out.node0, into.node0, out.beyond_s0, into.beyond_s0, 0, 0, -1)
    if into.several:
        road_s = (seconds[m, into.node1, out.node0] + out.beyond_s0) + into.beyond_s1
        if road_s < best.seconds:
            best = Way(road_s, out.node0, into.node1, out.beyond_s0, into.beyond_s1, 0, 1, -1)
    if out.several:
        road_s = (seconds[m, into.node0, out.node1] + out.beyond_s1) + into.beyond_s0
        if road_s < best.seconds:
            best = Way(road_s, out.node1, into.node0, out.beyond_s1, into.beyond_s0, 1, 0, -1)
        if into.several:
            road_s = (seconds[m, into.node1, out.node1] + out.beyond_s1) + into.beyond_s1
            if road_s < best.seconds:
                best = Way(road_s, out.node1, into.node1, out.beyond_s1, into.beyond_s1, 1, 1, -1)
    return best


@apart
def _seconds_over_ends(seconds: F8 | F4, spots: Records, m: int, o: int, d: int) -> float:
    """Seconds of `_way_over_ends`; all looks into the table are made before any is compared."""
    n = seconds.shape[1]
    if o == d:
        return 0.0
    out, into = _ways_out(spots, m, o, n), _ways_in(spots, m, d, n)
    s00, s01 = seconds[m, into.node0, out.node0], seconds[m, into.node1, out.node0]
    s10, s11 = seconds[m, into.node0, out.node1], seconds[m, into.node1, out.node1]
    first = min((s00 + out.beyond_s0) + into.beyond_s0, (s01 + out.beyond_s0) + into.beyond_s1)
    second = min((s10 + out.beyond_s1) + into.beyond_s0, (s11 + out.beyond_s1) + into.beyond_s1)
    best = min(first, second)
    if o >= n and d >= n:
        a, b = spots[m, o - n], spots[m, d - n]
        if a.arc0 == b.arc0 or a.arc0 == b.arc1 or a.arc1 == b.arc0 or a.arc1 == b.arc1:
            best = min(best, _way_along(spots, m, o, d, n).seconds)
    return best


@leaf
def way_between(roads: Roads, m: int, o: int, d: int) -> Way:
    """The quickest way from road node o to road node d by mode m; the first found on a tie."""
    n = roads.hop.shape[1]
    if m >= flight_mode(roads):
        return Way(roadless_s(roads, m, o, d), -1, -1, 0.0, 0.0, 0, 0, -1)
    if o < n and d < n:
        return Way(np.float64(roads.seconds[m, d, o]), whole(o), whole(d), 0.0, 0.0, 0, 0, -1)
    return _way_over_ends(roads.seconds, roads.spots, whole(m), whole(o), whole(d))


@leaf
def known_way(roads: Roads, m: int, o: int, d: int, seconds: float, by: int) -> Way:
    """The way from o to d when its seconds are known, and the arcs at its ends as out_by + 2·in_by."""
    n = roads.hop.shape[1]
    leave, enter, to_s, from_s = whole(o), whole(d), 0.0, 0.0
    if o >= n:
        leave, to_s = _end(roads.spots[m, o - n], by & 1)
    if d >= n:
        enter, from_s = _beginning(roads.spots[m, d - n], by >> 1)
    return Way(seconds, leave, enter, to_s, from_s, whole(by & 1), whole(by >> 1), -1)


@leaf
def road_s(roads: Roads, m: int, o: int, d: int) -> float:
    """Seconds of the quickest way on the road from node o to node d by mode m, which is one of the roads."""
    n = roads.hop.shape[1]
    if o < n and d < n:
        return np.float64(roads.seconds[m, d, o])
    return _seconds_over_ends(roads.seconds, roads.spots, whole(m), whole(o), whole(d))


@leaf
def path_s(roads: Roads, m: int, o: int, d: int) -> float:
    """Seconds of the quickest way from road node o to road node d by mode m."""
    if m >= flight_mode(roads):
        return roadless_s(roads, m, o, d)
    return road_s(roads, m, o, d)


@part
def way_km(roads: Roads, m: int, o: int, d: int, leave: int, enter: int, by: int) -> float:
    """Kilometres of a way that is known: its decision nodes, and the arcs at its ends as out_by + 2·in_by.

    A way within one chain has no decision nodes (-1).
    """
    n = roads.hop.shape[1]
    if m >= flight_mode(roads):
        return roadless_km(roads, m, o, d)
    if o < n and d < n:
        return np.float64(roads.km[m, d, o])
    if o == d:
        return 0.0
    km = 0.0 if enter < 0 else np.float64(roads.km[m, enter, leave])
    if o >= n:
        spot = roads.spot_km[o - n]
        if enter < 0:
            km -= spot.from_km1 if by & 1 else spot.from_km0
        else:
            km += spot.to_km1 if by & 1 else spot.to_km0
    if d >= n:
        spot = roads.spot_km[d - n]
        km += spot.from_km1 if by & 2 else spot.from_km0
    return km


@compiled
def path_km(roads: Roads, m: int, o: int, d: int) -> float:
    """Kilometres along the quickest way (which need not be the shortest)."""
    n = roads.hop.shape[1]
    if m >= flight_mode(roads):
        return roadless_km(roads, m, o, d)
    if o < n and d < n:
        return np.float64(roads.km[m, d, o])
    way = way_between(roads, m, o, d)
    return way_km(roads, m, o, d, way.leave, way.enter, way.out_by + 2 * way.in_by)
