"""Where stations, standby points and hospitals stand: chosen one after the other, each where it helps most people.

The rule is greedy: the next site stands in the area (at its people's mean place) that shortens the straight way from
people to their nearest site by the most person-kilometres; a way longer than `far_km` counts as `far_km`. So cities get
several, and valleys get theirs in turn. The first in the table wins a tie.
"""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.spatial import KDTree


def choose_sites(
    xy_m: NDArray[np.float64], people: NDArray[np.float64], count: int, far_km: float
) -> NDArray[np.int64]:
    """Areas that get a site, int64 (count,), in the order of choosing.

    Args:
        xy_m: [A, 2] places of the areas, metres.
        people: [A] who lives there.
        count: how many sites, at most A.
        far_km: longer ways count as this long; above 0.

    A gain never grows while sites are added, so one that was worked out before is a bound: only areas whose old gain
    might be the greatest are looked at again.
    """
    ways = _ways_within(xy_m, far_km)
    nearest_km = np.full(len(people), far_km)
    gains = [(-_gain(ways, people, nearest_km, area), area, 0) for area in range(len(people))]
    heapq.heapify(gains)
    chosen: list[int] = []
    while len(chosen) < min(count, len(people)):
        _, area, known_at = heapq.heappop(gains)
        if known_at < len(chosen):
            heapq.heappush(gains, (-_gain(ways, people, nearest_km, area), area, len(chosen)))
            continue
        chosen.append(area)
        there, km = _row(ways, area)
        nearest_km[there] = np.minimum(nearest_km[there], km)
    return np.array(chosen, dtype=np.int64)


def nearest_of(xy_m: NDArray[np.float64], sites_m: NDArray[np.float64], count: int = 1) -> NDArray[np.int64]:
    """Numbers of the `count` nearest sites of every place, int64 (places, count), the nearest first."""
    _, found = KDTree(sites_m).query(xy_m, k=range(1, min(count, len(sites_m)) + 1))
    return np.asarray(found, dtype=np.int64)


def _ways_within(xy_m: NDArray[np.float64], far_km: float) -> csr_array:
    """Straight kilometres between areas nearer than `far_km`, with 1 m to an area itself."""
    tree = KDTree(xy_m / 1000.0)
    near = tree.sparse_distance_matrix(tree, far_km, output_type="coo_matrix")
    return csr_array((np.maximum(near.data, 0.001), (near.row, near.col)), shape=near.shape)


def _row(ways: csr_array, area: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    first, last = ways.indptr[area], ways.indptr[area + 1]
    return ways.indices[first:last], ways.data[first:last]


def _gain(ways: csr_array, people: NDArray[np.float64], nearest_km: NDArray[np.float64], area: int) -> float:
    there, km = _row(ways, area)
    return float((people[there] * np.maximum(nearest_km[there] - km, 0.0)).sum())
