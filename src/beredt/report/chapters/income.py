"""Income: what each organisation's share of the income model is, and what an alternative moves. Never part of cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from beredt.report import form
from beredt.report.chapters.parts import source
from beredt.report.context import ReportContext
from beredt.report.form import Form
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Heading, Notice, Paragraph, Row, Table
from beredt.report.study_names import local_name

FILES = ("income_components.csv", "income_criteria.csv", "income_weights.csv", "income_values.csv", "income_flows.csv")
EXAMPLE = "example"
SHARE = Form("percent", 100.0, 2)
POINTS = Form("points", 100.0, 2)
Line = Mapping[str, Any]


def income_chapter(ctx: ReportContext) -> Chapter:
    """Shares and effects; without weights, what to bring."""
    title = ctx.words("chapter.income")
    shares, effects = ctx.results.find_table("income_shares"), ctx.results.find_table("income_effects")
    if shares is None:
        asked = ctx.words("income.bring", files=ctx.words.listed(FILES))
        return Chapter("income", title, ctx.words("income.no_finding"), (Notice(asked),))
    blocks: list[Block] = []
    example = is_example(ctx)
    if example:
        blocks.append(Notice(ctx.words("income.example_notice")))
    blocks += [Paragraph(ctx.words("income.intro")), Heading(ctx.words("income.effects_title"))]
    if effects is not None:
        blocks.append(_effects(ctx, effects, example))
    if shares["amount_nok"].null_count():
        blocks.append(Notice(ctx.words("income.no_amount", file="income_components.csv")))
    blocks += [Heading(ctx.words("income.shares_title")), _shares(ctx, shares, example)]
    finding = _finding(ctx, effects)
    return Chapter("income", title, _marked(ctx, finding, example), tuple(blocks))


def is_example(ctx: ReportContext) -> bool:
    """Whether anything in the model is only an example: then nothing that comes out of it is more."""
    tables = (ctx.study.decision.get(name.removesuffix(".csv")) for name in FILES)
    return any(table is not None and "basis" in table.columns and EXAMPLE in table["basis"] for table in tables)


def _finding(ctx: ReportContext, effects: pl.DataFrame | None) -> str:
    if effects is None:
        return ctx.words("income.finding_none")
    clauses = []
    moving = []
    for one in ctx.compared:
        own = effects.filter(pl.col("alternative") == one)
        gains = (
            own.drop_nulls("change_nok").group_by("organisation", maintain_order=True).agg(pl.col("change_nok").sum())
        )
        best = gains.sort("change_nok", descending=True).head(1)
        if best.height and best["change_nok"][0] > 0.0:
            clauses.append(
                ctx.words(
                    "income.clause",
                    alternative=ctx.names.alternatives([one]),
                    amount=ctx.numbers.text(best["change_nok"][0], form.MILLION_NOK),
                    organisation=ctx.names.get("organisations", best["organisation"][0]),
                )
            )
        elif (own["share_change"] != 0.0).any():
            moving.append(one)
    baseline = ctx.names.alternatives([ctx.baseline])
    told = [ctx.words("income.finding", clauses=ctx.words.listed(clauses), baseline=baseline)] if clauses else []
    if clauses and effects["change_nok"].null_count():
        told.append(ctx.words("income.partly"))
    if moving:
        told.append(ctx.words.sentence(ctx.words("income.finding_shares", alternatives=ctx.names.alternatives(moving))))
    return " ".join(told) or ctx.words("income.finding_none")


def _effects(ctx: ReportContext, effects: pl.DataFrame, example: bool) -> Table:
    found = {(r["component"], r["organisation"], r["alternative"]): r for r in effects.iter_rows(named=True)}
    columns = [Column(ctx.words(f"income.column.{one}"), figures=False) for one in ("component", "organisation")]
    columns += [Column(ctx.names.alternative(one)) for one in ctx.compared]
    rows = []
    for component, organisation in dict.fromkeys((c, o) for c, o, _ in found):
        cells = [Cell(_marked(ctx, _component(ctx, component), example))]
        cells.append(Cell(ctx.names.get("organisations", organisation)))
        cells += [_effect(ctx, found.get((component, organisation, one))) for one in ctx.compared]
        rows.append(Row(tuple(cells)))
    caption = ctx.words("income.effects_caption", baseline=ctx.names.alternatives([ctx.baseline]))
    shown = _marked(ctx, caption, example)
    return Table(tuple(columns), tuple(rows), shown, source(ctx, "income_effects"), sortable=False)


def _effect(ctx: ReportContext, line: Line | None) -> Cell:
    if line is None or not (line["share_change"] or line["change_nok"]):
        return Cell(ctx.words("change.none_short"), 0.0, "quiet")
    if line["change_nok"] is None:
        return Cell(ctx.numbers.text(line["share_change"], POINTS, signed=True), line["share_change"])
    return Cell(ctx.numbers.text(line["change_nok"], form.MILLION_NOK, signed=True), line["change_nok"])


def _shares(ctx: ReportContext, shares: pl.DataFrame, example: bool) -> Table:
    found = {(r["component"], r["organisation"], r["alternative"]): r for r in shares.iter_rows(named=True)}
    columns = [Column(ctx.words(f"income.column.{one}"), figures=False) for one in ("component", "organisation")]
    columns += [Column(ctx.names.alternative(one)) for one in ctx.alternatives]
    rows = []
    for component, organisation in dict.fromkeys((c, o) for c, o, _ in found):
        cells = [Cell(_marked(ctx, _component(ctx, component), example))]
        cells.append(Cell(ctx.names.get("organisations", organisation)))
        for one in ctx.alternatives:
            line = found.get((component, organisation, one))
            share = 0.0 if line is None else line["share"]
            cells.append(Cell(ctx.numbers.text(share, SHARE), share))
        rows.append(Row(tuple(cells)))
    caption = _marked(ctx, ctx.words("income.shares_caption"), example)
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "income_shares"), sortable=False)


def _component(ctx: ReportContext, key: str) -> str:
    rows = ctx.study.decision["income_components"].iter_rows(named=True)
    return next((local_name(ctx.words, row) for row in rows if row["id"] == key), key)


def _marked(ctx: ReportContext, text: str, example: bool) -> str:
    return ctx.words("income.example", text=text) if example else text
