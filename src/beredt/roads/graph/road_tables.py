"""A road network as its source has it: nodes, one-way arcs, and driving times for every way of driving."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from beredt.errors import NetworkError


@dataclass(frozen=True, slots=True, eq=False)
class RoadTables:
    """A road network in the order of its source: n nodes, a one-way arcs, M travel modes.

    `lon`, `lat`: float64 (n,), degrees, WGS84.
    `access`: bool (n,), whether one may leave the road for a place beside it, or come back, at this node.
    `arc_from`, `arc_to`: int32 (a,), nodes counted from 0.
    `arc_km`: float64 (a,), length in km, ≥ 0.
    `arc_time`: float64 (M, a), driving time ≥ 0 in units of `time_unit_s` seconds. Times are summed in this unit, so
    that two ways that are equally quick in the source are equally quick here to the last bit.
    `mode_ids`: ids of the M travel modes.
    `off_road_kmh`: float64 (M,), speed between a place and its road node, km/h, > 0.
    `km_per_degree`: kilometres of one degree of longitude and of latitude: distances as the crow flies are those of
    the plane (lon · first, lat · second).

    Where two arcs lead from the same node to the same node, each mode drives the quicker one.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    access: NDArray[np.bool_]
    arc_from: NDArray[np.int32]
    arc_to: NDArray[np.int32]
    arc_km: NDArray[np.float64]
    arc_time: NDArray[np.float64]
    time_unit_s: float
    mode_ids: tuple[str, ...]
    off_road_kmh: NDArray[np.float64]
    km_per_degree: tuple[float, float]

    def __post_init__(self) -> None:
        nodes, arcs, modes = len(self.lon), len(self.arc_from), len(self.mode_ids)
        shapes = {
            "lat": (nodes,), "access": (nodes,), "arc_to": (arcs,), "arc_km": (arcs,),
            "arc_time": (modes, arcs), "off_road_kmh": (modes,),
        }  # fmt: skip
        wrong = [name for name, shape in shapes.items() if getattr(self, name).shape != shape]
        if wrong:
            raise NetworkError(
                f"road tables of {nodes} nodes, {arcs} arcs and {modes} travel modes do not fit together: "
                f"{', '.join(wrong)} has another shape"
            )

    def checksum(self) -> str:
        """sha256 in hexadecimal over every field: tables with the same content have the same checksum."""
        digest = hashlib.sha256()
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, np.ndarray):
                digest.update(f"{field.name} {value.dtype.str} {value.shape}\n".encode())
                digest.update(np.ascontiguousarray(value).tobytes())
            else:
                digest.update(f"{field.name} {value!r}\n".encode())
        return digest.hexdigest()
