"""The road node of a place: the nearest one at which the road may be left, and how far off it the place lies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.errors import NetworkError
from beredt.roads.imported.measure import metres_between
from beredt.roads.imported.road_map import RoadMap

FEW = 8
"""Places for which a tree is not worth its making."""

NOWHERE = "the roads can be left nowhere: no place can be joined to them"


@dataclass(frozen=True, slots=True, eq=False)
class Snapped:
    """k places: `node` int32 (k,), road nodes; `off_m` float64 (k,), metres as the crow flies to each."""

    node: NDArray[np.int32]
    off_m: NDArray[np.float64]


def snap_places(roads: RoadMap, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> Snapped:
    """The nearest node with access of each place (degrees); the lowest number on a tie.

    Raises NetworkError for a place that is nowhere.
    """
    lat, lon = np.asarray(lat, dtype=np.float64).ravel(), np.asarray(lon, dtype=np.float64).ravel()
    lost = ~(np.isfinite(lat) & np.isfinite(lon) & (np.abs(lat) <= 90) & (np.abs(lon) <= 180))
    if lost.any():
        where = f"latitude {lat[lost][0]}, longitude {lon[lost][0]}"
        raise NetworkError(f"{lost.sum()} places are nowhere ({where}): give degrees, or leave the places out")
    return _one_by_one(roads, lat, lon) if len(lat) <= FEW else Snapper(roads).snap(lat, lon)


def _one_by_one(roads: RoadMap, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> Snapped:
    """The same for a few places, without a tree: every node is looked at."""
    nodes = np.flatnonzero(roads.access)
    if not len(nodes):
        raise NetworkError(NOWHERE)
    at = _on_sphere(roads.lat[nodes], roads.lon[nodes])
    which = [int(np.argmin(((at - place) ** 2).sum(axis=1))) for place in _on_sphere(lat, lon)]
    node = nodes[which].astype(np.int32)
    return Snapped(node, metres_between(lon, lat, roads.lon[node], roads.lat[node]))


class Snapper:
    """Nodes with access in a tree, for looking up many places; `nodes` int32 restricts it to some of them."""

    def __init__(self, roads: RoadMap, nodes: NDArray[np.int64] | None = None) -> None:
        from scipy.spatial import cKDTree

        self._roads = roads
        self._nodes = np.flatnonzero(roads.access) if nodes is None else nodes
        if not len(self._nodes):
            raise NetworkError(NOWHERE)
        # Built without balancing: a third of the time, and as quick to ask.
        self._tree = cKDTree(_on_sphere(roads.lat[self._nodes], roads.lon[self._nodes]), balanced_tree=False)

    def snap(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> Snapped:
        """The nearest of the nodes for each place."""
        _, which = self._tree.query(_on_sphere(lat, lon), workers=1)
        node = self._nodes[which].astype(np.int32)
        off_m = metres_between(lon, lat, self._roads.lon[node], self._roads.lat[node])
        return Snapped(node, off_m)


def _on_sphere(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Places on a sphere in space, (k, 3): what is nearest there is nearest on the ground, at any latitude."""
    phi, theta = np.radians(lat), np.radians(lon)
    return np.column_stack((np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)))
