"""Text to numbers: decimal commas, spaces between thousands, and points of a map."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from beredt.missions.profile import FileHabits

_POINT = r"(?i)^\s*(?:SRID=\d+;)?\s*POINT\s*Z?\s*\(\s*([-+0-9.eE]+)[\s,;]+([-+0-9.eE]+)"
_PAIR = r"^\s*c?\(\s*([-+0-9.eE]+)\s*[,;]\s*([-+0-9.eE]+)\s*\)\s*$"


class Numbers(NamedTuple):
    """A column of numbers: `value` [n] float64, null where there is none; `unreadable` [n] is something else."""

    value: pl.Series
    unreadable: pl.Series


def read_numbers(cells: pl.Series, habits: FileHabits) -> Numbers:
    """Read a column of numbers. Infinity is no number."""
    if cells.dtype.is_numeric() or cells.dtype == pl.Boolean:
        value = _finite(cells.cast(pl.Float64))
        return Numbers(value, (cells.is_not_null() & value.is_null()) & ~_is_nan(cells))
    if cells.dtype != pl.String:
        return Numbers(pl.Series(cells.name, [None] * cells.len(), dtype=pl.Float64), cells.is_not_null())
    text = cells.str.replace(",", ".", literal=True) if habits.decimal == "," else cells
    value = _finite(text.cast(pl.Float64, strict=False))
    left = (value.is_null() & cells.is_not_null()).arg_true()
    if left.len():
        value = value.scatter(left, _finite(_mended(cells.gather(left), habits).cast(pl.Float64, strict=False)))
    wrong = value.is_null() & cells.is_not_null()
    if wrong.any():
        wrong = wrong & ~cells.str.strip_chars().is_in(list(habits.absent))
    return Numbers(value.rename(cells.name), wrong)


def read_points(cells: pl.Series) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Read cells that hold a place: `POINT (x y)`, or `(latitude, longitude)`.

    Returns:
        x and y (float64), and where a cell holds something else.
    """
    if cells.dtype != pl.String:
        none = pl.Series([None] * cells.len(), dtype=pl.Float64)
        return none, none, cells.is_not_null()
    found = pl.DataFrame({"cell": cells}).select(
        x=pl.coalesce(pl.col("cell").str.extract(_POINT, 1), pl.col("cell").str.extract(_PAIR, 2)),
        y=pl.coalesce(pl.col("cell").str.extract(_POINT, 2), pl.col("cell").str.extract(_PAIR, 1)),
    )
    x, y = (_finite(found[name].cast(pl.Float64, strict=False)) for name in ("x", "y"))
    return x, y, cells.is_not_null() & (x.is_null() | y.is_null()) & (cells.str.strip_chars() != "")


def _mended(text: pl.Series, habits: FileHabits) -> pl.Series:
    """Without spaces, and without the marks between thousands that are not the decimal sign."""
    bare = text.str.replace_all(r"[\s\u00a0\u202f']", "").str.replace(r"^\+", "")
    if habits.decimal == ",":
        return bare.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    return bare.str.replace_all(",", "", literal=True)


def _finite(value: pl.Series) -> pl.Series:
    return pl.select(pl.when(value.is_finite()).then(value)).to_series().rename(value.name)


def _is_nan(cells: pl.Series) -> pl.Series:
    if not cells.dtype.is_float():
        return pl.repeat(value=False, n=cells.len(), dtype=pl.Boolean, eager=True)
    return cells.is_nan().fill_null(value=False)
