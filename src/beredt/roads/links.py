"""Road links between numbered nodes, and how lists of them become one graph."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST_LINK_S = 1.0
"""Two nodes at one spot are still a second apart: a way must get shorter at every hop, or it could go round."""


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """M one-way links: `start`, `end` int64 (M,) node numbers; `seconds`, `km` float64 (M,), above 0 and at least 0."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    seconds: NDArray[np.float64]
    km: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.start)


def both_ways(links: Links) -> Links:
    """The same links, and each of them in the other direction too."""
    return Links(
        np.concatenate([links.start, links.end]),
        np.concatenate([links.end, links.start]),
        np.concatenate([links.seconds, links.seconds]),
        np.concatenate([links.km, links.km]),
    )


def joined(*parts: Links) -> Links:
    """One list of links, sorted by start and end, without loops and with the quickest of parallel links.

    Of equally quick parallel links the shortest is kept. Every link takes at least `LEAST_LINK_S`.
    """
    start = np.concatenate([part.start for part in parts])
    end = np.concatenate([part.end for part in parts])
    seconds = np.maximum(np.concatenate([part.seconds for part in parts]), LEAST_LINK_S)
    km = np.concatenate([part.km for part in parts])
    order = np.lexsort((km, seconds, end, start))
    start, end, seconds, km = start[order], end[order], seconds[order], km[order]
    first = np.ones(len(start), dtype=np.bool_)
    first[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
    keep = first & (start != end)
    return Links(start[keep], end[keep], seconds[keep], km[keep])
