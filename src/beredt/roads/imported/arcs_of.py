"""One-way arcs of segments, and long ones cut so that road nodes lie close together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.roads.imported.drawn_roads import DrawnRoads
from beredt.roads.imported.road_class import RoadFlag
from beredt.roads.imported.segments import Segments, grades, guessed_limits, stops
from beredt.roads.profile.limits import Limits


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """a one-way arcs, (a,) each: `start`, `end` int32 points, `metres` float64, and the attributes of `RoadMap`.

    `stop` bool: whether the road may be left along it.
    """

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    metres: NDArray[np.float64]
    road_class: NDArray[np.uint8]
    flags: NDArray[np.uint16]
    kmh: NDArray[np.float32]
    fixed_s: NDArray[np.float32]
    delay_s: NDArray[np.float32]
    grade: NDArray[np.float32]
    source: NDArray[np.int64]
    stop: NDArray[np.bool_]


def arcs_of(drawn: DrawnRoads, segments: Segments, limits: Limits) -> Arcs:
    """One arc for each direction in which a segment may be driven: first all ahead, then all back."""
    line = segments.line
    guessed, grade, stop = guessed_limits(drawn, segments, limits), grades(drawn, segments), stops(drawn, segments)
    measured = np.bincount(line, segments.metres, minlength=len(drawn.source))[line]
    share = segments.metres / np.where(measured > 0, measured, 1.0)
    parts: list[list[NDArray[Any]]] = []
    for ahead in (True, False):
        taken = (drawn.ahead if ahead else drawn.back)[line]
        told = (drawn.kmh_ahead if ahead else drawn.kmh_back)[line]
        fixed = (drawn.seconds_ahead if ahead else drawn.seconds_back)[line] * share
        start, end = (segments.start, segments.end) if ahead else (segments.end, segments.start)
        unsigned = np.isnan(told)
        flags = drawn.flags[line] | np.where(unsigned, int(RoadFlag.LIMIT_GUESSED), 0).astype(np.uint16)
        columns: tuple[NDArray[Any], ...] = (
            start, end, segments.metres, drawn.road_class[line], flags, np.where(unsigned, guessed, told),
            fixed.astype(np.float32), drawn.delay_s[end], grade if ahead else -grade, drawn.source[line], stop,
        )  # fmt: skip
        parts.append([column[taken] for column in columns])
    return Arcs(*(np.concatenate(alike) for alike in zip(*parts, strict=True)))


def densified(drawn: DrawnRoads, arcs: Arcs, most_m: float) -> tuple[Arcs, NDArray[np.float64], NDArray[np.float64]]:
    """The same roads with no arc longer than `most_m` (but ferries), and the points with those put in: lon, lat.

    The two directions of a road share the points put in.
    """
    ferry = (arcs.flags & int(RoadFlag.FERRY)) > 0
    pieces = np.where(ferry, 1, np.ceil(arcs.metres / most_m)).astype(np.int64)
    pieces = np.maximum(pieces, 1)
    long = pieces > 1
    if not long.any():
        return arcs, drawn.lon, drawn.lat
    # Roads with the same two ends and the same line share their new points: numbered from the lower end.
    low, high = np.minimum(arcs.start, arcs.end), np.maximum(arcs.start, arcs.end)
    keys = np.stack((low[long].astype(np.int64), high[long], arcs.source[long], pieces[long]))
    unique, which = np.unique(keys, axis=1, return_inverse=True)
    added = unique[3] - 1
    base = len(drawn.lon) + np.concatenate(([0], np.cumsum(added)[:-1]))
    owner = np.repeat(np.arange(len(added)), added)
    at = np.arange(len(owner)) - np.repeat(base - len(drawn.lon), added) + 1
    part = at / unique[3][owner]
    from_point, to_point = unique[0][owner], unique[1][owner]
    lon = drawn.lon[from_point] + part * (drawn.lon[to_point] - drawn.lon[from_point])
    lat = drawn.lat[from_point] + part * (drawn.lat[to_point] - drawn.lat[from_point])

    row = np.repeat(np.arange(len(arcs.start)), pieces)
    step = np.arange(len(row)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    count = pieces[row]
    first_new = np.zeros(len(arcs.start), dtype=np.int64)
    first_new[long] = base[which.ravel()]
    upward = (arcs.start <= arcs.end)[row]

    def point(index: NDArray[np.int64]) -> NDArray[np.int32]:
        """The point after `index` pieces of each arc, counted in its own direction."""
        inner = first_new[row] + np.where(upward, index, count - index) - 1
        answer = np.where(index == 0, arcs.start[row], np.where(index == count, arcs.end[row], inner))
        return answer.astype(np.int32)

    share = (1.0 / count).astype(np.float32)
    cut = Arcs(
        start=point(step),
        end=point(step + 1),
        metres=arcs.metres[row] / count,
        road_class=arcs.road_class[row],
        flags=arcs.flags[row],
        kmh=arcs.kmh[row],
        fixed_s=arcs.fixed_s[row] * share,
        delay_s=np.where(step == count - 1, arcs.delay_s[row], np.float32(0)),
        grade=arcs.grade[row],
        source=arcs.source[row],
        stop=arcs.stop[row],
    )
    return cut, np.concatenate((drawn.lon, lon)), np.concatenate((drawn.lat, lat))
