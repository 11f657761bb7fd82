"""Small random road maps with turn bans, and twins that find quickest ways in the most obvious manner."""

from __future__ import annotations

import heapq

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from beredt.roads.imported.road_map import RoadMap
from beredt.roads.routing.route_graph import held_bans

Ban = tuple[int, ...]


def make_map(nodes: int, arcs: list[tuple[int, int]], bans: list[Ban], metres: list[float] | None = None) -> RoadMap:
    """A map of sorted `arcs`; nodes lie on a spiral, so that no two share a place."""
    turn = np.arange(nodes) * 0.7
    start = np.array([arc[0] for arc in arcs], dtype=np.int32)
    end = np.array([arc[1] for arc in arcs], dtype=np.int32)
    count = len(arcs)
    lengths = [0, *(len(ban) for ban in bans)]
    return RoadMap(
        lon=10 + 0.002 * turn * np.cos(turn),
        lat=60 + 0.001 * turn * np.sin(turn),
        access=np.ones(nodes, dtype=bool),
        arc_first=np.searchsorted(start, np.arange(nodes + 1)).astype(np.int32),
        arc_from=start,
        arc_to=end,
        arc_m=np.array(metres if metres is not None else [100.0] * count, dtype=np.float32),
        arc_class=np.full(count, 11, dtype=np.uint8),
        arc_flags=np.zeros(count, dtype=np.uint16),
        arc_kmh=np.full(count, 50, dtype=np.float32),
        arc_fixed_s=np.full(count, np.nan, dtype=np.float32),
        arc_delay_s=np.zeros(count, dtype=np.float32),
        arc_grade=np.full(count, np.nan, dtype=np.float32),
        arc_source=np.arange(1, count + 1, dtype=np.int64),
        ban_first=np.cumsum(lengths).astype(np.int32),
        ban_arc=np.array([arc for ban in bans for arc in ban], dtype=np.int32),
    )


@st.composite
def maps(draw: st.DrawFn) -> RoadMap:
    """Up to 8 nodes and 24 arcs, parallel ones too, with bans of two to four arcs that can be driven in a row."""
    nodes = draw(st.integers(2, 8))
    end = st.integers(0, nodes - 1)
    arcs = sorted(draw(st.lists(st.tuples(end, end).filter(lambda ends: ends[0] != ends[1]), min_size=2, max_size=24)))
    metres = draw(st.lists(st.integers(1, 400), min_size=len(arcs), max_size=len(arcs)))
    bans = set()
    for _ in range(draw(st.integers(0, 6))):
        way = [draw(st.integers(0, len(arcs) - 1))]
        for _ in range(draw(st.integers(1, 3))):
            onward = [arc for arc, ends in enumerate(arcs) if ends[0] == arcs[way[-1]][1]]
            if not onward:
                break
            way.append(draw(st.sampled_from(onward)))
        if len(way) > 1:
            bans.add(tuple(way))
    return make_map(nodes, arcs, sorted(bans), [float(length) for length in metres])


def twin_ms(roads: RoadMap, arc_ms: NDArray[np.uint32], origin: int) -> list[float]:
    """Least milliseconds to every node: a search over (node, the last arcs driven), as many as the longest ban has."""
    bans = held_bans(roads)
    memory = max((len(ban) for ban in bans), default=1) - 1
    best: dict[tuple[int, Ban], float] = {}
    heap: list[tuple[float, int, Ban]] = [(0.0, origin, ())]
    answer = [float("inf")] * roads.nodes
    while heap:
        now, node, driven = heapq.heappop(heap)
        if best.get((node, driven), float("inf")) <= now:
            continue
        best[node, driven] = now
        answer[node] = min(answer[node], now)
        for arc in range(roads.arcs):
            if roads.arc_from[arc] != node:
                continue
            way = (*driven, arc)
            if any(way[-len(ban) :] == ban for ban in bans):
                continue
            kept = way[-memory:] if memory else ()
            heapq.heappush(heap, (now + int(arc_ms[arc]), int(roads.arc_to[arc]), kept))
    return answer
