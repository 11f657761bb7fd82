"""A file of tables, each under its name, as the simulator JEMSS writes and reads them.

A table is a line that begins with its name, a header line, and rows, up to a line whose first cell is empty. After
the name may stand how many rows and columns there are. The header ends at its first empty cell; columns to the right
of it are remarks. Files may be gzipped.
"""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from beredt.model.reading.text import decode
from beredt.simulation.jemss.faults import Faults
from beredt.simulation.jemss.jemss_table import JemssTable

GZIP_MAGIC = b"\x1f\x8b"


def read_table_file(path: Path, file: str, faults: Faults) -> dict[str, JemssTable] | None:
    """The tables of a file by name; None (and a fault) if it cannot be read. `file` is what issues call it."""
    content = _content(path, file, faults)
    if content is None:
        return None
    text, issues = decode(file, content)
    faults.issues += issues
    if text is None:
        return None
    return parse_tables(text, file, faults)


def parse_tables(text: str, file: str, faults: Faults) -> dict[str, JemssTable]:
    """The tables in the text of a file."""
    tables: dict[str, JemssTable] = {}
    for block in _quoted_blocks(text, file, faults) if '"' in text else _plain_blocks(text):
        table = _table(block, file, faults)
        if table is not None and table.name in tables:
            message = f"a second table {table.name}"
            faults.add(file, message, "keep one of the two", row=block.lines[0], value=table.name)
        elif table is not None:
            tables[table.name] = table
    return tables


def get_table(tables: Mapping[str, JemssTable] | None, name: str, file: str, faults: Faults) -> JemssTable | None:
    """The table of this name; None (and a fault) if the file has none, or one without rows.

    No second fault where the file could not be read at all (None).
    """
    if tables is None:
        return None
    table = tables.get(name)
    if table is None:
        found = f"it has {', '.join(tables)}" if tables else "it has none"
        faults.add(file, f"there is no table {name} in the file", f"add the table; {found}", field=name)
    elif not table.height:
        faults.add(file, f"the table {name} has no rows", "add its rows", row=table.header_line, field=name)
        return None
    return table


def _content(path: Path, file: str, faults: Faults) -> bytes | None:
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        faults.add(file, f"the file cannot be read: {reason}", "make it a readable file")
        return None
    if not content.startswith(GZIP_MAGIC):
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        faults.add(file, f"the gzip file is damaged or cut off: {error}", "copy it again from its source")
        return None


class _Block(NamedTuple):
    """The lines of one table: line numbers, the cells of the first two lines, and a column for each header cell.

    `header` includes empty cells and remarks. In `body`, all text, a row that is too short has nulls.
    """

    lines: Sequence[int]
    first: list[str]
    header: list[str]
    body: pl.DataFrame


def _plain_blocks(text: str) -> Iterator[_Block]:
    """The tables of a text without quotation marks, in which every comma parts two cells."""
    lines = text.split("\n")
    begins = [bool(line) and bool(line.partition(",")[0].strip()) for line in lines]
    for start, end in _stretches(begins):
        header = lines[start + 1].split(",") if end - start > 1 else []
        rows = pl.Series("row", lines[start + 2 : end], dtype=pl.String)
        # One cell more than the header has, for whatever stands to the right of it.
        cells = rows.str.split_exact(",", len(header)).struct.unnest()
        yield _Block(range(start + 1, end + 1), lines[start].split(","), header, cells[:, : len(header)])


def _quoted_blocks(text: str, file: str, faults: Faults) -> Iterator[_Block]:
    """The tables of a text with quotation marks, up to the first row that cannot be parsed."""
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline="\n"), strict=True)
    try:
        for row in reader:
            rows.append(row)
            lines.append(reader.line_num)
    except csv.Error as error:
        remedy = 'close every quotation mark; write a " inside a cell as ""'
        faults.add(file, f"the row cannot be read: {error}", remedy, row=reader.line_num)
    for start, end in _stretches([bool(row) and bool(row[0].strip()) for row in rows]):
        header = rows[start + 1] if end - start > 1 else []
        body = [[*row[: len(header)], *[None] * (len(header) - len(row))] for row in rows[start + 2 : end]]
        schema = {str(number): pl.String for number in range(len(header))}
        yield _Block(lines[start:end], rows[start], header, pl.DataFrame(body, schema=schema, orient="row"))


def _stretches(begins: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last row (exclusive) of every stretch of rows whose first cell is not empty."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], np.asarray(begins, dtype=np.bool_), [False]])))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _table(block: _Block, file: str, faults: Faults) -> JemssTable | None:
    name, line = block.first[0].strip(), block.lines[0]
    if len(block.lines) == 1:
        faults.add(file, f"the table {name} has no header line", "name its columns in the next line", row=line)
        return None
    titles = [cell.strip() for cell in block.header]
    header = list(itertools.takewhile(bool, titles))
    header_line, lines = block.lines[1], block.lines[2:]
    twice = sorted({one for one in header if header.count(one) > 1})
    if twice:
        message = f"two columns of table {name} have the same name"
        faults.add(file, message, "give each column its own name", row=header_line, field=twice[0])
        return None
    short = np.flatnonzero(block.body[:, len(header) - 1].is_null().to_numpy()).tolist()
    faults.add_rows(
        file,
        [lines[row] for row in short],
        name,
        [f"fewer than {len(header)} cells"] * len(short),
        f"the row of table {name} has fewer cells than the header",
        "give every column a cell",
    )
    _check_counts(name, block.first, (len(lines), len(header)), line, file, faults)
    cells = block.body.select(pl.all().fill_null("").str.strip_chars()).get_columns()
    columns = dict(zip(header, cells, strict=False))
    remarks = {title: column for title, column in zip(titles, cells, strict=True) if title and title not in columns}
    return JemssTable(file, name, header_line, columns, remarks, lines, faults)


def _check_counts(name: str, first: list[str], found: tuple[int, int], line: int, file: str, faults: Faults) -> None:
    """The numbers of rows and columns that may stand after the name of the table."""
    for what, cell, count in zip(("rows", "columns"), first[1:3], found, strict=False):
        text = cell.strip()
        if text and _as_float(text) != count:
            message = f"the table {name} is said to have {text} {what}, and has {count}"
            remedy = "complete the table, or correct the number"
            faults.add(file, message, remedy, row=line, field=name, value=text)


def _as_float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
