"""Later years: how people and their calls grow, by urgency, place and age, with low and high."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from beredt.decision.demand.years import later_years
from beredt.model.urgency import URGENCIES
from beredt.report import form
from beredt.report.chapters.parts import count_cell, rows_of_zones, source
from beredt.report.context import ReportContext
from beredt.report.demand.part import DemandPart
from beredt.report.demand.people import age_text
from beredt.report.demand.rates import rates_blocks
from beredt.report.figures.axis import Scale
from beredt.report.figures.curves import Curve, CurveFrame, CurvePanel, draw_curves
from beredt.report.figures.look import Look
from beredt.report.form import Form
from beredt.report.page.blocks import Block, Bullets, Cell, Column, Details, Figure, Notice, Paragraph, Row, Table
from beredt.report.theme import BUSY

FACTOR = Form("count", 1.0, 4)
ALL = "all"
Line = Mapping[str, Any]


def growth_part(ctx: ReportContext, usage: str = "") -> DemandPart:
    """Growth to every later year that is told of; a study that knows none says so.

    `usage`: what was assumed of use apart from people, in words; empty for use as it is.
    """
    title = ctx.words("demand.title.growth")
    table = ctx.results.find_table("demand_growth")
    own = ctx.study.settings.study.year
    later = [] if table is None else sorted(set(table["year"].to_list()) - {own})
    refused = _refused(ctx)
    if table is None or not later:
        finding = ctx.words("demand.growth.none")
        notice = Notice(ctx.words("demand.growth.bring"))
        return DemandPart("demand-growth", title, finding, (notice, *refused, *rates_blocks(ctx)))
    sums = sums_of(table)
    blocks: list[Block] = [Paragraph(usage or ctx.words("demand.growth.intro")), *refused]
    blocks += [_figure(ctx, table), _year_table(ctx, table, sums)]
    blocks += [_place_table(ctx, table, own, year) for year in later[-1:]]
    if len(later) > 1:
        tables = tuple(_place_table(ctx, table, own, year) for year in later[:-1])
        blocks.append(Details(ctx.words("demand.growth.more_years"), tables))
    ages = ctx.results.find_table("demand_growth_age")
    if ages is not None:
        blocks += [_age_table(ctx, ages, year) for year in later]
    blocks += rates_blocks(ctx)
    return DemandPart("demand-growth", title, growth_finding(ctx, sums, own, later[-1]), tuple(blocks))


def sums_of(table: pl.DataFrame) -> dict[int, dict[str, float]]:
    """People, and incidents of all urgencies with low and high, of all places together, by year."""
    everywhere = table.filter(pl.col("municipality") == ALL)
    rows = everywhere.group_by("year").agg(pl.col("people").first(), pl.col("incidents", "low", "high").sum())
    return {row.pop("year"): row for row in rows.iter_rows(named=True)}


def growth_finding(ctx: ReportContext, sums: Mapping[int, Mapping[str, float]], own: int, year: int) -> str:
    """One sentence on the last year: calls with low and high, and people."""
    now, then = sums[own], sums[year]
    low, main, high = (then[key] / now["incidents"] - 1.0 for key in ("low", "incidents", "high"))
    key = "demand.growth.finding" if high - low > 5e-4 else "demand.growth.finding_main"
    return ctx.words(
        key,
        year=ctx.numbers.label(year),
        change=ctx.numbers.text(main, form.PERCENT, signed=True),
        span=ctx.numbers.span(low, high, form.PERCENT, signed=True),
        people=ctx.numbers.text(then["people"] / now["people"] - 1.0, form.PERCENT, signed=True),
    )


def _refused(ctx: ReportContext) -> tuple[Block, ...]:
    """Years of a projection that nothing can be told of, with the reason."""
    if ctx.study.settings.demand.source != "rates":
        return ()
    found = later_years(ctx.study).refused
    if not found:
        return ()
    lines = tuple(
        ctx.words("demand.growth.refused", year=ctx.numbers.label(year), why=why) for year, why in found.items()
    )
    return (Bullets(lines),)


def _figure(ctx: ReportContext, table: pl.DataFrame) -> Figure:
    everywhere = table.filter(pl.col("municipality") == ALL).sort("year")
    everywhere = everywhere.with_columns(after=(pl.col("year") - pl.col("year").min()).cast(pl.Float64))
    panels = []
    for urgency in URGENCIES:
        own = everywhere.filter(pl.col("urgency") == urgency)
        curve = Curve(*(own[name].to_list() for name in ("after", "incidents", "low", "high")))
        panels.append(CurvePanel(ctx.names.urgency(urgency), {"": curve}))
    years = sorted(everywhere["year"].unique().to_list())
    after = [float(year - years[0]) for year in years]
    top = float(everywhere["high"].to_numpy().max())
    x = Scale(ctx.words("demand.axis.years_after", year=ctx.numbers.label(years[0])), form.COUNT)
    y = Scale(ctx.words("demand.axis.incidents"), form.COUNT)
    frame = CurveFrame(x, y, (0.0, after[-1]), (0.0, top * 1.05), after, dots=True)
    looks = {"": Look(BUSY.light, "o", "-", "")}
    svg = draw_curves(panels, frame, looks, ctx.numbers, "demand-growth", columns=3)
    alt = ctx.words("demand.growth.alt", year=ctx.numbers.label(years[-1]))
    return Figure(svg, alt, ctx.words("demand.growth.figure_caption"), source(ctx, "demand_growth"))


def _year_table(ctx: ReportContext, table: pl.DataFrame, sums: Mapping[int, Mapping[str, float]]) -> Table:
    found = {(row["year"], row["urgency"]): row for row in table.filter(pl.col("municipality") == ALL).to_dicts()}
    columns = [Column(ctx.words("demand.column.year")), Column(ctx.words("demand.column.people"))]
    columns += [Column(ctx.names.urgency(one)) for one in URGENCIES]
    columns += [Column(ctx.words("demand.column.sum")), Column(ctx.words("demand.column.change"))]
    first = sums[min(sums)]["incidents"]
    rows = []
    for year in sorted(sums):
        whole = sums[year]
        cells = [Cell(ctx.numbers.label(year), float(year)), Cell(ctx.numbers.text(whole["people"], form.PEOPLE))]
        cells += [_spanned(ctx, found[year, one]) for one in URGENCIES]
        change = whole["incidents"] / first - 1.0
        cells += [_spanned(ctx, whole), Cell(ctx.numbers.text(change, form.PERCENT, signed=True), change)]
        rows.append(Row(tuple(cells)))
    return Table(
        tuple(columns), tuple(rows), ctx.words("demand.growth.year_caption"), source(ctx, "demand_growth"),
        dense=True, sortable=False,
    )  # fmt: skip


def _spanned(ctx: ReportContext, row: Line) -> Cell:
    """Incidents with low and high in brackets, where they differ."""
    text = ctx.numbers.text(row["incidents"], form.COUNT)
    if row["high"] - row["low"] >= 0.5:
        text += " " + ctx.words("number.brackets", inside=ctx.numbers.span(row["low"], row["high"], form.COUNT))
    return Cell(text, row["incidents"])


def _place_table(ctx: ReportContext, table: pl.DataFrame, own: int, year: int) -> Table:
    """Calls of every municipality then, all urgencies, with the change since the study's own year."""
    rows = table.group_by("year", "municipality").agg(
        pl.col("people").first(), pl.col("incidents", "low", "high").sum()
    )
    found = {(row["year"], row["municipality"]): row for row in rows.iter_rows(named=True)}
    columns = [Column(ctx.words("table.place"), figures=False)]
    columns += [Column(ctx.words(f"demand.column.{one}")) for one in ("people", "people_change", "sum", "change")]
    lines = []
    for place in (ALL, *(one for one, _ in rows_of_zones(ctx) if (year, one) in found)):
        now, then = found[own, place], found[year, place]
        people = then["people"] / now["people"] - 1.0 if now["people"] else float("nan")
        calls = then["incidents"] / now["incidents"] - 1.0 if now["incidents"] else float("nan")
        small = place != ALL and then["incidents"] < 5
        lines.append(
            Row(
                (
                    Cell(ctx.names.group(place)),
                    Cell(ctx.numbers.text(then["people"], form.PEOPLE), then["people"]),
                    Cell(ctx.numbers.text(people, form.PERCENT, signed=True), people),
                    count_cell(ctx, then["incidents"]) if small else _spanned(ctx, then),
                    Cell(ctx.numbers.text(calls, form.PERCENT, signed=True), calls),
                ),
                "total" if place == ALL else "",
            )
        )
    caption = ctx.words("demand.growth.place_caption", own=ctx.numbers.label(own), year=ctx.numbers.label(year))
    return Table(tuple(columns), tuple(lines), caption, source(ctx, "demand_growth"))


def _age_table(ctx: ReportContext, ages: pl.DataFrame, year: int) -> Table:
    names = ("age", "before", "after", "factor", "incidents_before", "incidents_after")
    forms = (form.PEOPLE, form.PEOPLE, FACTOR, form.COUNT, form.COUNT)
    rows = []
    for row in ages.filter(pl.col("year") == year).iter_rows(named=True):
        values = [float("nan") if row[name] is None else float(row[name]) for name in
                  ("before", "after", "factor", "incidents_before", "incidents_after")]  # fmt: skip
        cells = [Cell(ctx.numbers.plain(value, how), value) for value, how in zip(values, forms, strict=True)]
        rows.append(Row((Cell(age_text(ctx, row["age_band"])), *cells), "total" if row["age_band"] == ALL else ""))
    own, then = ctx.numbers.label(ctx.study.settings.study.year), ctx.numbers.label(year)
    columns = tuple(
        Column(ctx.words(f"demand.column.{name}", own=own, year=then), figures=name != "age") for name in names
    )
    caption = ctx.words("demand.growth.age_caption", own=own, year=then)
    return Table(columns, tuple(rows), caption, source(ctx, "demand_growth_age"), sortable=False)
