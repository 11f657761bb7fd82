"""A named place that main roads join."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its id and name (degrees, WGS84)."""

    id: str
    name: str
    lat: float
    lon: float
