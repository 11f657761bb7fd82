"""The same table from several files: rows that say the same count once, rows that contradict are told."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from beredt.model.issue import Issue, shown


def join_tables(contents: Mapping[str, bytes], key: Sequence[str]) -> tuple[bytes, list[Issue]]:
    """One table of the rows of all files, in their order.

    Args:
        contents: CSV by path; a single one comes back as it is.
        key: columns that together name a row; without any, rows are joined that say the same in all columns.

    Returns:
        The table, and an issue for every later row that says something else than an earlier one of the same key.
    """
    if len(contents) == 1:
        return next(iter(contents.values())), []
    rows = [(file, line, row) for file, content in contents.items() for line, row in _rows(content)]
    columns = list(dict.fromkeys(column for _, _, row in rows for column in row))
    kept: dict[tuple[str, ...], tuple[str, dict[str, str]]] = {}
    issues = []
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


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return [(reader.line_num, row) for row in reader]


def _contradiction(file: str, line: int, column: str, row: Mapping[str, str], first: str) -> Issue:
    return Issue(
        file,
        line,
        column,
        shown(row.get(column, "")),
        1,
        f"{first} says something else in this row of the same table",
        "ask for these examples in runs of their own, or make their rows agree",
    )
