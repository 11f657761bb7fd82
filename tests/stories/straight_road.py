"""The straight road of the stories."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def next_places(positions: Sequence[float]) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    """The next place along the road, from each origin towards each destination (dest-major)."""
    order = sorted(range(len(positions)), key=lambda node: positions[node])
    hop = np.zeros((len(positions), len(positions)), np.int16)
    for rank_to, destination in enumerate(order):
        for rank, origin in enumerate(order):
            step = (rank_to > rank) - (rank_to < rank)
            hop[destination, origin] = order[rank + step]
    return hop
