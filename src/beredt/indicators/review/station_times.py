"""How long it takes from stations to places, as far as a reviewer needs to know."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import polars as pl

from beredt.errors import DefinitionError
from beredt.indicators.observed import F8
from beredt.model.issue import Issue

EARTH_M = 6_371_000.0
DETOUR = 1.3
"""Roads are so much longer than the straight line: an assumption."""

SPEED_KM_H = 60.0
"""Mean speed with lights and sirens where no roads are known: an assumption."""


class Place(NamedTuple):
    """Degrees, WGS84."""

    lat: float
    lon: float


class StationTimes(Protocol):
    """Seconds of driving from each of S stations."""

    @property
    def names(self) -> tuple[str, ...]:
        """Stations as the log writes them."""
        ...

    def drive_s(self, lat: F8, lon: F8) -> F8:
        """[S, N] seconds to N places (degrees, WGS84); nan where there is no way, or no place."""
        ...


class StraightLines:
    """Times by straight lines, for want of roads: distance · 1.3 at 60 km/h."""

    def __init__(self, stations: Mapping[str, Place]) -> None:
        """`stations`: by name as the log writes it."""
        self._stations = dict(stations)

    @property
    def names(self) -> tuple[str, ...]:
        """Stations as the log writes them."""
        return tuple(self._stations)

    def drive_s(self, lat: F8, lon: F8) -> F8:
        """[S, N] seconds to N places."""
        places = np.array([tuple(place) for place in self._stations.values()], np.float64).reshape(-1, 2)
        metres = distance_m(places[:, 0, None], places[:, 1, None], lat[None, :], lon[None, :])
        return np.asarray(metres * DETOUR / (SPEED_KM_H / 3.6), np.float64)


def read_stations(path: Path) -> StraightLines:
    """Stations of a CSV file with the columns name, lat and lon (degrees, WGS84). Raises DefinitionError."""
    try:
        table = pl.read_csv(path, schema_overrides={"name": pl.String, "lat": pl.Float64, "lon": pl.Float64})
        rows = table.select("name", "lat", "lon").drop_nulls()
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        message = f"it cannot be read ({str(error).splitlines()[0]})"
        remedy = "write it as CSV in UTF-8 with the columns name,lat,lon"
        raise DefinitionError("list of stations", [Issue(path.name, None, None, None, 1, message, remedy)]) from None
    return StraightLines({name: Place(lat, lon) for name, lat, lon in rows.iter_rows()})


def distance_m(lat_a: F8, lon_a: F8, lat_b: F8, lon_b: F8) -> F8:
    """Metres over a sphere between places in degrees, by the haversine formula; nan spreads."""
    a, b = np.radians(lat_a), np.radians(lat_b)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(lon_b - lon_a) / 2) ** 2
    return np.asarray(2 * EARTH_M * np.arcsin(np.sqrt(np.minimum(half, 1.0))), np.float64)
