"""A typed table: what checks look at and rows are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from beredt.model.issue import Issue, Severity, shown


@dataclass(frozen=True, slots=True)
class Table:
    """A table in the types of the field dictionary.

    `frame` has all columns of the dictionary; a cell is null where it is empty or its value was at fault. `cells`
    holds what was read: text, or in Parquet files also numbers and booleans; `lines` the row numbers that issues
    name. Types: id, text, choice String · int, clock (seconds) Int64 · float Float64 · bool Boolean · ids
    List(String) · weekdays List(Int64).
    """

    name: str
    file: str
    frame: pl.DataFrame
    cells: pl.DataFrame
    lines: Sequence[int]

    def issue(
        self,
        positions: Sequence[int],
        field: str | None,
        message: str,
        remedy: str,
        *,
        value: str | None = None,
        severity: Severity = "error",
    ) -> Issue:
        """One issue about the rows at `positions` (ascending, not empty); it shows the first.

        Without `value`, the cell of `field` in the first row is shown.
        """
        first = positions[0]
        if value is None and field is not None and field in self.cells.columns:
            value = _as_text(self.cells.item(first, field))
        lat, lon = self._place(first)
        return Issue(
            file=self.file,
            row=self.lines[first],
            field=field,
            value=None if value is None else shown(value),
            count=len(positions),
            message=message,
            remedy=remedy,
            lat=lat,
            lon=lon,
            severity=severity,
        )

    def whole_issue(
        self,
        field: str | None,
        message: str,
        remedy: str,
        *,
        value: str | None = None,
        severity: Severity = "error",
    ) -> Issue:
        """An issue about the table rather than a row."""
        return Issue(self.file, None, field, value, 1, message, remedy, severity=severity)

    def _place(self, position: int) -> tuple[float | None, float | None]:
        if "lat" not in self.frame.columns or "lon" not in self.frame.columns:
            return None, None
        lat, lon = self.frame.item(position, "lat"), self.frame.item(position, "lon")
        return (lat, lon) if lat is not None and lon is not None else (None, None)


def _as_text(cell: object) -> str:
    """A cell as a CSV file would hold it."""
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, bool) else str(cell)


Tables = Mapping[str, Table]
"""Typed tables by name; a table that could not be read at all is left out."""
