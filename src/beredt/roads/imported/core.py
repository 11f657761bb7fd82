"""Which roads hang together: the largest part where one can drive from every node to every other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def core_nodes(start: NDArray[np.int32], end: NDArray[np.int32], nodes: int) -> NDArray[np.bool_]:
    """Which of `nodes` nodes are in the largest strongly connected part of the one-way arcs start → end, bool (nodes,).

    Of equally large parts the one with the lowest node.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    joined = csr_array((np.ones(len(start), dtype=np.int8), (start, end)), shape=(nodes, nodes))
    _, part = connected_components(joined, directed=True, connection="strong")
    sizes = np.bincount(part)
    largest = np.flatnonzero(sizes == sizes.max())
    first = np.full(len(sizes), nodes)
    np.minimum.at(first, part, np.arange(nodes))
    kept: NDArray[np.bool_] = part == largest[np.argmin(first[largest])]
    return kept
