"""A road map as a plain graph, in which no way can break a turn ban.

Where no ban is, the graph is the map. A ban forbids to drive arcs a₁ … aₖ one after the other; so who has driven its
first arcs must be told from who came another way. Each beginning a₁ … aⱼ of a ban gets a node of its own beside the
road node where aⱼ ends (a *state*), as in the automaton of Aho and Corasick [1] over arcs; whoever is not at the
beginning of any ban is at the road node itself.

1. A. V. Aho, M. J. Corasick, Efficient string matching, Communications of the ACM 18 (1975), 333–340.
   doi 10.1145/360825.360855
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.roads.imported.road_map import RoadMap
from beredt.roads.routing.turning_back import with_turning_back

Beginning = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class RouteGraph:
    """K ≥ n nodes and E arcs between them, sorted by where they begin.

    Nodes 0 … n−1 are the road nodes of the map, the rest states; `road_node` int32 (K,): the road node of each.
    `first` int32 (K+1,), `start`, `end` int32 (E,); `arc` int32 (E,): the arc of the map that is driven.
    `end_first` int32 (n+1,), `end_node` int32: nodes in which a drive to road node i may end, the node itself first.
    """

    road_node: NDArray[np.int32]
    first: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    arc: NDArray[np.int32]
    end_first: NDArray[np.int32]
    end_node: NDArray[np.int32]

    @property
    def nodes(self) -> int:
        """K, states included."""
        return len(self.road_node)


def route_graph(roads: RoadMap) -> RouteGraph:
    """The plain graph of a road map: more nodes only where bans are."""
    n = roads.nodes
    bans = held_bans(roads)
    beginnings = sorted({ban[:length] for ban in bans for length in range(1, len(ban))})
    state_of = {beginning: n + number for number, beginning in enumerate(beginnings)}

    end = roads.arc_to.copy()
    for beginning, state in state_of.items():
        if len(beginning) == 1:
            end[beginning[0]] = state
    starts, ends, arcs = [roads.arc_from], [end], [np.arange(roads.arcs, dtype=np.int32)]
    for beginning, state in state_of.items():
        onward = _onward(beginning, roads, bans, state_of)
        starts.append(np.full(len(onward), state, dtype=np.int32))
        ends.append(np.array([node for _, node in onward], dtype=np.int32))
        arcs.append(np.array([arc for arc, _ in onward], dtype=np.int32))
    start, finish, arc = (np.concatenate(parts) for parts in (starts, ends, arcs))
    order = np.argsort(start, kind="stable")
    at = roads.arc_to[[beginning[-1] for beginning in beginnings]] if beginnings else np.empty(0, np.int32)
    road_node = np.concatenate((np.arange(n, dtype=np.int32), at))
    by_node = np.argsort(road_node, kind="stable").astype(np.int32)
    return RouteGraph(
        road_node=road_node,
        first=np.searchsorted(start[order], np.arange(len(road_node) + 1)).astype(np.int32),
        start=start[order],
        end=finish[order],
        arc=arc[order],
        end_first=np.searchsorted(road_node[by_node], np.arange(n + 1)).astype(np.int32),
        end_node=by_node,
    )


def held_bans(roads: RoadMap) -> set[Beginning]:
    """The bans of a map as sequences of arcs, those that follow from them included."""
    told = {
        tuple(int(arc) for arc in roads.ban_arc[begin:stop])
        for begin, stop in zip(roads.ban_first[:-1].tolist(), roads.ban_first[1:].tolist(), strict=True)
    }
    return with_turning_back(roads, told)


def _onward(
    beginning: Beginning, roads: RoadMap, bans: set[Beginning], state_of: dict[Beginning, int]
) -> list[tuple[int, int]]:
    """Arcs that may be driven after a beginning, and the node each leads to."""
    node = int(roads.arc_to[beginning[-1]])
    onward = []
    for arc in range(int(roads.arc_first[node]), int(roads.arc_first[node + 1])):
        driven = (*beginning, arc)
        tails = [driven[index:] for index in range(len(driven))]
        if any(tail in bans for tail in tails):
            continue
        onward.append((arc, next((state_of[tail] for tail in tails if tail in state_of), int(roads.arc_to[arc]))))
    return onward
