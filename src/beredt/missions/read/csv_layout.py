"""How a CSV file is laid out: its delimiter, its header, and where its rows begin."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass

from beredt.missions.read.block import unique_names

DELIMITERS = (";", ",", "\t", "|")
LINES = 200
"""Lines below the header that are looked at."""

HIDDEN = b"\x1e"
"""Stands for a delimiter that belongs to a cell, while cells are told apart."""

_BRACKETS = re.compile(rb"\([^()\n]*\)")
_SEPARATOR_LINE = re.compile(rb'^"?sep=(.)"?\r?$', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CsvLayout:
    """`delimiter` is one character; `body` the bytes before the first row; `first_row` its line in a spreadsheet."""

    delimiter: str
    columns: tuple[str, ...]
    body: int
    first_row: int


def find_layout(sample: bytes, delimiter: str = "guess", header: int = 1) -> CsvLayout | None:
    """The layout of a file that begins with `sample`, UTF-8 or ASCII where it matters; None for an empty one.

    Args:
        sample: Beginning of the file, without a byte order mark.
        delimiter: One character, `tab`, or `guess`.
        header: Row of the header, the first being 1; above another than the first may stand whatever there is.
    """
    start, row = 0, 1
    first = sample.split(b"\n", 1)[0]
    named = _SEPARATOR_LINE.match(first)
    if named:
        start, row = len(first) + 1, 2
        delimiter = named[1].decode("latin-1") if delimiter == "guess" else delimiter
    while row < header and b"\n" in sample[start:]:
        start, row = sample.index(b"\n", start) + 1, row + 1
    # Lines without anything above the header, as some systems write them.
    while sample[start : start + 1] in {b"\n", b"\r"}:
        start, row = start + 1, row + (sample[start : start + 1] == b"\n")
    line = sample[start:].split(b"\n", 1)[0]
    if not line.strip():
        return None
    text = line.decode("utf-8", errors="replace").rstrip("\r")
    mark = {"tab": "\t", "\\t": "\t", "guess": _guess_delimiter(text)}.get(delimiter, delimiter)[0]
    names = next(csv.reader([text], delimiter=mark))
    body = start + len(line) + 1
    if _rows_have_one_cell_more(sample[body:], mark, len(names)):
        names = ["", *names]
    return CsvLayout(mark, unique_names(names), body, row + 1)


def _guess_delimiter(header: str) -> str:
    """The candidate that stands most often in the header outside quotation marks."""
    counts = Counter(re.sub(r'"[^"]*"', "", header))
    return max(DELIMITERS, key=lambda mark: (counts[mark], -DELIMITERS.index(mark)))


def _rows_have_one_cell_more(rows: bytes, delimiter: str, width: int) -> bool:
    """Whether every row begins with a cell that the header does not name, as statistical programs write them."""
    lines = hide_in_brackets(rows[: 1 << 20], delimiter.encode()).decode("utf-8", errors="replace").split("\n")[:LINES]
    whole = [line.rstrip("\r") for line in lines[:-1] or lines if line.strip()]
    widths = [len(cells) for cells in csv.reader(whole, delimiter=delimiter)]
    return len(widths) > 0 and all(cells == width + 1 for cells in widths)


def hide_in_brackets(content: bytes, delimiter: bytes) -> bytes:
    """Put HIDDEN in the place of delimiters inside round brackets, as in an unquoted POINT (1, 2)."""
    return _BRACKETS.sub(lambda found: found[0].replace(delimiter, HIDDEN), content)
