"""Raw table to typed table, by the field dictionary."""

from __future__ import annotations

import polars as pl

from beredt.model.dictionary import TableDescription
from beredt.model.did_you_mean import find_closest
from beredt.model.issue import Issue, shown
from beredt.model.reading.cells import parse_cells
from beredt.model.reading.native_cells import as_text, is_native
from beredt.model.reading.raw_table import RawTable
from beredt.model.reading.table import Table


def type_table(description: TableDescription, raw: RawTable) -> tuple[Table, tuple[Issue, ...]]:
    """The typed table and all faults of its header and cells. Columns that are missing are null or their default."""
    native = {field.name for field in description.fields if is_native(field, raw.cells)}
    frame, faults = parse_cells(description.fields, _readable(raw.cells, native))
    table = Table(description.name, raw.file, frame, raw.cells, raw.lines)
    issues = _header_issues(description, raw)
    issues += [table.issue(fault.positions, fault.field, fault.message, fault.remedy) for fault in faults]
    if not raw.lines and not description.may_be_empty:
        issues.append(table.whole_issue(None, "the table has no rows", "add rows: a study cannot do without"))
    return table, tuple(issues)


def _readable(cells: pl.DataFrame, native: set[str]) -> pl.DataFrame:
    """The cells with every column as text that is not native."""
    schema = cells.schema
    if all(name in native or dtype == pl.String for name, dtype in schema.items()):
        return cells
    return cells.select(pl.col(name) if name in native else as_text(name, dtype) for name, dtype in schema.items())


def _header_issues(description: TableDescription, raw: RawTable) -> list[Issue]:
    names = [field.name for field in description.fields]
    missing = [field.name for field in description.fields if field.required and field.name not in raw.cells.columns]
    issues = []
    for column in raw.cells.columns:
        if column not in names:
            close = find_closest(column, names)
            remedy = f"did you mean {close}?" if close else "remove the column; columns are " + ", ".join(names)
            issues.append(Issue(raw.file, 1, shown(column), None, 1, "no such column", remedy))
    for column in missing:
        text = description.get_field(column).range_text()
        issues.append(Issue(raw.file, 1, column, None, 1, "the column is missing", f"add it: {text}"))
    return issues
