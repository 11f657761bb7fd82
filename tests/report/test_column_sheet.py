"""Whole tables on a sheet are what xlsxwriter writes cell by cell, to the byte."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.report.column_sheet import ColumnSheet
from beredt.report.excel_sheet import new_book, sheet_formats

FIRST = 2
TEXTS = st.one_of(
    st.sampled_from(
        ["", " ", "Bærum", "a & b", "<5", "x>y", '"', " before", "after\n", "_x0041_", "\x00", "\ufffe", "=1"]
    ),
    st.text(max_size=6),
)
NUMBERS = st.one_of(st.none(), st.floats(), st.sampled_from([0.1, 1 / 3, 1e300, -0.0]))
WHOLE = st.one_of(st.none(), st.integers(-(1 << 62), 1 << 62))


@st.composite
def tables(draw: st.DrawFn) -> tuple[pl.DataFrame, list[str] | None]:
    """A table with every kind of column, and what stands where a row has no value."""
    height = draw(st.integers(0, 6))

    def column(values: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(values, min_size=height, max_size=height))

    table = pl.DataFrame(
        {
            "text": pl.Series(column(st.one_of(st.none(), TEXTS)), dtype=pl.String),
            "share": pl.Series(column(NUMBERS), dtype=pl.Float64),
            "day": pl.Series(column(st.one_of(st.none(), st.dates())), dtype=pl.Date),
            "known": pl.Series(column(st.one_of(st.none(), st.booleans())), dtype=pl.Boolean),
            "count": pl.Series(column(WHOLE), dtype=pl.Int64),
            "second": pl.Series(column(NUMBERS), dtype=pl.Float64),
        }
    )
    return table, draw(st.one_of(st.none(), st.just(column(st.sampled_from(["", ":", "<5"])))))


@settings(max_examples=12)
@given(tables())
def test_a_table_is_what_its_cells_are(tmp_path_factory: Any, drawn: tuple[pl.DataFrame, list[str] | None]) -> None:
    folder = tmp_path_factory.mktemp("sheets", numbered=True)
    one, other = folder / "table.xlsx", folder / "cells.xlsx"
    write(one, lambda sheet, formats: sheet.write_table(FIRST, drawn[0], formats, drawn[1]))
    write(other, lambda sheet, formats: cell_by_cell(sheet, drawn[0], formats, drawn[1]))
    assert one.read_bytes() == other.read_bytes()


def write(path: Path, rows: Callable[[ColumnSheet, list[Any]], None]) -> None:
    """Two sheets, so that formats which the first has not shown come to be numbered in the second."""
    with new_book(path) as book:
        own = sheet_formats(book)
        for name in ("first", "second"):
            sheet = book.add_worksheet(name, worksheet_class=ColumnSheet)
            sheet.set_row(0, 60)
            sheet.write_string(1, 0, "head", own.head)
            rows(sheet, [own.whole, own.share, own.fine, own.year, None, own.fine])


def cell_by_cell(sheet: ColumnSheet, table: pl.DataFrame, formats: list[Any], empty: list[str] | None) -> None:
    """The slow twin."""
    for number, row in enumerate(table.iter_rows()):
        for column, value in enumerate(row):
            if value is None:
                if empty and empty[number]:
                    sheet.write_string(number + FIRST, column, empty[number])
            elif isinstance(value, bool):
                sheet.write_boolean(number + FIRST, column, value)
            elif isinstance(value, int | float):
                if isfinite(value):
                    sheet.write_number(number + FIRST, column, value, formats[column])
            else:
                sheet.write_string(number + FIRST, column, str(value))


def test_a_text_that_is_too_long_for_a_cell_is_cut_and_one_that_looks_like_markup_is_not_read_as_such(
    tmp_path: Path,
) -> None:
    texts = ["😀" * 20_000, "<r><t>bold</t></r>"]
    table = pl.DataFrame({"text": texts})
    write(tmp_path / "t.xlsx", lambda sheet, formats: sheet.write_table(FIRST, table, formats[:1]))
    read = fastexcel.read_excel(tmp_path / "t.xlsx").load_sheet("first", header_row=None, skip_rows=FIRST).to_polars()
    assert read.to_series().to_list() == ["😀" * 16_383, "<r><t>bold</t></r>"]
