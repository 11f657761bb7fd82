"""How a drive between two road nodes runs: the nodes that it passes and when, whatever form the roads have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from beredt.errors import SimulationError

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """The quickest way between two nodes. K nodes, both ends included; one where the ends are the same."""

    nodes: I8  # [K]
    s: F8  # [K] seconds from the first, from 0, never falling; of ordinary traffic, before any factor of the drive


class Ways(Protocol):
    """Roads, as a drive sees them."""

    @property
    def lon(self) -> F8:
        """Degrees of longitude of every road node, float64."""

    @property
    def lat(self) -> F8:
        """Degrees of latitude of every road node, float64."""

    def way(self, mode: int, origin: int, destination: int) -> Way:
        """The way that a unit drives between two road nodes in a travel mode."""


@dataclass(frozen=True, slots=True, eq=False)
class TableWays:
    """Roads given as all-pairs tables with the next node of every pair; one travel mode."""

    lon: F8  # [N]
    lat: F8  # [N]
    seconds: NDArray[np.float32]  # [N, N] dest-major
    hop: NDArray[np.int16]  # [N, N] dest-major

    def way(self, mode: int, origin: int, destination: int) -> Way:
        """Follow the next nodes; `mode` is of no account."""
        next_node = self.hop[destination]
        nodes = [origin]
        while nodes[-1] != destination:
            nodes.append(int(next_node[nodes[-1]]))
            if len(nodes) > next_node.size:
                raise SimulationError(f"the way from node {origin} to node {destination} runs in a circle")
        left_s = self.seconds[destination, nodes].astype(np.float64)
        # Sums in the table are rounded: a node may seem a hair further away than the one before.
        return Way(np.array(nodes, np.int64), np.maximum.accumulate(left_s[0] - left_s))
