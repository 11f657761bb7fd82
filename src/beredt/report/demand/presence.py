"""By day and by night: how many are where, and how many calls come there, beside where people live."""

from __future__ import annotations

import polars as pl

from beredt.report import form
from beredt.report.chapters.parts import rows_of_zones, source
from beredt.report.context import ReportContext
from beredt.report.demand.calls import PER_HOUR, moment_text, weekday_names
from beredt.report.figures.axis import Scale
from beredt.report.figures.look import Look
from beredt.report.figures.stacked_bars import Part
from beredt.report.figures.week_steps import WeekLine, draw_week_steps
from beredt.report.page.blocks import Block, Cell, Column, Figure, Heading, Paragraph, Row, Table
from beredt.report.theme import READY, TEXT

NOON = 12
WORKDAYS, WEEKEND = "workdays", "weekend"


def presence_blocks(ctx: ReportContext) -> tuple[Block, ...]:
    """What the study says of where people are by day; that it says nothing, where it does not."""
    table = ctx.results.find_table("demand_presence")
    head = Heading(ctx.words("demand.presence.title"))
    if table is None:
        return (head, Paragraph(ctx.words("demand.presence.home")))
    live = _live(ctx)
    told = table.with_columns(live=pl.col("municipality").replace_strict(live, return_dtype=pl.Float64))
    change = (told["people"] - told["live"]).abs() / pl.Series([max(one, 1.0) for one in told["live"]])
    most = told.row(int(change.arg_max() or 0), named=True)
    place = most["municipality"]
    finding = ctx.words(
        "demand.presence.finding",
        place=ctx.names.group(place),
        when=moment_text(ctx, most["weekday"], most["hour"]),
        there=ctx.numbers.text(most["people"], form.PEOPLE),
        live=ctx.numbers.text(live[place], form.PEOPLE),
    )
    return (head, Paragraph(finding), _figure(ctx, told, place), _table(ctx, told, live))


def _live(ctx: ReportContext) -> dict[str, float]:
    """People who live in each municipality in the study's year."""
    people = ctx.results.tables["demand_people"]
    own = people.filter((pl.col("year") == ctx.study.settings.study.year) & (pl.col("alternative") == "main"))
    return dict(own.group_by("municipality").agg(pl.col("people").sum()).rows())


def _figure(ctx: ReportContext, told: pl.DataFrame, place: str) -> Figure:
    week = told.filter(pl.col("municipality") == place).sort("weekday", "hour")
    name = ctx.names.group(place)
    svg = draw_week_steps(
        [Part(ctx.words("demand.presence.there"), READY.light, week["people"].to_list())],
        [WeekLine(Look(TEXT.light, "", "-", ctx.words("demand.presence.live")), week["live"].to_list())],
        weekday_names(ctx), Scale(ctx.words("demand.axis.people"), form.PEOPLE), ctx.numbers, "demand-presence",
    )  # fmt: skip
    least, most = (ctx.numbers.text(float(one), form.PEOPLE) for one in _ends(week["people"].to_list()))
    alt = ctx.words("demand.presence.alt", place=name, least=least, most=most)
    return Figure(svg, alt, ctx.words("demand.presence.figure_caption", place=name), source(ctx, "demand_presence"))


def _ends(values: list[float]) -> tuple[float, float]:
    return min(values), max(values)


def _table(ctx: ReportContext, told: pl.DataFrame, live: dict[str, float]) -> Table:
    """People and calls at noon, mean of working days and of weekends."""
    part = pl.when(pl.col("weekday") <= 5).then(pl.lit(WORKDAYS)).otherwise(pl.lit(WEEKEND)).alias("part")
    noon = told.filter(pl.col("hour") == NOON).group_by("municipality", part)
    mean = {
        (row["municipality"], row["part"]): row
        for row in noon.agg(pl.col("people", "incidents", "incidents_home").mean()).iter_rows(named=True)
    }
    clock = ctx.numbers.clock(NOON * 3600)
    parts = {one: ctx.words("demand.presence.part", part=ctx.words(f"demand.{one}"), clock=clock) for one in
             (WORKDAYS, WEEKEND)}  # fmt: skip
    titles = [ctx.words("demand.presence.live")]
    titles += [ctx.words("demand.column.of_part", what=ctx.words("demand.presence.there"), part=parts[one]) for one in
               (WORKDAYS, WEEKEND)]  # fmt: skip
    titles += [
        ctx.words("demand.column.of_part", what=ctx.words(f"demand.presence.{one}"), part=parts[WORKDAYS])
        for one in ("calls_home", "calls_there")
    ]
    rows = []
    for place in (one for one, _ in rows_of_zones(ctx) if (one, WORKDAYS) in mean):
        day, free = mean[place, WORKDAYS], mean[place, WEEKEND]
        counts = [Cell(ctx.numbers.text(one, form.PEOPLE), one) for one in (live[place], day["people"], free["people"])]
        calls = [Cell(ctx.numbers.plain(one, PER_HOUR), one) for one in (day["incidents_home"], day["incidents"])]
        rows.append(Row((Cell(ctx.names.group(place)), *counts, *calls)))
    columns = (Column(ctx.words("table.place"), figures=False), *map(Column, titles))
    return Table(columns, tuple(rows), ctx.words("demand.presence.caption"), source(ctx, "demand_presence"), dense=True)
