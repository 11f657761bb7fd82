"""Leaving out points of a path that straight and even driving between the others shows well enough.

Many paths at once: in every round each gap between kept points keeps its worst point, if that is too far off. This is
the rule of Ramer (1972) and of Douglas and Peucker (1973), with the distance taken at the same moment of time instead
of to the nearest point of the line, so that a unit is in the right place at the right time.

References:
    U. Ramer (1972), "An iterative procedure for the polygonal approximation of plane curves",
    doi 10.1016/S0146-664X(72)80017-0.
    D. H. Douglas, T. K. Peucker (1973), "Algorithms for the reduction of the number of points required to represent a
    digitized line or its caricature", doi 10.3138/FM57-6770-U75U-7727.
    N. Meratnia, R. A. de By (2004), "Spatiotemporal compression techniques for moving point objects", EDBT 2004,
    doi 10.1007/978-3-540-24741-8_44: the distance at the same moment.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.simulation.playback.ways import F8, I8

B = NDArray[np.bool_]


def kept_points(t: F8, xy: F8, key_t: F8, key_xy: F8, first: I8, tolerance: float) -> B:
    """Choose the points of many paths, so that what is left is never further off than the tolerance at any point.

    Args:
        t: [P] time of each point, never falling within a path.
        xy: [P, 2] its place on a plane.
        key_t: [P] the time that the point would be given if it were kept (rounded).
        key_xy: [P, 2] the place that it would be given.
        first: [M + 1] first point of each path, and P. Every path has two points or more; its ends are kept.
        tolerance: greatest distance, in the unit of the plane, above that of the rounding.

    Returns:
        bool[P].
    """
    kept = np.zeros(t.size, np.bool_)
    kept[first[:-1]] = kept[first[1:] - 1] = True
    at = np.flatnonzero(kept)
    live = np.flatnonzero(~kept)  # points of gaps that are still in question, in order
    before = at[np.searchsorted(at, live) - 1]  # kept points at the ends of each one's gap
    after = at[np.minimum(np.searchsorted(at, live), at.size - 1)]
    while live.size:
        off = _distance(t[live], xy[live], key_t, key_xy, before, after)
        begin = np.flatnonzero(np.append(True, before[1:] != before[:-1]))
        length = np.diff(begin, append=live.size)
        worst_off = np.repeat(np.maximum.reduceat(off, begin), length)
        order = np.arange(live.size)
        worst = np.repeat(np.minimum.reduceat(np.where(off == worst_off, order, live.size), begin), length)
        far = worst_off > tolerance
        split = live[worst]
        kept[split[far]] = True
        before, after = np.where(live > split, split, before), np.where(live < split, split, after)
        left = far & (live != split)
        live, before, after = live[left], before[left], after[left]
    return kept


def _distance(t: F8, xy: F8, key_t: F8, key_xy: F8, before: I8, after: I8) -> F8:
    """How far points are from a straight and even drive between two keys."""
    span = key_t[after] - key_t[before]
    share = np.divide(t - key_t[before], span, out=np.zeros(t.size), where=span > 0)
    way = key_xy[after] - key_xy[before]
    off: F8 = np.hypot(*(xy - key_xy[before] - np.clip(share, 0.0, 1.0)[:, None] * way).T)
    return off
