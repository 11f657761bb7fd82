"""The rule of places on a table of times, written down once more: the node a unit reaches next, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Table:
    """Seconds and next nodes, dest-major."""

    seconds: NDArray[np.float64]
    hop: NDArray[np.int64]

    def nodes(self, origin: int, destination: int) -> list[int]:
        """The nodes of the quickest way, both ends included."""
        nodes = [origin]
        while nodes[-1] != destination:
            nodes.append(int(self.hop[destination, nodes[-1]]))
        return nodes


@dataclass(frozen=True)
class Route:
    """One drive: starts, comes to the road, leaves the road, has arrived."""

    table: Table
    origin: int
    destination: int
    factor: float
    start_t: float
    road_t: float
    off_road_t: float
    arrive_t: float

    def place_at(self, t: float) -> tuple[int, float]:
        """The node that the unit reaches next, and the seconds until then."""
        if t <= self.road_t:
            return self.origin, self.road_t - t
        if t >= self.off_road_t:
            return self.destination, t - self.off_road_t
        node = self.origin
        while self.passes_t(node) < t:
            node = int(self.table.hop[self.destination, node])
        return node, self.passes_t(node) - t

    def passes_t(self, node: int) -> float:
        """When the unit passes a node of its way."""
        return self.off_road_t - float(self.table.seconds[self.destination, node]) * self.factor
