"""The map of a city, and the places on it: stations, hospitals, and where ambulances are at home."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.simulation.jemss.city_files import CityFiles
from beredt.simulation.jemss.jemss_table import JemssTable
from beredt.simulation.jemss.table_file import get_table

LARGEST_KM_PER_DEGREE = 112.0


@dataclass(frozen=True, slots=True)
class CityMap:
    """The rectangle in which everything lies (degrees), and kilometres per degree of longitude (x) and latitude."""

    west: float
    east: float
    south: float
    north: float
    x_km_per_degree: float
    y_km_per_degree: float

    def check_inside(self, table: JemssTable, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> None:
        """Note the rows of a table whose place lies outside the map."""
        outside = (lon < self.west) | (lon > self.east) | (lat < self.south) | (lat > self.north)
        box = f"x from {self.west:g} to {self.east:g}, y from {self.south:g} to {self.north:g}"
        remedy = f"correct x and y, or widen the map ({box})"
        table.note(outside, "x", "the place lies outside the map", remedy)


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Named places of one kind: `lon`, `lat` float64 (n,), degrees."""

    names: Sequence[str]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]


def read_map(files: CityFiles) -> CityMap | None:
    """The map of a city; None where it cannot be read."""
    tables, file = files.read("maps", "map_1")
    table = get_table(tables, "map", file, files.faults)
    if table is None:
        return None
    faults = len(files.faults.issues)
    west, east, south, north = (float(table.numbers(name)[0]) for name in ("xMin", "xMax", "yMin", "yMax"))
    x_scale, y_scale = (float(table.numbers(name, above=0.0)[0]) for name in ("xScale", "yScale"))
    first = np.arange(table.height) == 0
    if west >= east:
        table.note(first, "xMax", "the map is turned round: xMin is not below xMax", "swap the two")
    if south >= north:
        table.note(first, "yMax", "the map is turned round: yMin is not below yMax", "swap the two")
    for column, scale in (("xScale", x_scale), ("yScale", y_scale)):
        if scale > LARGEST_KM_PER_DEGREE:
            message = f"more than {LARGEST_KM_PER_DEGREE:g} km per degree: no map of the earth has that"
            table.note(first, column, message, "give kilometres per degree")
    if len(files.faults.issues) > faults:
        return None
    return CityMap(west, east, south, north, x_scale, y_scale)


def read_places(files: CityFiles, kind: str, city_map: CityMap | None) -> Places:
    """The stations or hospitals of a city; `kind` is both the folder and the table."""
    tables, file = files.read(kind, f"{kind}_1")
    table = get_table(tables, kind, file, files.faults)
    if table is None:
        return Places((), np.empty(0), np.empty(0))
    table.check_numbered()
    lon, lat = table.numbers("x"), table.numbers("y")
    if city_map is not None:
        city_map.check_inside(table, lon, lat)
    word = kind.removesuffix("s").capitalize()
    return Places(_names(table, word), lon, lat)


def read_ambulances(files: CityFiles, stations: int) -> NDArray[np.int64]:
    """Station of each ambulance, int64 (units,) from 1."""
    tables, file = files.read("ambulances", "ambulances_1")
    table = get_table(tables, "ambulances", file, files.faults)
    if table is None:
        return np.empty(0, dtype=np.int64)
    table.check_numbered()
    return table.indices("stationIndex", max(stations, 1), "station")


def _names(table: JemssTable, word: str) -> list[str]:
    """Names as the file gives them, in a column whose title says so; else the kind of place and its number."""
    titles = {**table.columns, **table.remarks}
    column = next((title for title in titles if re.search(r"\bname\b", title, re.IGNORECASE)), None)
    names = [""] * table.height if column is None else titles[column].to_list()
    return [name or f"{word} {number}" for number, name in enumerate(names, start=1)]
