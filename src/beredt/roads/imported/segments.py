"""Drawn lines cut into segments, their lengths and limits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.roads.imported.drawn_roads import DrawnRoads
from beredt.roads.imported.measure import metres_between, metres_per_degree
from beredt.roads.imported.road_class import RoadFlag
from beredt.roads.profile.limits import Limits


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """s segments in the order of the lines: `line` int32, `start`, `end` int32 drawn points, `metres` float64, (s,)."""

    line: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    metres: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.line)

    def only(self, kept: NDArray[np.bool_]) -> Segments:
        """Some of them."""
        return Segments(self.line[kept], self.start[kept], self.end[kept], self.metres[kept])


def cut_segments(drawn: DrawnRoads) -> Segments:
    """One segment for every two points that follow each other in a line. Lengths of the source are kept, in parts."""
    counts = np.diff(drawn.first)
    line_of = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    inside = np.ones(max(len(drawn.point) - 1, 0), dtype=bool)
    ends = drawn.first[1:-1] - 1
    inside[ends[(ends >= 0) & (ends < len(inside))]] = False
    start, end, line = drawn.point[:-1][inside], drawn.point[1:][inside], line_of[:-1][inside]
    metres = metres_between(drawn.lon[start], drawn.lat[start], drawn.lon[end], drawn.lat[end])
    told = drawn.length_m[line].astype(np.float64)
    measured = np.bincount(line, np.nan_to_num(metres), minlength=len(counts))[line]
    scaled = np.isfinite(told) & (measured > 0)
    metres = np.where(scaled, metres * (told / np.where(scaled, measured, 1.0)), metres)
    return Segments(line, start, end, metres)


def guessed_limits(drawn: DrawnRoads, segments: Segments, limits: Limits) -> NDArray[np.float32]:
    """The limit of each segment (km/h, float32) where no sign tells it: by class, and whether the place is built-up."""
    road_class = drawn.road_class[segments.line]
    built_up = _built_up(drawn, segments, limits)
    guessed: NDArray[np.float32] = np.where(built_up, limits.built_up[road_class], limits.rural[road_class])
    return guessed


def _built_up(drawn: DrawnRoads, segments: Segments, limits: Limits) -> NDArray[np.bool_]:
    """Whether each segment's middle lies in a cell with enough residential streets; ramps and motorways never do."""
    lon = (drawn.lon[segments.start] + drawn.lon[segments.end]) / 2
    lat = (drawn.lat[segments.start] + drawn.lat[segments.end]) / 2
    if not len(lon):
        return np.zeros(0, dtype=bool)
    across, along = metres_per_degree(np.asarray([np.mean(lat)]))
    column = np.floor((lon - lon.min()) * across[0] / limits.cell_m).astype(np.int64)
    row = np.floor((lat - lat.min()) * along[0] / limits.cell_m).astype(np.int64)
    cell = row * (column.max() + 1) + column
    _, cell = np.unique(cell, return_inverse=True)
    street = limits.street[drawn.road_class[segments.line]]
    street_m = np.bincount(cell, segments.metres * street)
    inside: NDArray[np.bool_] = street_m[cell] >= limits.least_m
    return inside


def grades(drawn: DrawnRoads, segments: Segments) -> NDArray[np.float32]:
    """Per cent up along each segment: from the heights of its points, else as the line's tag tells; NaN if unknown."""
    rise = drawn.height_m[segments.end] - drawn.height_m[segments.start]
    by_height = 100.0 * rise / np.maximum(segments.metres, 5.0)
    # Under a bridge or over a tunnel heights of neighbouring points may leap: no road is steeper than this.
    known = np.isfinite(by_height) & (np.abs(by_height) <= 30.0)
    grade: NDArray[np.float32] = np.where(known, by_height, drawn.grade[segments.line]).astype(np.float32)
    return grade


def stops(drawn: DrawnRoads, segments: Segments) -> NDArray[np.bool_]:
    """Whether the road may be left along each segment."""
    closed = int(RoadFlag.NO_STOP | RoadFlag.TUNNEL | RoadFlag.FERRY)
    open_: NDArray[np.bool_] = (drawn.flags[segments.line] & closed) == 0
    return open_
