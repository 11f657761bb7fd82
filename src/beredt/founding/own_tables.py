"""Tables that somebody brings along: where people live, where stations and hospitals are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from beredt.errors import FoundingError
from beredt.founding.borders import slug
from beredt.founding.places import Place
from beredt.model.issue import Issue

ALL = "All"
"""The municipality of people of whom none is told."""
MOST_CARS = 50


@dataclass(frozen=True, slots=True, eq=False)
class OwnTables:
    """`people`: lat, lon, people, municipality; stations, of which `cars` tells ambulances by id; hospitals.

    `cars` is None where the table does not say.
    """

    people: pl.DataFrame
    stations: tuple[Place, ...]
    hospitals: tuple[Place, ...]
    cars: dict[str, int] | None


def read_own_tables(people: Path, stations: Path, hospitals: Path) -> OwnTables:
    """Read three tables. Raises FoundingError with everything that is wrong in them."""
    issues: list[Issue] = []
    living = _read(people, ("people",), issues)
    sites = _read(stations, ("name",), issues)
    ends = _read(hospitals, ("name",), issues)
    if living is not None and not issues and living["people"].sum() <= 0:
        issues.append(
            _issue(people, None, "people", None, 1, "nobody lives anywhere", "tell how many people live where")
        )
    cars = None if sites is None or "cars" not in sites.columns else _cars(sites, stations, issues)
    if issues or living is None or sites is None or ends is None:
        raise FoundingError(issues)
    if "municipality" not in living.columns:
        living = living.with_columns(municipality=pl.lit(ALL))
    living = living.with_columns(pl.col("municipality").cast(pl.String).fill_null(ALL)).filter(pl.col("people") > 0)
    named = _places(sites)
    of_station = None if cars is None else {one.id: number for one, number in zip(named, cars, strict=True)}
    return OwnTables(
        living.select("lat", "lon", "people", "municipality"),
        tuple(sorted(named, key=lambda one: one.id)),
        tuple(sorted(_places(ends), key=lambda one: one.id)),
        of_station,
    )


def _read(path: Path, needed: tuple[str, ...], issues: list[Issue]) -> pl.DataFrame | None:
    """A table with lat, lon and the columns needed; None where it cannot be used, with the reason in `issues`."""
    columns = ("lat", "lon", *needed)
    remedy = f"give CSV or Parquet with the columns {', '.join(columns)}; places in degrees"
    try:
        table = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as fault:
        issues.append(_issue(path, None, None, None, 1, f"the table cannot be read: {fault}".splitlines()[0], remedy))
        return None
    missing = [name for name in columns if name not in table.columns]
    if missing or table.is_empty():
        what = f"there is no column {', '.join(missing)}" if missing else "there are no rows"
        issues.append(_issue(path, None, ", ".join(missing) or None, None, 1, what, remedy))
        return None
    numbers = ("lat", "lon", *(("people",) if "people" in needed else ()))
    found = table.with_columns(pl.col(name).cast(pl.Float64, strict=False) for name in numbers)
    lowest = {"lat": -90.0, "lon": -180.0, "people": 0.0}
    highest = {"lat": 90.0, "lon": 180.0, "people": 1e7}
    before = len(issues)
    for name in numbers:
        good = (found[name].is_between(lowest[name], highest[name])).fill_null(value=False)
        issues += _rows(path, table, name, (~good).to_numpy(), f"{name} is no number from {lowest[name]:g} to "
                        f"{highest[name]:g}", remedy)  # fmt: skip
    if "name" in needed:
        empty = table["name"].cast(pl.String).str.strip_chars().fill_null("") == ""
        issues += _rows(path, table, "name", empty.to_numpy(), "there is no name", "name it as people do")
    return found if len(issues) == before else None


def _rows(path: Path, table: pl.DataFrame, name: str, wrong: np.ndarray, message: str, remedy: str) -> list[Issue]:
    """One issue for all rows with the same fault, at the first of them."""
    rows = np.flatnonzero(wrong)
    if not len(rows):
        return []
    value = table[name][int(rows[0])]
    return [_issue(path, int(rows[0]) + 2, name, None if value is None else str(value), len(rows), message, remedy)]


def _cars(sites: pl.DataFrame, path: Path, issues: list[Issue]) -> list[int]:
    told = sites["cars"].cast(pl.Int64, strict=False)
    good = told.is_between(0, MOST_CARS).fill_null(value=False)
    message = f"cars is no whole number from 0 to {MOST_CARS}"
    issues += _rows(path, sites, "cars", (~good).to_numpy(), message, "tell ambulances round the clock, or no column")
    if good.all() and told.sum() == 0:
        issues.append(_issue(path, None, "cars", "0", len(told), "no station has a car", "give one of them a car"))
    return told.fill_null(0).to_list()


def _places(table: pl.DataFrame) -> list[Place]:
    """Places in the order of the rows; two of one name are told apart by a number."""
    taken: dict[str, int] = {}
    places = []
    for name, lat, lon in table.select("name", "lat", "lon").iter_rows():
        base = slug(str(name))[:60]
        taken[base] = taken.get(base, 0) + 1
        own = base if taken[base] == 1 else f"{base}-{taken[base]}"
        places.append(Place(own, str(name).strip(), round(lat, 6), round(lon, 6), None, {}))
    return places


def _issue(
    path: Path, row: int | None, field: str | None, value: str | None, count: int, message: str, remedy: str
) -> Issue:
    return Issue(path.name, row, field, value, count, message, remedy)
