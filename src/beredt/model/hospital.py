"""A place where patients are delivered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hospital:
    """A place where patients are delivered (degrees, WGS84); `emergency` when it takes emergencies."""

    id: str
    name: str
    lat: float
    lon: float
    organisation: str
    emergency: bool
