"""Rows must be named once."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from beredt.model.dictionary import TableDescription
from beredt.model.issue import Issue
from beredt.model.reading.table import Table


def check_keys(table: Table, description: TableDescription) -> Iterator[Issue]:
    """Rows that repeat another row, or another row's key with other values."""
    if table.frame.is_empty():
        return
    frame = table.frame.with_columns(
        pl.col(name).list.eval(pl.element().cast(pl.String)).list.sort().list.join(";")
        for name, dtype in table.frame.schema.items()
        if isinstance(dtype, pl.List)
    )
    key = list(description.key)
    named = ~frame.select(pl.any_horizontal(pl.col(key).is_null())).to_series()
    repeated = ~frame.select(pl.struct(pl.all()).is_first_distinct()).to_series() & named
    twice = ~frame.select(pl.struct(key).is_first_distinct()).to_series() & named & ~repeated
    if repeated.any():
        yield _issue(table, frame, key, repeated, "the row is repeated", "remove the repetition")
    if twice.any():
        message = f"duplicate key: another row has the same {', '.join(key)}"
        yield _issue(table, frame, key, twice, message, "keep one of the rows, or give it another key")


def _issue(table: Table, frame: pl.DataFrame, key: list[str], at: pl.Series, message: str, remedy: str) -> Issue:
    positions = at.arg_true().to_list()
    values = [frame.item(positions[0], name) for name in key]
    same = frame.select(pl.all_horizontal(pl.col(name) == value for name, value in zip(key, values, strict=True)))
    first = table.lines[same.to_series().fill_null(False).arg_true()[0]]
    text = ", ".join(str(value) for value in values)
    return table.issue(positions, key[0], f"{message} (first in row {first})", remedy, value=text)
