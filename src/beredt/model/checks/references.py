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
        if field.refers_to and len(targets) == len(field.refers_to) and not _all_there(table, field, tables):
            known = sorted(set().union(*(_ids(tables[name], column) for name, column in targets)))
            yield from _dangling(table, field, known)


def _all_there(table: Table, field: Field, tables: Tables) -> bool:
    """Whether every cell has its row, told at a glance: tables may have a hundred thousand rows."""
    column = table.frame[field.name]
    if isinstance(column.dtype, pl.List):
        return False
    known = pl.concat([tables[name].frame[target] for name, target in field.refers_to])
    return bool(column.drop_nulls().is_in(known.drop_nulls().implode()).all())


def _ids(table: Table, column: str) -> set[str | int]:
    return set(table.frame[column].drop_nulls())


def _dangling(table: Table, field: Field, known: list[str | int]) -> Iterator[Issue]:
    there = set(known)
    missing: dict[str | int, list[int]] = {}
    for position, cell in enumerate(table.frame[field.name].to_list()):
        for value in cell if isinstance(cell, list) else [] if cell is None else [cell]:
            if value not in there:
                missing.setdefault(value, []).append(position)
    where = " or ".join(f"{name}.{column}" for name, column in field.refers_to)
    if len(missing) > MOST_TOLD:
        positions = sorted(set().union(*missing.values()))
        first = next(iter(missing))
        message = f"{len(missing)} different ids are not in {where}, the first {first!r}"
        yield table.issue(positions, field.name, message, "compare the two tables", value=str(first))
        return
    for value, positions in missing.items():
        names = [one for one in known if isinstance(one, str)]
        close = find_closest(value, names) if isinstance(value, str) else None
        remedy = f"did you mean {close}? Otherwise add it there" if close else "add it there, or refer to another"
        yield table.issue(positions, field.name, f"there is no {value!r} in {where}", remedy, value=str(value))
