"""Bans that follow from turn bans: who may not turn here does not drive past and turn round on the road behind.

Turning round is free wherever roads meet or end, as an ambulance may. Along a road it would never make a way quicker,
but for one case: a few metres behind a ban it would undo the ban. So for whoever comes from a ban's first arcs,
turning round is forbidden until the next place where roads meet.
"""

from __future__ import annotations

from beredt.roads.imported.road_map import RoadMap

Ban = tuple[int, ...]


def with_turning_back(roads: RoadMap, bans: set[Ban]) -> set[Ban]:
    """The bans, and those that follow."""
    following: set[Ban] = set()
    for begun in {ban[:-1] for ban in bans}:
        for arc in _out(roads, int(roads.arc_to[begun[-1]])):
            if (*begun, arc) not in bans:
                following |= _along(roads, (*begun, arc))
    return bans | following


def _along(roads: RoadMap, way: Ban) -> set[Ban]:
    """Turning round at each node inside the road that the last arc of a way leads into."""
    found: set[Ban] = set()
    while True:
        before, here = int(roads.arc_from[way[-1]]), int(roads.arc_to[way[-1]])
        out = _out(roads, here)
        ends = {int(roads.arc_to[arc]) for arc in out}
        onward = [arc for arc in out if int(roads.arc_to[arc]) != before]
        inside = before in ends and len(ends) == 2 and len(onward) == 1 and onward[0] not in way
        if not inside or roads.arc_source[onward[0]] != roads.arc_source[way[-1]]:
            return found
        found |= {(*way, arc) for arc in out if int(roads.arc_to[arc]) == before}
        way = (*way, onward[0])


def _out(roads: RoadMap, node: int) -> range:
    return range(int(roads.arc_first[node]), int(roads.arc_first[node + 1]))
