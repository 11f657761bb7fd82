"""The quickest way between two road nodes: between decision nodes by the tables, from and to chains over their ends."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.compiled import compiled
from beredt.dispatch.roads import Roads


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


@compiled
def _end(roads: Roads, m: int, r: int, which: int) -> tuple[int, float]:
    """Decision node after road node r on its first (0) or second (1) arc, and the seconds to it."""
    spot = roads.spots[m, r - roads.hop.shape[1]]
    if which == 0:
        return spot.leave0, spot.to_s0
    return spot.leave1, spot.to_s1


@compiled
def _beginning(roads: Roads, m: int, r: int, which: int) -> tuple[int, float]:
    """Decision node before road node r on its first (0) or second (1) arc, and the seconds from it."""
    spot = roads.spots[m, r - roads.hop.shape[1]]
    if which == 0:
        return spot.enter0, spot.from_s0
    return spot.enter1, spot.from_s1


@compiled
def arc_at(roads: Roads, r: int, which: int) -> tuple[int, int]:
    """First (0) or second (1) arc that chain node r lies on (-1: none), and its place along it."""
    spot = roads.spots[0, r - roads.hop.shape[1]]
    if which == 0:
        return np.int64(spot.arc0), np.int64(spot.at0)
    return np.int64(spot.arc1), np.int64(spot.at1)


@compiled
def _ways(roads: Roads, r: int) -> int:
    """Number of arcs on which road node r can be left or reached: 1 for decision nodes, 1 or 2 in chains."""
    n = roads.hop.shape[1]
    if r < n:
        return 1
    return 1 if roads.spots[0, r - n].arc1 < 0 else 2


@compiled
def way_between(roads: Roads, m: int, o: int, d: int) -> Way:
    """The quickest way from road node o to road node d by mode m; the first found on a tie."""
    n = roads.hop.shape[1]
    if o < n and d < n:
        return Way(np.float64(roads.seconds[m, d, o]), np.int64(o), np.int64(d), 0.0, 0.0, 0, 0, -1)
    if o == d:
        return Way(0.0, -1, -1, 0.0, 0.0, 0, 0, -1)
    best = Way(np.inf, -1, -1, 0.0, 0.0, 0, 0, -1)
    if o >= n and d >= n:
        for i in range(_ways(roads, o)):
            arc, at = arc_at(roads, o, i)
            for j in range(_ways(roads, d)):
                other, further = arc_at(roads, d, j)
                if arc == other and at < further:
                    seconds = _beginning(roads, m, d, j)[1] - _beginning(roads, m, o, i)[1]
                    if seconds < best.seconds:
                        best = Way(seconds, -1, -1, 0.0, 0.0, i, j, arc)
    for i in range(_ways(roads, o)):
        leave, to_s = o, 0.0
        if o >= n:
            leave, to_s = _end(roads, m, o, i)
        for j in range(_ways(roads, d)):
            enter, from_s = d, 0.0
            if d >= n:
                enter, from_s = _beginning(roads, m, d, j)
            seconds = (roads.seconds[m, enter, leave] + to_s) + from_s
            if seconds < best.seconds:
                best = Way(seconds, np.int64(leave), np.int64(enter), to_s, from_s, i, j, -1)
    return best


@compiled
def path_s(roads: Roads, m: int, o: int, d: int) -> float:
    """Seconds of the quickest way from road node o to road node d by mode m."""
    return way_between(roads, m, o, d).seconds


@compiled
def path_km(roads: Roads, m: int, o: int, d: int) -> float:
    """Kilometres along the quickest way (which need not be the shortest)."""
    n = roads.hop.shape[1]
    if o < n and d < n:
        return np.float64(roads.km[m, d, o])
    if o == d:
        return 0.0
    way = way_between(roads, m, o, d)
    km = 0.0
    if o >= n:
        spot = roads.spot_km[o - n]
        if way.arc >= 0:
            km -= spot.from_km0 if way.out_by == 0 else spot.from_km1
        else:
            km += spot.to_km0 if way.out_by == 0 else spot.to_km1
    if d >= n:
        spot = roads.spot_km[d - n]
        km += spot.from_km0 if way.in_by == 0 else spot.from_km1
    if way.arc < 0:
        km += roads.km[m, way.enter, way.leave]
    return km
