"""The area of a study in which an incident happened, looked up for millions of positions.

Areas are known by where their people live. A position belongs to the area whose square of the grid it lies in, as the
report draws it; where two areas share a square, such as on the border of two municipalities, to the one whose people
are nearer; in a square where nobody lives, to the nearest area within three of its sides: motorways and woods have
incidents, too. The squares of the whole region are worked out once, so that a position is one look into a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.indicators.observed import NONE
from beredt.indicators.square_grid import SquareGrid, grid_around
from beredt.missions.utm import metres_of
from beredt.model.area import Area

F8 = NDArray[np.float64]
I4 = NDArray[np.int32]

REACH_SIDES = 3
"""So many sides of an area away from its people, a position still belongs to it."""


SHARED = -2
"""Marks a square that areas share."""


@dataclass(frozen=True, slots=True, eq=False)
class AreaFinder:
    """The area of each square, and where people live in areas that share one.

    `area` is int32 (E, N), -1 for none and -2 for several; its first square is (`east`, `north`) of `grid`.
    `sharing` is int32 (K,), the areas that share a square, and `people_m` float64 (K, 2), east and north.
    """

    grid: SquareGrid
    east: int
    north: int
    area: I4
    sharing: I4
    people_m: F8

    def find(self, lat: F8, lon: F8) -> I4:
        """Rows of the areas of positions in degrees, int32; -1 where there is none or the position is not known."""
        east, north = self.grid.squares(lat, lon)
        i, j = east - self.east, north - self.north
        inside = (i >= 0) & (j >= 0) & (i < self.area.shape[0]) & (j < self.area.shape[1])
        found = np.full(len(lat), NONE, np.int32)
        found[inside] = self.area[i[inside], j[inside]]
        shared = np.flatnonzero(found == SHARED)
        if shared.size:
            from scipy.spatial import cKDTree  # only a study has areas

            place = np.column_stack(metres_of(lat[shared], lon[shared], self.grid.zone))
            found[shared] = self.sharing[cKDTree(self.people_m).query(place)[1]]
        return found


def make_area_finder(areas: Sequence[Area]) -> AreaFinder:
    """Work out the area of every square of a region.

    Args:
        areas: at least one.
    """
    lat, lon = np.array([area.lat for area in areas]), np.array([area.lon for area in areas])
    size = np.array([area.size_m for area in areas])
    grid = grid_around(float(lat.mean()), float(lon.mean()), int(size.min()))
    east, north = grid.squares(lat, lon)
    sides = np.ceil(size / grid.size_m).astype(np.int64)
    margin = int(sides.max()) * REACH_SIDES
    first = int(east.min()) - margin, int(north.min()) - margin
    shape = int(east.max()) + margin - first[0] + 1, int(north.max()) + margin - first[1] + 1
    people_m = np.column_stack(metres_of(lat, lon, grid.zone))
    table = _nearest(grid, people_m, size, first, shape)
    taken = np.full(shape, NONE, np.int32)
    sharing = np.zeros(len(areas), np.bool_)
    for area in np.argsort(-size, kind="stable").tolist():  # the smaller square lies on the greater one
        side = int(sides[area])
        i = _corner(int(east[area]), side) - first[0]
        j = _corner(int(north[area]), side) - first[1]
        square = (slice(max(i, 0), i + side), slice(max(j, 0), j + side))
        others = taken[square]
        same = np.unique(others[(others >= 0) & (size[others] == size[area])])
        sharing[same] = True
        sharing[area] |= same.size > 0
        table[square] = np.where(np.isin(others, same) & (others >= 0), SHARED, area)
        taken[square] = area
    kept = np.flatnonzero(sharing).astype(np.int32)
    return AreaFinder(grid, *first, table, kept, people_m[kept])


def _corner(square: int, side: int) -> int:
    """The first of the small squares that make the great square, `side` of them wide, which holds this one."""
    return square // side * side


def _nearest(
    grid: SquareGrid, people_m: F8, size: NDArray[np.int64], first: tuple[int, int], shape: tuple[int, int]
) -> I4:
    """The area whose people are nearest to the middle of each square, -1 beyond its reach."""
    from scipy.spatial import cKDTree

    i, j = np.indices(shape)
    corner = grid.corner_m((i.ravel() + first[0]).astype(np.int32), (j.ravel() + first[1]).astype(np.int32))
    away_m, area = cKDTree(people_m).query(np.column_stack(corner) + grid.size_m / 2)
    near = away_m <= REACH_SIDES * size[area]
    return np.where(near, area, NONE).astype(np.int32).reshape(shape)
