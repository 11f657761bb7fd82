"""One table of a file: text by column, and the typed columns that are asked of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.model.did_you_mean import find_closest
from beredt.simulation.jemss.faults import Faults

TRUE, FALSE = ("1", "1.0", "true"), ("0", "0.0", "false")


@dataclass(frozen=True, slots=True, eq=False)
class JemssTable:
    """A table as written: `columns` holds stripped text, `lines` the line of each row, `header_line` of the header.

    `remarks` holds the columns to the right of an empty one, which no rule reads.

    The typed columns below note what is wrong in `faults`, and put something harmless in its place so that reading
    can go on to the next fault.
    """

    file: str
    name: str
    header_line: int
    columns: Mapping[str, pl.Series]
    remarks: Mapping[str, pl.Series]
    lines: Sequence[int]
    faults: Faults

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.lines)

    def texts(self, column: str) -> pl.Series:
        """A column as it is written, text without the spaces around it."""
        if column in self.columns:
            return self.columns[column]
        close = find_closest(column, self.columns)
        remedy = f"rename the column {close}, or add it" if close else "add the column"
        message = f"the table {self.name} has no column {column}"
        self.faults.add(self.file, message, remedy, row=self.header_line, field=column)
        return pl.repeat("", self.height, dtype=pl.String, eager=True)

    def numbers(self, column: str, low: float | None = None, *, above: float | None = None) -> NDArray[np.float64]:
        """A column of finite numbers, float64 (rows,): not below `low`, greater than `above`. NaN where it is none."""
        values = self.texts(column).cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy()
        if column in self.columns:
            self._note(column, ~np.isfinite(values), "not a finite number", "give a number with a decimal point")
        if low is not None:
            self._note(column, values < low, f"below {low:g}", f"give a number of {low:g} or more")
        if above is not None:
            self._note(column, values <= above, f"not above {above:g}", f"give a number above {above:g}")
        return np.where(np.isfinite(values), values, np.nan)

    def wholes(self, column: str) -> NDArray[np.int64]:
        """A column of whole numbers, int64 (rows,), which may be written as 1.0."""
        values = self.numbers(column)
        known = np.isfinite(values)
        uneven = known & ((values != np.floor(values)) | (np.abs(values) > 2**53))
        self._note(column, uneven, "not a whole number", "give a whole number")
        return np.where(known & ~uneven, values, 1.0).astype(np.int64)

    def indices(self, column: str, count: int, what: str, *, or_none: bool = False) -> NDArray[np.int64]:
        """A column that counts `what` from 1 to `count`, int64 (rows,) from 1; with `or_none`, −1 means none."""
        values = self.wholes(column)
        outside = ((values < 1) | (values > count)) & ~(or_none & (values == -1))
        also = ", or -1 for none" if or_none else ""
        self._note(column, outside, f"there is no such {what}", f"give a number from 1 to {count}{also}")
        values[outside] = 1
        return values

    def flags(self, column: str) -> NDArray[np.bool_]:
        """A column of 0 and 1, bool (rows,)."""
        lower = self.texts(column).str.to_lowercase()
        known = lower.is_in([*TRUE, *FALSE]).to_numpy()
        if column in self.columns:
            self._note(column, ~known, "neither 0 nor 1", "give 0 or 1")
        return lower.is_in(list(TRUE)).to_numpy()

    def check_numbered(self) -> None:
        """Note where the column `index` does not count the rows from 1."""
        self.check_counted("index")

    def check_counted(self, column: str) -> None:
        """Note where a column does not count the rows from 1."""
        values = self.wholes(column)
        wrong = values != np.arange(1, self.height + 1)
        self._note(column, wrong, "the rows are not numbered 1, 2, 3, …", "number the rows in their order")

    def note(self, at: NDArray[np.bool_], column: str, message: str, remedy: str) -> None:
        """Note a fault in the rows where `at`, bool (rows,), is true; the value shown is that of `column`."""
        self._note(column, at, message, remedy)

    def _note(self, column: str, at: NDArray[np.bool_], message: str, remedy: str) -> None:
        rows = np.flatnonzero(at)
        if len(rows):
            value = self.columns[column][int(rows[0])] if column in self.columns else None
            self.faults.add(
                self.file,
                message,
                remedy,
                row=self.lines[rows[0]],
                field=f"{self.name}.{column}",
                value=value,
                count=len(rows),
            )
