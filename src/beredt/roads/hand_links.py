"""Main roads written down by hand, and the points where local roads join them.

A main road is a link between two named places with its length and free-flow minutes. Ordinary car minutes are a
factor longer (lights, queues, other people). Local roads meet a motorway or a tunnel at its ends only, but an
ordinary road all along: there, joints are laid on the straight line between the places. Without them a station
half-way between two places would drive back to one of them first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.roads.flat import length_km
from beredt.roads.links import Links
from beredt.roads.water import crosses_water


@dataclass(frozen=True, slots=True, eq=False)
class MainRoads:
    """M main roads: `start`, `end` int64 (M,) node numbers; free-flow `minutes` and the rest float64 (M,).

    `factor` carries free-flow minutes to ordinary ones. `join_km` is the spacing of joints, 0 for a road that is
    joined at its ends only.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    km: NDArray[np.float64]
    minutes: NDArray[np.float64]
    factor: NDArray[np.float64]
    join_km: NDArray[np.float64]


def hand_links(
    xy_km: NDArray[np.float64], roads: MainRoads, water: NDArray[np.float64]
) -> tuple[NDArray[np.float64], Links]:
    """Joints, float64 (J, 2) in flat km, and one-way links; joint j is node N + j.

    `xy_km`: float64 (N, 2), where the nodes lie; `water`: float64 (W, 2, 2). A road whose straight line crosses
    water winds round it or goes under it, so nobody knows where its points lie, and it gets no joints.
    """
    crow_km = length_km(xy_km[roads.start], xy_km[roads.end])
    pieces = np.ones(len(roads.start), dtype=np.int64)
    joinable = (roads.join_km > 0) & ~crosses_water(xy_km[roads.start], xy_km[roads.end], water)
    pieces[joinable] = np.maximum(np.ceil(crow_km[joinable] / roads.join_km[joinable]), 1).astype(np.int64)
    joints: list[NDArray[np.float64]] = []
    start: list[int] = []
    end: list[int] = []
    for road, count in enumerate(pieces.tolist()):
        first, last = int(roads.start[road]), int(roads.end[road])
        inner = [len(xy_km) + len(joints) + step for step in range(count - 1)]
        joints += [xy_km[first] + (xy_km[last] - xy_km[first]) * step / count for step in range(1, count)]
        start += [first, *inner]
        end += [*inner, last]
    seconds = np.repeat(roads.minutes * roads.factor * 60.0 / pieces, pieces)
    km = np.repeat(roads.km / pieces, pieces)
    laid = np.array(joints) if joints else np.empty((0, 2))
    return laid, Links(np.array(start, dtype=np.int64), np.array(end, dtype=np.int64), seconds, km)
