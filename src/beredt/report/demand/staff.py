"""Staff and demand side by side: hours on duty beside missions under way, hour by hour of the week."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.parts import missing, source
from beredt.report.context import ReportContext
from beredt.report.demand.calls import RATE, moment_text, weekday_names
from beredt.report.demand.part import DemandPart
from beredt.report.demand.people import year_inks
from beredt.report.figures.axis import Scale
from beredt.report.figures.look import Look
from beredt.report.figures.stacked_bars import Part
from beredt.report.figures.week_steps import DAY_H, WeekLine, draw_week_steps
from beredt.report.page.blocks import Block, Cell, Column, Details, Figure, Notice, Paragraph, Row, Table
from beredt.report.theme import READY, TEXT

UNDER_WAY, CALLS = "under_way", "incidents"
PARTS = ("workdays", "weekend")


def staff_part(ctx: ReportContext) -> DemandPart:
    """Today's hours on duty and demand in every year; alternatives in the study's own year behind a click."""
    title = ctx.words("demand.title.staff")
    table = ctx.results.find_table("demand_staff")
    if table is None:
        return DemandPart("demand-staff", title, ctx.words("demand.no_rates"), (missing(ctx, "demand_staff"),))
    today = table.filter(pl.col("alternative") == TODAY).sort("year", "weekday", "hour")
    own = ctx.study.settings.study.year
    known = today[UNDER_WAY].null_count() == 0
    shown = UNDER_WAY if known else CALLS
    blocks: list[Block] = [] if known else [Notice(ctx.words("demand.staff.bring"))]
    blocks += [Paragraph(ctx.words(f"demand.staff.intro_{shown}"))]
    blocks += [_figure(ctx, today, shown), _hour_table(ctx, today, shown)]
    others = [one for one in ctx.alternatives if one != TODAY and one in set(table["alternative"].to_list())]
    if others:
        own_year = table.filter(pl.col("year") == own)
        blocks.append(Details(ctx.words("demand.staff.alternatives"), (_alternatives(ctx, own_year, others),)))
    finding = _finding(ctx, today.filter(pl.col("year") == own)) if known else ctx.words("demand.staff.no_finding")
    return DemandPart("demand-staff", title, finding, tuple(blocks))


def _finding(ctx: ReportContext, now: pl.DataFrame) -> str:
    """The hour in which most of those on duty are at work; hours with nobody on duty come first."""
    tight = now.with_columns(share=pl.col(UNDER_WAY) / pl.col("on_duty")).sort("share", descending=True)
    row = tight.row(0, named=True)
    mean = float(now[UNDER_WAY].sum()) / float(now["on_duty"].sum() or float("nan"))
    return ctx.words(
        "demand.staff.finding",
        when=moment_text(ctx, row["weekday"], row["hour"]),
        under=ctx.numbers.text(row[UNDER_WAY], RATE),
        on=ctx.numbers.text(row["on_duty"], RATE),
        share=ctx.numbers.text(row["share"], form.WHOLE_PERCENT),
        mean=ctx.numbers.text(mean, form.WHOLE_PERCENT),
    )


def _figure(ctx: ReportContext, today: pl.DataFrame, shown: str) -> Figure:
    years = today["year"].unique().sort().to_list()
    inks = year_inks(years)

    def of(year: int, column: str) -> list[float]:
        values: list[float] = today.filter(pl.col("year") == year)[column].to_list()
        return values

    def name(year: int) -> str:
        return ctx.words(f"demand.staff.{shown}", year=ctx.numbers.label(year))

    own = ctx.study.settings.study.year
    lines = [
        WeekLine(Look(inks[year], "", "--", name(year)), of(year, shown)) for year in years if year != own
    ]  # fmt: skip
    lines.append(WeekLine(Look(TEXT.light, "", "-", ctx.words("demand.staff.on_duty")), of(own, "on_duty")))
    svg = draw_week_steps(
        [Part(name(own), READY.light, of(own, shown))], lines, weekday_names(ctx),
        Scale(ctx.words(f"demand.axis.{shown}"), RATE), ctx.numbers, "demand-staff",
    )  # fmt: skip
    alt = ctx.words(
        f"demand.staff.alt_{shown}",
        least=ctx.numbers.text(min(of(own, "on_duty")), RATE),
        most=ctx.numbers.text(max(of(own, "on_duty")), RATE),
        low=ctx.numbers.text(min(of(own, shown)), RATE),
        high=ctx.numbers.text(max(of(own, shown)), RATE),
    )
    return Figure(svg, alt, ctx.words("demand.staff.figure_caption"), source(ctx, "demand_staff"))


def _means(table: pl.DataFrame, by: Sequence[str]) -> dict[tuple[Any, ...], dict[str, float]]:
    """Means of working days and of weekends by the columns `by` and the clock hour."""
    part = pl.when(pl.col("weekday") <= 5).then(pl.lit(PARTS[0])).otherwise(pl.lit(PARTS[1])).alias("part")
    keys = [*by, "part", "hour"]
    rows = table.with_columns(part).group_by(keys).agg(pl.col("on_duty", CALLS, UNDER_WAY).mean())
    return {tuple(row.pop(key) for key in keys): row for row in rows.iter_rows(named=True)}


def _hour_table(ctx: ReportContext, today: pl.DataFrame, shown: str) -> Table:
    years = today["year"].unique().sort().to_list()
    means = _means(today, ("year",))
    columns = [Column(ctx.words("demand.column.hour"))]
    for part in PARTS:
        what = [ctx.words("demand.staff.on_duty")]
        what += [ctx.words(f"demand.staff.{shown}", year=ctx.numbers.label(year)) for year in years]
        columns += [
            Column(ctx.words("demand.column.of_part", what=one, part=ctx.words(f"demand.{part}"))) for one in what
        ]
    rows = []
    for hour in range(DAY_H):
        values = []
        for part in PARTS:
            values += [means[years[0], part, hour]["on_duty"], *(means[year, part, hour][shown] for year in years)]
        cells = [Cell(ctx.numbers.plain(value, RATE), value) for value in values]
        rows.append(Row((Cell(ctx.numbers.clock(hour * 3600), float(hour)), *cells)))
    caption = ctx.words(f"demand.staff.caption_{shown}")
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "demand_staff"), dense=True)


def _alternatives(ctx: ReportContext, own_year: pl.DataFrame, others: Sequence[str]) -> Table:
    """Hours on duty of every alternative by the clock, where today's differ."""
    names = (TODAY, *others)
    means = _means(own_year.filter(pl.col("alternative").is_in(names)), ("alternative",))
    columns = [Column(ctx.words("demand.column.hour"))]
    columns += [
        Column(
            ctx.words("demand.column.of_part", what=ctx.names.alternative_tag(one), part=ctx.words(f"demand.{part}"))
        )
        for part in PARTS
        for one in names
    ]
    rows = []
    for hour in range(DAY_H):
        values = [means[one, part, hour]["on_duty"] for part in PARTS for one in names]
        cells = [Cell(ctx.numbers.plain(value, RATE), value) for value in values]
        rows.append(Row((Cell(ctx.numbers.clock(hour * 3600), float(hour)), *cells)))
    caption = ctx.words("demand.staff.alternatives_caption")
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "demand_staff"), dense=True)
