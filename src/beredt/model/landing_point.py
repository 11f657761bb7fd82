"""A place where a boat can lie."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LandingPoint:
    """A quay or a beach where boats land, in degrees; between two of them they go straight."""

    id: str
    name: str
    lat: float
    lon: float
    source: str | None = None
