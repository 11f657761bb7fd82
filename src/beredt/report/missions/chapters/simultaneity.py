"""Simultaneity of a log: units drawn in from outside, true conflicts, and hours with no or one free unit."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from beredt.report import form
from beredt.report.figures.axis import Scale
from beredt.report.figures.stacked_bars import Part, draw_hour_bars
from beredt.report.figures.year_strip import draw_year_strip
from beredt.report.form import Form
from beredt.report.missions.context import LogContext
from beredt.report.missions.duty_told import duty_notices, roster_faults
from beredt.report.missions.parts import LONGEST, count_cell, figure_cell, method, month_name, source, unanswered
from beredt.report.page.blocks import (
    Block,
    Calendar,
    Cell,
    Chapter,
    Column,
    Details,
    Figure,
    Heading,
    LevelKey,
    Month,
    Notice,
    Paragraph,
    Row,
    Table,
)
from beredt.report.theme import BUSY, READY

TOP_LEVEL = 5
SHOWN_DAYS = 366
WHOLE_DAY = -1
SELDOM = 0.005
"""Below this share of hours a figure would show nothing."""
FLEET_ALL = "all"


def simultaneity_chapter(ctx: LogContext) -> Chapter:
    """The latest year of the log at a glance, the hours of the day, months and fleets."""
    hours, calendar = ctx.table("service_hours"), ctx.table("service_calendar")
    if hours is None or calendar is None:
        why = ctx.why_not("simultaneity") or ctx.words("log.reason.no_missions")
        return unanswered(ctx, "simultaneity", why)
    blocks = [*duty_notices(ctx), *roster_faults(ctx)]
    blocks += _drawn_in(ctx, calendar)
    blocks += [Heading(ctx.words("log.simultaneity.free_title")), *_by_hour(ctx, hours), _fleets(ctx, hours)]
    blocks += _months(ctx)
    blocks.append(method(ctx, "simultaneity"))
    return Chapter("simultaneity", ctx.words("log.chapter.simultaneity"), _finding(ctx, hours), tuple(blocks))


def main_fleet(ctx: LogContext) -> str:
    """The local group where the study names one, else all units."""
    return ctx.fact("local_group") or FLEET_ALL


def fleet_name(ctx: LogContext, fleet: str, kind: str) -> str:
    """The name of a fleet of units."""
    if kind == "all":
        return ctx.words("log.fleet.all")
    return ctx.names.group(fleet) if kind == "local" else ctx.place(kind, fleet)


def _finding(ctx: LogContext, hours: pl.DataFrame) -> str:
    fleet = main_fleet(ctx)
    row = hours.filter((pl.col("fleet") == fleet) & (pl.col("hour") == WHOLE_DAY)).row(0, named=True)
    return ctx.words(
        "log.simultaneity.finding",
        fleet=fleet_name(ctx, fleet, row["kind"]),
        none=ctx.numbers.text(row["hours_none_free"] / row["hours"], form.PERCENT),
        one=ctx.numbers.text(row["hours_one_free"] / row["hours"], form.PERCENT),
        conflict=ctx.numbers.text(row["hours_conflict"] / row["hours"], form.PERCENT),
    )


def _drawn_in(ctx: LogContext, calendar: pl.DataFrame) -> list[Block]:
    """Units drawn in from outside: the strip of the latest year, and its calendar behind a click."""
    if calendar["drawn_in"].null_count():
        return [Notice(ctx.words("log.simultaneity.no_local"))]
    days = calendar["date"].unique().sort().to_list()[-SHOWN_DAYS:]
    own = calendar.filter(pl.col("date") >= days[0]).sort("date", "hour")
    levels = np.minimum(own["drawn_in"].to_numpy().reshape(-1, 24), TOP_LEVEL).astype(np.int64)
    starts = [(number, day) for number, day in enumerate(days) if number == 0 or day.endswith("-01")]
    names = ctx.words("date.months").split()
    group = ctx.names.group(main_fleet(ctx))
    svg = draw_year_strip(
        levels,
        [(number, names[int(day[5:7]) - 1]) for number, day in starts],
        [(hour, ctx.numbers.hour(hour)) for hour in range(0, 24, 3)],
    )
    without = int((levels.max(axis=1) == 0).sum())
    alt = ctx.words(
        "log.simultaneity.strip_alt",
        days=ctx.numbers.whole(without),
        of=ctx.numbers.whole(len(days)),
        share=ctx.numbers.text(float((levels > 0).mean()), form.PERCENT),
    )
    exact = [ctx.words("simultaneity.units", number=ctx.numbers.whole(level)) for level in range(2, TOP_LEVEL)]
    labels = (
        ctx.words("simultaneity.unit", number=ctx.numbers.whole(1)),
        *exact,
        ctx.words("simultaneity.or_more", number=ctx.numbers.whole(TOP_LEVEL)),
    )
    caption = ctx.words("log.simultaneity.strip_caption", group=group)
    months = _calendar_months(ctx, days, levels)
    table = Calendar(
        months=months,
        hours=tuple(ctx.numbers.hour(hour) for hour in range(24)),
        labels=tuple(ctx.numbers.label(level) for level in range(TOP_LEVEL + 1)),
        caption=ctx.words("simultaneity.calendar_caption", top=ctx.numbers.whole(TOP_LEVEL)),
        source=source(ctx, "service_calendar"),
    )
    return [
        Heading(ctx.words("log.simultaneity.drawn_in_title")),
        Paragraph(alt, lead=True),
        LevelKey(labels, ctx.words("simultaneity.safe_colours")),
        Figure(svg, alt, caption, source(ctx, "service_calendar")),
        Details(ctx.words("log.simultaneity.calendar_title"), (table,)),
    ]


def _calendar_months(
    ctx: LogContext, days: list[str], levels: np.ndarray[tuple[int, int], np.dtype[np.int64]]
) -> tuple[Month, ...]:
    found: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
    for number, day in enumerate(days):
        own = found.setdefault(day[:7], [])
        own.append((ctx.numbers.label(date.fromisoformat(day).day), tuple(int(v) for v in levels[number])))
    return tuple(Month(month_name(ctx, month), tuple(rows)) for month, rows in found.items())


def _by_hour(ctx: LogContext, hours: pl.DataFrame) -> list[Block]:
    fleet = main_fleet(ctx)
    own = hours.filter((pl.col("fleet") == fleet) & (pl.col("hour") != WHOLE_DAY)).sort("hour")
    none = (own["hours_none_free"] / own["hours"]).to_list()
    one = (own["hours_one_free"] / own["hours"]).to_list()
    name = fleet_name(ctx, fleet, own["kind"][0])
    if not any((*none, *one)):
        return [Paragraph(ctx.words("log.simultaneity.always_free", fleet=name))]
    if max(a + b for a, b in zip(none, one, strict=True)) < SELDOM:
        return [Paragraph(ctx.words("log.simultaneity.seldom", fleet=name))]
    parts = [
        Part(ctx.words("log.simultaneity.none_free"), BUSY.light, none),
        Part(ctx.words("log.simultaneity.one_free"), READY.light, one),
    ]
    svg = draw_hour_bars(
        parts, Scale(ctx.words("axis.hour"), Form("count")), Scale(ctx.words("log.axis.share_of_hours"), form.PERCENT),
        ctx.numbers, "log-free-hours",
    )  # fmt: skip
    worst = max(range(24), key=lambda hour: none[hour] + one[hour])
    alt = ctx.words(
        "log.simultaneity.hours_alt",
        hour=ctx.numbers.hour(worst),
        none=ctx.numbers.text(none[worst], form.PERCENT),
        one=ctx.numbers.text(one[worst], form.PERCENT),
    )
    caption = ctx.words("log.simultaneity.hours_caption", fleet=fleet_name(ctx, fleet, own["kind"][0]))
    return [Figure(svg, alt, caption, source(ctx, "service_hours"))]


def _fleets(ctx: LogContext, hours: pl.DataFrame) -> Table:
    rows = hours.filter(pl.col("hour") == WHOLE_DAY).head(LONGEST)
    lines = [
        Row((Cell(fleet_name(ctx, row["fleet"], row["kind"])), *free_cells(ctx, row)))
        for row in rows.iter_rows(named=True)
    ]
    columns = (Column(ctx.words("log.column.fleet"), figures=False), *free_columns(ctx))
    return Table(
        columns, tuple(lines), ctx.words("log.simultaneity.fleets_caption"), source(ctx, "service_hours"), dense=True
    )


def free_columns(ctx: LogContext) -> tuple[Column, ...]:
    """Titles of the columns about free units."""
    keys = ("hours", "none_free", "one_free", "conflict", "conflict_share", "free_least")
    return tuple(Column(ctx.words(f"log.simultaneity.column.{key}")) for key in keys)


def free_cells(ctx: LogContext, row: dict[str, object]) -> tuple[Cell, ...]:
    """Hours with no and one free unit, in true conflict, and the mean of the least number of free units."""
    hours = int(row["hours"])  # type: ignore[call-overload]
    conflict = int(row["hours_conflict"])  # type: ignore[call-overload]
    return (
        count_cell(ctx, hours),
        count_cell(ctx, row["hours_none_free"]),  # type: ignore[arg-type]
        count_cell(ctx, row["hours_one_free"]),  # type: ignore[arg-type]
        count_cell(ctx, conflict),
        figure_cell(ctx, conflict / hours if hours else None, form.PERCENT),
        figure_cell(ctx, row["free_least_mean"], form.UNITS),  # type: ignore[arg-type]
    )


def _months(ctx: LogContext) -> list[Block]:
    table = ctx.table("service_months")
    if table is None:
        return []
    fleet = main_fleet(ctx)
    own = table.filter((pl.col("fleet") == fleet) & (pl.col("month") != "")).sort("month").tail(LONGEST)
    lines = [Row((Cell(month_name(ctx, row["month"])), *free_cells(ctx, row))) for row in own.iter_rows(named=True)]
    columns = (Column(ctx.words("log.by.month"), figures=False), *free_columns(ctx))
    name = fleet_name(ctx, fleet, own["kind"][0]) if own.height else fleet
    caption = ctx.words("log.simultaneity.months_caption", fleet=name)
    block = Table(columns, tuple(lines), caption, source(ctx, "service_months"), dense=True, sortable=False)
    return [Details(ctx.words("log.simultaneity.months_title"), (block,))]
