"""Where the nodes inside the arcs lie: on which arcs, and how far from their ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.roads.graph.arcs import Arcs
from beredt.roads.graph.reduction import Reduction
from beredt.roads.graph.road_graph import SPOT, SPOT_KM
from beredt.roads.graph.room import room_for


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The L places inside the arcs, arc by arc in the order of `Arcs`, and R−N nodes between decision nodes.

    `first` int32 (A+1,); `arc`, `at` int32 (L,): a place's arc and its position in it, from 0; `node` int32 (L,): row
    of the node at a place, numbered in the order in which the arcs pass them; `source_of` int32 (R−N,): source node of
    a row. `time` float64 (M, L), `km` float64 (L,): from the beginning of the arc, in the source's unit and km.
    """

    first: NDArray[np.int32]
    arc: NDArray[np.int32]
    at: NDArray[np.int32]
    node: NDArray[np.int32]
    source_of: NDArray[np.int32]
    time: NDArray[np.float64]
    km: NDArray[np.float64]


def places_in(reduction: Reduction, arcs: Arcs) -> Places:
    """Put the places of the reduction in the order of the arcs, and number the nodes at them."""
    lengths = np.diff(reduction.arc_first)[arcs.order]
    first = np.concatenate(([0], np.cumsum(lengths)))
    arc = np.repeat(np.arange(len(lengths)), lengths)
    at = np.arange(first[-1]) - first[arc]
    taken = reduction.arc_first[arcs.order][arc] + at
    source, met, which = np.unique(reduction.chain_node[taken], return_index=True, return_inverse=True)
    number = np.empty(len(source), dtype=np.int32)
    number[np.argsort(met)] = np.arange(len(source))
    return Places(
        first=first.astype(np.int32),
        arc=arc.astype(np.int32),
        at=at.astype(np.int32),
        node=number[which],
        source_of=source[np.argsort(met)].astype(np.int32),
        time=reduction.chain_time[:, taken],
        km=reduction.chain_km[taken],
    )


def make_spots(places: Places, arcs: Arcs, unit_s: float) -> tuple[NDArray[np.void], NDArray[np.void]]:
    """The records of `RoadGraph.spots` (M, R−N) and `RoadGraph.spot_km` (R−N,)."""
    modes, nodes = len(places.time), len(places.source_of)
    spots, spot_km = room_for((modes, nodes), SPOT), room_for((nodes,), SPOT_KM)
    spots.view(np.uint8)[...] = 0
    spot_km.view(np.uint8)[...] = 0
    order = np.lexsort((arcs.order[places.arc], places.node))
    second = np.zeros(len(order), dtype=bool)
    second[1:] = np.diff(places.node[order]) == 0
    for side, place in ((0, order[~second]), (1, order[second])):
        row, arc = places.node[place], places.arc[place]
        for name, values in (
            ("arc", arc), ("at", places.at[place]), ("enter", arcs.start[arc]), ("leave", arcs.end[arc]),
        ):  # fmt: skip
            spots[f"{name}{side}"][:, row] = values
        spots["n"][:, row] = side + 1
        spots[f"from_s{side}"][:, row] = places.time[:, place] * unit_s
        spots[f"to_s{side}"][:, row] = (arcs.time[:, arc] - places.time[:, place]) * unit_s
        spot_km[f"from_km{side}"][row] = places.km[place]
        spot_km[f"to_km{side}"][row] = arcs.km[arc] - places.km[place]
    return spots, spot_km
