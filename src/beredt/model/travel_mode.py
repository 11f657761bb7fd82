"""A way of driving on a road network."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TravelMode:
    """A way of driving, such as with lights and sirens; `off_road_kmh` (> 0) is its speed beside the road."""

    id: str
    off_road_kmh: float
