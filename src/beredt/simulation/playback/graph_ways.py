"""Drives on a road graph: over its decision nodes, and through the nodes inside every arc that is driven."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.errors import NetworkError, SimulationError
from beredt.roads.graph.road_graph import RoadGraph
from beredt.simulation.playback.ways import F8, I8, Way


class _End(NamedTuple):
    """One way to leave the first node of a drive, or to reach the last: a decision node, and the part of an arc."""

    node: int
    s: float
    arc: int  # -1 for a decision node itself
    at: int


class GraphWays:
    """The ways of a road graph.

    Every arc is laid out behind the one before, its interior nodes and the node where it ends: arc a has the places
    `arc_first[a]` + a … `arc_first[a+1]` + a.
    """

    def __init__(self, graph: RoadGraph) -> None:
        """Lay out the arcs.

        Args:
            graph: the roads.
        """
        self.lon: F8 = graph.lon
        self.lat: F8 = graph.lat
        self._graph = graph
        arcs = np.arange(graph.arc_to.size)
        self._first: I8 = graph.arc_first.astype(np.int64) + np.arange(graph.arc_first.size)
        last = self._first[1:] - 1
        inner = np.ones(int(self._first[-1]), np.bool_)
        inner[last] = False
        self._node = np.empty(inner.size, np.int64)
        self._node[last], self._node[inner] = graph.arc_to, graph.chain_spot
        self._s = np.empty((graph.modes, inner.size))
        self._s[:, last], self._s[:, inner] = graph.arc_s[:, arcs], graph.chain_s
        origin = np.repeat(np.arange(graph.decision_nodes), np.diff(graph.out_first))
        self._pair = origin * graph.decision_nodes + graph.out_to  # ascending: finds the arc to a next node

    def way(self, mode: int, origin: int, destination: int) -> Way:
        """The way between two road nodes.

        The quickest of those over the (one or two) decision nodes where each end of the drive meets the junctions, the
        first of equals, unless both ends lie in one arc in driving order and the drive inside it takes no longer.

        Args:
            mode: travel mode, 0 … M−1.
            origin: road node.
            destination: road node.

        Raises:
            NetworkError: no way leads there.
        """
        if origin == destination:
            return Way(np.array([origin]), np.zeros(1))
        leave, enter = self._ends(mode, origin, leaving=True), self._ends(mode, destination, leaving=False)
        best_s, chosen = np.inf, None
        inside = _inside(leave, enter)
        if inside is not None:
            chosen = inside
            best_s = enter[inside[1]].s - float(self._s[mode, self._place(leave[inside[0]])])
        for a, out in enumerate(leave):
            for b, into in enumerate(enter):
                s = (float(self._graph.seconds[mode, into.node, out.node]) + out.s) + into.s
                if s < best_s:
                    best_s, chosen, inside = s, (a, b), None
        if chosen is None:
            raise NetworkError(f"no way leads from road node {origin} to road node {destination}")
        out, into = leave[chosen[0]], enter[chosen[1]]
        if inside is not None:
            places = np.arange(self._place(out) + 1, self._place(into) + 1)
            starts = np.full(places.size, self._s[mode, self._place(out)])
            return self._through(mode, origin, places, -starts)
        return self._over(mode, origin, out, into)

    def _ends(self, mode: int, node: int, *, leaving: bool) -> list[_End]:
        junctions = self._graph.decision_nodes
        if node < junctions:
            return [_End(node, 0.0, -1, -1)]
        spot = self._graph.spots[mode, node - junctions]
        end, s = ("leave", "to_s") if leaving else ("enter", "from_s")
        return [
            _End(int(spot[f"{end}{k}"]), float(spot[f"{s}{k}"]), int(spot[f"arc{k}"]), int(spot[f"at{k}"]))
            for k in range(int(spot["n"]))
        ]

    def _place(self, end: _End) -> int:
        """Where a node inside an arc stands among all places."""
        return int(self._first[end.arc]) + end.at

    def _over(self, mode: int, origin: int, out: _End, into: _End) -> Way:
        """From the origin to one decision node, over others to a second one, and on to the destination."""
        arcs = self._arcs(mode, out.node, into.node)
        begin, end = self._first[arcs], self._first[arcs + 1]
        drive_s = self._s[mode, end - 1]
        skipped_s = 0.0
        if out.arc >= 0:
            place = self._place(out)
            begin, end = np.append(place + 1, begin), np.append(self._first[out.arc + 1], end)
            skipped_s = float(self._s[mode, place])
            drive_s = np.append(self._s[mode, end[0] - 1], drive_s)
        if into.arc >= 0:
            begin, end = np.append(begin, self._first[into.arc]), np.append(end, self._place(into) + 1)
            drive_s = np.append(drive_s, 0.0)
        count = end - begin
        before = np.cumsum(count) - count
        places = np.arange(int(count.sum())) + np.repeat(begin - before, count)
        starts = np.append(0.0, np.cumsum(drive_s)[:-1]) if drive_s.size else drive_s
        return self._through(mode, origin, places, np.repeat(starts - skipped_s, count))

    def _arcs(self, mode: int, here: int, goal: int) -> I8:
        """The arcs that a mode drives between two decision nodes."""
        next_node = self._graph.hop[mode, goal]
        nodes = [here]
        while nodes[-1] != goal:
            nodes.append(int(next_node[nodes[-1]]))
            if len(nodes) > next_node.size:
                raise SimulationError(f"the way from junction {here} to junction {goal} runs in a circle")
        chain = np.array(nodes, np.int64)
        pair = chain[:-1] * self._graph.decision_nodes + chain[1:]
        return self._graph.out_arc[mode, np.searchsorted(self._pair, pair)].astype(np.int64)

    def _through(self, mode: int, origin: int, places: I8, starts: F8) -> Way:
        """The way over some places, whose arcs began so many seconds after the beginning of the drive."""
        s = np.maximum.accumulate(np.append(0.0, starts + self._s[mode, places]))
        return Way(np.append(origin, self._node[places]), s)


def _inside(leave: list[_End], enter: list[_End]) -> tuple[int, int] | None:
    """Which ends of a drive lie in one arc in driving order; None without such."""
    for a, out in enumerate(leave):
        for b, into in enumerate(enter):
            if out.arc == into.arc >= 0 and out.at < into.at:
                return a, b
    return None
