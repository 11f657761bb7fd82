"""The rules of a road graph once more, in the plainest Python, with the source's own numbers throughout."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from beredt.roads.graph.road_tables import RoadTables

Pair = tuple[int, int]


@dataclass
class TwinArc:
    start: int
    end: int
    inside: list[int]
    time: list[list[float]]  # by mode, then up to each node inside, last to the end
    km: list[float]


class TwinGraph:
    """`kept`: decision nodes, ascending. `time[mode][origin, destination]`, `successor` and `driven` likewise."""

    def __init__(self, tables: RoadTables) -> None:
        self.tables = tables
        self.modes = range(len(tables.mode_ids))
        self.step: dict[Pair, tuple[list[float], float]] = {}
        for arc, pair in enumerate(zip(tables.arc_from.tolist(), tables.arc_to.tolist(), strict=True)):
            time = [float(tables.arc_time[mode, arc]) for mode in self.modes]
            km = float(tables.arc_km[arc])
            if pair in self.step:
                known, known_km = self.step[pair]
                km = known_km if known[0] <= time[0] else km
                time = [min(both) for both in zip(known, time, strict=True)]
            if pair[0] != pair[1]:
                self.step[pair] = (time, km)
        pairs = sorted(self.step)
        nodes = range(len(tables.lon))
        self.next_nodes = [[end for start, end in pairs if start == node] for node in nodes]
        self.nodes_before = [[start for start, end in pairs if end == node] for node in nodes]
        self.kept = self._decision_nodes()
        self.arcs = [self._trace(node, neighbour) for node in self.kept for neighbour in self.out(node)]
        ways = [self._ways(mode) for mode in self.modes]
        self.time = [time for time, _ in ways]
        self.before_mending = [successor for _, successor in ways]
        self.successor = [self._mended(mode, time, successor) for mode, (time, successor) in enumerate(ways)]

    def out(self, node: int) -> list[int]:
        return self.next_nodes[node]

    def into(self, node: int) -> list[int]:
        return self.nodes_before[node]

    def _decision_nodes(self) -> list[int]:
        kept = []
        nodes = range(len(self.tables.lon))
        for node in nodes:
            out, into = self.out(node), self.into(node)
            around = len({*out, *into})
            uneven = len(out) + len(into) == 3 or not out or not into
            if around >= 3 or (around == 2 and uneven) or around == 1:
                kept.append(node)
        for node in nodes:  # the lowest of every ring
            piece = self._piece(node)
            if len(piece) > 1 and node == min(piece) and not piece & set(kept):
                kept.append(node)
        for node in sorted(kept):
            for neighbour in self.out(node):
                if self._follow(node, neighbour, kept)[-1] == node:
                    kept.append(neighbour)
        return sorted(kept)

    def _piece(self, node: int) -> set[int]:
        piece, waiting = {node}, [node]
        while waiting:
            here = waiting.pop()
            fresh = {*self.out(here), *self.into(here)} - piece
            piece |= fresh
            waiting.extend(fresh)
        return piece

    def _follow(self, node: int, neighbour: int, kept: list[int]) -> list[int]:
        """Nodes from a decision node over its neighbour to the next decision node."""
        chain = [node, neighbour]
        while chain[-1] not in kept:
            (onward,) = [end for end in self.out(chain[-1]) if end != chain[-2]]
            chain.append(onward)
        return chain

    def _trace(self, node: int, neighbour: int) -> TwinArc:
        chain = self._follow(node, neighbour, self.kept)
        times: list[list[float]] = [[] for _ in self.modes]
        kms: list[float] = []
        for pair in pairwise(chain):
            step_time, step_km = self.step[pair]
            for mode in self.modes:
                times[mode].append((times[mode][-1] if times[mode] else 0.0) + step_time[mode])
            kms.append((kms[-1] if kms else 0.0) + step_km)
        return TwinArc(chain[0], chain[-1], chain[1:-1], times, kms)

    def least(self, mode: int) -> dict[Pair, float]:
        least: dict[Pair, float] = {}
        for arc in self.arcs:
            pair = (arc.start, arc.end)
            least[pair] = min(least.get(pair, inf), arc.time[mode][-1])
        return least

    def _ways(self, mode: int) -> tuple[dict[Pair, float], dict[Pair, int]]:
        time: dict[Pair, float] = {}
        successor: dict[Pair, int] = {}
        least = self.least(mode)
        for destination in self.kept:
            time[destination, destination] = 0.0
            successor[destination, destination] = destination
            heap, settled = [(0.0, destination)], set()
            while heap:
                now, node = heapq.heappop(heap)
                if node in settled:
                    continue
                settled.add(node)
                for (start, end), weight in least.items():
                    if end == node and now + weight < time.get((start, destination), inf):
                        time[start, destination] = now + weight
                        successor[start, destination] = node
                        heapq.heappush(heap, (now + weight, start))
        return time, successor

    def _mended(self, mode: int, time: dict[Pair, float], found: dict[Pair, int]) -> dict[Pair, int]:
        successor = dict(found)
        unit = self.tables.time_unit_s
        for arc in self.arcs:
            origin, via = arc.start, arc.end
            instead = via
            while successor[origin, instead] != instead:
                instead = successor[origin, instead]
            if instead == via:
                continue
            for destination in self.kept:
                if successor.get((origin, destination)) == via:
                    nearer = time[instead, destination] * unit < time[origin, destination] * unit
                    successor[origin, destination] = instead if nearer else via
        return successor

    def arc_driven(self, mode: int, start: int, end: int) -> TwinArc:
        least = self.least(mode)[start, end]
        return [a for a in self.arcs if (a.start, a.end) == (start, end) and a.time[mode][-1] == least][-1]

    def km(self, mode: int, origin: int, destination: int) -> float:
        total = 0.0
        for _ in self.kept:
            if origin == destination:
                return total
            after = self.successor[mode][origin, destination]
            total += self.arc_driven(mode, origin, after).km[-1]
            origin = after
        assert origin == destination, "the way goes round in a circle"
        return total

    def path_s(self, mode: int, origin: int, destination: int) -> float:
        """In seconds, each part rounded as in the graph."""
        unit = self.tables.time_unit_s
        if origin == destination:
            return 0.0
        best = inf
        for arc in self.arcs:
            if origin in arc.inside and destination in arc.inside:
                before, after = arc.inside.index(origin), arc.inside.index(destination)
                if before < after:
                    best = arc.time[mode][after] * unit - arc.time[mode][before] * unit
        for leave, to_s in self.ends(mode, origin, leaving=True):
            for enter, from_s in self.ends(mode, destination, leaving=False):
                way = (self.time[mode].get((leave, enter), inf) * unit + to_s) + from_s
                best = min(best, way)
        return best

    def ends(self, mode: int, node: int, leaving: bool) -> list[tuple[int, float]]:
        if node in self.kept:
            return [(node, 0.0)]
        found = []
        for arc in self.arcs:
            if node in arc.inside:
                prefix, whole = arc.time[mode][arc.inside.index(node)], arc.time[mode][-1]
                seconds = (whole - prefix if leaving else prefix) * self.tables.time_unit_s
                found.append((arc.end if leaving else arc.start, seconds))
        return found
