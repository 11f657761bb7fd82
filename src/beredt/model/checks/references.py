"""What rows refer to must exist."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import polars as pl

from beredt.model.dictionary import TableDescription
from beredt.model.field import Field
from beredt.model.issue import Issue
from beredt.model.reading.table import Table, Tables


def check_references(tables: Tables, description: TableDescription) -> Iterator[Issue]:
    """Ids in a table's columns that the table they refer to does not have, one issue for each different id.

    Silent about tables that could not be read.
    """
    table = tables[description.name]
    for field in description.fields:
        targets = [(name, column) for name, column in field.refers_to if name in tables]
        if field.refers_to and len(targets) == len(field.refers_to):
            known = sorted(set().union(*(_ids(tables[name], column) for name, column in targets)))
            yield from _dangling(table, field, known)


def _ids(table: Table, column: str) -> set[str]:
    return set(table.frame[column].drop_nulls())


def _dangling(table: Table, field: Field, known: list[str]) -> Iterator[Issue]:
    values = table.frame.select(pl.col(field.name).alias("id")).with_row_index("position")
    if field.base_type == "ids":
        values = values.explode("id")
    missing = values.filter(pl.col("id").is_not_null() & ~pl.col("id").is_in(known))
    by_id = missing.group_by("id", maintain_order=True).agg(pl.col("position"))
    where = " or ".join(f"{name}.{column}" for name, column in field.refers_to)
    for value, positions in by_id.iter_rows():
        close = get_close_matches(value, known, n=1)
        remedy = f"did you mean {close[0]}? Otherwise add it there" if close else "add it there, or refer to another"
        yield table.issue(positions, field.name, f"there is no {value!r} in {where}", remedy, value=value)
