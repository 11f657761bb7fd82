"""Tables that must have a row for every combination."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from beredt.model.dictionary import load_tables
from beredt.model.issue import Issue, shown
from beredt.model.reading.table import Table, Tables
from beredt.model.urgency import URGENCIES

OPTIONAL_INTERVAL = "second_on_scene"
"""Only asked for where second units are."""


def check_completeness(tables: Tables, year: int | None) -> Iterator[Issue]:
    """Missing combinations, one issue for each table. `year` is the study's, None if it could not be read."""
    urgencies = pl.Series("urgency", URGENCIES)
    yield from _each(tables, "needs", [urgencies])
    yield from _each(tables, "intervals", [_without(_choices("intervals", "interval"), OPTIONAL_INTERVAL), urgencies])
    yield from _each(tables, "speeds", [_choices("speeds", "purpose")])
    yield from _each(tables, "age_rates", [_choices("age_rates", "age_band")])
    week = [pl.Series("weekday", range(1, 8), pl.Int64), pl.Series("hour", range(24), pl.Int64)]
    yield from _each(tables, "profile", [urgencies, *week])
    yield from _second_on_scene(tables)
    if "areas" in tables:
        areas = tables["areas"].frame
        yield from _each(tables, "rates", [_distinct(areas["rate_region"]), urgencies])
        yield from _each(tables, "hospital_choice", [_distinct(areas["hospital_zone"]), urgencies])
        if year is not None:
            years = pl.Series("year", [year], pl.Int64)
            yield from _each(tables, "population", [_distinct(areas["id"]).alias("area"), years])
            yield from _age_shares(tables, areas, years)
    yield from _border_rules(tables)


def _choices(table: str, field: str) -> pl.Series:
    return pl.Series(field, load_tables()[table].get_field(field).choices)


def _without(values: pl.Series, value: str) -> pl.Series:
    return values.filter(values != value)


def _distinct(values: pl.Series) -> pl.Series:
    return values.drop_nulls().unique(maintain_order=True)


def _each(tables: Tables, name: str, columns: Sequence[pl.Series]) -> Iterator[Issue]:
    """Every combination of the columns' values must be a row."""
    if name in tables and all(len(column) for column in columns):
        wanted = columns[0].to_frame()
        for column in columns[1:]:
            wanted = wanted.join(column.to_frame(), how="cross")
        yield from _missing(tables[name], wanted)


def _missing(table: Table, wanted: pl.DataFrame) -> Iterator[Issue]:
    """One issue for all rows of `wanted` that the table lacks; silent about rows whose key could not be read."""
    key = wanted.columns
    have = table.frame.select(key)
    unread = have.select(pl.any_horizontal(pl.all().is_null()).sum()).item() if have.height else 0
    missing = wanted.join(have, on=key, how="anti", maintain_order="left")
    if missing.height > unread:
        first = ", ".join(f"{name} {value}" for name, value in zip(key, missing.row(0), strict=True))
        more = f" and {missing.height - 1} more" if missing.height > 1 else ""
        yield Issue(
            table.file,
            None,
            ", ".join(key),
            shown(", ".join(str(value) for value in missing.row(0))),
            missing.height,
            f"no row for {first}{more}",
            "add a row for every combination of " + ", ".join(key),
        )


def _second_on_scene(tables: Tables) -> Iterator[Issue]:
    if "needs" in tables and "intervals" in tables:
        asked = tables["needs"].frame.filter(pl.col("second_unit_share") > 0)["urgency"]
        name = pl.Series("interval", [OPTIONAL_INTERVAL])
        yield from _each(tables, "intervals", [name, _distinct(asked)])


def _age_shares(tables: Tables, areas: pl.DataFrame, years: pl.Series) -> Iterator[Issue]:
    regions = _distinct(areas.select(pl.coalesce("district", "municipality").alias("region")).to_series())
    yield from _each(tables, "age_shares", [regions, years, _choices("age_shares", "age_band")])


def _border_rules(tables: Tables) -> Iterator[Issue]:
    if "centres" in tables and "border_rules" in tables:
        centres = _distinct(tables["centres"].frame["id"])
        pairs = centres.alias("asking_centre").to_frame().join(centres.alias("owning_centre").to_frame(), how="cross")
        pairs = pairs.filter(pl.col("asking_centre") != pl.col("owning_centre"))
        if not pairs.is_empty():
            wanted = pairs.join(pl.Series("urgency", URGENCIES).to_frame(), how="cross")
            yield from _missing(tables["border_rules"], wanted)
