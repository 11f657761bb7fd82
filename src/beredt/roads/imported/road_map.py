"""Roads of a region, read and put in order: what travel times and reach are worked out from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from beredt.errors import NetworkError


@dataclass(frozen=True, slots=True, eq=False)
class RoadMap:
    """n road nodes, a one-way arcs between them, b turn bans: the largest part where one can drive to and fro.

    Nodes: `lon`, `lat` float64 (n,), degrees; `access` bool (n,), whether the road may be left here.
    Arcs, sorted by where they begin: `arc_first` int32 (n+1,), the arcs of node i are `arc_first[i]` …
    `arc_first[i+1]` − 1; `arc_from`, `arc_to` int32 (a,); `arc_m` float32 (a,), length; `arc_class` uint8 (a,), a
    position in `ROAD_CLASSES`; `arc_flags` uint16 (a,), `RoadFlag`; `arc_kmh` float32 (a,), speed limit; `arc_fixed_s`
    float32 (a,), seconds where the source knows them (ferries), else NaN; `arc_delay_s` float32 (a,), seconds beside
    the drive, as at a gate; `arc_grade` float32 (a,), % up in the direction of travel, NaN where unknown; `arc_source`
    int64 (a,), id of the line in the source.
    Turn bans: ban i forbids to drive the arcs `ban_arc[ban_first[i]]` … `ban_arc[ban_first[i+1] − 1]` one after the
    other; int32 (b+1,) and int32.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    access: NDArray[np.bool_]
    arc_first: NDArray[np.int32]
    arc_from: NDArray[np.int32]
    arc_to: NDArray[np.int32]
    arc_m: NDArray[np.float32]
    arc_class: NDArray[np.uint8]
    arc_flags: NDArray[np.uint16]
    arc_kmh: NDArray[np.float32]
    arc_fixed_s: NDArray[np.float32]
    arc_delay_s: NDArray[np.float32]
    arc_grade: NDArray[np.float32]
    arc_source: NDArray[np.int64]
    ban_first: NDArray[np.int32]
    ban_arc: NDArray[np.int32]

    def __post_init__(self) -> None:
        arcs = len(self.arc_from)
        wrong = [
            field.name
            for field in fields(self)
            if field.name.startswith("arc_") and field.name != "arc_first" and len(getattr(self, field.name)) != arcs
        ]
        if wrong or len(self.arc_first) != len(self.lon) + 1:
            raise NetworkError(
                f"a road map does not fit together: {', '.join(wrong) or 'arc_first'} has another length"
            )

    @property
    def nodes(self) -> int:
        """n, the number of road nodes."""
        return len(self.lon)

    @property
    def arcs(self) -> int:
        """a, the number of one-way arcs."""
        return len(self.arc_from)

    @property
    def bans(self) -> int:
        """b, the number of forbidden ways."""
        return len(self.ban_first) - 1

    def one_of_two(self, arcs: NDArray[np.int64] | None = None) -> NDArray[np.float64]:
        """0.5 for an arc whose road is driven the other way, too, else 1: sums count each road once.

        For some `arcs`, by default for all; float64, one for each of them.
        """
        nodes = np.int64(self.nodes)
        there = self.arc_from * nodes + self.arc_to  # ascending, as arcs are sorted
        start, end = (self.arc_from, self.arc_to) if arcs is None else (self.arc_from[arcs], self.arc_to[arcs])
        back = end * nodes + start
        at = np.minimum(np.searchsorted(there, back), len(there) - 1)
        return np.where(there[at] == back, 0.5, 1.0)

    def checksum(self) -> str:
        """SHA-256 in hexadecimal over all content: the same roads have the same checksum, whatever file they are in."""
        digest = hashlib.sha256()
        for field in fields(self):
            array = np.ascontiguousarray(getattr(self, field.name))
            digest.update(f"{field.name} {array.dtype.str} {array.shape}\n".encode())
            digest.update(array.data)
        return digest.hexdigest()
