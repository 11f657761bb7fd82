"""The same table from several files: rows that say the same count once, rows that contradict are told."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from beredt.model.issue import Issue, shown
from beredt.model.reading.csv_table import read_csv_table
from beredt.model.reading.text import decode

Row = Mapping[str, str]


def join_tables(contents: Mapping[str, bytes], key: Sequence[str]) -> tuple[bytes, list[Issue]]:
    """One table of the rows of all files, in their order.

    Args:
        contents: CSV by path; a single one comes back as it is.
        key: columns that together name a row; without any, rows are joined that say the same in all columns.

    Returns:
        The table, and the issues of reading the files, with one for every later row that says something else than an
        earlier one of the same key.
    """
    if len(contents) == 1:
        return next(iter(contents.values())), []
    rows, issues = _rows(contents)
    columns = list(dict.fromkeys(column for _, _, row in rows for column in row))
    kept: dict[tuple[str, ...], tuple[str, Row]] = {}
    for file, line, row in rows:
        name = tuple(row.get(column, "") for column in key or columns)
        first_file, first = kept.setdefault(name, (file, row))
        for column in columns:
            if first.get(column, "") != row.get(column, ""):
                issues.append(_contradiction(file, line, column, row, first_file))
                break
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for _, row in kept.values())
    return text.getvalue().encode(), issues


def _rows(contents: Mapping[str, bytes]) -> tuple[list[tuple[str, int, Row]], list[Issue]]:
    """The rows of all files, each with its file and its line there, and what is wrong with the files."""
    rows: list[tuple[str, int, Row]] = []
    issues: list[Issue] = []
    for file, content in contents.items():
        text, found = decode(file, content)
        table, more = (None, ()) if text is None else read_csv_table(file, text)
        issues += (*found, *more)
        if table is not None:
            rows += [(file, *one) for one in zip(table.lines, table.cells.iter_rows(named=True), strict=True)]
    return rows, issues


def _contradiction(file: str, line: int, column: str, row: Row, first: str) -> Issue:
    return Issue(
        file,
        line,
        column,
        shown(row.get(column, "")),
        1,
        f"{first} says something else in this row of the same table",
        "ask for these examples in runs of their own, or make their rows agree",
    )
