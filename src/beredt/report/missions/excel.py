"""The tables of a report as one Excel file: contents first, then a sheet for each table with its columns explained."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from beredt.model.dictionary import load_fields
from beredt.model.field import Field
from beredt.report.words import Words

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 20_000
"""A longer table is left to the Parquet files, and the contents say so."""

OF_MAPS = ("density", "reach_squares")
"""Tables of squares, which nobody reads as a sheet."""

CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Written into every file, so that the same tables have the same bytes."""

_LONGEST_NAME = 31
_WIDTH = 16


def write_excel(path: Path, tables: Mapping[str, pl.DataFrame], facts: Mapping[str, Any], words: Words) -> None:
    """Write the tables; what was left out of them is left out here, and marked with the sign for it.

    Args:
        path: The file.
        tables: By name; their columns stand in the dictionary.
        facts: What results.json says, for the first sheet.
        words: Of the language of headings and explanations.
    """
    from xlsxwriter import Workbook

    language = "nb" if words.language in ("nb", "nn") else "en"
    with Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": CREATED})
        short = {name: table for name, table in tables.items() if table.height <= MOST_ROWS}
        shown = {name: short[name] for name in sorted(short) if name not in OF_MAPS}
        _contents(book, tables, shown, facts, words)
        for name, table in shown.items():
            _sheet(book, name, table, language, words)


def _contents(
    book: Workbook,
    tables: Mapping[str, pl.DataFrame],
    shown: Mapping[str, pl.DataFrame],
    facts: Mapping[str, Any],
    words: Words,
) -> None:
    sheet = book.add_worksheet(words("log.excel.contents"))
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 60)
    lines: list[tuple[str, str]] = [(words("log.cover.title"), "")]
    for key in ("profile", "first", "last", "month", "version", "fingerprint"):
        if facts.get(key):
            lines.append((words(f"log.excel.{key}"), str(facts[key])))
    if facts.get("generated"):
        lines.append((words("log.cover.generated"), ""))
    lines += [
        (words("log.cover.fact.threshold"), words("log.cover.below", number=str(facts.get("threshold", "")))),
        (words("log.left_out_sign"), words("log.excel.sign")),
        ("", ""),
    ]
    for name, table in sorted(tables.items()):
        where = words("log.excel.rows", rows=str(table.height))
        lines.append((name, where if name in shown else words("log.excel.too_long", rows=str(table.height))))
    for number, (left, right) in enumerate(lines):
        sheet.write_string(number, 0, left, bold if number == 0 else None)
        sheet.write_string(number, 1, right)


def _sheet(book: Workbook, name: str, table: pl.DataFrame, language: str, words: Words) -> None:
    """Row 1 says what a column means, row 2 names it; a null is the sign where something of its row was left out."""
    sheet = book.add_worksheet(name[:_LONGEST_NAME])
    head = book.add_format({"bold": True, "bottom": 1})
    told = book.add_format({"italic": True, "text_wrap": True, "valign": "top", "font_size": 8})
    shares = book.add_format({"num_format": "0.0 %"})
    fields: dict[str, Field] = {field.name: field for field in load_fields(f"missions_report/{name}")}
    sheet.set_column(0, max(0, table.width - 1), _WIDTH)
    sheet.set_row(0, 60)
    formats = []
    for column, title in enumerate(table.columns):
        field = fields.get(title)
        unit = f" [{field.unit}]" if field and field.unit else ""
        sheet.write_string(0, column, (field.description[language] if field else "") + unit, told)
        formats.append(shares if field and field.unit == "share" else None)
    for column, title in enumerate(table.columns):
        sheet.write_string(1, column, title, head)
    sheet.freeze_panes(2, 1)
    marks = [column for column in ("suppressed", "left_out") if column in table.columns]
    sign = words("log.left_out_sign")
    mark = table.columns.index(marks[0]) if marks else None
    for number, row in enumerate(table.iter_rows(), start=2):
        hidden = mark is not None and row[mark] not in (False, "no", None, 0)
        _write_row(sheet, number, row, sign if hidden else "", formats)


def _write_row(sheet: Worksheet, number: int, row: tuple[Any, ...], empty: str, formats: list[Any]) -> None:
    for column, value in enumerate(row):
        if value is None:
            if empty:
                sheet.write_string(number, column, empty)
        elif isinstance(value, bool):
            sheet.write_boolean(number, column, value)
        elif isinstance(value, int | float):
            if isfinite(value):
                sheet.write_number(number, column, value, formats[column])
        else:
            sheet.write_string(number, column, str(value))
