"""All uncertain numbers drawn together: how often premise 1 holds, and which number moves the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from beredt.report import form
from beredt.report.chapters.gate import gate_panels
from beredt.report.chapters.parts import missing, source
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.figures.interval_chart import IntervalPanel, IntervalRow, draw_intervals
from beredt.report.figures.look import alternative_looks
from beredt.report.findings.gate import answers, gate_lines
from beredt.report.measures import LEVEL_MEAN, TARGET_SHARE
from beredt.report.page.blocks import Block, Cell, Column, Figure, Heading, Paragraph, Row, Table

FEW_DECIMALS = 10.0
"""From here on a value is written without decimals."""


def uncertain_blocks(ctx: ReportContext) -> list[Block]:
    """The numbers and their ranges, the share of draws within the margins, and a tornado for each alternative."""
    shares = ctx.results.find_table("draw_shares")
    effects = ctx.results.find_table("uncertain_effects")
    if shares is None or effects is None:
        return [missing(ctx, "draw_shares")]
    draws = ctx.numbers.whole(int(shares["draws"][0]))
    blocks: list[Block] = [
        Paragraph(ctx.words("comparison.uncertain.intro", draws=draws)), _numbers(ctx), _shares(ctx, shares)
    ]  # fmt: skip
    for alternative in ctx.compared:
        own = effects.filter(pl.col("alternative") == alternative)
        if own.select((pl.col("effect") != 0.0).any()).item():
            blocks += [Heading(ctx.names.alternative_title(alternative), 4), _tornado(ctx, own, alternative)]
    return blocks


def deciding_group(ctx: ReportContext, alternative: str) -> str:
    """The group on which the answer about an alternative rests most; the gate's first without an answer."""
    for answer in answers(ctx):
        if answer.alternative == alternative and answer.deciding is not None:
            return answer.deciding.group
    gate = ctx.study.settings.gate
    return gate.groups[0] if gate else ""


def number_names(ctx: ReportContext) -> dict[str, str]:
    """The study's uncertain numbers, in its own words."""
    return {one.id: ctx.words.local(one.name) for one in ctx.study.uncertain}


def number_text(ctx: ReportContext, value: float) -> str:
    """A value of an uncertain number: with decimals where it is small, for its unit is not known here."""
    return ctx.numbers.plain(value, form.COUNT if abs(value) >= FEW_DECIMALS or value == 0.0 else form.RATIO)


def _numbers(ctx: ReportContext) -> Table:
    names = number_names(ctx)
    columns = [Column(ctx.words("comparison.column.number"), figures=False)]
    columns += [Column(ctx.words(f"comparison.column.{key}")) for key in ("low", "mode", "high")]
    rows = [
        Row((Cell(names[one.id]), *(Cell(number_text(ctx, v), v) for v in (one.low, one.mode, one.high))))
        for one in ctx.study.uncertain
    ]
    caption = ctx.words("comparison.uncertain.numbers_caption")
    return Table(tuple(columns), tuple(rows), caption, ctx.words("source.study", tables="study.toml"), sortable=False)


def _shares(ctx: ReportContext, shares: pl.DataFrame) -> Table:
    """Alternatives down: how many draws are within all margins, and the row that most often is not."""
    keys = ("alternative", "within", "weakest", "weakest_within")
    columns = tuple(Column(ctx.words(f"comparison.column.{key}"), figures="within" in key) for key in keys)
    rows = []
    for alternative in ctx.compared:
        own = shares.filter(pl.col("alternative") == alternative)
        if own.is_empty():
            continue
        (whole,) = own.filter(pl.col("group") == "").iter_rows(named=True)
        weakest = own.filter(pl.col("group") != "").sort("within", "group", "measure").row(0, named=True)
        sure = weakest["within"] == weakest["draws"]
        where = ctx.words("number.none") if sure else _row_name(ctx, weakest)
        cells = (Cell(ctx.names.alternative(alternative)), _share_cell(ctx, whole), Cell(where))
        rows.append(Row((*cells, Cell(ctx.words("number.none")) if sure else _share_cell(ctx, weakest))))
    caption = ctx.words("comparison.uncertain.shares_caption")
    return Table(columns, tuple(rows), caption, source(ctx, "draw_shares"), sortable=False)


def _row_name(ctx: ReportContext, row: Mapping[str, Any]) -> str:
    return ctx.words(f"comparison.row.{row['measure']}", group=ctx.names.group(row["group"]))


def _share_cell(ctx: ReportContext, row: Mapping[str, Any]) -> Cell:
    found = Estimate(row["share"], row["low"], row["high"])
    return Cell(ctx.numbers.estimate(found, form.WHOLE_PERCENT), row["share"])


def _tornado(ctx: ReportContext, own: pl.DataFrame, alternative: str) -> Figure:
    """What the whole range of every number does to the difference in the deciding group, the widest first."""
    group = deciding_group(ctx, alternative)
    names = number_names(ctx)
    found: dict[str, dict[str, Estimate]] = {}
    explained = 0.0
    for row in own.filter(pl.col("group") == group).iter_rows(named=True):
        scale = 0.01 if row["measure"] == TARGET_SHARE else 1.0
        effect = Estimate(row["effect"], row["low"], row["high"]).scaled(scale)
        found.setdefault(row["number"], {})[row["measure"]] = effect
        if row["measure"] == TARGET_SHARE:
            explained = float(row["explained"])
    widest = sorted(found, key=lambda one: -abs(found[one][TARGET_SHARE].value))
    rows = [
        IntervalRow(names[one], tuple({alternative: found[one][key]} for key in (TARGET_SHARE, LEVEL_MEAN)))
        for one in widest
    ]
    panels = tuple(
        IntervalPanel(panel.title, panel.scale, None, panel.left, panel.right)
        for panel in gate_panels(ctx, [line for line in gate_lines(ctx) if line.alternative == alternative])
    )
    looks = {alternative: alternative_looks(ctx)[alternative]}
    name = "uncertain-" + "".join(letter if letter.isalnum() else "-" for letter in alternative)
    svg = draw_intervals(rows, panels, looks, ctx.numbers, name)
    texts = {
        "group": ctx.names.group(group),
        "most": names[widest[0]],
        "explained": ctx.numbers.text(explained, form.WHOLE_PERCENT),
    }
    alt = ctx.words("comparison.uncertain.alt", **texts)
    return Figure(svg, alt, ctx.words("comparison.uncertain.caption", **texts), source(ctx, "uncertain_effects"))
