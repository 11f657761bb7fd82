"""Quickest ways between all nodes of a graph: seconds, next node and kilometres.

Dijkstra (scipy) gives the seconds; the next node and the kilometres follow from them. Where several ways are equally
quick, the next node with the lowest number is taken, so that the answer does not depend on how a heap happened to be
ordered. Nodes beyond the first `kept` (joints of main roads) carry ways but are not in the answer: a way's next node
is then the next kept one. Large networks are worked out by compiled threads (`quickest_rows`) with the same answer.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from beredt.errors import NetworkError
from beredt.roads.links import Links

ROWS_AT_ONCE = 128
"""Destinations worked on together: bounds the memory to some 100 MB for a network of thousands of nodes."""

COMPILED_FROM = 4_000
"""Nodes from which on the compiled way is worth compiling, once, or loading, some seconds."""


@dataclass(frozen=True, slots=True, eq=False)
class TravelTimes:
    """`seconds` float32, `hop` int16, `km` float32, each (K, K) with the destination as row, as in `Network`."""

    seconds: NDArray[np.float32]
    hop: NDArray[np.int16]
    km: NDArray[np.float32]


def travel_times(links: Links, nodes: int, kept: int, *, compiled_from: int = COMPILED_FROM) -> TravelTimes:
    """All quickest ways between the first `kept` of `nodes` nodes.

    `links`: one-way, sorted and without parallels, as `joined` makes them. `compiled_from`: kept nodes from which on
    compiled threads do the work; the answer is the same. Raises NetworkError where a node cannot reach another.
    """
    answer = TravelTimes(
        np.empty((kept, kept), dtype=np.float32),
        np.empty((kept, kept), dtype=np.int16),
        np.empty((kept, kept), dtype=np.float32),
    )
    if kept >= compiled_from:
        _fill_in_threads(answer, links, nodes)
    else:
        _fill(answer, links, nodes)
    return answer


def _fill(answer: TravelTimes, links: Links, nodes: int) -> None:
    kept = len(answer.seconds)
    backwards = csr_array((links.seconds, (links.end, links.start)), shape=(nodes, nodes))
    for first in range(0, kept, ROWS_AT_ONCE):
        rows = np.arange(first, min(first + ROWS_AT_ONCE, kept))
        seconds = np.atleast_2d(dijkstra(backwards, indices=rows))
        _refuse_unreachable(seconds, rows)
        for row, way_s in zip(rows.tolist(), seconds, strict=True):
            hop, hop_km = next_nodes(way_s, row, links)
            answer.seconds[row] = way_s[:kept]
            answer.km[row] = along_the_way(hop, hop_km)[:kept]
            answer.hop[row] = next_kept(hop, kept)[:kept]


def _fill_in_threads(answer: TravelTimes, links: Links, nodes: int) -> None:
    from beredt.roads.quickest_rows import quickest_rows

    kept, size = len(answer.seconds), len(links)
    arriving = np.lexsort((links.start, links.end))
    bounds = np.arange(nodes + 1)
    roads = (
        np.searchsorted(links.start, bounds), links.end, links.seconds, links.km,
        np.searchsorted(links.end[arriving], bounds), links.start[arriving], links.seconds[arriving],
    )  # fmt: skip

    def fill_rows(begin: int) -> int:
        room = np.empty((2, nodes), np.int32), np.empty((3, nodes)), np.empty(size + 2), np.empty(size + 2, np.int32)
        stop = min(begin + ROWS_AT_ONCE, kept)
        tables = answer.seconds, answer.hop, answer.km
        return int(quickest_rows(begin, stop, *roads, *tables, *room))

    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        lost = [node for node in threads.map(fill_rows, range(0, kept, ROWS_AT_ONCE)) if node >= 0]
    if lost:
        raise NetworkError(
            f"no way leads from node {lost[0]} to some other: join the parts of the network before asking for times"
        )


def _refuse_unreachable(seconds: NDArray[np.float64], rows: NDArray[np.int64]) -> None:
    if np.isfinite(seconds).all():
        return
    row, origin = np.argwhere(~np.isfinite(seconds))[0]
    raise NetworkError(
        f"no way leads from node {origin} to node {rows[row]}: join the parts of the network before asking for times"
    )


def next_nodes(
    seconds: NDArray[np.float64], destination: int, links: Links
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Next node and length of the link to it, (N,) each: the lowest-numbered neighbour on a quickest way."""
    hop = np.arange(len(seconds))
    hop_km = np.zeros(len(seconds))
    # Dijkstra adds the same two numbers, so a link on a quickest way fits to the last bit.
    fitting = np.flatnonzero(links.seconds + seconds[links.end] == seconds[links.start])
    chosen = fitting[::-1]  # of a node's links the first is written last, and stays
    hop[links.start[chosen]] = links.end[chosen]
    hop_km[links.start[chosen]] = links.km[chosen]
    hop[destination], hop_km[destination] = destination, 0.0
    return hop, hop_km


def along_the_way(hop: NDArray[np.int64], hop_km: NDArray[np.float64]) -> NDArray[np.float64]:
    """Kilometres to the destination, (N,), by leaps that double in length until every leap has arrived."""
    total, leap = hop_km, hop
    while True:
        further = leap[leap]
        if (further == leap).all():
            return total
        total = total + total[leap]
        leap = further


def next_kept(hop: NDArray[np.int64], kept: int) -> NDArray[np.int64]:
    """The next node of each way, leaving out those that are not kept."""
    while (hop >= kept).any():
        hop = np.where(hop >= kept, hop[hop], hop)
    return hop
