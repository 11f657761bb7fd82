"""Areas where the values of a grid are at most a limit, with straight lines between grid points (marching squares) [1].

1. W. E. Lorensen, H. E. Cline, Marching cubes: a high resolution 3D surface construction algorithm, Computer Graphics
   21 (1987), 163–169; here in two dimensions. doi 10.1145/37402.37422
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from shapely.geometry import MultiPolygon

# The sides of a square that a line enters and leaves by the inside on its left, for each of 16 cases: bit 1 south-west,
# 2 south-east, 4 north-east, 8 north-west corner inside. Sides: 0 south, 1 east, 2 north, 3 west. Saddles (5 and 10)
# part the two inside corners.
_LINES: tuple[tuple[tuple[int, int], ...], ...] = (
    (), ((0, 3),), ((1, 0),), ((1, 3),), ((2, 1),), ((0, 3), (2, 1)), ((2, 0),), ((2, 3),),
    ((3, 2),), ((0, 2),), ((1, 0), (3, 2)), ((1, 2),), ((3, 1),), ((0, 1),), ((3, 0),), (),
)  # fmt: skip


def area_within(values: NDArray[np.float64], limit: float) -> MultiPolygon:
    """The area where values are at most `limit`, in grid units: column is x, row is y. Polygons with holes.

    `values` float64 (rows, columns), inf allowed. A grid point is inside exactly if its value is at most the limit; the
    border crosses between two points where the straight line between their values does. Beyond the grid all is outside.
    """
    from shapely import build_area
    from shapely.geometry import MultiLineString, MultiPolygon

    padded = np.pad(values, 1, constant_values=np.inf)
    rings = _rings(padded, limit)
    if not rings:
        return MultiPolygon()
    area: Any = build_area(MultiLineString([ring - 1.0 for ring in rings]))
    whole: MultiPolygon = area if area.geom_type == "MultiPolygon" else MultiPolygon([area])
    return whole


def _rings(values: NDArray[np.float64], limit: float) -> list[NDArray[np.float64]]:
    """Closed lines around the inside, each (k, 2) with its first point again at the end."""
    inside = values <= limit
    case = (inside[:-1, :-1] + 2 * inside[:-1, 1:] + 4 * inside[1:, 1:] + 8 * inside[1:, :-1]).ravel()
    rows, columns = values.shape
    row, column = np.divmod(np.arange(len(case)), columns - 1)
    # Numbers of the sides of all squares: those along rows first, then those along columns.
    flat = rows * columns
    sides = np.stack((row * columns + column, flat + row * columns + column + 1, (row + 1) * columns + column,
                      flat + row * columns + column))  # fmt: skip
    starts, ends = [], []
    for number, lines in enumerate(_LINES):
        squares = np.flatnonzero(case == number)
        for enter, leave in lines:
            starts.append(sides[enter, squares])
            ends.append(sides[leave, squares])
    start, end = np.concatenate(starts), np.concatenate(ends)
    if not len(start):
        return []
    points = _crossings(values, limit, start)
    following = np.empty(len(start), dtype=np.int64)
    order = np.argsort(start)
    following[:] = order[np.searchsorted(start[order], end)]
    return _followed(following, points)


def _crossings(values: NDArray[np.float64], limit: float, side: NDArray[np.int64]) -> NDArray[np.float64]:
    """Where the border crosses each side, (k, 2)."""
    rows, columns = values.shape
    flat = rows * columns
    upright = side >= flat
    row, column = np.divmod(np.where(upright, side - flat, side), columns)
    here = values[row, column]
    there = values[row + upright, column + ~upright]
    finite = np.isfinite(here) & np.isfinite(there)
    span = np.where(finite, there - here, 1.0)
    part = np.where(finite, (limit - here) / np.where(span == 0, 1.0, span), 0.5)
    # Never on a corner itself: two lines must not touch there.
    part = np.clip(part, 0.02, 0.98)
    return np.column_stack((column + np.where(upright, 0.0, part), row + np.where(upright, part, 0.0)))


def _followed(following: NDArray[np.int64], points: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """The circles of a permutation, as the points that they pass."""
    rings = []
    seen = np.zeros(len(following), dtype=bool)
    step = following.tolist()
    for begin in range(len(step)):
        if seen[begin]:
            continue
        ring, here = [], begin
        while not seen[here]:
            seen[here] = True
            ring.append(here)
            here = step[here]
        rings.append(points[[*ring, begin]])
    return rings
