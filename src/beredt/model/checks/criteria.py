"""Measures of criteria must name figures that results can have."""

from __future__ import annotations

from collections.abc import Iterator

from beredt.model.dictionary import list_result_tables, load_fields
from beredt.model.did_you_mean import find_closest
from beredt.model.issue import Issue
from beredt.model.reading.table import Table, Tables

ALTERNATIVE = "alternative"


def check_criteria(tables: Tables) -> Iterator[Issue]:
    """Unknown result tables and columns, and rows that cannot be named."""
    if "criterion_measures" not in tables:
        return
    table = tables["criterion_measures"]
    for position, row in enumerate(table.frame.iter_rows(named=True)):
        name = row["source_table"]
        if name is None:
            continue
        known = list_result_tables()
        if name not in known:
            yield _unknown(table, position, "source_table", name, known, "result table")
            continue
        columns = [field.name for field in load_fields(f"results/{name}")]
        if ALTERNATIVE not in columns:
            message = f"{name} tells no alternatives apart"
            yield table.issue([position], "source_table", message, "name a table with a column `alternative`")
        if row["column"] is not None and row["column"] not in columns:
            yield _unknown(table, position, "column", row["column"], columns, f"column of {name}")
        yield from _check_where(table, position, row["where"] or "", columns)


def _check_where(table: Table, position: int, where: str, columns: list[str]) -> Iterator[Issue]:
    seen: set[str] = set()
    for part in where.split(";"):
        key, equals, _ = (one.strip() for one in part.partition("="))
        if not equals or not key or key in seen:
            message, remedy = f"{part.strip()!r} is not key=value, or names its key again", "write key=value;key=value"
            yield table.issue([position], "where", message, remedy)
        elif key not in columns:
            yield _unknown(table, position, "where", key, columns, "column")
        elif key == ALTERNATIVE:
            yield table.issue([position], "where", "the alternative is not chosen here", "leave it out")
        seen.add(key)


def _unknown(
    table: Table, position: int, field: str, value: str, known: list[str] | tuple[str, ...], what: str
) -> Issue:
    close = find_closest(value, known)
    remedy = f"did you mean {close}?" if close else "name one of " + ", ".join(known)
    return table.issue([position], field, f"there is no {what} {value!r}", remedy, value=value)
