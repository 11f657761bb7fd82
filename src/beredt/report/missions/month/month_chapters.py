"""The chapters of a month's report for managers, each from tables that have been counted."""

from __future__ import annotations

from typing import Any

import polars as pl

from beredt.indicators.log.dimensions import NONE_KEY
from beredt.indicators.log.national import CHANGED, REASONS
from beredt.report import form
from beredt.report.missions.chapters.national import national_chapter, tells_changes
from beredt.report.missions.context import LogContext
from beredt.report.missions.duty_told import duty_notices, roster_faults
from beredt.report.missions.month.key_figures import key_table
from beredt.report.missions.parts import LONGEST, count_cell, figure_cell, left_out, method, month_name, source
from beredt.report.page.blocks import Block, Bullets, Cell, Chapter, Column, Heading, Notice, Paragraph, Row, Table

ALL = ""


def month_chapters(ctx: LogContext, before: LogContext | None) -> tuple[Chapter, ...]:
    """The whole service, hours of the roster, the indicator, a page for each municipality, and the method."""
    return (
        _summary(ctx, before),
        _hours(ctx, before),
        national_chapter(ctx),
        *(_municipality(ctx, before, one) for one in municipalities_of(ctx)),
        _how(ctx),
    )


def municipalities_of(ctx: LogContext) -> list[str]:
    """Municipalities with incidents in the month, those with most first."""
    table = ctx.table("incident_counts")
    if table is None:
        return []
    own = table.filter(
        (pl.col("by") == "municipality") & (pl.col("urgency") == ALL) & (pl.col("key") != NONE_KEY)
    ).sort("n", "key", descending=[True, False], nulls_last=True)
    keys: list[str] = own["key"].to_list()
    return keys


def _summary(ctx: LogContext, before: LogContext | None) -> Chapter:
    month = month_name(ctx, ctx.fact("month"))
    blocks: list[Block] = []
    if before is None:
        blocks.append(Notice(ctx.words("log.month.no_year_before")))
    blocks += duty_notices(ctx)
    if before is not None and before.fact("duty") != ctx.fact("duty"):
        blocks.append(Notice(ctx.words("log.roster.last_year")))
    blocks.append(key_table(ctx, before, ALL, ctx.words("log.month.key_caption", sign=left_out(ctx).text)))
    finding = ctx.words("log.month.finding", month=month, incidents=ctx.numbers.whole(int(ctx.fact("incidents"))))
    if not municipalities_of(ctx):
        blocks.append(Notice(ctx.words("log.month.no_municipality")))
    return Chapter("summary", ctx.words("chapter.summary"), finding, tuple(blocks))


def _hours(ctx: LogContext, before: LogContext | None) -> Chapter:
    """Planned and staffed hours by station with the reasons, and the same month last year."""
    title, table = ctx.words("log.month.hours"), ctx.table("roster_hours")
    if table is None:
        return Chapter("hours", title, ctx.words("log.not_answered"), (Notice(ctx.words("log.month.no_roster")),))
    earlier = before.table("roster_hours") if before else None
    last = {row["station"]: row for row in _of_period(earlier).iter_rows(named=True)} if earlier is not None else {}
    columns = (
        Column(ctx.words("log.by.station"), figures=False),
        *(Column(ctx.words(f"log.month.figure.{key}")) for key in ("planned_h", "staffed_h", "not_staffed_h")),
        Column(ctx.words("log.month.staffed_share")),
        Column(ctx.words("log.month.staffed_before")),
        Column(ctx.words("log.month.reasons"), figures=False),
    )
    own = _of_period(table).sort(pl.col("station") == ALL, "station")
    lines = [
        Row(
            (
                Cell(ctx.words.sentence(ctx.place("station", row["station"]))),
                *(figure_cell(ctx, row[key], form.HOURS) for key in ("planned_h", "staffed_h", "not_staffed_h")),
                figure_cell(ctx, _share(row), form.PERCENT),
                figure_cell(ctx, _share(last.get(row["station"])), form.PERCENT),
                Cell(row["reasons"] or "", style="words"),
            ),
            "total" if row["station"] == ALL else "",
        )
        for row in own.iter_rows(named=True)
    ]
    if own.is_empty():
        faults = roster_faults(ctx)
        return Chapter(
            "hours", title, ctx.words("log.not_answered"), (Notice(ctx.words("log.roster.no_shift")), *faults)
        )
    whole = own.filter(pl.col("station") == ALL).row(0, named=True)
    finding = ctx.words(
        "log.month.hours_finding",
        planned=ctx.numbers.text(whole["planned_h"], form.HOURS),
        staffed=ctx.numbers.text(whole["staffed_h"], form.HOURS),
        share=ctx.numbers.text(_share(whole) or float("nan"), form.PERCENT),
    )
    block = Table(columns, tuple(lines), ctx.words("log.month.hours_caption"), source(ctx, "roster_hours"), dense=True)
    return Chapter("hours", title, finding, (block, *roster_faults(ctx)))


def _of_period(table: pl.DataFrame) -> pl.DataFrame:
    return table.filter(pl.col("month") == ALL)


def _share(row: dict[str, Any] | None) -> float | None:
    return row["staffed_h"] / row["planned_h"] if row and row["planned_h"] else None


def _municipality(ctx: LogContext, before: LogContext | None, municipality: str) -> Chapter:
    """One page: key figures, why incidents are left out of the indicator, and who came."""
    name = ctx.place("municipality", municipality)
    caption = ctx.words("log.month.place_caption", place=name, sign=left_out(ctx).text)
    blocks: list[Block] = [key_table(ctx, before, municipality, caption)]
    blocks += _why_left_out(ctx, municipality) + _who_came(ctx, municipality)
    own = ctx.table("incident_counts")
    count = None
    if own is not None:
        row = own.filter(
            (pl.col("by") == "municipality") & (pl.col("key") == municipality) & (pl.col("urgency") == ALL)
        )
        count = row["n"][0] if row.height else None
    finding = ctx.words("log.month.place_left_out")
    if count is not None:
        finding = ctx.words("log.month.place_finding", place=name, incidents=ctx.numbers.whole(count))
    return Chapter(f"place-{municipality}", name, finding, tuple(blocks))


def _why_left_out(ctx: LogContext, municipality: str) -> list[Block]:
    table = ctx.table("national_indicator")
    if table is None:
        return []
    own = table.filter(
        (pl.col("variant") == "national")
        & (pl.col("year") == ALL)
        & (pl.col("where") == ALL)
        & (pl.col("municipality") == municipality)
    )
    if own.is_empty():
        return []
    row = own.row(0, named=True)
    lines = tuple(
        ctx.words(
            "log.summary.line",
            title=ctx.words(f"log.national.column.{key}"),
            finding=left_out(ctx).text if row[key] is None else ctx.numbers.whole(row[key]),
        )
        for key in ("incidents", *REASONS, "counted")
        if row[key] != 0 and (key != CHANGED or tells_changes(table))
    )
    return [Heading(ctx.words("log.month.left_out_title")), Bullets(lines)] if lines else []


def _who_came(ctx: LogContext, municipality: str) -> list[Block]:
    table = ctx.table("missions_by_station")
    if table is None:
        return []
    own = table.filter(
        (pl.col("municipality") == municipality) & (pl.col("station") != ALL) & (pl.col("urgency") == ALL)
    ).sort("missions", "station", descending=[True, False], nulls_last=True)
    shown = own.filter(pl.col("missions").is_not_null()).head(LONGEST)
    if shown.is_empty():
        return []
    columns = (
        Column(ctx.words("log.by.station"), figures=False),
        Column(ctx.words("log.column.missions")),
        Column(ctx.words("log.column.share_of_place")),
    )
    lines = [
        Row(
            (
                Cell(ctx.words.sentence(ctx.place("station", row["station"]))),
                count_cell(ctx, row["missions"]),
                figure_cell(ctx, row["share_of_place"], form.PERCENT, hidden=True),
            )
        )
        for row in shown.iter_rows(named=True)
    ]
    caption = ctx.words("log.month.came_caption", sign=left_out(ctx).text)
    return [
        Heading(ctx.words("log.month.came_title")),
        Table(columns, tuple(lines), caption, source(ctx, "missions_by_station")),
    ]


def _how(ctx: LogContext) -> Chapter:
    blocks: tuple[Block, ...] = (Paragraph(ctx.words("log.month.method_intro")), method(ctx, "month"))
    return Chapter("method", ctx.words("chapter.method"), ctx.words("log.month.method_finding"), blocks)
