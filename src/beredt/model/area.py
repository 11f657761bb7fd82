"""The smallest piece of the map."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """The smallest piece of the map: people live in it and incidents happen in it.

    `lat`, `lon` (degrees, WGS84) are its population centroid, `size_m` the side of the cell; `urban` is about the
    place itself, not its municipality. `need_factor` (≥ 0) multiplies all its incident rates; no table holds it,
    edits set it.
    """

    id: str
    lat: float
    lon: float
    size_m: int
    municipality: str
    district: str | None
    urban: bool
    hospital_zone: str
    rate_region: str
    centre: str
    organisation: str
    need_factor: float = 1.0
