"""Quickest ways between all decision nodes, for every travel mode, over several threads."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.roads.graph.arcs import Arcs
from beredt.roads.graph.room import room_for

Progress = Callable[[str, int, int], None]
"""Called with what is done, how much of it, and how much there is in all."""

AT_ONCE = 128
"""Destinations that a thread works out before it reports."""

ROUNDING = 1e-11
"""Parts of the longest way by which an arc must be slower than the way around it, so that no sum of up to 32,767
rounded times can make the two look alike: each sum is off by less than 32,767 · 2⁻⁵² < 1e-11 parts."""


@dataclass(frozen=True, slots=True, eq=False)
class AllPairs:
    """`seconds` float64, `hop` int16, `km` float32, each (M, N, N), as in `RoadGraph`."""

    seconds: NDArray[np.float64]
    hop: NDArray[np.int16]
    km: NDArray[np.float32]


def all_pairs(arcs: Arcs, rank: NDArray[np.int32], unit_s: float, jobs: int, progress: Progress) -> AllPairs:
    """All quickest ways.

    `rank` int32 (N,): place of each decision node in the source's order. `unit_s`: seconds in the unit of the arcs'
    times. `jobs`: threads, ≥ 1; their number changes nothing but the time it takes.
    """
    modes, nodes = len(arcs.time), len(rank)
    shape = (modes, nodes, nodes)
    pairs = AllPairs(room_for(shape, np.float64), room_for(shape, np.int16), room_for(shape, np.float32))
    blocks = [(mode, begin) for mode in range(modes) for begin in range(0, nodes, AT_ONCE)]
    into = [_into(arcs, mode) for mode in range(modes)]

    def work(mode: int, begin: int) -> int:
        from beredt.roads.graph.quickest import quickest_to

        stop = min(begin + AT_ONCE, nodes)
        size = len(arcs.out_to) + 2
        room = (np.empty(size), np.empty(size, dtype=np.int32), np.empty(nodes))
        quickest_to(begin, stop, *into[mode], rank, unit_s, pairs.seconds[mode], pairs.hop[mode], pairs.km[mode], *room)
        return stop - begin

    done, total = 0, modes * nodes
    progress("roads", done, total)
    with ThreadPoolExecutor(jobs) as threads:
        try:
            for finished in as_completed([threads.submit(work, *block) for block in blocks]):
                done += finished.result()
                progress("roads", done, total)
        finally:  # whoever breaks off need not wait for the rest
            threads.shutdown(cancel_futures=True)
    for mode in range(modes):
        _mend_ties(arcs, mode, unit_s, pairs)
    return pairs


def _into(
    arcs: Arcs, mode: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64], NDArray[np.float64]]:
    """One arc for every pair of neighbours, sorted by where it ends: first, beginning, time, km."""
    nodes = len(arcs.out_first) - 1
    start = np.repeat(np.arange(nodes, dtype=np.int32), np.diff(arcs.out_first))
    order = np.lexsort((start, arcs.out_to))
    chosen = arcs.out_arc[mode, order]
    first = np.searchsorted(arcs.out_to[order], np.arange(nodes + 1)).astype(np.int32)
    return first, start[order], arcs.time[mode, chosen], arcs.km[chosen]


def _mend_ties(arcs: Arcs, mode: int, unit_s: float, pairs: AllPairs) -> None:
    """Where an arc is slower than a way around it, but by so little that sums rounded alike let some destination be
    reached over the arc, let it be reached by the way around: the next node on the way to the arc's end.
    """
    from beredt.roads.graph.quickest import lengths_to

    seconds, hop, km = pairs.seconds[mode], pairs.hop[mode], pairs.km[mode]
    nodes = len(hop)
    start = np.repeat(np.arange(nodes), np.diff(arcs.out_first))
    around = hop[arcs.out_to, start] != arcs.out_to
    longest = np.max(seconds, where=np.isfinite(seconds), initial=0.0)
    slower = arcs.time[mode, arcs.out_arc[mode]] * unit_s - seconds[arcs.out_to, start]
    changed: set[int] = set()
    for pair in np.flatnonzero(around & (slower <= ROUNDING * longest)).tolist():
        origin, end = int(start[pair]), int(arcs.out_to[pair])
        instead = end
        while hop[instead, origin] != instead:
            instead = int(hop[instead, origin])
        # The last condition always holds, but for arcs so short that they drown in the rounding of the sums.
        moved = np.flatnonzero((hop[:, origin] == end) & (seconds[:, instead] < seconds[:, origin]))
        hop[moved, origin] = instead
        changed.update(moved.tolist())
    out_km = arcs.km[arcs.out_arc[mode]]
    room = (np.empty(nodes), np.empty(nodes, dtype=np.int32))
    for destination in sorted(changed):
        lengths_to(destination, hop[destination], arcs.out_first, arcs.out_to, out_km, km[destination], *room)
