"""All tables of a run as one Excel file: contents, what every column means, then a sheet for each table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from beredt.model.data_dictionary import data_dictionary
from beredt.model.dictionary import load_fields
from beredt.report.chapters.parts import FEWEST
from beredt.report.context import ReportContext
from beredt.report.excel_sheet import SheetFormats, new_book, sheet_formats, write_sheet

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

DICTIONARY = "data_dictionary"

SMALL: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "areas": ("incidents", ("incidents", "mean_s", "share_within_target", "nearest_station_share")),
    "flows": ("value", ("value", "low", "high")),
    "demand_places": ("incidents", ("incidents", "per_1000")),
    "demand_growth": ("incidents", ("incidents", "low", "high", "year_low", "year_high")),
    "travel_handed_over": ("calls", ("calls_low", "calls", "calls_high")),
}
"""Tables with counts of single places: the column with the count, and what is left out where it is small."""

WHOLE_DAY = -1
"""The hour of rows that are about all hours."""

KEPT: Mapping[str, pl.Expr] = {
    "indicators": pl.col("hour") == WHOLE_DAY,
    "differences": pl.col("hour") == WHOLE_DAY,
    "exceedance": pl.col("minutes") == pl.col("minutes").round(),
}
"""Of tables too long to be read as a sheet, the rows that most will look for. The Parquet files have them all."""


def write_workbook(path: Path, ctx: ReportContext) -> None:
    """Write every table of the results, in the language of the context.

    Counts of single places below `FEWEST` are left out, as on the page; the Parquet files have them.
    """
    tables = {name: ctx.results.tables[name] for name in sorted(ctx.results.tables) if name != DICTIONARY}
    language = "nb" if ctx.words.language in ("nb", "nn") else "en"
    with new_book(path) as book:
        formats = sheet_formats(book)
        shown = {name: table.filter(KEPT[name]) if name in KEPT else table for name, table in tables.items()}
        _contents(book, ctx, shown, formats)
        _dictionary(book, ctx, data_dictionary(tables), language, formats)
        for name, table in shown.items():
            fields = {field.name: field for field in load_fields(f"results/{name}")}
            told, empty = _without_small(name, table, ctx.words("number.below", number=ctx.numbers.whole(FEWEST)))
            write_sheet(book, name, told, fields, language, formats, empty=empty)


def _without_small(name: str, table: pl.DataFrame, sign: str) -> tuple[pl.DataFrame, list[str] | None]:
    """The table without small counts, and the sign that stands in their place; both as they are where none is small."""
    if name not in SMALL or not {SMALL[name][0], *SMALL[name][1]} <= set(table.columns):
        return table, None
    count, hidden = SMALL[name]
    small = (pl.col(count) > 0) & (pl.col(count) < FEWEST)
    told = table.with_columns(pl.when(small).then(None).otherwise(pl.col(one)).alias(one) for one in hidden)
    return told, [sign if one else "" for one in table.select(small.alias("small"))["small"].to_list()]


def _contents(book: Workbook, ctx: ReportContext, shown: Mapping[str, pl.DataFrame], formats: SheetFormats) -> None:
    """What was run, and which sheets there are."""
    words, numbers = ctx.words, ctx.numbers
    sheet = book.add_worksheet(words("workbook.contents"))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    lines = [
        (words("cover.fact.year"), numbers.label(ctx.study.settings.study.year)),
        (words("cover.fact.alternatives"), words.listed(ctx.names.alternative_tag(one) for one in ctx.alternatives)),
        (words("cover.fact.seed"), numbers.label(ctx.results.fact("seed", ""))),
        (words("cover.fact.version"), numbers.label(ctx.results.fact("version", ""))),
        (words("cover.fact.fingerprint"), numbers.label(ctx.fingerprint)),
        ("", words("cover.generated")),
        ("", words("workbook.small", number=numbers.whole(FEWEST))),
        ("", ""),
        *((name, _rows(ctx, table.height, ctx.results.tables[name].height)) for name, table in shown.items()),
    ]
    sheet.write_string(0, 0, words.local(ctx.study.settings.study.title), formats.head)
    for number, (left, right) in enumerate(lines, start=1):
        sheet.write_string(number, 0, left)
        sheet.write_string(number, 1, right)


def _rows(ctx: ReportContext, shown: int, all_rows: int) -> str:
    words, numbers = ctx.words, ctx.numbers
    if shown == all_rows:
        return words("workbook.rows", rows=numbers.whole(shown))
    return words("workbook.rows_of", rows=numbers.whole(shown), all=numbers.whole(all_rows))


def _dictionary(book: Workbook, ctx: ReportContext, table: pl.DataFrame, language: str, formats: SheetFormats) -> None:
    """One row for every column of every table."""
    sheet = book.add_worksheet(ctx.words("workbook.dictionary"))
    titles = ("table", "field", "type", "unit", "key", f"description_{language}")
    for column, (title, width) in enumerate(zip(titles, (24, 24, 10, 18, 8, 110), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, ctx.words(f"workbook.column.{title.partition('_')[0]}"), formats.head)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, table.height, len(titles) - 1)
    for number, row in enumerate(table.select(titles).iter_rows(), start=1):
        for column, value in enumerate(row):
            sheet.write_string(number, column, "" if value is None else str(value))
