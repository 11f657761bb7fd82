"""Where demand is: how often calls of each priority come, when a place is covered, and the cells people live in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np
import polars as pl

from beredt.model.urgency import URGENCIES, Urgency
from beredt.simulation.jemss.city_files import CityFiles
from beredt.simulation.jemss.jemss_table import JemssTable
from beredt.simulation.jemss.places import CityMap
from beredt.simulation.jemss.priorities import DAY_S, urgencies_of
from beredt.simulation.jemss.raster import Raster, read_raster
from beredt.simulation.jemss.table_file import get_table

DEMAND_TABLES = ("demandRasters", "demandModes", "demandSets", "demandSetsTiming")


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """`cover`: (urgency, cover time in s, calls a day). `points` has the columns of demand_points: one row for each
    cell with anybody in it, western cells first, from south to north; empty without a raster.
    """

    cover: tuple[tuple[Urgency, float, float], ...]
    points: pl.DataFrame


NO_POINTS = pl.DataFrame(schema={"lat": pl.Float64, "lon": pl.Float64, "people": pl.Float64})


def read_demand(files: CityFiles, rasters: Path | None, city_map: CityMap | None) -> Demand:
    """The demand of a city that says anything about it; without `rasters`, a folder, no points."""
    if not files.has("demand"):
        if rasters is not None:
            remedy = "add the folder demand, or leave out --rasters"
            files.faults.add("demand", "the city has no demand files to say which raster it uses", remedy)
        return Demand((), NO_POINTS)
    tables, file = files.read("demand", "demand_1")
    coverage, coverage_file = files.read("demand", "coverage", "demand_coverage_1")
    found = [get_table(tables, name, file, files.faults) for name in DEMAND_TABLES]
    raster_table, modes, sets, timing = found
    covers, cells = (
        get_table(coverage, name, coverage_file, files.faults) for name in ("coverTimes", "demandRasterCellNumPoints")
    )
    if raster_table is None or modes is None or sets is None or timing is None or covers is None or cells is None:
        return Demand((), NO_POINTS)
    for table, column in ((raster_table, "rasterIndex"), (modes, "modeIndex"), (sets, "setIndex")):
        table.check_counted(column)
    rates = _rates(modes, sets)
    cover_s = dict(zip(urgencies_of(covers, "demandPriority"), covers.numbers("coverTime", low=0.0), strict=True))
    missing = [urgency for urgency in URGENCIES if urgency not in cover_s]
    if missing:
        message = f"coverTimes has {len(cover_s)} of {len(URGENCIES)} priorities"
        files.faults.add(coverage_file, message, "add a row for every priority", field="coverTimes.demandPriority")
    used = sorted(set(modes.indices("rasterIndex", raster_table.height, "raster").tolist()))
    points = NO_POINTS
    if rasters is not None:
        points = _points(files, rasters, raster_table, used, cells, city_map)
    cover = tuple(
        (one, float(cover_s[one]) * DAY_S, rates[one]) for one in URGENCIES if one in cover_s and one in rates
    )
    return Demand(cover, points)


def _rates(modes: JemssTable, sets: JemssTable) -> dict[Urgency, float]:
    """Calls a day by urgency, of the one demand set."""
    if sets.height > 1:
        message = f"there are {sets.height} demand sets: demand that changes with time of day is not imported"
        sets.note(np.arange(sets.height) == 1, "setIndex", message, "keep one of the sets, and its row of the timing")
    urgencies = urgencies_of(modes, "priority")
    numbers = modes.numbers("arrivalRate", low=0.0)
    chosen = _whole_list(sets.texts("modeIndices")[0])
    rates: dict[Urgency, float] = {}
    for index in chosen:
        if not 1 <= index <= modes.height or urgencies[index - 1] in rates:
            message = "the set names a mode that there is not, or two modes of one priority"
            sets.note(np.arange(sets.height) == 0, "modeIndices", message, "name one mode for each priority: [1; 2; 3]")
            return rates
        rates[urgencies[index - 1]] = float(numbers[index - 1])
    if len(rates) < len(URGENCIES) and "modeIndices" in sets.columns:
        message = f"the set names modes for {len(rates)} of {len(URGENCIES)} priorities"
        sets.note(np.arange(sets.height) == 0, "modeIndices", message, "name one mode for each priority: [1; 2; 3]")
    return rates


def _whole_list(text: str) -> list[int]:
    """The numbers of a list written as `[1; 2; 3]` or `[1, 2, 3]`; none if it is no such list."""
    inner = re.fullmatch(r"\[\s*(\d+(?:\s*[;,\s]\s*\d+)*)\s*\]", text)
    return [int(one) for one in re.findall(r"\d+", inner[1])] if inner else []


def _points(
    files: CityFiles,
    folder: Path,
    table: JemssTable,
    used: Sequence[int],
    cells: JemssTable,
    city_map: CityMap | None,
) -> pl.DataFrame:
    """The cells of the one raster that all demand modes use."""
    split = (int(cells.wholes("rows")[0]), int(cells.wholes("cols")[0]))
    if min(split) < 1:
        cells.note(np.array([True]), "rows", "a cell cannot have fewer points than one", "give 1 or more")
        return NO_POINTS
    if len(used) > 1:
        message = f"demand modes use {len(used)} rasters: one for all priorities is imported"
        table.note(np.arange(table.height) == 1, "rasterFilename", message, "let all modes use one raster")
        return NO_POINTS
    name = PurePosixPath(table.texts("rasterFilename")[used[0] - 1].replace("\\", "/")).name
    faults = len(files.faults.issues)
    raster = read_raster(folder, name, files.faults)
    if raster is None or len(files.faults.issues) > faults:
        return NO_POINTS
    points = cell_points(raster, *split)
    if points.is_empty():
        files.faults.add(name, "the raster has no cell above 0", "give the raster of the city's people")
    elif city_map is not None:
        _check_inside(files, name, points, city_map)
    return points


def cell_points(raster: Raster, rows: int, columns: int) -> pl.DataFrame:
    """Points for all cells with anybody in them: `rows` × `columns` in each, which share the cell's people evenly."""
    west_to_east, south_to_north = np.nonzero(raster.values)
    people = raster.values[west_to_east, south_to_north] / (rows * columns)
    east = raster.step[0] * ((np.arange(columns) + 0.5) / columns - 0.5)
    north = raster.step[1] * ((np.arange(rows) + 0.5) / rows - 0.5)
    lat = raster.lat[south_to_north][:, None] + np.repeat(north, columns)[None, :]
    lon = raster.lon[west_to_east][:, None] + np.tile(east, rows)[None, :]
    return pl.DataFrame({"lat": lat.ravel(), "lon": lon.ravel(), "people": np.repeat(people, rows * columns)})


def _check_inside(files: CityFiles, name: str, points: pl.DataFrame, city_map: CityMap) -> None:
    inside = pl.col("lon").is_between(city_map.west, city_map.east) & pl.col("lat").is_between(
        city_map.south, city_map.north
    )
    outside = points.height - int(points.select(inside.sum()).item())
    if outside:
        message = "cells with people lie outside the map"
        files.faults.add(name, message, "widen the map, or crop the raster", count=outside)
