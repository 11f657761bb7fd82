"""Cells that are numbers or booleans already, as a Parquet file may hold them: judged without a way through text.

A call trace has a hundred thousand rows; writing its numbers as text and reading them back would take seconds.
"""

from __future__ import annotations

import polars as pl

from beredt.model.field import Field

LONGEST_INT = 10**15
"""Whole numbers have at most 15 digits, as in text."""

_WHOLE: set[type[pl.DataType]] = {pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32}
_FITTING: dict[str, set[type[pl.DataType]]] = {"float": {*_WHOLE, pl.Float64}, "int": _WHOLE, "bool": {pl.Boolean}}


def is_native(field: Field, cells: pl.DataFrame) -> bool:
    """Whether the column of `field` in `cells` has the field's own type, so that no text need be parsed.

    A Float32 is not taken as it is: as text, 0.1 stays 0.1.
    """
    if field.name not in cells.columns:
        return False
    return cells.schema[field.name].base_type() in _FITTING.get(field.base_type, set())


def as_text(name: str, dtype: pl.DataType) -> pl.Expr:
    """A column as a CSV file would hold it: text, empty where nothing is given, booleans as 1 and 0."""
    column = pl.col(name)
    if dtype == pl.String:
        return column
    return (column.cast(pl.Int8) if dtype == pl.Boolean else column).cast(pl.String).fill_null("").str.strip_chars()
