"""The quickest way between two road nodes: between decision nodes by the tables, from and to chains over their ends."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.compiled import apart, compiled, leaf, whole
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


@apart
def _way_over_ends(seconds: F8 | F4, spots: Records, m: int, o: int, d: int) -> Way:
    """`way_between` where o or d lies in a chain."""
    n = seconds.shape[1]
    best = Way(np.inf, -1, -1, 0.0, 0.0, 0, 0, -1)
    if o == d:
        return Way(0.0, -1, -1, 0.0, 0.0, 0, 0, -1)
    ways_out = 1 if o < n else spots[m, o - n].n
    ways_in = 1 if d < n else spots[m, d - n].n
    if o >= n and d >= n:
        for i in range(ways_out):
            arc, at = arc_at(spots[m, o - n], i)
            for j in range(ways_in):
                other, further = arc_at(spots[m, d - n], j)
                if arc == other and at < further:
                    road_s = _beginning(spots[m, d - n], j)[1] - _beginning(spots[m, o - n], i)[1]
                    if road_s < best.seconds:
                        best = Way(road_s, -1, -1, 0.0, 0.0, i, j, arc)
    for i in range(ways_out):
        leave, to_s = whole(o), 0.0
        if o >= n:
            leave, to_s = _end(spots[m, o - n], i)
        for j in range(ways_in):
            enter, from_s = whole(d), 0.0
            if d >= n:
                enter, from_s = _beginning(spots[m, d - n], j)
            road_s = (seconds[m, enter, leave] + to_s) + from_s
            if road_s < best.seconds:
                best = Way(road_s, leave, enter, to_s, from_s, i, j, -1)
    return best


@apart
def _seconds_over_ends(seconds: F8 | F4, spots: Records, m: int, o: int, d: int) -> float:
    return _way_over_ends(seconds, spots, m, o, d).seconds


@leaf
def way_between(roads: Roads, m: int, o: int, d: int) -> Way:
    """The quickest way from road node o to road node d by mode m; the first found on a tie."""
    n = roads.hop.shape[1]
    if o < n and d < n:
        return Way(np.float64(roads.seconds[m, d, o]), whole(o), whole(d), 0.0, 0.0, 0, 0, -1)
    return _way_over_ends(roads.seconds, roads.spots, m, whole(o), whole(d))


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
def path_s(roads: Roads, m: int, o: int, d: int) -> float:
    """Seconds of the quickest way from road node o to road node d by mode m."""
    n = roads.hop.shape[1]
    if o < n and d < n:
        return np.float64(roads.seconds[m, d, o])
    return _seconds_over_ends(roads.seconds, roads.spots, m, whole(o), whole(d))


@leaf
def way_km(roads: Roads, m: int, o: int, d: int, leave: int, enter: int, by: int) -> float:
    """Kilometres of a way that is known: its decision nodes, and the arcs at its ends as out_by + 2·in_by.

    A way within one chain has no decision nodes (-1).
    """
    n = roads.hop.shape[1]
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
    if o < n and d < n:
        return np.float64(roads.km[m, d, o])
    way = way_between(roads, m, o, d)
    return way_km(roads, m, o, d, way.leave, way.enter, way.out_by + 2 * way.in_by)
