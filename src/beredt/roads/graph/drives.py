"""Compiled: driving times between any two road nodes.

A node inside an arc is left over the node where the arc ends, and reached over the node where it begins. On a road of
two directions there are two arcs, so that up to four ways are compared.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from beredt.roads.graph.compiled import compiled, inlined


@inlined
def _direct_s(spots: Any, origin: int, destination: int) -> float:
    """Seconds from one node inside an arc to a later one inside the same arc; inf where there is no such arc."""
    if spots[origin].arc0 == spots[destination].arc0 and spots[origin].at0 < spots[destination].at0:
        return float(spots[destination].from_s0 - spots[origin].from_s0)
    if spots[origin].n == 1 or spots[destination].n == 1:
        return np.inf
    if spots[origin].arc1 == spots[destination].arc1 and spots[origin].at1 < spots[destination].at1:
        return float(spots[destination].from_s1 - spots[origin].from_s1)
    return np.inf


@inlined
def _drive_s(seconds: Any, spots: Any, origin: int, destination: int) -> float:
    """Seconds from one road node to another, for one travel mode."""
    if origin == destination:
        return 0.0
    nodes = seconds.shape[0]
    best = np.inf
    leave0, leave1, to_s0, to_s1, leaves = origin, origin, 0.0, 0.0, 1
    enter0, enter1, from_s0, from_s1, enters = destination, destination, 0.0, 0.0, 1
    if origin >= nodes:
        spot = spots[origin - nodes]
        leave0, leave1, to_s0, to_s1, leaves = spot.leave0, spot.leave1, spot.to_s0, spot.to_s1, spot.n
    if destination >= nodes:
        spot = spots[destination - nodes]
        enter0, enter1, from_s0, from_s1, enters = spot.enter0, spot.enter1, spot.from_s0, spot.from_s1, spot.n
        if origin >= nodes:
            best = _direct_s(spots, origin - nodes, destination - nodes)
    for leave in range(leaves):
        end, to_s = (leave0, to_s0) if leave == 0 else (leave1, to_s1)
        for enter in range(enters):
            begin, from_s = (enter0, from_s0) if enter == 0 else (enter1, from_s1)
            way = (seconds[begin, end] + to_s) + from_s
            best = min(best, way)
    return best


@compiled
def drive_times(seconds: Any, spots: Any, origins: Any, destinations: Any, drive_s: Any) -> None:
    """Fill `drive_s` (destinations, origins) for one travel mode: `seconds` (N, N), `spots` (R−N,)."""
    for row in range(destinations.shape[0]):
        for column in range(origins.shape[0]):
            drive_s[row, column] = _drive_s(seconds, spots, origins[column], destinations[row])


@compiled
def nearest_ends(
    seconds: Any, spots: Any, origins: Any, destinations: Any, extra_s: Any, nearest: Any, nearest_s: Any
) -> None:
    """The destination with the least driving time + `extra_s` for each origin, the first one on a tie, and that sum."""
    for row in range(origins.shape[0]):
        best, which = np.inf, -1
        for column in range(destinations.shape[0]):
            total = _drive_s(seconds, spots, origins[row], destinations[column]) + extra_s[column]
            if total < best:
                best, which = total, column
        nearest[row], nearest_s[row] = which, best
