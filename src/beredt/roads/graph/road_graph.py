"""A road network made ready: all quickest ways between its junctions, and where the nodes between them lie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.errors import NetworkError

MOST_DECISION_NODES = int(np.iinfo(np.int16).max)
"""`RoadGraph.hop` counts decision nodes in 16 bits."""

SPOT = np.dtype(
    {
        "names": [
            "from_s0", "from_s1", "to_s0", "to_s1", "arc0", "arc1", "at0", "at1", "n",
            "enter0", "enter1", "leave0", "leave1",
        ],
        "formats": ["f8", "f8", "f8", "f8", "i4", "i4", "i4", "i4", "i4", "i2", "i2", "i2", "i2"],
        "offsets": [0, 8, 16, 24, 32, 36, 40, 44, 48, 52, 54, 56, 58],
        "itemsize": 64,
    }
)  # fmt: skip
"""Where a node between two decision nodes lies, for one travel mode; one cache line.

`n`: the number of reduced arcs it lies on: 2 on a road of two directions, 1 on a one-way road, where the fields that
end in 1 are 0. For each of them: `enter` and `leave`, the decision nodes where the arc begins and ends; `from_s` and
`to_s`, seconds from the one and to the other; `arc`, its number; `at`, the node's position among the arc's interior
nodes, from 0. The arc that came first in the source is arc 0.
"""

SPOT_KM = np.dtype(
    {
        "names": ["from_km0", "from_km1", "to_km0", "to_km1"],
        "formats": ["f8", "f8", "f8", "f8"],
        "offsets": [0, 8, 16, 24],
        "itemsize": 32,
    }
)
"""Kilometres along the same one or two arcs: from the node where the arc begins, and to the node where it ends."""


def require_countable(decision_nodes: int) -> None:
    """Raise NetworkError where there are more decision nodes than `hop` can count."""
    if decision_nodes > MOST_DECISION_NODES:
        raise NetworkError(
            f"{decision_nodes} decision nodes are more than the {MOST_DECISION_NODES} that can be counted: "
            "use a smaller region, or leave out roads that no ambulance needs"
        )


@dataclass(frozen=True, slots=True, eq=False)
class RoadGraph:
    """A road network, reduced to the nodes where one can choose, with the quickest ways between them.

    N decision nodes, R ≥ N road nodes, M travel modes, A reduced arcs, L places in the interior of arcs, E pairs of a
    decision node and one of its next decision nodes, n nodes of the source. Decision nodes are numbered from 0 to N−1
    along a curve that fills the plane, nodes between them from N to R−1 in the order in which arcs pass them: what is
    near on the ground is near in memory. Wherever two answers are equally good, the order of the source decides.

    Nodes:
        `node_of` int32 (n,): road node of a node of the source, −1 where no arc touches it.
        `source_of` int32 (R,): node of the source of a road node.
        `lon`, `lat` float64 (R,): degrees, as in the source.
        `x_km`, `y_km` float64 (R,): place in the plane, km.
        `access` bool (R,): whether one may leave the road here.

    All pairs, the destination first:
        `seconds` float64 (M, N, N): `seconds[m, d, o]` from o to d; inf where no way leads there.
        `hop` int16 (M, N, N): the next decision node on the way from o to d; d itself where d = o, −1 without a way.
        `km` float32 (M, N, N): length of that way, which need not be the shortest; inf without a way.

    Arcs, sorted by the node where they begin:
        `arc_from`, `arc_to` int32 (A,): the decision nodes where an arc begins and ends.
        `arc_s` float64 (M, A), `arc_km` float64 (A,): seconds and kilometres from end to end.
        `arc_first` int32 (A+1,): arc a passes the places `arc_first[a]` … `arc_first[a+1]` − 1.
        `chain_spot` int32 (L,): the road node at each place, in driving order; all are ≥ N.
        `chain_s` float64 (M, L), `chain_km` float64 (L,): seconds and kilometres from the beginning of the arc.
        `out_first` int32 (N+1,), `out_to` int32 (E,), `out_arc` int32 (M, E): the pairs `out_first[o]` …
        `out_first[o+1]` − 1 belong to decision node o; `out_to` is a next decision node, ascending within o, and
        `out_arc` the arc that each mode drives to it.

    Nodes between decision nodes, row i for road node N + i:
        `spots` SPOT (M, R−N), `spot_km` SPOT_KM (R−N,).

    Scalars and modes:
        `off_pace` float64 (M,): seconds per km between a place and its road node.
        `least_pace` float64 (M,): seconds per km as the crow flies between two road nodes that no drive beats.
        `mode_ids`: ids of the travel modes; `km_per_degree`: as in `RoadTables`.
    """

    node_of: NDArray[np.int32]
    source_of: NDArray[np.int32]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    x_km: NDArray[np.float64]
    y_km: NDArray[np.float64]
    access: NDArray[np.bool_]
    seconds: NDArray[np.float64]
    hop: NDArray[np.int16]
    km: NDArray[np.float32]
    arc_from: NDArray[np.int32]
    arc_to: NDArray[np.int32]
    arc_s: NDArray[np.float64]
    arc_km: NDArray[np.float64]
    arc_first: NDArray[np.int32]
    chain_spot: NDArray[np.int32]
    chain_s: NDArray[np.float64]
    chain_km: NDArray[np.float64]
    out_first: NDArray[np.int32]
    out_to: NDArray[np.int32]
    out_arc: NDArray[np.int32]
    spots: NDArray[np.void]
    spot_km: NDArray[np.void]
    off_pace: NDArray[np.float64]
    least_pace: NDArray[np.float64]
    mode_ids: tuple[str, ...]
    km_per_degree: tuple[float, float]

    @property
    def modes(self) -> int:
        """M, the number of travel modes."""
        return len(self.mode_ids)

    @property
    def decision_nodes(self) -> int:
        """N, the number of nodes where one can choose."""
        return int(self.seconds.shape[1])

    @property
    def road_nodes(self) -> int:
        """R, the number of nodes, those between decision nodes included."""
        return len(self.source_of)
