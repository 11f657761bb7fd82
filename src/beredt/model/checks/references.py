"""What rows refer to must exist."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from beredt.model.dictionary import TableDescription
from beredt.model.did_you_mean import find_closest
from beredt.model.field import Field
from beredt.model.issue import Issue
from beredt.model.reading.table import Table, Tables

MOST_TOLD = 10
"""So many different ids are told one by one; more of them mean that the tables do not belong together."""


def check_references(tables: Tables, description: TableDescription) -> Iterator[Issue]:
    """Ids in a table's columns that the table they refer to does not have, one issue for each of a few ids.

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
    if by_id.height > MOST_TOLD:
        positions = sorted(missing["position"].unique())
        message = f"{by_id.height} different ids are not in {where}, the first {by_id.item(0, 'id')!r}"
        yield table.issue(positions, field.name, message, "compare the two tables", value=by_id.item(0, "id"))
        return
    for value, positions in by_id.iter_rows():
        close = find_closest(value, known)
        remedy = f"did you mean {close}? Otherwise add it there" if close else "add it there, or refer to another"
        yield table.issue(positions, field.name, f"there is no {value!r} in {where}", remedy, value=value)
