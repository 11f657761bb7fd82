"""How long it takes from road node to road node."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from beredt.errors import UnknownIdError
from beredt.roads.graph.road_graph import RoadGraph


def path_s(graph: RoadGraph, mode: int, from_nodes: ArrayLike, to_nodes: ArrayLike) -> NDArray[np.float64]:
    """Driving seconds, float64 (to, from): the destination first, as in `RoadGraph.seconds`; inf without a way.

    `mode`: 0 … M−1; `from_nodes`, `to_nodes`: road nodes 0 … R−1, one-dimensional. With a way over the junctions a
    and b, the sum is (seconds[b, a] + seconds to a) + seconds from b. Raises UnknownIdError for another mode or node.
    """
    from beredt.roads.graph.drives import drive_times

    origins, destinations = _known(graph, from_nodes), _known(graph, to_nodes)
    mode = _known_mode(graph, mode)
    answer = np.empty((len(destinations), len(origins)))
    drive_times(graph.seconds[mode], graph.spots[mode], origins, destinations, answer)
    return answer


def nearest_end(
    graph: RoadGraph, mode: int, from_nodes: ArrayLike, to_nodes: ArrayLike, to_off_km: ArrayLike
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Which of some places, such as hospitals, is reached first from each road node, and after how many seconds.

    `to_nodes`, `to_off_km`: road node of each place, and kilometres from there to the place itself, which are driven at
    the speed off the road. Returns int32 (from,), positions in `to_nodes` (the first one on a tie, −1 where no way
    leads to any), and float64 (from,) seconds, the part off the road included. Raises as `path_s`.
    """
    from beredt.roads.graph.drives import nearest_ends

    origins, destinations = _known(graph, from_nodes), _known(graph, to_nodes)
    mode = _known_mode(graph, mode)
    extra_s = np.asarray(to_off_km, dtype=np.float64) * graph.off_pace[mode]
    nearest, nearest_s = np.empty(len(origins), dtype=np.int32), np.empty(len(origins))
    nearest_ends(graph.seconds[mode], graph.spots[mode], origins, destinations, extra_s, nearest, nearest_s)
    return nearest, nearest_s


def _known(graph: RoadGraph, nodes: ArrayLike) -> NDArray[np.int32]:
    asked = np.atleast_1d(np.asarray(nodes, dtype=np.int64))
    wrong = asked[(asked < 0) | (asked >= graph.road_nodes)]
    if len(wrong):
        raise UnknownIdError("road node", str(wrong[0]))
    return asked.astype(np.int32)


def _known_mode(graph: RoadGraph, mode: int) -> int:
    if not 0 <= mode < graph.modes:
        raise UnknownIdError("travel mode", str(mode))
    return mode
