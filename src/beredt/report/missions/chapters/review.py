"""Missions worth a look: how many cases of the queue stand where, by the rule that flagged them."""

from __future__ import annotations

import polars as pl

from beredt.indicators.review.queued import STATUSES
from beredt.indicators.review.rules import load_review_rules
from beredt.report.missions.context import LogContext
from beredt.report.missions.parts import count_cell, left_out, method, source
from beredt.report.page.blocks import Cell, Chapter, Column, Row, Table

ALL = ""


def review_chapter(ctx: LogContext) -> tuple[Chapter, ...]:
    """The chapter, where there is a queue. It tells of no single case."""
    table = ctx.table("review_summary")
    if table is None:
        return ()
    rules = load_review_rules()
    columns = (
        Column(ctx.words("log.review.rule"), figures=False),
        *(Column(ctx.words(f"log.review.{key}")) for key in ("cases", *STATUSES)),
        Column(ctx.words("log.review.look"), figures=False),
    )
    lines = []
    for row in table.sort(pl.col("rule") == ALL, -pl.col("cases").fill_null(0), "rule").iter_rows(named=True):
        rule = rules.get(row["rule"])
        name = (
            ctx.words("log.review.all") if row["rule"] == ALL else ctx.words.local(rule.title) if rule else row["rule"]
        )
        cells = (count_cell(ctx, row[key]) for key in ("cases", *STATUSES))
        look = Cell(ctx.words.local(rule.look) if rule else "", style="words")
        lines.append(Row((Cell(name), *cells, look), "total" if row["rule"] == ALL else ""))
    caption = ctx.words("log.review.caption", sign=left_out(ctx).text)
    block = Table(columns, tuple(lines), caption, source(ctx, "review_summary"), dense=True, sortable=False)
    blocks = (block, method(ctx, "review"))
    return (Chapter("review", ctx.words("log.chapter.review"), _finding(ctx, table), blocks),)


def _finding(ctx: LogContext, table: pl.DataFrame) -> str:
    row = table.row(by_predicate=pl.col("rule") == ALL, named=True)
    counts = [row[key] for key in ("cases", "closed", "dismissed")]
    if None in counts:
        return ctx.words("log.review.no_finding")
    cases, closed, dismissed = counts
    return ctx.words(
        "log.review.finding",
        cases=ctx.numbers.whole(cases),
        done=ctx.numbers.whole(closed + dismissed),
        left=ctx.numbers.whole(cases - closed - dismissed),
    )
