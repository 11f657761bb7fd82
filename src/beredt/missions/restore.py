"""What a log said before it was cleaned, worked out from what became of it and from the list of corrections."""

from __future__ import annotations

import numpy as np
import polars as pl

from beredt.missions.checks.local_clock import to_local
from beredt.missions.checks.rule import load_rules
from beredt.missions.checks.sheet import milliseconds, numbers, read_clock, time_series
from beredt.missions.cleaning_context import CleaningContext
from beredt.missions.coordinates import from_degrees
from beredt.missions.schema import STAMPS

COORDINATES = ("x", "y")

DECIMALS = 3
"""Coordinates are given back to the millimetre."""


def restore(missions: pl.DataFrame, corrections: pl.DataFrame, context: CleaningContext) -> pl.DataFrame:
    """Undo every correction that cleaning has made; those of reading, which are about cells of the log, stay.

    Args:
        missions: Rows with the columns of MISSIONS.
        corrections: Of these rows, and perhaps of others.
        context: With which they were cleaned.

    Returns:
        The same rows by `row_id`: stamps as the log's clock showed them (a Datetime without a zone), codes as they
        were written where the profile did not know them, `x` and `y` as they stood in the log, `lat` and `lon` where
        it gave degrees. Rows whose positions were not corrected have theirs worked out again, to the millimetre.
        `marks` and `incident` stay: they say what was found, and change nothing.
    """
    rows = missions.sort("row_id")
    rows = rows.with_columns(_shown(rows[name], context) for name in STAMPS)
    x, y = from_degrees(numbers(rows["lat"]), numbers(rows["lon"]), context.crs)
    rows = rows.with_columns(
        pl.Series(name, np.round(values, DECIMALS)).fill_nan(None)
        for name, values in zip(COORDINATES, (x, y), strict=True)
    )
    cleaning = [name for name, rule in load_rules().items() if rule.cleans]
    own = corrections.filter(pl.col("rule").is_in(cleaning))
    first = own.unique(["row_id", "field"], keep="first", maintain_order=True)
    for (field,), changes in first.partition_by("field", as_dict=True, maintain_order=True).items():
        rows = _undo(rows, str(field), changes)
    return rows


def _undo(rows: pl.DataFrame, field: str, changes: pl.DataFrame) -> pl.DataFrame:
    before = changes["before"]
    dtype = rows.schema[field]
    values = read_clock(before) if field in STAMPS else before.cast(dtype)
    old = changes.select("row_id", known=pl.lit(value=True)).with_columns(before=values)
    joined = rows.join(old, on="row_id", how="left", maintain_order="left")
    value = pl.when(pl.col("known").fill_null(value=False)).then(pl.col("before")).otherwise(pl.col(field))
    return joined.with_columns(value.alias(field)).drop("known", "before")


def _shown(stamps: pl.Series, context: CleaningContext) -> pl.Series:
    """What the log's clock showed."""
    times = milliseconds(stamps)
    clock = to_local(times, context.zone) if context.local_clock else times
    return time_series(clock, pl.Datetime("ms")).alias(stamps.name)
