"""The tail of the response times: how many wait longer than so many minutes."""

from __future__ import annotations

import polars as pl

from beredt.report import form
from beredt.report.chapters.parts import missing, source
from beredt.report.context import ReportContext
from beredt.report.figures.axis import Scale
from beredt.report.figures.curves import Curve, CurveFrame, CurvePanel, draw_curves
from beredt.report.figures.look import alternative_looks
from beredt.report.page.blocks import Block, Figure

ACUTE = "A"
LAST_MINUTE = 40.0
STEP = 10


def exceedance_figure(ctx: ReportContext) -> list[Block]:
    """One panel per group of the gate: the share of acute incidents that wait longer, with the target's lines."""
    table = ctx.results.find_table("exceedance")
    if table is None:
        return [missing(ctx, "exceedance")]
    own = table.filter((pl.col("urgency") == ACUTE) & (pl.col("minutes") <= LAST_MINUTE)).sort("minutes")
    panels = [_panel(ctx, own, group) for group in _groups(ctx, own)]
    frame = CurveFrame(
        Scale(ctx.words("axis.minutes_from_call"), form.WHOLE_MINUTES),
        Scale(ctx.words("axis.share_later"), form.PERCENT),
        (0.0, LAST_MINUTE), (0.0, 1.0), x_at=[float(m) for m in range(0, int(LAST_MINUTE) + 1, STEP)],
    )  # fmt: skip
    svg = draw_curves(panels, frame, alternative_looks(ctx), ctx.numbers, "exceedance", columns=2)
    caption = ctx.words("alternatives.tail_caption", last=ctx.numbers.text(LAST_MINUTE, form.WHOLE_MINUTES))
    return [Figure(svg, _alt(ctx, own), caption, source(ctx, "exceedance"))]


def _groups(ctx: ReportContext, table: pl.DataFrame) -> tuple[str, ...]:
    gate = ctx.study.settings.gate
    there = set(table["group"].to_list())
    groups = tuple(group for group in ("all", *(gate.groups if gate else ())) if group in there)
    return groups or tuple(sorted(there))[:6]


def _panel(ctx: ReportContext, table: pl.DataFrame, group: str) -> CurvePanel:
    curves = {}
    for one in ctx.alternatives:
        own = table.filter((pl.col("alternative") == one) & (pl.col("group") == group))
        if not own.is_empty():
            curves[one] = Curve(own["minutes"].to_list(), own["share_later"].to_list())
    upright, level = {}, {}
    for target in ctx.study.settings.targets:
        if target.urgency == ACUTE and target.where == "urban":
            upright[target.minutes] = ctx.numbers.text(target.minutes, form.WHOLE_MINUTES)
            level[1.0 - target.share] = ctx.numbers.text(1.0 - target.share, form.WHOLE_PERCENT)
    return CurvePanel(ctx.names.group(group), curves, upright, level)


def _alt(ctx: ReportContext, table: pl.DataFrame) -> str:
    """The share that waits longer than the urban target under the baseline, in the first group shown."""
    group = _groups(ctx, table)[0]
    minutes = next((t.minutes for t in ctx.study.settings.targets if t.urgency == ACUTE), 0.0)
    own = table.filter((pl.col("group") == group) & (pl.col("minutes") == minutes))
    shares = dict(own.select("alternative", "share_later").iter_rows())
    parts = [
        ctx.words(
            "alternatives.tail_clause",
            alternative=ctx.names.alternatives((one,)),
            share=ctx.numbers.text(float(shares[one]), form.PERCENT),
        )
        for one in ctx.alternatives
        if one in shares
    ]
    return ctx.words(
        "alternatives.tail_alt",
        group=ctx.names.group(group),
        minutes=ctx.numbers.text(minutes, form.WHOLE_MINUTES),
        clauses=ctx.words.listed(parts),
    )
