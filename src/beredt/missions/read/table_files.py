"""Logs in Parquet and in spreadsheets: their cells have types already."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from beredt.errors import LogError
from beredt.missions.read.block import Block, Position, unique_names, whole_block, without
from beredt.model.issue import Issue, shown

ROWS = 200_000
"""Rows of a Parquet file that are read at a time."""

FIRST_RECORD = 1


class ParquetFile:
    """A Parquet file; its rows count from 1."""

    def __init__(self, path: Path, rows: int = ROWS) -> None:
        """Look at the file's schema. Raises LogError where it is no Parquet file."""
        try:
            self._scan = pl.scan_parquet(path)
            self.columns = tuple(self._scan.collect_schema())
            self.total = int(self._scan.select(pl.len()).collect().item())
        except (pl.exceptions.PolarsError, OSError) as error:
            reason = shown(str(error).splitlines()[0])
            issue = Issue(path.name, None, None, None, 1, f"not a Parquet file: {reason}", "write it again")
            raise LogError([issue]) from None
        self._rows = rows

    def blocks(self, position: Position | None = None) -> Iterator[Block]:
        """All blocks from a position on."""
        at = (position or {"row": 0})["row"]
        while at < self.total:
            cells = self._scan.slice(at, self._rows).collect()
            block = whole_block(cells, at + FIRST_RECORD, {"row": at + cells.height}, at + cells.height)
            at += cells.height
            yield block


class SheetFile:
    """One sheet of a spreadsheet, read whole: a sheet has a million rows at most."""

    def __init__(self, path: Path, sheet: str = "", header: int = 1) -> None:
        """Read the sheet, its header in the row `header`. Raises LogError where there is none, or it has no header."""
        import fastexcel

        try:
            book = fastexcel.read_excel(path)
            name = sheet or book.sheet_names[0]
            if name not in book.sheet_names:
                message, remedy = f"there is no sheet {name!r}", f"use one of {', '.join(book.sheet_names)}"
                raise LogError([Issue(path.name, None, "file.sheet", name, 1, message, remedy)])
            loaded = book.load_sheet(
                name, header_row=header - 1, schema_sample_rows=None, dtype_coercion="coerce"
            ).to_polars()
        except fastexcel.FastExcelError as error:
            reason = shown(str(error).splitlines()[0])
            issue = Issue(path.name, None, None, None, 1, f"the file cannot be read as a spreadsheet: {reason}",
                          "save it as .xlsx or as CSV")  # fmt: skip
            raise LogError([issue]) from None
        if not loaded.width:
            issue = Issue(path.name, None, None, None, 1, f"the sheet {name!r} is empty", "name another in file.sheet")
            raise LogError([issue])
        self.columns = unique_names([_named(column) for column in loaded.columns])
        loaded.columns = list(self.columns)
        self._cells = loaded
        self.total = loaded.height
        self._first_row = header + 1

    def blocks(self, position: Position | None = None) -> Iterator[Block]:
        """The sheet as one block."""
        if (position or {"row": 0})["row"] < self.total:
            empty = self._cells.select(pl.all_horizontal(pl.all().is_null())).to_series()
            block = whole_block(self._cells, self._first_row, {"row": self.total}, self.total)
            yield without(empty, block)


def _named(column: str) -> str:
    """The name in the header; readers of spreadsheets make one up where it is empty."""
    return "" if column.startswith("__UNNAMED__") else column
