"""Result tables made of rows: columns and types come from the field dictionary, so that the two cannot drift apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isnan

import polars as pl

from beredt.model.dictionary import load_fields

Cell = str | float | int | bool | None

_TYPES: Mapping[str, type[pl.DataType]] = {"float": pl.Float64, "int": pl.Int64, "bool": pl.Boolean}


def result_frame(table: str, rows: Iterable[Mapping[str, Cell]]) -> pl.DataFrame:
    """Rows as a frame with the columns of `fields/results/<table>.csv`, also when there are none.

    NaN becomes null: a figure that could not be known is missing, not a number.
    """
    schema = result_schema(table)
    columns: dict[str, list[Cell]] = {name: [] for name in schema}
    for row in rows:
        if row.keys() != columns.keys():
            raise ValueError(f"a row of {table} has the columns {', '.join(row)}; the table has {', '.join(columns)}")
        for name, cell in row.items():
            columns[name].append(None if isinstance(cell, float) and isnan(cell) else cell)
    return pl.DataFrame(columns, schema=schema)


def result_schema(table: str) -> dict[str, type[pl.DataType]]:
    """Column → polars type of a result table, in the order of the dictionary."""
    return {field.name: _TYPES.get(field.base_type, pl.String) for field in load_fields(f"results/{table}")}
