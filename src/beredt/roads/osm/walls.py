"""Lines broken where a wall, block or bollard stands on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class BrokenLines:
    """Lines after the break: `point`, `first` as in `DrawnRoads`; `line_of` (lines,): the line each was a part of.

    `place_of` (points,): the point whose place each has; those beyond the old ones are the ends at walls.
    """

    point: NDArray[np.int32]
    first: NDArray[np.int64]
    line_of: NDArray[np.int64]
    place_of: NDArray[np.int64]


def break_at_walls(point: NDArray[np.int64], first: NDArray[np.int64], walls: NDArray[np.bool_]) -> BrokenLines:
    """End every line at each wall that it meets, in a point of its own, and begin it anew behind the wall.

    `point`, `first`: as in `DrawnRoads`; `walls` bool (points,). No segment is lost: one can drive up to the wall
    from either side, and not on.
    """
    met = np.flatnonzero(walls[point])
    begins = np.isin(met, first[:-1])
    inside = met[~begins & ~np.isin(met, first[1:] - 1)]
    # Behind an inner wall its point comes once more, as the first of the rest of the line.
    doubled = np.insert(point, inside + 1, point[inside])
    shift = np.searchsorted(inside, np.arange(len(point)), side="left")
    starts = inside + 1 + np.arange(len(inside))
    new_first = np.sort(np.concatenate((first[:-1] + shift[first[:-1]], starts)))
    line_of = (
        np.searchsorted(
            first, np.searchsorted(np.arange(len(point)) + shift, new_first, side="right") - 1, side="right"
        )
        - 1
    )
    at_wall = np.flatnonzero(walls[doubled])
    place_of = np.concatenate((np.arange(len(walls)), doubled[at_wall]))
    doubled = doubled.copy()
    doubled[at_wall] = len(walls) + np.arange(len(at_wall))
    return BrokenLines(doubled.astype(np.int32), np.append(new_first, len(doubled)), line_of, place_of)
