"""Drawn roads built line by line, for sources that name the nodes where lines meet."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from beredt.roads.imported.drawn_roads import DrawnRoads, TurnBan
from beredt.roads.imported.road_class import CLASS_NUMBER

NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `source` id, class, flags, directions, limits (km/h) and whole seconds, NaN where unknown.

    `length_m`: as the source tells it, NaN if it is to be measured.
    """

    source: int
    road_class: str
    ahead: bool
    back: bool
    flags: int = 0
    kmh_ahead: float = NAN
    kmh_back: float = NAN
    seconds_ahead: float = NAN
    seconds_back: float = NAN
    length_m: float = NAN


@dataclass(slots=True)
class LineBuilder:
    """Lines with the places that they pass; ends with the same key are one point, at the place seen first."""

    lines: list[Line] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    point: list[int] = field(default_factory=list)
    places: list[NDArray[np.float64]] = field(default_factory=list)
    points: int = 0
    ends: dict[Hashable, int] = field(default_factory=dict)

    def add(self, line: Line, places: NDArray[np.float64], start: Hashable, end: Hashable) -> None:
        """Add a line over `places` float64 (k ≥ 2, 3): lon, lat in degrees, height in m or NaN."""
        last = len(places) - 1
        new: list[int] = []
        for index in range(len(places)):
            key = start if index == 0 else end if index == last else None
            known = self.ends.get(key) if key is not None else None
            if known is None:
                known = self.points + len(new)
                new.append(index)
                if key is not None:
                    self.ends[key] = known
            self.point.append(known)
        self.places.append(places[new])
        self.points += len(new)
        self.counts.append(len(places))
        self.lines.append(line)

    def build(self, bans: Sequence[TurnBan] = ()) -> DrawnRoads:
        """All lines so far."""
        places = np.concatenate([*self.places, np.empty((0, 3))])

        def column(name: str) -> NDArray[np.float32]:
            return np.array([getattr(line, name) for line in self.lines], dtype=np.float32)

        return DrawnRoads(
            lon=places[:, 0],
            lat=places[:, 1],
            height_m=places[:, 2].astype(np.float32),
            delay_s=np.zeros(len(places), dtype=np.float32),
            first=np.concatenate(([0], np.cumsum(self.counts))).astype(np.int64),
            point=np.array(self.point, dtype=np.int32),
            source=np.array([line.source for line in self.lines], dtype=np.int64),
            road_class=np.array([CLASS_NUMBER[line.road_class] for line in self.lines], dtype=np.uint8),
            flags=np.array([line.flags for line in self.lines], dtype=np.uint16),
            ahead=np.array([line.ahead for line in self.lines], dtype=bool),
            back=np.array([line.back for line in self.lines], dtype=bool),
            kmh_ahead=column("kmh_ahead"),
            kmh_back=column("kmh_back"),
            seconds_ahead=column("seconds_ahead"),
            seconds_back=column("seconds_back"),
            grade=np.full(len(self.lines), np.nan, dtype=np.float32),
            length_m=column("length_m"),
            bans=tuple(bans),
        )
