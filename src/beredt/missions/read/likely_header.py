"""Which row of a log looks like its header, where titles stand above it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from beredt.missions.profile import FileHabits
from beredt.missions.read.csv_layout import find_layout
from beredt.missions.read.encoding import to_utf8
from beredt.missions.read.open_log import SHEETS
from beredt.missions.read.text_stream import is_wide, sniff

ROWS = 20
"""Rows from the top that are looked at."""


def find_likely_header(path: Path) -> int | None:
    """The first row, counted from 1, that names far more columns than the first does; None where the first is it.

    Args:
        path: A log that can be opened.
    """
    name = path.name.lower()
    if name.endswith(".parquet"):
        return None
    return likely_header(_of_sheet(path) if name.endswith(SHEETS) else _of_text(path))


def likely_header(rows: Sequence[Sequence[str]]) -> int | None:
    """The same of the cells of some rows."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:ROWS]]
    if not filled or 2 * filled[0] > max(filled):
        return None
    return next(at for at, cells in enumerate(filled, start=1) if 2 * cells > max(filled))


def _of_text(path: Path) -> list[list[str]]:
    sample, encoding = sniff(path, FileHabits().encoding)
    text = to_utf8(sample, "utf-8" if is_wide(encoding) else encoding)[0]
    lines = text.decode("utf-8", errors="replace").splitlines()[:ROWS]
    layouts = [find_layout(line.encode()) for line in lines]
    widest = max((one for one in layouts if one), key=lambda one: len(one.columns), default=None)
    return list(csv.reader(lines, delimiter=widest.delimiter)) if widest else []


def _of_sheet(path: Path) -> list[list[str]]:
    import fastexcel

    sheet = fastexcel.read_excel(path).load_sheet(0, header_row=None, skip_rows=0, n_rows=ROWS, dtypes="string")
    return [[cell or "" for cell in row] for row in sheet.to_polars().iter_rows()]
