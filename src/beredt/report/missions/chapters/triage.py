"""How the telephone's urgency and the triage at the scene agree."""

from __future__ import annotations

import polars as pl

from beredt.report import form
from beredt.report.form import Form
from beredt.report.missions.context import LogContext
from beredt.report.missions.parts import (
    LONGEST,
    count_cell,
    figure_cell,
    left_out,
    method,
    share_cell,
    source,
    unanswered,
)
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Details, Heading, Row, Table

ALL = ""
KAPPA = Form("count", 1.0, 2)
TREND = Form("points", 100.0, 1)
SHARES = ("assessed", "concordance", "over_triage", "under_triage", "acute_not_acute", "acute_missed")


def triage_chapter(ctx: LogContext) -> Chapter:
    """The matrix, the measures with intervals, their trend, and groups of criteria."""
    matrix, measures = ctx.table("triage_matrix"), ctx.table("triage")
    if matrix is None or measures is None:
        return unanswered(ctx, "triage", ctx.why_not("triage") or ctx.words("log.reason.no_triage"))
    blocks: list[Block] = [
        _matrix(ctx, matrix),
        Heading(ctx.words("log.triage.measures_title")),
        _measures(ctx, measures),
    ]
    blocks += _groups(ctx, measures)
    blocks.append(method(ctx, "triage", scale=ctx.numbers.label(ctx.fact("triage_scale"))))
    return Chapter("triage", ctx.words("log.chapter.triage"), _finding(ctx, measures), tuple(blocks))


def _finding(ctx: LogContext, measures: pl.DataFrame) -> str:
    whole = {row["measure"]: row for row in measures.filter(pl.col("by") == "all").iter_rows(named=True)}
    over, under = (whole.get(key, {}).get("value") for key in ("over_triage", "under_triage"))
    if over is None or under is None:
        return ctx.words("log.triage.no_finding")
    return ctx.words(
        "log.triage.finding",
        over=ctx.numbers.text(over, form.PERCENT),
        under=ctx.numbers.text(under, form.PERCENT),
    )


def _matrix(ctx: LogContext, matrix: pl.DataFrame) -> Table:
    levels = list(dict.fromkeys(matrix["level"].to_list()))
    found = {(row["urgency"], row["level"]): row for row in matrix.iter_rows(named=True)}
    answers = {row["level"]: row["level_urgency"] for row in matrix.iter_rows(named=True)}
    largest = max(
        (row["n"] or 0 for (urgency, one), row in found.items() if urgency and answers[one] == urgency), default=1
    )
    columns = (
        Column(ctx.words("log.triage.telephone"), figures=False),
        *(Column(_level(ctx, one, answers[one])) for one in levels),
    )
    lines = [
        Row(
            (
                Cell(ctx.words.sentence(ctx.urgency(urgency))),
                *(
                    count_cell(
                        ctx, found[urgency, one]["n"], largest=largest if urgency and answers[one] == urgency else 0
                    )
                    for one in levels
                ),
            ),
            "total" if urgency == ALL else "",
        )
        for urgency in ("A", "H", "V", ALL)
    ]
    caption = ctx.words("log.triage.matrix_caption", sign=left_out(ctx).text)
    return Table(columns, tuple(lines), caption, source(ctx, "triage_matrix"), sortable=False)


def _level(ctx: LogContext, level: str, urgency: str | None) -> str:
    """A level, with the urgency that it answers to."""
    if level in ("", "not_assessed"):
        return ctx.words(f"log.triage.level.{level or 'all'}")
    name = ctx.words(f"log.triage.level.{level}") if ctx.words.has(f"log.triage.level.{level}") else level
    return ctx.words("log.triage.answers", level=name, urgency=urgency) if urgency else name


def _measures(ctx: LogContext, measures: pl.DataFrame) -> Table:
    trend = ctx.table("triage_trend")
    trends = {row["measure"]: row for row in trend.iter_rows(named=True)} if trend is not None else {}
    columns = (
        Column(ctx.words("table.measure"), figures=False),
        *(Column(ctx.words(f"log.triage.{key}")) for key in ("cases", "size", "value", "per_year")),
    )
    lines = []
    for row in measures.filter(pl.col("by") == "all").iter_rows(named=True):
        change = trends.get(row["measure"], {}).get("per_year")
        lines.append(
            Row(
                (
                    Cell(ctx.words(f"log.triage.measure.{row['measure']}")),
                    count_cell(ctx, row["cases"]),
                    count_cell(ctx, row["size"]),
                    _value(ctx, row),
                    figure_cell(ctx, change, TREND, signed=True),
                )
            )
        )
    caption = ctx.words("log.triage.measures_caption", sign=left_out(ctx).text)
    return Table(columns, tuple(lines), caption, source(ctx, "triage", "triage_trend"), sortable=False)


def _value(ctx: LogContext, row: dict[str, object]) -> Cell:
    if row["measure"] in SHARES:
        return share_cell(ctx, row, "value", ("low", "high"), hidden=bool(row["left_out"]))
    cell = figure_cell(ctx, row["value"], KAPPA, hidden=bool(row["left_out"]))  # type: ignore[arg-type]
    if row["value"] is None or row["low"] is None:
        return cell
    span = ctx.numbers.span(float(row["low"]), float(row["high"]), KAPPA)  # type: ignore[arg-type]
    return Cell(f"{cell.text} {ctx.words('number.brackets', inside=span)}", cell.sort)


def _groups(ctx: LogContext, measures: pl.DataFrame) -> list[Block]:
    own = measures.filter(pl.col("by") == "criterion_group")
    keys = own.filter(pl.col("measure") == "assessed").sort("size", descending=True, nulls_last=True)["key"].to_list()
    if len(keys) < 2:
        return []
    found = {(row["key"], row["measure"]): row for row in own.iter_rows(named=True)}
    shown = ("assessed", "over_triage", "under_triage")
    columns = (
        Column(ctx.words("log.triage.group"), figures=False),
        Column(ctx.words("log.triage.size")),
        *(Column(ctx.words(f"log.triage.measure.{one}")) for one in shown),
    )
    lines = [
        Row(
            (
                Cell(key or ctx.words("log.unknown")),
                count_cell(ctx, found[key, "assessed"]["size"]),
                *(_value(ctx, found[key, one]) for one in shown),
            )
        )
        for key in keys[:LONGEST]
    ]
    table = Table(columns, tuple(lines), ctx.words("log.triage.groups_caption"), source(ctx, "triage"), dense=True)
    return [Details(ctx.words("log.triage.groups_title"), (table,))]
