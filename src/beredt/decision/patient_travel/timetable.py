"""Health buses as they run in one alternative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from beredt.model.alternative import TODAY

ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Stop:
    """Where and when (seconds after midnight) a bus stops; `km` from the stop before, None by the study's roads."""

    name: str
    lat: float
    lon: float
    time_s: float
    km: float | None
    assumed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A bus with its stops in order, at least two. `seats` are those left for patients of the study."""

    id: str
    organisation: str
    out: bool
    weekdays: tuple[int, ...]
    seats: int
    wheelchairs: int
    everybody: bool
    stops: tuple[Stop, ...]


def read_timetable(lines: pl.DataFrame | None, stops: pl.DataFrame | None, alternative: str) -> tuple[Line, ...]:
    """The lines that run in an alternative.

    At every position of a line the alternative's own row stands in for today's; a line with fewer than two stops does
    not run.
    """
    if lines is None or stops is None or lines.is_empty() or stops.is_empty():
        return ()
    found = []
    for row in lines.iter_rows(named=True):
        own = _stops(stops.filter(pl.col("line") == row["id"]), alternative)
        if len(own) >= 2:
            found.append(_line(row, own))
    return tuple(found)


def _stops(rows: pl.DataFrame, alternative: str) -> tuple[Stop, ...]:
    by_position: dict[int, Mapping[str, Any]] = {}
    for wanted in (TODAY, alternative):
        for row in rows.filter(pl.col("alternative") == wanted).iter_rows(named=True):
            by_position[row["position"]] = row
    ordered = (by_position[position] for position in sorted(by_position))
    return tuple(
        Stop(row["name"], row["lat"], row["lon"], float(row["time"]), row["km"], row["basis"] == ASSUMED)
        for row in ordered
    )


def _line(row: Mapping[str, Any], stops: tuple[Stop, ...]) -> Line:
    return Line(
        id=row["id"],
        organisation=row["organisation"],
        out=row["direction"] == "out",
        weekdays=tuple(row["weekdays"]),
        seats=max(0, row["seats"] - row["taken"]),
        wheelchairs=row["wheelchairs"],
        everybody=row["riders"] == "all",
        stops=stops,
    )
