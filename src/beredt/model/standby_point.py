"""A place where a free unit may wait."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StandbyPoint:
    """A place where a free unit of one of `home_stations` may wait, if `keep_home` others stay at home.

    Nobody is sent who would drive longer than `max_drive_min` minutes.
    """

    id: str
    name: str
    lat: float
    lon: float
    centre: str
    home_stations: tuple[str, ...]
    keep_home: int
    max_drive_min: float
