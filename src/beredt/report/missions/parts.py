"""Small parts that several chapters of a log's report use."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from beredt.report import form
from beredt.report.form import Form
from beredt.report.missions.context import LogContext
from beredt.report.page.blocks import Block, Cell, Chapter, Details, Notice, Paragraph

Row = Mapping[str, Any]

LONGEST = 40
"""Rows of a table on the page; the files hold all."""


def source(ctx: LogContext, *tables: str) -> str:
    """Where figures come from: the tables of the results folder."""
    return ctx.words("source.results", tables=ctx.words.listed(f"{table}.parquet" for table in tables))


def left_out(ctx: LogContext) -> Cell:
    """The cell of a figure that was left out because it would tell a small count."""
    return Cell(ctx.words("log.left_out_sign"), style="quiet")


def count_cell(ctx: LogContext, value: int | None, *, largest: float = 0.0) -> Cell:
    """A count; shaded by size when `largest` is given; the sign for what was left out where there is none."""
    if value is None:
        return left_out(ctx)
    if value == 0:
        return Cell(ctx.words("number.nothing"), 0.0, "quiet")
    step = min(5, int((value / largest) ** 0.5 * 5.999)) if largest > 0 else 0
    return Cell(ctx.numbers.whole(value), float(value), f"q{step}" if step else "")


def figure_cell(ctx: LogContext, value: float | None, how: Form, *, hidden: bool = False, signed: bool = False) -> Cell:
    """A figure with its unit; a dash where it is not known, the sign where it was left out."""
    if value is None or not isfinite(value):
        return left_out(ctx) if hidden else Cell(ctx.words("number.none"), style="quiet")
    return Cell(ctx.numbers.text(value, how, signed=signed), value)


def share_cell(
    ctx: LogContext, row: Row, name: str, ends: tuple[str, str] | None = None, *, hidden: bool = False
) -> Cell:
    """A share, with its interval where its ends are named."""
    value = row[name]
    low, high = (row[ends[0]], row[ends[1]]) if ends else (None, None)
    if value is None:
        return left_out(ctx) if hidden else Cell(ctx.words("number.none"), style="quiet")
    text = ctx.numbers.text(value, form.PERCENT)
    if low is not None and high is not None:
        span = ctx.numbers.span(low, high, form.PERCENT)
        text = f"{text} {ctx.words('number.brackets', inside=span)}"
    return Cell(text, value)


def duration_cell(ctx: LogContext, row: Row, name: str, *, interval: bool = True) -> Cell:
    """A duration as hh:mm:ss, with its interval in the same form."""
    value = row[f"{name}_s"]
    if value is None:
        return left_out(ctx) if row["n"] is None else Cell(ctx.words("number.none"), style="quiet")
    text = ctx.numbers.duration(value)
    low, high = row[f"{name}_low_s"], row[f"{name}_high_s"]
    if interval and low is not None and high is not None:
        ends = ctx.words("number.span", low=_short(ctx, low), high=_short(ctx, high))
        text = f"{text} {ctx.words('number.brackets', inside=ends)}"
    return Cell(text, value)


def _short(ctx: LogContext, seconds: float) -> str:
    """A duration without its hours where it has none, so that an interval is short."""
    text = ctx.numbers.duration(max(0.0, seconds))
    return text.removeprefix("00:")


def month_name(ctx: LogContext, month: str) -> str:
    """`2024-02` as "Feb 2024"; anything else as it is."""
    year, dash, number = month.partition("-")
    if not dash or not number.isdigit():
        return ctx.place("month", month)
    names = ctx.words("date.months").split()
    return ctx.words("log.month_of_year", month=names[int(number) - 1], year=ctx.numbers.label(year))


def date_text(ctx: LogContext, day: str) -> str:
    """An ISO date as people write it."""
    year, month, number = day.split("-")
    names = ctx.words("date.months").split()
    return ctx.words(
        "log.date", day=ctx.numbers.label(int(number)), month=names[int(month) - 1], year=ctx.numbers.label(year)
    )


def method(ctx: LogContext, chapter: str, **values: str) -> Details:
    """How a chapter's figures are counted, in plain words, behind a click."""
    text = ctx.words(f"log.method.{chapter}", threshold=ctx.numbers.whole(ctx.threshold), **values)
    return Details(ctx.words("log.how_counted"), tuple(Paragraph(part) for part in text.split("\n") if part))


def unanswered(ctx: LogContext, chapter: str, reason: str) -> Chapter:
    """A chapter that the log cannot fill, with the reason instead."""
    title = ctx.words(f"log.chapter.{chapter}")
    blocks: tuple[Block, ...] = (Notice(reason),)
    return Chapter(chapter, title, ctx.words("log.not_answered"), blocks)
