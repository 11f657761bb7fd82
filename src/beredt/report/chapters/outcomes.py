"""The chapter on outcomes: expected survivors, and patients by how late help is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from beredt.coverage.larsen import SOURCE, larsen_curve
from beredt.coverage.survival import LogisticCurve, published_curves
from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.parts import difference_cell, source
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.form import Form
from beredt.report.measures import Measure
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Heading, Notice, Paragraph, Row, Table
from beredt.report.translated import translated

TENTH = Form("count", 1.0, 1)
PATIENTS = Measure("", TENTH, TENTH, 0)
SURVIVORS = Measure("", TENTH, TENTH, 1)
SHOWN_MINUTES = (5.0, 8.0, 12.0, 20.0)


def outcomes_chapters(ctx: ReportContext) -> tuple[Chapter, ...]:
    """The chapter, where the study has conditions; else none."""
    table = ctx.results.find_table("outcomes")
    if table is None:
        return ()
    return (Chapter("outcomes", ctx.words("chapter.outcomes"), _finding(ctx, table), tuple(_blocks(ctx, table))),)


def _others(ctx: ReportContext) -> tuple[str, ...]:
    return tuple(one for one in ctx.alternatives if one != TODAY)


def _finding(ctx: ReportContext, table: pl.DataFrame) -> str:
    survivors = table.filter((pl.col("measure") == "survivors") & (pl.col("alternative") == TODAY))
    if survivors.is_empty():
        return ctx.words("outcomes.finding_delay")
    level = _estimate(survivors.row(0, named=True), "")
    return ctx.words("outcomes.finding", survivors=ctx.numbers.estimate(level, TENTH))


def _blocks(ctx: ReportContext, table: pl.DataFrame) -> Iterator[Block]:
    yield Notice(ctx.words("outcomes.limits"))
    yield _conditions(ctx)
    yield Heading(ctx.words("outcomes.figures_title"))
    yield _figures(ctx, table)
    curves = [row["curve"] for row in _rows(ctx) if row["curve"] is not None]
    if curves:
        yield Heading(ctx.words("outcomes.curves_title"))
        yield Paragraph(ctx.words("outcomes.curves"))
        yield _curves(ctx, list(dict.fromkeys(curves)))


def _rows(ctx: ReportContext) -> list[Mapping[str, Any]]:
    return list(ctx.study.demand["conditions"].iter_rows(named=True))


def _conditions(ctx: ReportContext) -> Table:
    names = ("condition", "urgency", "share", "told", "source")
    columns = tuple(Column(ctx.words(f"outcomes.column.{one}"), figures=one == "share") for one in names)
    rows = []
    for row in _rows(ctx):
        told = "survival" if row["measure"] == "survival" else row["until"]
        rows.append(
            Row(
                (
                    Cell(condition_name(ctx, row)),
                    Cell(ctx.names.urgency(row["urgency"])),
                    Cell(ctx.numbers.text(row["share"], form.PERCENT), row["share"]),
                    Cell(ctx.words(f"outcomes.told.{told}")),
                    Cell(translated(ctx, row["source"] or ""), style="words"),
                )
            )
        )
    return Table(columns, tuple(rows), ctx.words("outcomes.conditions_caption"), source(ctx, "outcomes"))


def condition_name(ctx: ReportContext, row: Mapping[str, Any]) -> str:
    """A condition in the report's language, or as the study calls it."""
    key = f"outcomes.name.{row['id']}"
    return ctx.words(key) if ctx.words.has(key) else str(row["name"])


def _figures(ctx: ReportContext, table: pl.DataFrame) -> Table:
    columns = [Column(ctx.words("outcomes.column.condition"), figures=False)]
    columns += [Column(ctx.words("outcomes.column.measure"), figures=False)]
    columns += [Column(ctx.words("pathways.column.level", alternative=ctx.names.alternative_tag(TODAY)))]
    columns += [
        Column(ctx.words("pathways.column.difference", alternative=ctx.names.alternative_tag(one)))
        for one in _others(ctx)
    ]
    lines = {
        (row["alternative"], row["condition"], row["measure"], row["from_min"]): row
        for row in table.iter_rows(named=True)
    }
    rows = []
    for condition in _rows(ctx):
        for key, line in lines.items():
            if key[0] != TODAY or key[1] != condition["id"]:
                continue
            how = SURVIVORS if key[2] == "survivors" else PATIENTS
            level = _estimate(line, "")
            cells = [Cell(ctx.numbers.estimate(level, how.level), level.value)]
            cells += [difference_cell(ctx, how, _estimate(lines[one, *key[1:]], "difference")) for one in _others(ctx)]
            rows.append(Row((Cell(condition_name(ctx, condition)), Cell(_what(ctx, line)), *cells)))
    return Table(
        tuple(columns), tuple(rows), ctx.words("outcomes.figures_caption"), source(ctx, "outcomes"), dense=True
    )


def _what(ctx: ReportContext, line: Mapping[str, Any]) -> str:
    if line["measure"] != "delay":
        return ctx.words(f"outcomes.measure.{line['measure']}")
    low, high = line["from_min"], line["to_min"]
    if low < 0.0:
        return ctx.words("outcomes.measure.never")
    ends = {"low": ctx.numbers.plain(low), "high": "" if high is None else ctx.numbers.plain(high)}
    return ctx.words("outcomes.measure.above" if high is None else "outcomes.measure.between", **ends)


def _estimate(line: Mapping[str, Any], prefix: str) -> Estimate:
    keys = ("difference", "difference_low", "difference_high") if prefix else ("value", "low", "high")
    return Estimate(*(float("nan") if line[key] is None else float(line[key]) for key in keys))


def _curves(ctx: ReportContext, names: list[str]) -> Table:
    columns = [Column(ctx.words("outcomes.column.curve"), figures=False)]
    columns += [
        Column(ctx.words("outcomes.column.after", minutes=ctx.numbers.plain(minutes))) for minutes in SHOWN_MINUTES
    ]
    columns += [Column(ctx.words("outcomes.column.source"), figures=False)]
    rows = []
    for name in names:
        larsen = larsen_curve()
        curve = larsen if name == larsen.curve_id else published_curves()[name]
        origin = curve.source if isinstance(curve, LogisticCurve) else SOURCE
        shares = [float(curve.share(60.0 * minutes)) for minutes in SHOWN_MINUTES]
        cells = [Cell(ctx.numbers.text(share, form.PERCENT), share) for share in shares]
        rows.append(Row((Cell(name), *cells, Cell(origin, style="words"))))
    return Table(tuple(columns), tuple(rows), ctx.words("outcomes.curves_caption"), source(ctx, "outcomes"))
