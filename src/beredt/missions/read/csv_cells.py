"""The lines of a CSV file told apart into cells, millions at a time, with every row that cannot be."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from beredt.missions.read.csv_layout import HIDDEN, hide_in_brackets

END = "\x1f"
"""Put as a last cell behind every line: where it does not come out last, a row has too few or too many cells."""

MOST_LINES = 50
"""Lines that a cell in quotation marks may run over."""


class Cells(NamedTuple):
    """`frame` has the named columns, null where a cell is empty, and one row per record, empty lines included."""

    frame: pl.DataFrame
    empty: pl.Series
    broken: pl.Series
    joined: pl.Series


def split_cells(content: bytes, columns: Sequence[str], delimiter: str) -> Cells:
    """Tell whole lines apart.

    Args:
        content: UTF-8; whole records, each ended by a line feed.
        columns: of the header.
        delimiter: one character.

    A row with too many cells is tried again with the delimiters inside round brackets left in their cells.
    """
    plain = _parse_plain(content, columns, delimiter)
    if plain is not None:
        no = pl.repeat(value=False, n=plain.height, dtype=pl.Boolean, eager=True)
        return Cells(plain, no, no, no)
    first = _parse(content, columns, delimiter)
    if first is None:
        return _one_by_one(content, columns, delimiter)
    cells, faulty, empty = first
    if not faulty.any():
        return Cells(cells, empty, faulty, faulty)
    again = _parse(hide_in_brackets(content, delimiter.encode()), columns, delimiter)
    if again is None or again[0].height != cells.height:
        return _one_by_one(content, columns, delimiter)
    cells, broken, empty = again
    shown = cells.with_columns(pl.all().str.replace_all(HIDDEN.decode(), delimiter, literal=True))
    blank = shown.with_columns(pl.when(~broken).then(pl.all()))
    return Cells(blank, empty, broken, faulty & ~broken)


def _parse_plain(content: bytes, columns: Sequence[str], delimiter: str) -> pl.DataFrame | None:
    """Cells of text without quotation marks in which every row has as many as the header; None for any other text.

    There are as many delimiters as that asks for, and no row has too many cells, or polars would refuse it: so none
    has too few.
    """
    lines = content.count(b"\n")
    if b'"' in content or content.count(delimiter.encode()) != lines * (len(columns) - 1) or len(columns) == 1:
        return None
    schema = dict.fromkeys((str(number) for number in range(len(columns))), pl.String)
    try:
        frame = pl.read_csv(content, has_header=False, schema=schema, separator=delimiter, quote_char=None)
    except pl.exceptions.PolarsError:
        return None
    if frame.height != lines:
        return None
    frame.columns = list(columns)
    return frame


def _parse(content: bytes, columns: Sequence[str], delimiter: str) -> tuple[pl.DataFrame, pl.Series, pl.Series] | None:
    """Cells, rows without their proper end, and empty lines; None where quotation marks make no sense."""
    ended = content.replace(b"\n", f"{delimiter}{END}\n".encode())
    names = [str(number) for number in range(len(columns) + 1)]
    try:
        frame = pl.read_csv(
            ended,
            has_header=False,
            schema=dict.fromkeys(names, pl.String),
            separator=delimiter,
            truncate_ragged_lines=True,
        )
    except pl.exceptions.PolarsError:
        return None
    end = frame[names[-1]]
    faulty = (end != END).fill_null(value=True)
    # Only then can an end stand in another cell than the last.
    odd = bool(faulty.any()) or frame.height != content.count(b"\n")
    inside = [name for name in names[:-1] if odd and frame[name].str.contains(END, literal=True).any()]
    empty = pl.repeat(value=False, n=frame.height, dtype=pl.Boolean, eager=True)
    if inside:
        lone = frame.select(
            pl.col("0").is_null() & (pl.col("1") == END) & pl.all_horizontal(pl.col(names[2:]).is_null())
        ).to_series()
        empty = lone.fill_null(value=False)
        faulty = faulty & ~empty
        # A cell in quotation marks that runs over several lines holds the end of each.
        mended = [pl.col(name).str.replace_all(f"{delimiter}{END}\n", "\n", literal=True) for name in inside]
        frame = frame.with_columns(mended).with_columns(
            pl.when(~empty).then(pl.col(name)).alias(name) for name in names[:2]
        )
    if b'""' in content:
        frame = frame.with_columns(pl.when(pl.all() != "").then(pl.all()))
    cells = frame.drop(names[-1])
    cells.columns = list(columns)
    return cells, faulty, empty


def _one_by_one(content: bytes, columns: Sequence[str], delimiter: str) -> Cells:
    """The same, slowly and forgivingly: a quotation mark that never ends spoils one row, not the rest of the file."""
    lines = content.decode("utf-8").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    records: list[list[str] | None] = []
    empty, joined = [], []
    at = 0
    while at < len(lines):
        cells, taken = _record(lines, at, len(columns), delimiter)
        empty.append(not lines[at].strip())
        mended = None
        if cells is None and not empty[-1]:
            mended = _with_brackets(lines[at], len(columns), delimiter)
        joined.append(mended is not None)
        records.append(cells or mended)
        at += taken
    broken = [record is None and not blank for record, blank in zip(records, empty, strict=True)]
    blank_row = [""] * len(columns)
    columnwise = zip(*(record or blank_row for record in records), strict=True)
    frame = pl.DataFrame(
        {name: pl.Series(cells, dtype=pl.String) for name, cells in zip(columns, columnwise, strict=True)}
    )
    frame = frame.with_columns(pl.when(pl.all() != "").then(pl.all()))
    return Cells(frame, *(pl.Series(marks, dtype=pl.Boolean) for marks in (empty, broken, joined)))


def _record(lines: Sequence[str], at: int, width: int, delimiter: str) -> tuple[list[str] | None, int]:
    """The cells of the record that begins on a line and how many lines it takes; None for another number of cells."""
    for taken in range(1, min(MOST_LINES, len(lines) - at) + 1):
        text = "\n".join(lines[at : at + taken])
        if text.count('"') % 2 == 0:
            cells = _cells(text, delimiter)
            if len(cells) == width:
                return cells, taken
            break
    plain = lines[at].split(delimiter)
    return (plain, 1) if len(plain) == width and '"' in lines[at] else (None, 1)


def _with_brackets(line: str, width: int, delimiter: str) -> list[str] | None:
    hidden = hide_in_brackets(line.encode(), delimiter.encode()).decode()
    cells = [cell.replace(HIDDEN.decode(), delimiter) for cell in _cells(hidden, delimiter)]
    return cells if len(cells) == width else None


def _cells(text: str, delimiter: str) -> list[str]:
    """Cells of one record; none where it is not even one record."""
    try:
        records = list(csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter))
    except csv.Error:
        return []
    return records[0] if len(records) == 1 else []


def whole_records(content: bytes) -> int:
    """Bytes up to the last line feed that ends a record: one outside quotation marks; 0 where there is none yet.

    Where none of the last lines is outside, a quotation mark was never closed, and the last line feed is taken.
    """
    last = content.rfind(b"\n")
    end, quotes = last, content.count(b'"', 0, last + 1)
    for _ in range(MOST_LINES):
        if end < 0:
            return 0
        if quotes % 2 == 0:
            return end + 1
        before = content.rfind(b"\n", 0, end)
        quotes -= content.count(b'"', before + 1, end + 1)
        end = before
    return last + 1


def places(numbers: Sequence[int], height: int) -> pl.Series:
    """True at these places of a column, false elsewhere."""
    marks = np.zeros(height, np.bool_)
    marks[[number for number in numbers if number < height]] = True
    return pl.Series(marks)
