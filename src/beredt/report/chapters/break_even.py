"""The break-even: the asking time or the number of units at which an alternative stops meeting premise 1."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

import polars as pl

from beredt.report import form
from beredt.report.chapters.parts import missing, source
from beredt.report.context import ReportContext
from beredt.report.figures.axis import Scale
from beredt.report.figures.curves import Curve, CurveFrame, CurvePanel, draw_curves
from beredt.report.figures.look import Look
from beredt.report.form import Form
from beredt.report.measures import TARGET_SHARE
from beredt.report.page.blocks import Block, Bullets, Figure, Heading, Paragraph
from beredt.report.theme import ALTERNATIVE_INKS, MARKERS

LEVERS: Mapping[str, Form] = {"ask_s": form.SECONDS, "extra_units": Form("count", 1.0, 1)}
AXES: Mapping[str, Scale] = {
    "ask_s": Scale("axis.ask_s", form.SECONDS),
    "extra_units": Scale("axis.extra_units", form.COUNT, signed=True),
}


def break_even_blocks(ctx: ReportContext) -> list[Block]:
    """Per lever one line per alternative, and curves of the differences over the lever."""
    points, curve = ctx.results.find_table("break_even_points"), ctx.results.find_table("break_even")
    if points is None and curve is None:
        return [missing(ctx, "break_even")]
    blocks: list[Block] = [Paragraph(ctx.words("break_even.intro"))]
    for lever in LEVERS:
        blocks.append(Heading(ctx.words(f"break_even.{lever}.title"), 4))
        lines = _lines(ctx, lever)
        blocks += [Bullets(lines)] if lines else []
        figure = None if curve is None else _figure(ctx, curve, lever)
        blocks += [figure] if figure else []
    return blocks


def _lines(ctx: ReportContext, lever: str) -> tuple[str, ...]:
    points = ctx.results.find_table("break_even_points")
    if points is None:
        return ()
    rows = points.filter((pl.col("lever") == lever) & (pl.col("alternative") != ctx.baseline))
    return tuple(ctx.words.sentence(_line(ctx, row)) for row in rows.iter_rows(named=True))


def _line(ctx: ReportContext, row: Mapping[str, Any]) -> str:
    """What is known of one alternative and lever: the point, that there is none, or why nothing was tried."""
    lever, who = row["lever"], ctx.names.alternatives((row["alternative"],))
    if row.get("not_tried"):
        return ctx.words(f"break_even.not_tried.{row['not_tried']}", alternative=who)
    case, level = _case(row)
    ends = {key: _amount(ctx, lever, row.get(key)) for key in ("smallest", "largest", "level_low", "level_high")}
    text = ctx.words(f"break_even.{lever}.{case}", alternative=who, level=_amount(ctx, lever, level), **ends)
    low, high = row.get("interval_low"), row.get("interval_high")
    if case in ("at", "spare", "needs") and low is not None and high is not None:
        # Units that can be spared are counted upwards, so the ends change places.
        least, most = (-float(high), -float(low)) if case == "spare" else (float(low), float(high))
        return ctx.words("break_even.with_span", text=text, span=ctx.numbers.span(least, most, LEVERS[lever]))
    return ctx.words("break_even.without_span", text=text)


def _case(row: Mapping[str, Any]) -> tuple[str, float | None]:
    """Which sentence fits, and the level that it names."""
    level = row["level"]
    known = level is not None and isfinite(level)
    if row["lever"] == "ask_s":
        if known:
            return "at", float(level)
        if row.get("holds_at_smallest") is False:
            return "never", None
        return ("always" if row["holds_at_largest"] else "unsure"), None
    if known:
        return ("spare", -float(level)) if level < 0 else ("needs", float(level))
    if row["holds_at_largest"]:
        return "always", None
    return "never", None


def _amount(ctx: ReportContext, lever: str, level: float | None) -> str:
    return ctx.words("number.none") if level is None else ctx.numbers.text(float(level), LEVERS[lever])


def _figure(ctx: ReportContext, curve: pl.DataFrame, lever: str) -> Figure | None:
    """Share within the target over the lever: one panel per alternative, one curve per group of the gate."""
    own = curve.filter((pl.col("lever") == lever) & (pl.col("measure") == TARGET_SHARE)).sort("level")
    there = set(own["alternative"].to_list())
    alternatives = [one for one in ctx.alternatives if one in there]
    gate = ctx.study.settings.gate
    if own.is_empty() or gate is None or own["level"].n_unique() < 2:
        return None
    panels = [_panel(ctx, own.filter(pl.col("alternative") == one), one) for one in alternatives]
    levels = sorted({float(level) for level in own["level"].to_list()})
    ends = [float(v) / 100.0 for key in ("low", "high") for v in own[key].to_list() if v is not None and isfinite(v)]
    low, high = min([*ends, -gate.margin_share_pp / 100.0]), max([*ends, 0.0])
    room = 0.06 * (high - low)
    axis = AXES[lever]
    frame = CurveFrame(
        Scale(ctx.words(axis.title), axis.form, axis.signed),
        Scale(ctx.words("axis.points"), form.POINTS, signed=True),
        (levels[0], levels[-1]), (low - room, high + room), x_at=levels, dots=True,
    )  # fmt: skip
    svg = draw_curves(
        panels, frame, _group_looks(ctx, gate.groups), ctx.numbers, f"break-even-{lever}", columns=3,
        level_text=ctx.words("chart.margin"),
    )  # fmt: skip
    alt = " ".join(_lines(ctx, lever)) or ctx.words(f"break_even.{lever}.caption")
    return Figure(svg, alt, ctx.words(f"break_even.{lever}.caption"), source(ctx, "break_even"))


def _panel(ctx: ReportContext, own: pl.DataFrame, alternative: str) -> CurvePanel:
    gate = ctx.study.settings.gate
    margin = gate.margin_share_pp / 100.0 if gate else 0.0
    curves = {}
    for group in gate.groups if gate else ():
        rows = own.filter(pl.col("group") == group).drop_nulls(("difference", "low", "high"))
        if not rows.is_empty():
            columns = [[float(v) / 100.0 for v in rows[key].to_list()] for key in ("difference", "low", "high")]
            curves[group] = Curve([float(v) for v in rows["level"].to_list()], *columns)
    return CurvePanel(ctx.names.alternative(alternative), curves, level={-margin: ""})


def _group_looks(ctx: ReportContext, groups: tuple[str, ...]) -> Mapping[str, Look]:
    return {
        group: Look(
            ALTERNATIVE_INKS[n % len(ALTERNATIVE_INKS)].light, MARKERS[n % len(MARKERS)], "-", ctx.names.group(group)
        )
        for n, group in enumerate(groups)
    }
