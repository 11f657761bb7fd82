"""Printed figures beside those of a log, in the words of the language."""

from __future__ import annotations

from typing import Any

import polars as pl

from beredt.indicators.log.printed_values import LEFT_OUT
from beredt.report import form
from beredt.report.context import ReportContext, make_context
from beredt.report.findings.published_name import published_name
from beredt.report.form import Form
from beredt.report.missions.context import LogContext
from beredt.report.missions.parts import figure_cell, left_out, source
from beredt.report.page.blocks import Block, Cell, Column, Heading, Paragraph, Row, Table
from beredt.report.place_text import place_text
from beredt.report.results import Results

NOTHING = Results({}, {})
SECONDS = "s"
WHOLE = Form("count", 1.0, 0)
TENTHS = Form("count", 1.0, 1)
UNITS = {"%": Form("percent", 1.0, 1), "min": Form("min", 1.0, 1)}
POINTS = Form("points", 1.0, 1)

_STYLES = {"reproduced": "yes", "not_reproduced": "no", "touched": "open"}


def printed_blocks(ctx: LogContext) -> list[Block]:
    """Printed figures made again: from other printed ones, and from the log."""
    table = ctx.table("printed_figures")
    if table is None or table.is_empty():
        return []
    columns = tuple(
        Column(ctx.words(f"log.printed.{key}"), figures=key not in ("figure", "agrees"))
        for key in ("figure", "printed", "recomputed", "agrees", "in_log", "deviation")
    )
    named = named_by(ctx)
    lines = [_line(ctx, named, row) for row in table.iter_rows(named=True)]
    years = [one for one in table["year"].unique() if one]
    year = ctx.numbers.label(years[0]) if years else ctx.words("number.none")
    caption = ctx.words("log.printed.caption", year=year, sign=left_out(ctx).text)
    return [
        Heading(ctx.words("log.printed.title")),
        Paragraph(_finding(ctx, table), lead=True),
        Table(columns, tuple(lines), caption, source(ctx, "printed_figures"), dense=True),
    ]


def named_by(ctx: LogContext) -> ReportContext | None:
    """What knows the names of places in printed figures; None without a study."""
    return make_context(ctx.study, NOTHING, ctx.words) if ctx.study else None


def _finding(ctx: LogContext, table: pl.DataFrame) -> str:
    return ctx.words(
        "log.printed.finding",
        all=ctx.numbers.whole(table.height),
        beside=ctx.numbers.whole(table["in_log"].count()),
        wrong=ctx.numbers.whole(table.filter(pl.col("agrees").not_()).height),
    )


def _line(ctx: LogContext, named: ReportContext | None, row: dict[str, Any]) -> Row:
    agrees = row["agrees"]
    sign = Cell(ctx.words("number.none"), style="quiet")
    if agrees is not None:
        sign = Cell(ctx.words("log.printed.yes" if agrees else "log.printed.no"), style="yes" if agrees else "no")
    name = row["id"] if named is None else published_name(named, row["indicator"], row["id"])
    hidden = row["missing"] == LEFT_OUT
    return Row(
        (
            Cell(name),
            _value(ctx, row, "printed"),
            _value(ctx, row, "recomputed"),
            sign,
            _value(ctx, row, "in_log", hidden=hidden),
            _value(ctx, row, "deviation", hidden=hidden, signed=True),
        )
    )


def _value(ctx: LogContext, row: dict[str, Any], key: str, *, hidden: bool = False, signed: bool = False) -> Cell:
    """A figure in its own unit; times as hh:mm:ss."""
    value = row[key]
    if row["unit"] == SECONDS and value is not None:
        text = ctx.numbers.duration(value)
        return Cell(f"+{text}" if signed and round(value) > 0 else text, value)
    how = (
        POINTS
        if signed and row["unit"] == "%"
        else UNITS.get(row["unit"], TENTHS if row["unit"] == "share" or row["printed"] % 1 else WHOLE)
    )
    return figure_cell(ctx, value, how, hidden=hidden, signed=signed)


def claim_blocks(ctx: LogContext) -> list[Block]:
    """Printed statements on how far units of each station reach, beside where the log's units really arrived."""
    table = ctx.table("reach_claims")
    named = named_by(ctx)
    if table is None or table.is_empty() or named is None:
        return []
    found = {(row["id"], row["interval"]): row for row in table.iter_rows(named=True)}
    columns = tuple(
        Column(ctx.words(f"log.claims.{key}"), figures=key not in ("station", "place", "verdict"))
        for key in ("station", "minutes", "place", "arrivals", "share", "verdict", "share_driving")
    )
    own = table.filter(interval="response")
    lines = [_claim(ctx, named, row, found[row["id"], "travel"]) for row in own.iter_rows(named=True)]
    text = ctx.words(
        "log.claims.finding",
        all=ctx.numbers.whole(own.height),
        **{one: ctx.numbers.whole(own.filter(verdict=one).height) for one in _STYLES},
    )
    caption = ctx.words("log.claims.caption", sign=left_out(ctx).text)
    return [
        Heading(ctx.words("log.claims.title")),
        Paragraph(text, lead=True),
        Table(columns, tuple(lines), caption, source(ctx, "reach_claims"), dense=True),
    ]


def _claim(ctx: LogContext, named: ReportContext, row: dict[str, Any], driving: dict[str, Any]) -> Row:
    verdict = row["verdict"]
    why = Cell(ctx.words(f"log.claims.missing.{row['missing']}"), style="quiet") if row["missing"] else None
    return Row(
        (
            Cell(ctx.place("station", row["station"])),
            Cell(ctx.numbers.text(row["minutes"], form.WHOLE_MINUTES), row["minutes"]),
            Cell(place_text(named, row["zone"])),
            figure_cell(ctx, row["arrivals"], WHOLE, hidden=row["missing"] == "too_few"),
            figure_cell(ctx, row["share"], form.PERCENT, hidden=not row["missing"]),
            why or Cell(ctx.words(f"reach.{verdict}"), style=_STYLES[verdict]),
            figure_cell(ctx, driving["share"], form.PERCENT, hidden=not driving["missing"]),
        )
    )
