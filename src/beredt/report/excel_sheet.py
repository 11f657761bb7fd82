"""A table as a sheet: what each column means, its name, and the figures, in a manner that is the same every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from beredt.model.field import Field

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Written into every file, so that the same tables have the same bytes."""

LONGEST_NAME = 31
"""Letters that Excel allows in the name of a sheet."""

_WIDTH = 16
_FIRST_ROW = 2


def new_book(path: Path) -> Workbook:
    """A workbook that writes row by row and never reads a text as a formula or a link."""
    from xlsxwriter import Workbook

    book = Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": CREATED})
    return book


@dataclass(frozen=True, slots=True)
class SheetFormats:
    """The formats of a workbook's sheets, made once."""

    head: Format
    told: Format
    share: Format
    whole: Format
    fine: Format
    year: Format

    def of(self, field: Field | None) -> Format | None:
        """The number format of a column: shares as percent, counts and seconds with thousands, years plain."""
        if field is None:
            return None
        if field.unit == "share":
            return self.share
        if field.unit == "year" or field.name == "year":
            return self.year
        return {"int": self.whole, "float": self.fine}.get(field.base_type)


def sheet_formats(book: Workbook) -> SheetFormats:
    """Add the formats to a workbook."""
    return SheetFormats(
        head=book.add_format({"bold": True, "bottom": 1}),
        told=book.add_format({"italic": True, "text_wrap": True, "valign": "top", "font_size": 8}),
        share=book.add_format({"num_format": "0.0 %"}),
        whole=book.add_format({"num_format": "#,##0"}),
        fine=book.add_format({"num_format": "#,##0.00"}),
        year=book.add_format({"num_format": "0"}),
    )


def write_sheet(
    book: Workbook,
    name: str,
    table: pl.DataFrame,
    fields: Mapping[str, Field],
    language: str,
    formats: SheetFormats,
    *,
    empty: Sequence[str] | None = None,
) -> None:
    """Row 1 says what a column means, row 2 names it; both stay in sight, and every column can be filtered.

    Args:
        book: made by `new_book`.
        name: of the sheet; cut to what Excel allows.
        table: its rows.
        fields: the field dictionary, by name of the column.
        language: of the meanings, nb or en.
        formats: of this book.
        empty: what stands where a row has no value, one text per row; nothing when left out.
    """
    from beredt.report.column_sheet import ColumnSheet

    sheet = book.add_worksheet(name[:LONGEST_NAME], worksheet_class=ColumnSheet)
    sheet.set_column(0, max(0, table.width - 1), _WIDTH)
    sheet.set_row(0, 60)
    known = [fields.get(title) for title in table.columns]
    for column, field in enumerate(known):
        unit = f" [{field.unit}]" if field and field.unit else ""
        sheet.write_string(0, column, (field.description[language] if field else "") + unit, formats.told)
    for column, title in enumerate(table.columns):
        sheet.write_string(1, column, title, formats.head)
    sheet.freeze_panes(_FIRST_ROW, 1)
    if table.width:
        sheet.autofilter(1, 0, _FIRST_ROW - 1 + table.height, table.width - 1)
    sheet.write_table(_FIRST_ROW, table, [formats.of(field) for field in known], empty)
