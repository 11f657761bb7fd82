"""Regret: how much worse each alternative may turn out than the best one, whichever assumption holds."""

from __future__ import annotations

import polars as pl

from beredt.decision.group_measures import MEASURES
from beredt.report import form
from beredt.report.chapters.parts import missing, source
from beredt.report.context import ReportContext
from beredt.report.measures import TARGET_SHARE
from beredt.report.page.blocks import Block, Cell, Column, Paragraph, Row, Table


def regret_blocks(ctx: ReportContext) -> list[Block]:
    """A table of the largest regret of each alternative, and where and under which assumption it comes up."""
    table = ctx.results.find_table("regret")
    if table is None:
        return [missing(ctx, "regret")]
    keys = ("alternative", "share", "where", "mean", "where")
    columns = [Column(ctx.words(f"comparison.column.{key}"), figures=key in ("share", "mean")) for key in keys]
    rows = []
    for alternative in (ctx.baseline, *ctx.compared):
        own = table.filter(pl.col("alternative") == alternative).drop_nulls("most")
        if not own.is_empty():
            cells = [cell for measure in MEASURES for cell in _cells(ctx, own.filter(pl.col("measure") == measure))]
            rows.append(Row((Cell(ctx.names.alternative(alternative)), *cells)))
    scenarios = ctx.numbers.whole(max(table["scenarios"].to_list(), default=0))
    caption = ctx.words("comparison.regret.caption")
    return [
        Paragraph(ctx.words("comparison.regret.intro", scenarios=scenarios)),
        Table(tuple(columns), tuple(rows), caption, source(ctx, "regret"), sortable=False),
    ]


def _cells(ctx: ReportContext, own: pl.DataFrame) -> tuple[Cell, Cell]:
    """The largest regret over groups, and where it is."""
    if own.is_empty():
        return Cell(ctx.words("number.none"), style="quiet"), Cell("")
    row = own.sort("most", "group", descending=[True, False]).row(0, named=True)
    share = row["measure"] == TARGET_SHARE
    value = row["most"] * (0.01 if share else 1.0)
    written = form.POINTS if share else form.SECONDS
    if ctx.numbers.rounds_to_zero(value, written):
        return Cell(ctx.numbers.text(0.0, written), 0.0, "quiet"), Cell(ctx.words("number.none"), style="quiet")
    where = ctx.words(
        "comparison.regret.where",
        group=ctx.names.group(row["group"]),
        sensitivity=ctx.names.sensitivity(row["worst_under"] or ""),
    )
    return Cell(ctx.numbers.text(value, written), value), Cell(where)
