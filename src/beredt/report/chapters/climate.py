"""Kilometres and climate: how far units drive, the carbon dioxide of it, and whether electric cars would do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from beredt.report import form
from beredt.report.chapters.cost_parts import ALL, figures_table
from beredt.report.chapters.parts import difference_cell, missing, source
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.figures.axis import Scale
from beredt.report.figures.stacked_bars import Part, draw_lying_bars
from beredt.report.findings.change import change_text
from beredt.report.form import Form
from beredt.report.measures import measure
from beredt.report.page.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Details,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Row,
    Table,
)
from beredt.report.theme import AWAY, BUSY, READY

TONNES = Form("tonnes")
CASES = ("easy", "likely", "hard")
Line = Mapping[str, Any]


def climate_chapter(ctx: ReportContext) -> Chapter:
    """Kilometres and tonnes by alternative, and the missions that electric cars could not do."""
    title = ctx.words("chapter.climate")
    table = ctx.results.find_table("climate")
    if table is None:
        return Chapter("climate", title, ctx.words("climate.no_finding"), (missing(ctx, "climate"),))
    lines = {(row["alternative"], row["organisation"]): row for row in table.iter_rows(named=True)}
    blocks: list[Block] = [Paragraph(ctx.words("climate.intro"))]
    if lines[ctx.baseline, ALL]["co2_t"] is None:
        blocks.append(Notice(ctx.words("climate.no_carbon", file="climate_figures.csv")))
    blocks += [_table(ctx, lines), _owners(ctx, lines), *_electric_blocks(ctx)]
    frame = ctx.study.decision.get("climate_figures")
    if frame is not None and not frame.is_empty():
        figures = figures_table(ctx, "climate_figures", "climate")
        blocks.append(Details(ctx.words("climate.figures_title"), (figures,)))
    return Chapter("climate", title, _finding(ctx, lines), tuple(blocks))


def _finding(ctx: ReportContext, lines: Mapping[tuple[str, str], Line]) -> str:
    now = lines[ctx.baseline, ALL]
    km = measure("km")
    text = ctx.words(
        "climate.finding" if now["co2_t"] is not None else "climate.finding_km",
        km=ctx.numbers.text(now["km"], form.THOUSAND_KM),
        tonnes=ctx.numbers.text(now["co2_t"] or 0.0, TONNES),
        baseline=ctx.names.alternatives([ctx.baseline]),
    )
    found = {one: ctx.changes.find(one, "km", group=ALL) for one in ctx.compared}
    clauses = [
        ctx.words(
            "climate.clause",
            change=change_text(ctx, km, one),
            alternative=ctx.names.alternatives([name]),
        )
        for name, one in found.items()
        if one is not None and not one.holds_zero
    ]
    if not clauses:
        return f"{text} {ctx.words('climate.same')}" if found else text
    return f"{text} {ctx.words('climate.changes', clauses=ctx.words.listed(clauses))}"


def _table(ctx: ReportContext, lines: Mapping[tuple[str, str], Line]) -> Table:
    columns = [Column(ctx.words("climate.column.alternative"), figures=False)]
    columns += [Column(ctx.words(f"climate.column.{one}")) for one in ("km", "change", "tonnes")]
    rows = []
    for one in ctx.alternatives:
        line = lines[one, ALL]
        change = Cell(ctx.words("number.none"), style="quiet")
        if one in ctx.compared:
            change = difference_cell(ctx, measure("km"), ctx.changes.find(one, "km", group=ALL))
        rows.append(
            Row(
                (
                    Cell(ctx.names.alternative(one)),
                    Cell(ctx.numbers.text(line["km"], form.THOUSAND_KM), line["km"]),
                    change,
                    _tonnes(ctx, line),
                )
            )
        )
    caption = ctx.words("climate.table_caption", baseline=ctx.names.alternatives([ctx.baseline]))
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "climate", "differences"))


def _tonnes(ctx: ReportContext, line: Line) -> Cell:
    if line["co2_t"] is None:
        return Cell(ctx.words("number.none"), style="quiet")
    estimate = Estimate(line["co2_t"], line["co2_low_t"], line["co2_high_t"])
    return Cell(ctx.numbers.estimate(estimate, TONNES), line["co2_t"])


def _owners(ctx: ReportContext, lines: Mapping[tuple[str, str], Line]) -> Details:
    """The same by organisation: kilometres move with the stations."""
    columns = [Column(ctx.words(f"climate.column.{one}"), figures=False) for one in ("alternative", "organisation")]
    columns += [Column(ctx.words(f"climate.column.{one}")) for one in ("km", "tonnes")]
    rows = tuple(
        Row(
            (
                Cell(ctx.names.alternative(one)),
                Cell(ctx.names.get("organisations", owner)),
                Cell(ctx.numbers.text(line["km"], form.THOUSAND_KM), line["km"]),
                _tonnes(ctx, line),
            )
        )
        for (one, owner), line in lines.items()
        if owner != ALL
    )
    table = Table(tuple(columns), rows, ctx.words("climate.owners_caption"), source(ctx, "climate"), dense=True)
    return Details(ctx.words("climate.owners_title"), (table,))


def _electric_blocks(ctx: ReportContext) -> list[Block]:
    blocks: list[Block] = [Heading(ctx.words("climate.electric_title"))]
    table = ctx.results.find_table("electric")
    if table is None:
        return [*blocks, Notice(ctx.words("climate.no_electric", file="climate_figures.csv"))]
    rows = {(row["alternative"], row["case"]): row for row in table.iter_rows(named=True)}
    blocks.append(Paragraph(_electric_finding(ctx, rows), lead=True))
    blocks.append(Paragraph(ctx.words("climate.electric")))
    blocks.append(_electric_table(ctx, rows))
    units = ctx.results.find_table("electric_units")
    if units is not None:
        blocks.append(_stations(ctx, units))
    return blocks


def _electric_finding(ctx: ReportContext, rows: Mapping[tuple[str, str], Line]) -> str:
    shares = {case: rows[ctx.baseline, case] for case in CASES}
    return ctx.words(
        "climate.electric_finding",
        baseline=ctx.names.alternatives([ctx.baseline]),
        range=ctx.numbers.text(shares["likely"]["range_km"], form.KM),
        missed=ctx.numbers.text(shares["likely"]["missed_share"] or 0.0, form.PERCENT),
        easy=ctx.numbers.text(shares["easy"]["missed_share"] or 0.0, form.PERCENT),
        hard=ctx.numbers.text(shares["hard"]["missed_share"] or 0.0, form.PERCENT),
        never=ctx.numbers.whole(shares["likely"]["units_never_short"]),
        units=ctx.numbers.whole(shares["likely"]["units"]),
    )


def _electric_table(ctx: ReportContext, rows: Mapping[tuple[str, str], Line]) -> Table:
    names = ("alternative", "case", "range", "charge", "missed", "acute", "electric_km", "never")
    columns = tuple(
        Column(ctx.words(f"climate.column.{one}"), figures=one not in ("alternative", "case")) for one in names
    )
    lines = []
    for (one, case), row in rows.items():
        shares = [row[key] for key in ("missed_share", "acute_missed_share", "electric_km_share")]
        cells = [Cell(ctx.names.alternative(one)), Cell(ctx.words(f"climate.case.{case}"))]
        cells += [Cell(ctx.numbers.text(row[key], form.KM), row[key]) for key in ("range_km", "charge_km_per_h")]
        cells += [Cell(ctx.numbers.text(share or 0.0, form.PERCENT), share) for share in shares]
        cells.append(Cell(ctx.numbers.whole(row["units_never_short"]), row["units_never_short"]))
        lines.append(Row(tuple(cells)))
    return Table(columns, tuple(lines), ctx.words("climate.electric_caption"), source(ctx, "electric"), dense=True)


def _stations(ctx: ReportContext, units: pl.DataFrame) -> Figure:
    """Missions that electric cars could not do, by station, one bar each: how much of it even in the easy case."""
    missed = [(pl.col(f"missed_share_{case}").fill_null(0.0) * pl.col("missions")).sum().alias(case) for case in CASES]
    sums = (
        units.filter(pl.col("alternative") == ctx.baseline)
        .group_by("station", maintain_order=True)
        .agg(pl.col("missions").sum(), *missed)
        .filter(pl.col("missions") > 0)
        .with_columns(pl.col(case) / pl.col("missions") for case in CASES)
        .sort("likely", "station", descending=[True, False])
    )
    rows = list(sums.iter_rows(named=True))
    steps = [[row[case] - (row[before] if before else 0.0) for row in rows]
             for case, before in zip(CASES, (None, *CASES), strict=False)]  # fmt: skip
    inks = (BUSY.light, AWAY.light, READY.light)
    parts = [
        Part(ctx.words(f"climate.bar.{case}"), ink, [max(0.0, value) for value in values])
        for case, ink, values in zip(CASES, inks, steps, strict=True)
    ]
    texts = [ctx.numbers.text(row["likely"], form.PERCENT) for row in rows]
    names = [ctx.names.get("stations", row["station"]) for row in rows]
    scale = Scale(ctx.words("climate.axis"), form.WHOLE_PERCENT)
    svg = draw_lying_bars(names, parts, scale, ctx.numbers, "electric", texts)
    alt = ctx.words("climate.bars_alt", most=names[0], most_share=texts[0], least=names[-1], least_share=texts[-1])
    return Figure(svg, alt, ctx.words("climate.bars_caption"), source(ctx, "electric_units"))
