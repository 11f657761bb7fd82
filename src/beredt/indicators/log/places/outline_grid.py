"""Which outline a position lies in, looked up for millions of positions.

The land is cut into squares of a fraction of a degree. A square that no border passes through lies in one outline or in
none, so that a position in it is one look into a table; a position in any other square is compared with the outlines
themselves. The answer is that of the outlines, whatever the size of the squares.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import shapely
from numba import njit
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

F8 = NDArray[np.float64]
I4 = NDArray[np.int32]
I8 = NDArray[np.int64]

NONE: Final = -1
"""In no outline."""

BORDER: Final = -2
"""A square that a border passes through."""

MOST_SQUARES = 6_000_000
"""Squares of a grid at most: 24 MB."""

FINEST_DEG = 0.0005
"""Side of a square at least, in latitude: some 55 m."""


class OutlineGrid(NamedTuple):
    """Squares row by row from the south, and the outlines that decide where a border passes through."""

    outlines: tuple[BaseGeometry, ...]  # in order: of outlines that overlap the first holds
    label: I4  # [rows, columns] the outline, NONE or BORDER
    south: float
    west: float
    side_lat: float  # degrees
    side_lon: float

    def find(self, lat: F8, lon: F8) -> I4:
        """The outline [N] that each position lies in, its borders included; NONE for none and for unknown positions."""
        found = np.empty(lat.size, np.int32)
        _look_up(lat, lon, self.label, self.south, self.west, self.side_lat, self.side_lon, found)
        open_rows = np.flatnonzero(found == BORDER)
        found[open_rows] = _within(self.outlines, lat[open_rows], lon[open_rows])
        return found


def outline_grid(outlines: Sequence[BaseGeometry], most_squares: int = MOST_SQUARES) -> OutlineGrid:
    """Lay a grid over polygons (lon, lat in degrees, WGS84), at least one."""
    west, south, east, north = shapely.total_bounds(np.array(outlines, dtype=object))
    squeeze = max(0.1, float(np.cos(np.radians((south + north) / 2))))
    side_lat = max(FINEST_DEG, float(np.sqrt((north - south) * (east - west) * squeeze / most_squares)))
    side_lon = side_lat / squeeze
    # One empty square all around, so that what lies outside is told by the table, too.
    south, west = south - side_lat, west - side_lon
    shape = int((north - south) / side_lat) + 2, int((east - west) / side_lon) + 2
    label = np.full(shape, NONE, np.int32)
    for number in reversed(range(len(outlines))):
        _fill(label, number, *_edges(outlines[number], south, west, side_lat, side_lon))
    for outline in outlines:
        _mark_borders(label, *_edges(outline, south, west, side_lat, side_lon))
    shapely.prepare(np.array(outlines, dtype=object))
    return OutlineGrid(tuple(outlines), label, float(south), float(west), side_lat, side_lon)


def _edges(outline: BaseGeometry, south: float, west: float, side_lat: float, side_lon: float) -> tuple[F8, F8, F8, F8]:
    """Ends of all pieces of a border, in squares: x and y of the beginning, x and y of the end."""
    parts: list[list[F8]] = [[], [], [], []]
    for polygon in shapely.get_parts(outline):
        for ring in shapely.get_rings(polygon):
            x, y = shapely.get_coordinates(ring).T
            x, y = (x - west) / side_lon, (y - south) / side_lat
            for part, values in zip(parts, (x[:-1], y[:-1], x[1:], y[1:]), strict=True):
                part.append(values)
    x0, y0, x1, y1 = (np.concatenate(part) for part in parts)
    return x0, y0, x1, y1


def _within(outlines: Sequence[BaseGeometry], lat: F8, lon: F8) -> I4:
    """The first outline that holds each position: asked of every outline for the positions in its box."""
    found = np.full(lat.size, NONE, np.int32)
    for number in reversed(range(len(outlines))):
        west, south, east, north = outlines[number].bounds
        near = np.flatnonzero((lat >= south) & (lat <= north) & (lon >= west) & (lon <= east))
        inside = shapely.intersects_xy(outlines[number], lon[near], lat[near])
        found[near[inside]] = number
    return found


@njit(cache=True, nogil=True)
def _look_up(
    lat: F8, lon: F8, label: I4, south: float, west: float, side_lat: float, side_lon: float, found: I4
) -> None:
    rows, columns = label.shape
    for i in range(lat.size):
        y, x = (lat[i] - south) / side_lat, (lon[i] - west) / side_lon
        # A position that is not a number is not inside either.
        inside = 0.0 <= y < rows and 0.0 <= x < columns
        found[i] = label[int(y), int(x)] if inside else NONE


@njit(cache=True)
def _fill(label: I4, number: int, x0: F8, y0: F8, x1: F8, y1: F8) -> None:
    """Give the squares whose middle lies inside their outline: between each two crossings of a row."""
    rows, columns = label.shape
    count = np.zeros(rows + 1, np.int64)
    for e in range(x0.size):
        low, high = min(y0[e], y1[e]), max(y0[e], y1[e])
        for row in range(max(0, int(np.ceil(low - 0.5))), min(rows, int(np.ceil(high - 0.5)))):
            count[row + 1] += 1
    first = np.cumsum(count)
    place = first[:-1].copy()
    crossing = np.empty(first[-1], np.float64)
    for e in range(x0.size):
        low, high = min(y0[e], y1[e]), max(y0[e], y1[e])
        for row in range(max(0, int(np.ceil(low - 0.5))), min(rows, int(np.ceil(high - 0.5)))):
            crossing[place[row]] = x0[e] + (row + 0.5 - y0[e]) / (y1[e] - y0[e]) * (x1[e] - x0[e])
            place[row] += 1
    for row in range(rows):
        line = np.sort(crossing[first[row] : first[row + 1]])
        for k in range(0, line.size - 1, 2):
            begin = max(0, int(np.ceil(line[k] - 0.5)))
            end = min(columns, int(np.ceil(line[k + 1] - 0.5)))
            label[row, begin:end] = number


@njit(cache=True)
def _mark_borders(label: I4, x0: F8, y0: F8, x1: F8, y1: F8) -> None:
    """Mark every square that a piece of border touches, and a hair's breadth more."""
    rows, columns = label.shape
    hair = 1e-6
    for e in range(x0.size):
        xa, ya, xb, yb = x0[e], y0[e], x1[e], y1[e]
        if ya > yb:
            xa, ya, xb, yb = xb, yb, xa, ya
        for row in range(max(0, int(np.floor(ya - hair))), min(rows - 1, int(np.floor(yb + hair))) + 1):
            left, right = min(xa, xb), max(xa, xb)
            if yb > ya:
                x_in = xa + (max(ya, float(row)) - ya) / (yb - ya) * (xb - xa)
                x_out = xa + (min(yb, row + 1.0) - ya) / (yb - ya) * (xb - xa)
                left, right = max(left, min(x_in, x_out)), min(right, max(x_in, x_out))
                if right < left:
                    left, right = right, left
            for column in range(max(0, int(np.floor(left - hair))), min(columns - 1, int(np.floor(right + hair))) + 1):
                label[row, column] = BORDER
