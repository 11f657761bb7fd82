"""A column of a block read as what it holds, whether its cells are a frame's or still stand among their bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from beredt.missions.profile import FileHabits
from beredt.missions.read.block import Cells
from beredt.missions.read.identity import DIGITS, count_identity_numbers
from beredt.missions.read.numbers import Numbers, read_numbers
from beredt.missions.read.times import Times, read_times
from beredt.missions.read.words import as_text, read_words


def times_in(cells: Cells, column: str, habits: FileHabits, zone: str) -> Times:
    """See `read_times`."""
    if isinstance(cells, pl.DataFrame):
        return read_times(cells[column], habits, zone)
    return cells.times(column, habits, zone)


def numbers_in(cells: Cells, column: str, habits: FileHabits) -> Numbers:
    """See `read_numbers`."""
    if isinstance(cells, pl.DataFrame):
        return read_numbers(cells[column], habits)
    return cells.numbers(column, habits)


def words_in(cells: Cells, column: str, absent: Sequence[str], codes: Mapping[str, str] | None = None) -> pl.Series:
    """See `read_words`."""
    if isinstance(cells, pl.DataFrame):
        return read_words(cells[column], absent, codes)
    return cells.words(column, absent, codes)


def text_in(cells: Cells, column: str, rows: pl.Series) -> pl.Series:
    """What stands in some rows of a column."""
    if isinstance(cells, pl.DataFrame):
        return as_text(cells[column]).gather(rows)
    return cells.text(column, rows.to_numpy())


def identity_numbers_in(cells: Cells, column: str) -> tuple[int, int | None]:
    """See `count_identity_numbers`."""
    if isinstance(cells, pl.DataFrame):
        return count_identity_numbers(cells[column])
    rows = cells.with_digits(column, DIGITS)
    count, first = count_identity_numbers(cells.text(column, rows))
    return count, None if first is None else int(rows[first])


def frame_of(cells: Cells, columns: Sequence[str]) -> pl.DataFrame:
    """The cells as a frame with these columns at least."""
    return cells if isinstance(cells, pl.DataFrame) else pl.DataFrame([cells[name].alias(name) for name in columns])
