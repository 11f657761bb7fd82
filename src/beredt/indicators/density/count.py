"""How many incidents and missions each square of a grid had in a period, of logs of any length."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from beredt.errors import OutOfRangeError
from beredt.indicators.count_alike import count_alike
from beredt.indicators.observing.days import ServiceDays
from beredt.indicators.observing.stretches import unit_missions
from beredt.indicators.square_grid import AT_ONCE, NOWHERE, SquareGrid, grid_around
from beredt.missions.store import Store

SQUARE_M = 1_000

INCIDENT, MISSION = "incident", "mission"
"""What is counted: incidents by urgency, missions by kind of unit."""


@dataclass(frozen=True, slots=True, eq=False)
class SquareCounts:
    """Counts of one period.

    `squares` has the columns east, north (Int32, of `grid`), counting (incident or mission), part (the urgency of
    incidents, the kind of unit of missions, "" where nothing is known) and n; `placed` and `all` count by `counting`
    how many have a position, and how many there are.
    """

    grid: SquareGrid
    days: ServiceDays
    squares: pl.DataFrame
    placed: dict[str, int]
    all: dict[str, int]


def grid_of_store(store: Store, size_m: int = SQUARE_M) -> SquareGrid:
    """The grid for the region of a log.

    Args:
        store: the log.
        size_m: side of a square, ≥ 100 m.

    Raises:
        OutOfRangeError: the squares are too small to be anything but addresses, or no incident has a position.
    """
    if size_m < LEAST_SQUARE_M:
        raise OutOfRangeError("the side of a square", size_m, f"give {LEAST_SQUARE_M} m or more")
    lat, lon = store.incidents().select(pl.col("lat", "lon").median()).collect(engine="streaming").row(0)
    if lat is None or lon is None:
        raise OutOfRangeError("the number of incidents with a position", 0, "a log without positions has no map")
    return grid_around(lat, lon, size_m)


LEAST_SQUARE_M = 100


def count_squares(store: Store, days: ServiceDays, grid: SquareGrid) -> SquareCounts:
    """Count the incidents with a call in some days, and the missions to them that were not cancelled, by square.

    Args:
        store: the log.
        days: whose calls count.
        grid: the squares.
    """
    incidents = store.incidents().select("call_t", "lat", "lon", part="urgency")
    missions = unit_missions(store).filter(~pl.col("cancelled")).select("call_t", "lat", "lon", part="unit_kind")
    found, placed, total = [], {}, {}
    for counting, rows in ((INCIDENT, incidents), (MISSION, missions)):
        counted = _by_square(rows.filter(days.called()), grid).with_columns(counting=pl.lit(counting))
        somewhere = counted.filter(pl.col("east") != NOWHERE)
        placed[counting], total[counting] = int(somewhere["n"].sum()), int(counted["n"].sum())
        found.append(somewhere)
    squares = pl.concat(found).select("east", "north", "counting", "part", "n")
    return SquareCounts(grid, days, squares.sort(pl.exclude("n")), placed, total)


_COUNTED = {"part": pl.String(), "east": pl.Int32(), "north": pl.Int32(), "n": pl.Int64()}


def _by_square(rows: pl.LazyFrame, grid: SquareGrid) -> pl.DataFrame:
    counted = [pl.DataFrame(schema=_COUNTED)]
    for part in rows.select("lat", "lon", "part").collect_batches(chunk_size=AT_ONCE):
        lat, lon = (part[name].fill_null(float("nan")).to_numpy() for name in ("lat", "lon"))
        east, north = grid.squares(lat, lon)
        found = count_alike(pl.DataFrame({"part": part["part"], "east": east, "north": north}))
        counted.append(found.with_columns(pl.col("part").cast(pl.String).fill_null("")))
    keys = ("part", "east", "north")
    return pl.concat(counted).group_by(keys).agg(pl.col("n").sum()).select("part", "n", "east", "north")
