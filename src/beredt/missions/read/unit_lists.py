"""Cells that list several units: from a row per incident to a row per unit."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from beredt.missions.profile import Lists

AT = "at"
"""Place of the row of an incident in its block."""


def spread_units(cells: Mapping[str, pl.Series], lists: Lists) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give every unit of every row a row of its own.

    Args:
        cells: stamp → [n] text such as `M5=07:05:17, M6=07:06:00`; null for none.
        lists: what stands between units, and between a unit and its time.

    Returns:
        The rows of units: `at` (place of the row, 0 … n−1), `part` (place of the unit in it, in the order in which
        units are first named), `unit`, and the text of each stamp. Of a unit that a cell names twice, the first time
        counts, but the last one of being free. And those cells: `at`, `part`, `field`, all `before`, and `after`.
    """
    long = pl.concat([_entries(stamp, column, lists) for stamp, column in cells.items()])
    units = (
        long.group_by(AT, "unit", maintain_order=True)
        .agg(first=pl.int_range(pl.len()).first())
        .with_columns(part=pl.int_range(pl.len(), dtype=pl.Int16).over(AT))
        .select(AT, "unit", "part")
        .sort(AT, "part")
    )
    last = pl.col("stamp") == "free_t"
    each = long.group_by(AT, "unit", "stamp", maintain_order=True).agg(
        time=pl.when(last.first()).then(pl.col("time").last()).otherwise(pl.col("time").first()),
        all=pl.col("time").str.join(" "),
        different=pl.col("time").n_unique(),
    )
    rows = units
    for stamp in cells:
        times = each.filter(pl.col("stamp") == stamp).select(AT, "unit", pl.col("time").alias(stamp))
        rows = rows.join(times, on=[AT, "unit"], how="left", maintain_order="left")
    repeated = (
        each.filter(pl.col("different") > 1)
        .join(units, on=[AT, "unit"], maintain_order="left")
        .select(
            AT, "part", pl.col("stamp").alias("field"), pl.col("all").alias("before"), pl.col("time").alias("after")
        )
    )
    return rows, repeated


def _entries(stamp: str, column: pl.Series, lists: Lists) -> pl.DataFrame:
    """One row per entry of a cell, in order."""
    cut = pl.col("entry").str.splitn(lists.equals, 2).struct
    return (
        pl.DataFrame({"entry": column.str.split(lists.between)})
        .with_row_index(AT)
        .explode("entry")
        .filter(pl.col("entry").str.strip_chars() != "")
        .select(
            AT,
            pl.lit(stamp).alias("stamp"),
            cut.field("field_0").str.strip_chars().alias("unit"),
            cut.field("field_1").str.strip_chars().fill_null("").alias("time"),
        )
    )
