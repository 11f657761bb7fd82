"""Turn bans of the source put onto arcs: sequences of arcs that nobody may drive one after the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.roads.imported.drawn_roads import DrawnRoads, TurnBan
from beredt.roads.imported.tally import Fault, Tally

LONGEST_VIA = 400
"""Arcs that a ban's way over other roads may have; longer ones are told as not placed."""


class _Roads:
    """Arcs by node and by source line, for looking up a few of them."""

    def __init__(
        self, first: NDArray[np.int32], start: NDArray[np.int32], end: NDArray[np.int32], source: NDArray[np.int64]
    ) -> None:
        self.first, self.start, self.end, self.source = first, start, end, source
        self._by_end = np.argsort(end, kind="stable")
        self._ends = end[self._by_end]

    def out(self, node: int) -> list[int]:
        return list(range(int(self.first[node]), int(self.first[node + 1])))

    def into(self, node: int) -> list[int]:
        low, high = np.searchsorted(self._ends, [node, node + 1])
        return [int(arc) for arc in self._by_end[low:high]]


def place_bans(
    drawn: DrawnRoads,
    number: NDArray[np.int32],
    first: NDArray[np.int32],
    start: NDArray[np.int32],
    end: NDArray[np.int32],
    source: NDArray[np.int64],
    tally: Tally,
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The forbidden sequences, as `RoadMap.ban_first` and `ban_arc`; what cannot be placed is a fault.

    `number` (p,): road node of each drawn point, −1 if not used. The rest: the arcs of the road map. A ban on a road
    that is not in the map at all forbids nothing that could be driven, and is told too.
    """
    sequences: list[tuple[int, ...]] = []
    if drawn.bans:
        roads = _Roads(first, start, end, source)
        point_of, leaving = _points_of_lines(drawn), _leaving(drawn)
        for ban in drawn.bans:
            found = _sequences(ban, roads, number, leaving)
            if found is None:
                tally.add(_unplaced(ban, drawn, point_of))
            else:
                sequences += found
    sequences = sorted(set(sequences))
    lengths = [0, *(len(sequence) for sequence in sequences)]
    flat = [arc for sequence in sequences for arc in sequence]
    return np.cumsum(lengths).astype(np.int32), np.array(flat, dtype=np.int32)


def _sequences(
    ban: TurnBan, roads: _Roads, number: NDArray[np.int32], leaving: set[tuple[int, int]]
) -> list[tuple[int, ...]] | None:
    """What a ban forbids; None where its roads do not meet in one way only."""
    if ban.via_point >= 0:
        node = int(number[ban.via_point])
        return None if node < 0 else _at_node(ban, roads, node, (ban.to_source, ban.via_point) in leaving)
    return _over_lines(ban, roads)


def _leaving(drawn: DrawnRoads) -> set[tuple[int, int]]:
    """Lines that commands lead onto, with the points at which one can drive on along them: (source, point).

    Of all lines drawn, also those that are not in the map since they lead out of it: a command onto one holds.
    """
    wanted = [ban.to_source for ban in drawn.bans if ban.only]
    found: set[tuple[int, int]] = set()
    for line in np.flatnonzero(np.isin(drawn.source, wanted)).tolist():
        source, points = int(drawn.source[line]), drawn.point[drawn.first[line] : drawn.first[line + 1]].tolist()
        found |= {(source, point) for point in points[:-1] if drawn.ahead[line]}
        found |= {(source, point) for point in points[1:] if drawn.back[line]}
    return found


def _at_node(ban: TurnBan, roads: _Roads, node: int, leads_out: bool) -> list[tuple[int, ...]] | None:
    """What a ban at a node forbids. `leads_out`: one can drive on along its last line, in the map or out of it."""
    come = [arc for arc in roads.into(node) if roads.source[arc] == ban.from_source]
    go = [arc for arc in roads.out(node) if roads.source[arc] == ban.to_source]
    if ban.turn_back and not ban.only:
        pairs: list[tuple[int, ...]] = [
            (a, b) for a in come for b in go if roads.start[a] == roads.end[b] or ban.from_source != ban.to_source
        ]
        return pairs or None
    # A line that passes through the node has two arcs that come in: nobody knows which of them is meant.
    if ban.only and len(come) == 1 and not go and leads_out:
        return [(come[0], arc) for arc in roads.out(node)]
    if len(come) != 1 or len(go) != 1:
        return None
    if not ban.only:
        return [(come[0], go[0])]
    return [(come[0], arc) for arc in roads.out(node) if arc != go[0]]


def _over_lines(ban: TurnBan, roads: _Roads) -> list[tuple[int, ...]] | None:
    """A way over other lines: from the end of the first line along the others to the beginning of the last."""
    comes = np.flatnonzero(roads.source == ban.from_source)
    via = set(ban.via_sources)
    ways: list[tuple[int, ...]] = []
    for come in comes.tolist():
        ways += _ways_along(come, via, ban.to_source, roads)
    if len(ways) != 1:
        return None
    way = ways[0]
    if not ban.only:
        return [way]
    forbidden = []
    for length in range(1, len(way)):
        onward = way[length]
        forbidden += [(*way[:length], arc) for arc in roads.out(int(roads.end[way[length - 1]])) if arc != onward]
    return forbidden


def _ways_along(come: int, via: set[int], to_source: int, roads: _Roads) -> list[tuple[int, ...]]:
    """Ways that begin with an arc, follow arcs of the via lines without turning back, and end on the last line."""
    ways: list[tuple[int, ...]] = []
    open_ways: list[tuple[int, ...]] = [(come,)]
    while open_ways:
        way = open_ways.pop()
        node, behind = int(roads.end[way[-1]]), int(roads.start[way[-1]])
        for arc in roads.out(node):
            source = int(roads.source[arc])
            if len(way) > 1 and source == to_source and source not in via:
                ways.append((*way, arc))
            elif source in via and int(roads.end[arc]) != behind and len(way) < LONGEST_VIA and arc not in way:
                open_ways.append((*way, arc))
    return ways


def _points_of_lines(drawn: DrawnRoads) -> dict[int, int]:
    """First point of each line, by its source id."""
    wanted = {ban.from_source for ban in drawn.bans}
    return {
        int(source): int(drawn.point[begin])
        for source, begin in zip(drawn.source.tolist(), drawn.first[:-1].tolist(), strict=True)
        if source in wanted
    }


def _unplaced(ban: TurnBan, drawn: DrawnRoads, point_of: dict[int, int]) -> Fault:
    point = ban.via_point if ban.via_point >= 0 else point_of.get(ban.from_source, -1)
    lat, lon = (float(drawn.lat[point]), float(drawn.lon[point])) if point >= 0 else (float("nan"), float("nan"))
    kind = "only" if ban.only else "no"
    return Fault("ban_unplaced", ban.source, lat, lon, 0, f"{kind} {ban.from_source} → {ban.to_source}")
