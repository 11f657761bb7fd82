"""Nodes that no road reaches, and how they are hung on the rest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from beredt.roads.flat import length_km
from beredt.roads.links import Links
from beredt.roads.local_links import LocalRules, local_way


def outside_main_part(links: Links, nodes: int) -> NDArray[np.bool_]:
    """Which of the nodes are not joined with the greatest part of the network: bool (N,)."""
    graph = csr_array((np.ones(len(links)), (links.start, links.end)), shape=(nodes, nodes))
    _, part = connected_components(graph, directed=False)
    return np.asarray(part != np.bincount(part).argmax())


def hanging_links(
    xy_km: NDArray[np.float64],
    density: NDArray[np.float64],
    lost: NDArray[np.int64],
    hooks: NDArray[np.int64],
    rules: LocalRules,
) -> Links:
    """A local road from every lost node to the nearest of the `hooks`, however far and whatever lies between.

    `xy_km`: float64 (N, 2); `density`: float64 (N,), people per km²; `lost`, `hooks`: int64 node numbers. Such a
    road stands for a ferry, a forest road or a mistake in the input: it keeps incidents there answerable.
    """
    _, nearest = KDTree(xy_km[hooks]).query(xy_km[lost])
    end = hooks[np.asarray(nearest, dtype=np.int64)]
    crow_km = length_km(xy_km[lost], xy_km[end])
    km, seconds = local_way(crow_km, (density[lost] + density[end]) / 2, rules)
    return Links(lost, end, seconds, km)
