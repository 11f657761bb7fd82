"""Rows must be named once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

import polars as pl

from beredt.model.dictionary import TableDescription
from beredt.model.issue import Issue
from beredt.model.reading.table import Table


def check_keys(table: Table, description: TableDescription) -> Iterator[Issue]:
    """Rows that repeat another row, or another row's key with other values.

    Values are compared, not their spelling: the same ids in another order are the same.
    """
    key = description.key
    columns = table.frame.columns
    if not any(isinstance(table.frame.schema[name], pl.List) for name in key) and (
        table.frame.select(key).is_duplicated().sum() == 0
    ):
        return
    parts = [columns.index(name) for name in key]
    first: dict[tuple[Hashable, ...], tuple[int, tuple[Hashable, ...]]] = {}
    repeated: list[int] = []
    twice: list[int] = []
    for position, cells in enumerate(table.frame.iter_rows()):
        row = tuple(tuple(sorted(cell)) if isinstance(cell, list) else cell for cell in cells)
        named = tuple(row[part] for part in parts)
        if None in named:
            continue
        if named in first:
            (repeated if row == first[named][1] else twice).append(position)
        else:
            first[named] = (position, row)
    positions = {named: position for named, (position, _) in first.items()}
    if repeated:
        yield _issue(table, key, repeated, positions, "the row is repeated", "remove the repetition")
    if twice:
        message = f"duplicate key: another row has the same {', '.join(key)}"
        yield _issue(table, key, twice, positions, message, "keep one of the rows, or give it another key")


def _issue(
    table: Table,
    key: Sequence[str],
    positions: list[int],
    first: dict[tuple[Hashable, ...], int],
    message: str,
    remedy: str,
) -> Issue:
    cells = [table.frame.item(positions[0], name) for name in key]
    named = tuple(tuple(sorted(cell)) if not isinstance(cell, str | int | float) else cell for cell in cells)
    text = ", ".join(";".join(map(str, part)) if isinstance(part, tuple) else str(part) for part in named)
    return table.issue(positions, key[0], f"{message} (first in row {table.lines[first[named]]})", remedy, value=text)
