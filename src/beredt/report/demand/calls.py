"""What people call for: incidents expected by place, urgency and hour of the week."""

from __future__ import annotations

import polars as pl

from beredt.model.urgency import URGENCIES
from beredt.report import form
from beredt.report.chapters.parts import count_cell, missing, rows_of_zones, source
from beredt.report.context import ReportContext
from beredt.report.demand.part import DemandPart
from beredt.report.figures.axis import Scale
from beredt.report.figures.stacked_bars import Part
from beredt.report.figures.week_steps import DAY_H, draw_week_steps
from beredt.report.form import Form
from beredt.report.page.blocks import Cell, Column, Details, Figure, Paragraph, Row, Table
from beredt.report.theme import ALTERNATIVE_INKS, AWAY, READY

PER_HOUR = Form("count", 1.0, 2)
RATE = Form("count", 1.0, 1)
URGENCY_INKS = {"A": ALTERNATIVE_INKS[2].light, "H": AWAY.light, "V": READY.light}


def calls_part(ctx: ReportContext) -> DemandPart:
    """Incidents of a year by place and of the hours of a week, as the study's rates and profile say."""
    title = ctx.words("demand.title.calls")
    places, hours = ctx.results.find_table("demand_places"), ctx.results.find_table("demand_hours")
    if places is None or hours is None:
        return DemandPart("demand-calls", title, ctx.words("demand.no_rates"), (missing(ctx, "demand_places"),))
    calls = {(place, urgency): value for place, urgency, value in places.select("place", "urgency", "incidents").rows()}
    week = hours.group_by("weekday", "hour").agg(pl.col("incidents").sum()).sort("weekday", "hour")
    most = week.row(int(week["incidents"].arg_max() or 0), named=True)
    least = float(week["incidents"].cast(pl.Float64).min() or 0.0)  # type: ignore[arg-type]
    finding = ctx.words(
        "demand.calls.finding",
        calls=ctx.numbers.text(sum(calls["all", one] for one in URGENCIES), form.COUNT),
        acute=ctx.numbers.text(calls["all", "A"], form.COUNT),
        urgent=ctx.numbers.text(calls["all", "H"], form.COUNT),
        ordinary=ctx.numbers.text(calls["all", "V"], form.COUNT),
        when=moment_text(ctx, most["weekday"], most["hour"]),
        times=ctx.numbers.text(most["incidents"] / least if least else float("nan"), form.RATIO),
    )
    blocks = (
        Paragraph(ctx.words("demand.calls.intro")),
        _figure(ctx, hours, moment_text(ctx, most["weekday"], most["hour"])),
        _place_table(ctx, places),
        Details(ctx.words("demand.calls.by_hour"), (_hour_table(ctx, hours),)),
    )
    return DemandPart("demand-calls", title, finding, blocks)


def moment_text(ctx: ReportContext, weekday: int, hour: int) -> str:
    """An hour of the week in words: "Friday 14:00"."""
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return ctx.words(
        "demand.moment", day=ctx.words(f"log.weekday.{days[weekday - 1]}"), clock=ctx.numbers.clock(hour * 3600)
    )


def weekday_names(ctx: ReportContext) -> list[str]:
    """Short names of the days, Monday first."""
    return ctx.words("roster_page.chart.weekdays").split()


def _figure(ctx: ReportContext, hours: pl.DataFrame, when: str) -> Figure:
    parts = [
        Part(
            ctx.names.urgency(one),
            URGENCY_INKS[one],
            hours.filter(pl.col("urgency") == one).sort("weekday", "hour")["incidents"].to_list(),
        )
        for one in URGENCIES
    ]
    y = Scale(ctx.words("demand.axis.calls"), RATE)
    svg = draw_week_steps(parts, (), weekday_names(ctx), y, ctx.numbers, "demand-week")
    alt = ctx.words("demand.calls.alt", when=when)
    return Figure(svg, alt, ctx.words("demand.calls.figure_caption"), source(ctx, "demand_hours"))


def _place_table(ctx: ReportContext, places: pl.DataFrame) -> Table:
    found = {(row["place"], row["urgency"]): row for row in places.iter_rows(named=True)}
    columns = [Column(ctx.words("table.place"), figures=False), Column(ctx.words("demand.column.people"))]
    columns += [Column(ctx.names.urgency(one)) for one in URGENCIES]
    columns += [Column(ctx.words("demand.column.per_1000"))]

    def line(place: str, style: str) -> Row:
        own = [found[place, one] for one in URGENCIES]
        people, calls = own[0]["people"], sum(one["incidents"] for one in own)
        rate = calls * 1000.0 / people if people else float("nan")
        cells = [Cell(ctx.names.group(place)), Cell(ctx.numbers.text(people, form.PEOPLE), people)]
        cells += [count_cell(ctx, one["incidents"]) for one in own]
        return Row((*cells, Cell(ctx.numbers.plain(rate, RATE), rate)), style)

    rows = [line("all", "total")]
    for municipality, districts in rows_of_zones(ctx):
        if (municipality, "A") in found:
            rows.append(line(municipality, ""))
        rows += [line(one, "inner") for one in districts if (one, "A") in found]
    caption = ctx.words("demand.calls.caption", year=ctx.numbers.label(ctx.study.settings.study.year))
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "demand_places"), dense=True)


def _hour_table(ctx: ReportContext, hours: pl.DataFrame) -> Table:
    """Mean of working days and of weekends, by the hour of the day."""
    parts = ("workdays", "weekend")
    mean = (
        hours.with_columns(part=pl.when(pl.col("weekday") <= 5).then(pl.lit("workdays")).otherwise(pl.lit("weekend")))
        .group_by("part", "urgency", "hour")
        .agg(pl.col("incidents").mean())
        .rows()
    )
    found = {(part, urgency, hour): value for part, urgency, hour, value in mean}
    columns = [Column(ctx.words("demand.column.hour"))]
    columns += [
        Column(ctx.words("demand.column.of_part", what=ctx.names.urgency(one), part=ctx.words(f"demand.{part}")))
        for part in parts
        for one in URGENCIES
    ]
    rows = []
    for hour in range(DAY_H):
        values = [found[part, one, hour] for part in parts for one in URGENCIES]
        cells = [Cell(ctx.numbers.plain(value, PER_HOUR), value) for value in values]
        rows.append(Row((Cell(ctx.numbers.clock(hour * 3600), float(hour)), *cells)))
    return Table(
        tuple(columns), tuple(rows), ctx.words("demand.calls.hour_caption"), source(ctx, "demand_hours"), dense=True
    )
