"""Local roads nobody wrote down: links between neighbouring nodes, slower and more winding where people are few or far.

Nobody has the streets of the bundled study's area in a free form, but streets run wherever people live. Every node
is linked with its natural neighbours (the edges of a Delaunay triangulation) and its nearest nodes; a fjord in
between breaks the link. Way = crow × detour; time = way × pace of the density around. The recipe's parameters
arrive as arguments: a study states its own in `[travel.local]`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.roads.flat import length_km
from beredt.roads.links import Links
from beredt.roads.water import crosses_water

CORNERS = 3


@dataclass(frozen=True, slots=True)
class LocalRules:
    """How local roads are made.

    `max_km`: longest straight line that is linked. `neighbours`: nearest nodes linked besides the natural ones.
    `near_km`: up to here a road is `detour_near` times the straight line, beyond it `detour_far` times.
    `density_steps`: people per km², ascending; `pace_min_per_km`: minutes per km below the first step, between the
    steps and above the last, so one more than the steps.
    """

    max_km: float
    neighbours: int
    near_km: float
    detour_near: float
    detour_far: float
    density_steps: tuple[float, ...]
    pace_min_per_km: tuple[float, ...]


def local_links(
    xy_km: NDArray[np.float64],
    density: NDArray[np.float64],
    water: NDArray[np.float64],
    rules: LocalRules,
    triangles: NDArray[np.int64],
) -> Links:
    """One-way links (start < end) between neighbouring nodes.

    `xy_km`: float64 (N, 2), flat km; `density`: float64 (N,), people per km² around each node; `water`: float64
    (W, 2, 2), pieces of the water lines; `triangles`: of these nodes, from `triangles_of`. The pace of a link is that
    of the mean density of its ends.
    """
    pairs = _neighbouring_pairs(xy_km, rules.neighbours, triangles)
    crow_km = length_km(xy_km[pairs[:, 0]], xy_km[pairs[:, 1]])
    near = crow_km <= rules.max_km
    pairs, crow_km = pairs[near], crow_km[near]
    dry = ~crosses_water(xy_km[pairs[:, 0]], xy_km[pairs[:, 1]], water)
    pairs, crow_km = pairs[dry], crow_km[dry]
    km, seconds = local_way(crow_km, (density[pairs[:, 0]] + density[pairs[:, 1]]) / 2, rules)
    return Links(pairs[:, 0], pairs[:, 1], seconds, km)


def local_way(
    crow_km: NDArray[np.float64], density: NDArray[np.float64], rules: LocalRules
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Kilometres and seconds by local roads for straight lines of `crow_km` where `density` people live per km²."""
    km = crow_km * np.where(crow_km <= rules.near_km, rules.detour_near, rules.detour_far)
    step = np.searchsorted(np.array(rules.density_steps), density, side="right")
    pace_s = np.array(rules.pace_min_per_km)[step] * 60.0
    return km, km * pace_s


def _neighbouring_pairs(xy_km: NDArray[np.float64], neighbours: int, triangles: NDArray[np.int64]) -> NDArray[np.int64]:
    """Natural and nearest neighbours as int64 (M, 2), lower node first, sorted, each pair once."""
    natural = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [0, 2]]])
    found = [natural, _nearest_pairs(xy_km, neighbours)]
    pairs = np.sort(np.concatenate(found), axis=1)
    return np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)


def triangles_of(xy_km: NDArray[np.float64]) -> NDArray[np.int64]:
    """A Delaunay triangulation, int64 (T, 3) node numbers: natural neighbours share a side.

    It is empty where all nodes lie on a line. `xy_km`: float64 (N, 2), flat km.
    """
    from scipy.spatial import Delaunay, QhullError  # slow to import, and not needed for roads from the cache

    none = np.empty((0, CORNERS), dtype=np.int64)
    if len(xy_km) <= CORNERS:
        return none
    try:
        return Delaunay(xy_km).simplices.astype(np.int64)
    except QhullError:  # all nodes on one line: the nearest neighbours are all there is
        return none


def _nearest_pairs(xy_km: NDArray[np.float64], neighbours: int) -> NDArray[np.int64]:
    count = min(neighbours + 1, len(xy_km))  # the nearest of all is the node itself
    if count <= 1:
        return np.empty((0, 2), dtype=np.int64)
    from scipy.spatial import KDTree

    _, nearest = KDTree(xy_km).query(xy_km, count)
    here = np.repeat(np.arange(len(xy_km), dtype=np.int64), count)
    return np.column_stack([here, np.asarray(nearest, dtype=np.int64).ravel()])
