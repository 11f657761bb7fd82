"""How many rows of a table are alike, where its columns hold few different values each."""

from __future__ import annotations

from math import prod

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.errors import OutOfRangeError
from beredt.indicators.sort_numbers import sort_numbers

I8 = NDArray[np.int64]

CELLS_A_ROW = 4
"""Cells for every row at most of a table that counts are kept in; where there are more, rows are put in order."""

MOST_CELLS = 1 << 63
"""As many as a whole number of 64 bits can tell apart."""


def count_alike(rows: pl.DataFrame) -> pl.DataFrame:
    """Every row that comes, once, in order of its codes, with how often it does.

    All columns together are written as one whole number: such are counted several times as fast as rows of several
    columns are told apart.

    Args:
        rows: Columns of whole numbers, truths and categories, nulls among them. How far the values of each lie apart,
            multiplied, must be below 2^63.

    Returns:
        The same columns, and `n` (Int64).

    Raises:
        OutOfRangeError: They lie further apart.
    """
    if rows.is_empty():
        return rows.with_columns(n=pl.lit(0, pl.Int64))
    words = {name: rows[name].unique().drop_nulls() for name, dtype in rows.schema.items() if dtype == pl.Categorical}
    codes = [_codes(rows[name], words.get(name)) for name in rows.columns]
    least = [int(one.min()) for one in codes]
    size = [int(one.max()) + 1 - low for one, low in zip(codes, least, strict=True)]
    if prod(size) >= MOST_CELLS:
        told = "count fewer columns at a time, or columns with fewer different values"
        raise OutOfRangeError("the number of cells of a count", prod(size), told)
    cell = np.zeros(rows.height, np.int64)
    for one, low, count in zip(codes, least, size, strict=True):
        cell *= count
        cell += one
        cell -= low
    cell, number = _counted(cell, prod(size))
    found = [pl.Series("n", number)]
    for name, low, count in zip(reversed(rows.columns), reversed(least), reversed(size), strict=True):
        cell, code = np.divmod(cell, count)
        found.append(_values(rows[name], code + low, words.get(name)))
    return pl.DataFrame(found).select(*rows.columns, "n")


def _counted(cell: I8, cells: int) -> tuple[I8, I8]:
    """The cells that come, ascending, and how often each does."""
    if cells <= CELLS_A_ROW * cell.size:
        number = np.bincount(cell, minlength=cells)
        some = np.flatnonzero(number)
        return some, number[some]
    ordered = sort_numbers(cell)
    first = np.flatnonzero(np.diff(ordered, prepend=ordered[0] - 1))
    return ordered[first], np.diff(first, append=ordered.size)


def _codes(values: pl.Series, words: pl.Series | None) -> NDArray[np.signedinteger]:
    """A whole number for each value, of words their place; null has the one after the last word or below the least."""
    if words is not None:
        place = words.to_physical().to_numpy()
        code = np.full(int(place.max(initial=0)) + 2, len(words), np.int32)
        code[place] = np.arange(len(words))
        found: NDArray[np.int32] = code[values.to_physical().fill_null(len(code) - 1).to_numpy()]
        return found
    numbers = _numbers(values)
    return (
        numbers.cast(pl.Int64).fill_null(_null_of(numbers)).to_numpy() if numbers.null_count() else numbers.to_numpy()
    )


def _values(values: pl.Series, codes: I8, words: pl.Series | None) -> pl.Series:
    """What some codes of a column stand for."""
    if words is not None:
        return words.extend_constant(None, 1).gather(codes).alias(values.name)
    found = pl.Series(values.name, codes)
    if values.null_count():
        found = found.set(found == _null_of(_numbers(values)), None)
    return found.cast(values.dtype)


def _numbers(values: pl.Series) -> pl.Series:
    return values.cast(pl.Int8) if values.dtype == pl.Boolean else values


def _null_of(numbers: pl.Series) -> int:
    """A number that none of a column is: the one below the least."""
    known = numbers.drop_nulls().to_numpy()
    return int(known.min()) - 1 if known.size else 0
