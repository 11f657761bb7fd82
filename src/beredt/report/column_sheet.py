"""A worksheet that takes whole tables: the same bytes as cell by cell, in a tenth of the time.

xlsxwriter goes through ten of its own functions for each cell, which is most of what a workbook of some hundred
thousand cells takes. What it writes of a number, a truth value or a text is written here a column at a time; each
different text goes through its functions once.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

import polars as pl
from xlsxwriter.utility import _preserve_whitespace, xl_col_to_name
from xlsxwriter.worksheet import Worksheet

if TYPE_CHECKING:
    from xlsxwriter.format import Format

LONGEST_TEXT: Final = 32_767
"""Units of UTF-16 that Excel takes in one cell."""

Ends = list[str | None]
"""What comes in the cells of a column behind their column and row; None for no cell."""


class ColumnSheet(Worksheet):  # type: ignore[misc]
    """A sheet of a workbook in constant memory; a table can be added below what has been written."""

    def write_table(
        self,
        first_row: int,
        table: pl.DataFrame,
        formats: Sequence[Format | None],
        empty: Sequence[str] | None = None,
    ) -> None:
        """Write the rows of a table as `write_number`, `write_boolean` and `write_string` would, cell by cell.

        Args:
            first_row: Of the sheet, from 0; nothing has been written in it or below.
            table: Numbers that are not finite have no cell; what is no number and no truth value is written as text.
            formats: Of the numbers of each column.
            empty: What stands where a row has no value, one text per row, "" for no cell [default: no cells].
        """
        self._write_single_row(first_row)  # what is still held back of the row before
        columns = [column.to_list() for column in table]
        number = [column.dtype.is_numeric() for column in table]
        styles = self._styles(columns, [one if own else None for one, own in zip(formats, number, strict=True)])
        texts: dict[str, str] = {}
        signs = [self._text(text, texts) if text else None for text in empty] if empty is not None else None
        ends = [
            self._ends(values, column.dtype, style, texts, signs)
            for values, column, style in zip(columns, table, styles, strict=True)
        ]
        heads = [f'<c r="{xl_col_to_name(place)}' for place in range(table.width)]
        last = None
        for row, cells in enumerate(zip(*ends, strict=True), start=first_row + 1):
            told = [f"{head}{row}{end}" for head, end in zip(heads, cells, strict=True) if end is not None]
            if told:
                self.fh.write(f'<row r="{row}">{"".join(told)}</row>')
                last = row - 1
        for place in (place for place, own in enumerate(ends) if any(own)):
            self._check_dimensions(last, place)

    def _styles(self, columns: Sequence[Sequence[Any]], formats: Sequence[Format | None]) -> list[str]:
        """The attribute of each column's numbers. A workbook numbers its formats as they are first seen, row by row."""
        seen = []
        for place, (values, own) in enumerate(zip(columns, formats, strict=True)):
            if own is None:
                continue
            first = next((row for row, value in enumerate(values) if _is_told(value)), None)
            if first is not None:
                seen.append((first, place, own))
        styles = [""] * len(columns)
        for _, place, own in sorted(seen, key=lambda one: one[:2]):
            styles[place] = f' s="{own._get_xf_index()}"'
        return styles

    def _ends(
        self, values: Sequence[Any], dtype: pl.DataType, style: str, texts: dict[str, str], signs: Ends | None
    ) -> Ends:
        """What comes in the cells of a column."""
        found: Ends
        if dtype.is_numeric():
            found = [f'"{style}><v>{value:.16G}</v></c>' if _is_told(value) else None for value in values]
        elif dtype == pl.Boolean:
            found = [None if value is None else f'" t="b"><v>{value:d}</v></c>' for value in values]
        else:
            found = [None if value is None else self._text(str(value), texts) for value in values]
        if signs is None:
            return found
        return [sign if value is None else end for value, end, sign in zip(values, found, signs, strict=True)]

    def _text(self, text: str, texts: dict[str, str]) -> str:
        """What comes in a cell with a text, remembered in `texts`."""
        found = texts.get(text)
        if found is None:
            told = text
            if len(told) > LONGEST_TEXT // 2:
                told = told.encode("utf-16-le")[: 2 * LONGEST_TEXT].decode("utf-16-le", errors="ignore")
            told = self._escape_control_characters(told)
            space = ' xml:space="preserve"' if _preserve_whitespace(told) else ""
            found = texts[text] = f'" t="inlineStr"><is><t{space}>{self._escape_data(told)}</t></is></c>'
        return found


def _is_told(value: float | None) -> bool:
    """Whether a number has a cell."""
    return value is not None and isfinite(value)
