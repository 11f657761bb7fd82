"""Tables about a log as the field dictionary wants them: `model/fields/missions_report/<table>.csv`."""

from __future__ import annotations

import polars as pl

from beredt.model.dictionary import load_fields

_TYPES = {"int": pl.Int64(), "float": pl.Float64(), "bool": pl.Boolean()}


def report_table(name: str, table: pl.DataFrame) -> pl.DataFrame:
    """The table with the columns and types of its dictionary, in the order of the rows given.

    Raises:
        KeyError: The table has not the columns of its dictionary.
    """
    fields = load_fields(f"missions_report/{name}")
    schema = {field.name: _TYPES.get(field.base_type, pl.String()) for field in fields}
    if set(table.columns) != set(schema):
        raise KeyError(f"table {name} has the columns {sorted(table.columns)}, its dictionary {sorted(schema)}")
    return table.select(pl.col(column).cast(dtype) for column, dtype in schema.items())
