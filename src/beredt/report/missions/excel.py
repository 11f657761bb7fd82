"""The tables of a report as one Excel file: contents first, then a sheet for each table with its columns explained."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from beredt.model.dictionary import load_fields
from beredt.model.field import Field
from beredt.report.excel_sheet import SheetFormats, new_book, sheet_formats, write_sheet
from beredt.report.words import Words

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

MOST_ROWS = 20_000
"""A longer table is left to the Parquet files, and the contents say so."""

OF_MAPS = ("density", "reach_squares")
"""Tables of squares, which nobody reads as a sheet."""


def write_excel(path: Path, tables: Mapping[str, pl.DataFrame], facts: Mapping[str, Any], words: Words) -> None:
    """Write the tables; what was left out of them is left out here, and marked with the sign for it.

    Args:
        path: The file.
        tables: By name; their columns stand in the dictionary.
        facts: What results.json says, for the first sheet.
        words: Of the language of headings and explanations.
    """
    language = "nb" if words.language in ("nb", "nn") else "en"
    with new_book(path) as book:
        short = {name: table for name, table in tables.items() if table.height <= MOST_ROWS}
        shown = {name: short[name] for name in sorted(short) if name not in OF_MAPS}
        _contents(book, tables, shown, facts, words)
        formats = sheet_formats(book)
        for name, table in shown.items():
            _sheet(book, name, table, language, words, formats)


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


def _sheet(book: Workbook, name: str, table: pl.DataFrame, language: str, words: Words, formats: SheetFormats) -> None:
    """A null is the sign where something of its row was left out."""
    fields: dict[str, Field] = {field.name: field for field in load_fields(f"missions_report/{name}")}
    marks = [column for column in ("suppressed", "left_out") if column in table.columns]
    sign = words("log.left_out_sign")
    hidden = [value not in (False, "no", None, 0) for value in table[marks[0]].to_list()] if marks else []
    write_sheet(
        book, name, table, fields, language, formats, empty=[sign if one else "" for one in hidden] if marks else None
    )
