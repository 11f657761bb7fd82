"""A file of places where stations may be: a row for each, every fault of it an issue.

What each column holds stands in `model/fields/site/candidates.csv`. A row with the id of a station of the study speaks
of that station: it changes what is given, and leaves the rest.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from beredt.model.checks.places import check_places
from beredt.model.issue import Issue
from beredt.model.reading.own_table import OwnTable
from beredt.model.reading.table import Table
from beredt.model.service import Service
from beredt.model.settings_sections import Region

WHAT = "file of candidates"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of the file; None where a cell is empty. `lat`, `lon` in degrees; costs in the unit of the budget."""

    id: str
    lat: float | None = None
    lon: float | None = None
    name: str | None = None
    status: str | None = None
    opening_cost: float | None = None
    unit_cost: float | None = None
    moving_cost: float | None = None
    capacity: int | None = None
    centre: str | None = None
    organisation: str | None = None


def read_candidates(path: Path, service: Service, region: Region | None = None) -> tuple[Candidate, ...]:
    """The rows of a file.

    Args:
        path: of a CSV file in UTF-8.
        service: whose stations, centres and organisations rows may name.
        region: in which they must lie, None for anywhere.

    Raises:
        DefinitionError: with every fault of the file.
    """
    return _candidates(_own_table(service, region).read(path))


def parse_candidates(
    file: str, content: bytes, service: Service, region: Region | None = None
) -> tuple[Candidate, ...]:
    """The rows of a file's content; see :func:`read_candidates`."""
    return _candidates(_own_table(service, region).parse(file, content))


def _own_table(service: Service, region: Region | None) -> OwnTable:
    def issues(table: Table) -> list[Issue]:
        outside = () if region is None else check_places(table, region)
        return [*_row_issues(table, service), *outside]

    return OwnTable(WHAT, "site/candidates", issues)


def _candidates(table: Table) -> tuple[Candidate, ...]:
    return tuple(Candidate(**row) for row in table.frame.to_dicts())


def _row_issues(table: Table, service: Service) -> list[Issue]:
    frame = table.frame
    stations = {row.id: row for row in service.stations}
    known = pl.col("id").is_in(list(stations))
    times = Counter(frame["id"].to_list())
    moved = [
        position
        for position, row in enumerate(frame.to_dicts())
        if row["id"] in stations
        and row["lat"] is not None
        and row["lon"] is not None
        and (
            abs(row["lat"] - stations[row["id"]].lat) > _SAME_PLACE
            or abs(row["lon"] - stations[row["id"]].lon) > _SAME_PLACE
        )
    ]
    found = [
        ("id", _where(frame, pl.col("id").is_null()), "the cell is empty", "give every place an id"),
        ("id", [n for n, one in enumerate(frame["id"]) if one is not None and times[one] > 1],
         "the id is there twice", "an id names one place"),
        ("lat", _where(frame, ~known & (pl.col("lat").is_null() | pl.col("lon").is_null())),
         "the place is not known", "give lat and lon, or the id of a station of the study"),
        ("lat", _where(frame, pl.col("lat").is_null() != pl.col("lon").is_null()),
         "lat and lon go together", "give both or neither"),
        ("lat", moved, "the study has the station elsewhere",
         "leave lat and lon out, or give the place an id of its own"),
        *_unknown(frame, "centre", [row.id for row in service.centres]),
        *_unknown(frame, "organisation", [row.id for row in service.organisations]),
    ]  # fmt: skip
    return [table.issue(rows, field, message, remedy) for field, rows, message, remedy in found if rows]


_SAME_PLACE = 1e-4
"""Degrees, some ten metres: nearer than this it is the same place."""


def _unknown(frame: pl.DataFrame, column: str, known: list[str]) -> list[tuple[str, list[int], str, str]]:
    rows = _where(frame, pl.col(column).is_not_null() & ~pl.col(column).is_in(known))
    return [(column, rows, f"the study has no such {column}", f"give one of {', '.join(known)}, or leave it out")]


def _where(frame: pl.DataFrame, condition: pl.Expr) -> list[int]:
    return frame.select(pl.arg_where(condition.fill_null(False))).to_series().to_list()
