"""Travel times between places over a road map, for a purpose at an hour of the week."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beredt.roads.imported.road_map import RoadMap
from beredt.roads.routing.engine import NO_WAY, Engine, make_engine
from beredt.roads.routing.place_table import Places, TimesBetween
from beredt.roads.routing.route_graph import RouteGraph, route_graph
from beredt.roads.routing.snap_places import Snapped, snap_places
from beredt.roads.speeds.arc_times import arc_ms
from beredt.roads.speeds.speed_table import SpeedTable


class Routes:
    """A road map with its engine, at the times of one purpose and period at a time."""

    def __init__(
        self, roads: RoadMap, speeds: SpeedTable, engine: str | None = None, cache_dir: Path | None = None
    ) -> None:
        self.roads, self.speeds = roads, speeds
        self.graph: RouteGraph = route_graph(roads)
        self.engine: Engine = make_engine(roads, self.graph, engine, cache_dir)
        self._set: tuple[str, str] | None = None

    def times_ms(
        self, from_nodes: NDArray[np.int32], to_nodes: NDArray[np.int32], purpose: str, period: str
    ) -> NDArray[np.uint32]:
        """Milliseconds between road nodes, uint32 (from, to): 0 from a node to itself, `NO_WAY` where none leads.

        `purpose`, `period`: of the table of speeds. Raises UnknownIdError.
        """
        if self._set != (purpose, period):
            self.engine.set_times(arc_ms(self.roads, self.speeds, purpose, period))
            self._set = (purpose, period)
        first, ends = self.graph.end_first, self.graph.end_node
        if not len(to_nodes):
            return np.empty((len(from_nodes), 0), dtype=np.uint32)
        origins, origin_of = np.unique(from_nodes, return_inverse=True)
        nodes, node_of = np.unique(to_nodes, return_inverse=True)
        counts = first[nodes + 1] - first[nodes]
        begins = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.int64)
        asked = ends[np.repeat(first[nodes], counts) + np.arange(counts.sum()) - np.repeat(begins, counts)]
        found = self.engine.times_ms(origins.astype(np.int32), asked.astype(np.int32))
        best = np.minimum.reduceat(found, begins, axis=1)
        return best[np.ix_(origin_of, node_of)]

    def times_s(self, origins: Snapped, ends: Snapped, purpose: str, period: str) -> NDArray[np.float64]:
        """Seconds between places, the parts off the road included, float64 (origins, ends); inf where no way leads."""
        road_ms = self.times_ms(origins.node, ends.node, purpose, period)
        pace = 3.6 / self.speeds.off_road_kmh
        seconds = np.where(road_ms == NO_WAY, np.inf, road_ms / 1000.0)
        return seconds + (origins.off_m * pace)[:, None] + (ends.off_m * pace)[None, :]

    def times_between(self, origins: Places, ends: Places, purpose: str, period: str) -> TimesBetween:
        """Seconds between named places, and how far they lie off the road."""
        start = snap_places(self.roads, origins.lat, origins.lon)
        end = start if ends is origins else snap_places(self.roads, ends.lat, ends.lon)
        begun = time.perf_counter()
        seconds = self.times_s(start, end, purpose, period)
        return TimesBetween(seconds, start.off_m, end.off_m, time.perf_counter() - begun)
