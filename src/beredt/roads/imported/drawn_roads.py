"""Roads as a reader drew them: points and lines in the order of the source."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.errors import NetworkError


@dataclass(frozen=True, slots=True)
class TurnBan:
    """A ban of a source: who comes from a line over a point or some lines may not go on to a line, or only there.

    `source`: id of the ban; `only`: a command instead of a ban; `from_source`, `to_source`: ids of lines; `via_point`:
    number of a drawn point, −1 where the way leads over the lines `via_sources`; `turn_back`: only turning round is
    meant.
    """

    source: int
    only: bool
    from_source: int
    to_source: int
    via_point: int = -1
    via_sources: tuple[int, ...] = ()
    turn_back: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class DrawnRoads:
    """p points, L lines and the points they pass.

    Points: `lon`, `lat` float64 (p,), degrees, NaN where the file does not have the point; `height_m` float32 (p,), NaN
    where unknown; `delay_s` float32 (p,), ≥ 0, what passing a gate or the like takes.
    Lines: `first` int64 (L+1,), line l passes `point[first[l]]` … `point[first[l+1] − 1]`, int32; `source` int64 (L,),
    id in the file; `road_class` uint8 (L,), a position in `ROAD_CLASSES`; `flags` uint16 (L,), `RoadFlag`;
    `ahead`, `back` bool (L,), whether it may be driven in the order of its points and against it; `kmh_ahead`,
    `kmh_back` float32 (L,), speed limit, NaN where unknown; `seconds_ahead`, `seconds_back` float32 (L,), time of the
    whole line where the source knows it, else NaN; `grade` float32 (L,), % up in the order of its points, NaN where
    unknown; `length_m` float32 (L,), NaN where it is to be measured.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    height_m: NDArray[np.float32]
    delay_s: NDArray[np.float32]
    first: NDArray[np.int64]
    point: NDArray[np.int32]
    source: NDArray[np.int64]
    road_class: NDArray[np.uint8]
    flags: NDArray[np.uint16]
    ahead: NDArray[np.bool_]
    back: NDArray[np.bool_]
    kmh_ahead: NDArray[np.float32]
    kmh_back: NDArray[np.float32]
    seconds_ahead: NDArray[np.float32]
    seconds_back: NDArray[np.float32]
    grade: NDArray[np.float32]
    length_m: NDArray[np.float32]
    bans: tuple[TurnBan, ...] = ()

    def __post_init__(self) -> None:
        points, lines = len(self.lon), len(self.source)
        by_line = (
            "road_class", "flags", "ahead", "back", "kmh_ahead", "kmh_back", "seconds_ahead", "seconds_back", "grade",
            "length_m",
        )  # fmt: skip
        wrong = [name for name in by_line if len(getattr(self, name)) != lines]
        wrong += [name for name in ("lat", "height_m", "delay_s") if len(getattr(self, name)) != points]
        if wrong or len(self.first) != lines + 1:
            raise NetworkError(f"drawn roads do not fit together: {', '.join(wrong) or 'first'} has another length")
