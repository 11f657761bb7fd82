"""CSV to a raw table: comma-separated, one header line, every row as long as the header."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import polars as pl

from beredt.model.issue import Issue, shown
from beredt.model.reading.raw_table import RawTable

Rows = list[tuple[int, list[str]]]


def read_csv_table(file: str, text: str) -> tuple[RawTable | None, tuple[Issue, ...]]:
    """The raw table in `text`, without the rows that are torn. None when not even the header can be read."""
    rows, issues = _rows(file, text)
    if not rows:
        issues.append(
            Issue(file, 1, None, None, 1, "the file has no header line", "begin with the names of the columns")
        )
        return None, tuple(issues)
    (line, header), body = rows[0], rows[1:]
    header = [name.strip() for name in header]
    if len(header) == 1 and ";" in header[0]:
        message = "the columns are separated by semicolons"
        return None, (Issue(file, line, None, shown(header[0]), 1, message, "separate them by commas"),)
    if any(not name for name in header) or len(set(header)) < len(header):
        twice = sorted({name or "(empty)" for name in header if not name or header.count(name) > 1})
        message = f"columns without a name or with the same name: {', '.join(twice)}"
        return None, (Issue(file, line, twice[0], None, len(twice), message, "name each column, each name once"),)
    torn = [(number, row) for number, row in body if len(row) != len(header)]
    if torn:
        issues.append(_torn_issue(file, torn, len(header)))
    whole = [(number, row) for number, row in body if len(row) == len(header)]
    if text and not text.endswith("\n"):
        message = "the last line does not end: the file may have been cut off"
        issues.append(
            Issue(file, rows[-1][0], None, None, 1, message, "compare with the source; end the last line", None, None,
                  "warning")
        )  # fmt: skip
    return RawTable(file, _frame(header, [row for _, row in whole]), tuple(number for number, _ in whole)), tuple(
        issues
    )


def _rows(file: str, text: str) -> tuple[Rows, list[Issue]]:
    """All rows that are not blank, with the line in which each ends, up to the first that cannot be parsed."""
    rows: Rows = []
    reader = csv.reader(io.StringIO(text, newline="\n"), strict=True)
    try:
        rows.extend((reader.line_num, row) for row in reader if row)
    except csv.Error as error:
        remedy = 'close every quotation mark; write a " inside a cell as ""'
        return rows, [Issue(file, reader.line_num, None, None, 1, f"the row cannot be read: {error}", remedy)]
    return rows, []


def _torn_issue(file: str, torn: Rows, width: int) -> Issue:
    line, row = torn[0]
    return Issue(
        file,
        line,
        None,
        shown(",".join(row)),
        len(torn),
        f"the row has {len(row)} cells, the header has {width}",
        "give every column a cell; put cells with commas in quotation marks",
    )


def _frame(header: Sequence[str], rows: Sequence[Sequence[str]]) -> pl.DataFrame:
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in header]
    frame = pl.DataFrame(
        {name: pl.Series(name, column, dtype=pl.String) for name, column in zip(header, columns, strict=True)}
    )
    return frame.with_columns(pl.all().str.strip_chars())
