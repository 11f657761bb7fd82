"""The rows that are being cleaned, as arrays that every rule reads and writes, and a record of what rules did.

This is the one thing here that changes: rules are run over it one after another, and what they find is written down
row by row. Nothing is taken away.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.missions.checks.local_clock import to_local
from beredt.missions.checks.rule import get_rule
from beredt.missions.checks.stamps import NO_TIME
from beredt.missions.cleaning_context import CleaningContext
from beredt.missions.marks import impossible_mask
from beredt.missions.schema import STAMP, STAMPS

I8 = NDArray[np.int64]
U8 = NDArray[np.uint64]
F8 = NDArray[np.float64]
B = NDArray[np.bool_]


class Found(NamedTuple):
    """What one rule found in one column: n rows of the sheet, and for rules by value what stood in each."""

    rule: str
    field: str  # "" where it is about the whole row
    at: I8  # [n] rows of the sheet, ascending
    values: pl.Series | None  # [n] text


class Change(NamedTuple):
    """What one rule changed in one column, n rows of the sheet."""

    rule: str
    field: str
    at: I8  # [n]
    before: pl.Series  # [n] text
    after: pl.Series  # [n] text


class Sheet:
    """n rows with the columns of ROWS, in order of `row_id`.

    `stamps` are milliseconds UTC, `usable` the same without those that are impossible; absent ones are NO_TIME.
    `lat` and `lon` are degrees, nan where unknown. `first_row` names, by its place in the sheet, the first row of the
    incident that each row belongs to.
    """

    def __init__(self, rows: pl.DataFrame, context: CleaningContext) -> None:
        """Lay out rows. Their stamps, positions and words are not looked at yet."""
        self.rows = rows
        self.context = context
        self.height = rows.height
        self.stamps: dict[str, I8] = {name: milliseconds(rows[name]) for name in STAMPS}
        self.usable: dict[str, I8] = dict(self.stamps)
        self.marks: U8 = rows["marks"].fill_null(0).to_numpy().copy()
        self.lat, self.lon = numbers(rows["lat"]), numbers(rows["lon"])
        self.first_row: I8 = np.arange(rows.height)
        self.found: list[Found] = []
        self.changes: list[Change] = []

    def has_unit(self) -> B:
        """Whether a row names a unit."""
        named: B = (self.rows["unit"] != "").to_numpy()
        return named

    def shared_rows(self) -> I8:
        """Rows of incidents that have more rows than one, ascending."""
        others = self.first_row != np.arange(self.height)
        others[self.first_row[others]] = True
        return np.flatnonzero(others)

    def unit_in_incident(self, at: I8) -> I8:
        """A number for some rows that is equal where unit and incident are."""
        unit = self.rows["unit"].to_physical().gather(at).to_numpy().astype(np.int64)
        number: I8 = self.first_row[at] * (int(unit.max(initial=0)) + 1) + unit
        return number

    def marked(self, *rules: str) -> B:
        """Whether a row has a mark of any of these rules."""
        mask = np.uint64(sum(get_rule(rule).mask for rule in rules))
        found: B = (self.marks & mask) != 0
        return found

    def mark(self, rule: str, field: str, at: B | I8, values: pl.Series | None = None) -> None:
        """Mark rows. `values` are what a rule by value found in them."""
        rows = np.flatnonzero(at) if at.dtype == np.bool_ else at.astype(np.int64)
        if rows.size:
            self.marks[rows] |= np.uint64(get_rule(rule).mask)
            self.found.append(Found(rule, field, rows, values))

    def forbid(self, rule: str, stamp: str, at: B | I8) -> None:
        """Mark rows, and say that a stamp of them is impossible."""
        rows = np.flatnonzero(at) if at.dtype == np.bool_ else at.astype(np.int64)
        if rows.size:
            self.mark(rule, stamp, rows)
            self.marks[rows] |= np.uint64(impossible_mask(stamp))
            kept = self.usable[stamp].copy()
            kept[rows] = NO_TIME
            self.usable[stamp] = kept

    def change(self, rule: str, field: str, at: I8, before: pl.Series, after: pl.Series) -> None:
        """Write down that a value was changed. The one who changes it puts the new value in its place."""
        if at.size:
            self.changes.append(Change(rule, field, at, before, after))

    def change_stamp(self, rule: str, stamp: str, at: I8, before: pl.Series, after: I8) -> None:
        """Give a stamp a new time.

        Args:
            rule: that does so.
            stamp: its column.
            at: [n] rows.
            before: [n] what stood in the log, as `clock_text` writes it.
            after: [n] milliseconds UTC.
        """
        if not at.size:
            return
        self.mark(rule, stamp, at)
        for columns in (self.stamps, self.usable):
            columns[stamp] = columns[stamp].copy()
            columns[stamp][at] = after
        self.change(rule, stamp, at, before, self.clock_text(after))

    def clock_text(self, utc: I8) -> pl.Series:
        """What the log's clock shows at these times, as text; null for NO_TIME."""
        return write_clock(to_local(utc, self.context.zone) if self.context.local_clock else utc)


def write_clock(clock: I8) -> pl.Series:
    """Milliseconds of a clock as `2026-01-31T07:30:00.000`; null for NO_TIME."""
    return time_series(clock, pl.Datetime("ms")).dt.strftime("%Y-%m-%dT%H:%M:%S%.3f")


def read_clock(text: pl.Series) -> pl.Series:
    """What `write_clock` wrote, as a Datetime without a zone."""
    return text.str.to_datetime("%Y-%m-%dT%H:%M:%S%.3f", time_unit="ms")


def milliseconds(stamps: pl.Series) -> I8:
    """A column of stamps as milliseconds, NO_TIME where there is none. Raises TypeError for another unit of time."""
    if not isinstance(stamps.dtype, pl.Datetime) or stamps.dtype.time_unit != "ms":
        raise TypeError(f"the stamps of {stamps.name} are {stamps.dtype}; give them as Datetime in milliseconds")
    array: I8 = stamps.to_physical().fill_null(NO_TIME).to_numpy()
    return array


def numbers(column: pl.Series) -> F8:
    """A column of numbers, nan where there is none; the array may be written to."""
    array: F8 = column.cast(pl.Float64).fill_null(np.nan).to_numpy().copy()
    return array


def stamp_series(times: I8) -> pl.Series:
    """Milliseconds UTC as a column of stamps, null for NO_TIME."""
    return time_series(times, STAMP)


def time_series(times: I8, dtype: pl.Datetime) -> pl.Series:
    """Milliseconds as a column of times, null for NO_TIME."""
    column = pl.Series(times, dtype=pl.Int64)
    known = times != NO_TIME
    if not known.all():
        column = pl.select(pl.when(pl.Series(known)).then(column)).to_series()
    return column.cast(dtype)
