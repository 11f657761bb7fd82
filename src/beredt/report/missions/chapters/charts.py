"""Quality indicators of the catalogue: values against targets, and control charts of months."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from beredt.report import form
from beredt.report.figures.axis import Scale
from beredt.report.figures.control_charts import ControlPanel, ControlWords, draw_control_charts
from beredt.report.form import Form
from beredt.report.local_text import local_text
from beredt.report.missions.context import LogContext
from beredt.report.missions.parts import count_cell, figure_cell, left_out, method, source, unanswered
from beredt.report.page.blocks import (
    Block,
    Bullets,
    Cell,
    Chapter,
    Column,
    Details,
    Figure,
    Heading,
    Paragraph,
    Row,
    Table,
)

ALL = ""
FEWEST_POINTS = 6
MOST_POINTS = 60
PER_FIGURE = 6
_MINUTES = Form("min", 1 / 60, 1)
_FORMS: Mapping[str, Form] = {
    "share": form.PERCENT,
    "s": _MINUTES,
    "per_day": Form("per_day", 1.0, 2),
    "per_hour": Form("per_hour", 1.0, 2),
}
_AXES: Mapping[str, str] = {"share": "percent", "s": "minutes", "per_day": "per_day", "per_hour": "per_hour"}
"""What stands beside the axis of a chart, by the unit of its values."""


def charts_chapter(ctx: LogContext) -> Chapter:
    """All indicators that the log can tell, their charts, definitions, and what the others need."""
    values, definitions = ctx.table("catalogue"), ctx.table("catalogue_definitions")
    whole = None if values is None else values.filter((pl.col("by") == ALL) & (pl.col("period") == ALL))
    if whole is None or definitions is None or not (whole["size"].fill_null(1) > 0).any():
        return unanswered(ctx, "charts", ctx.words("log.reason.no_missions"))
    known = {row["indicator"]: row for row in definitions.iter_rows(named=True)}
    titles = {name: local_text(ctx.words, row, "title") for name, row in known.items()}
    shown = whole.filter(pl.col("value").is_not_null() | pl.col("left_out"))
    blocks: list[Block] = [_values(ctx, shown, titles)]
    panels = _panels(ctx, shown, titles)
    if panels:
        blocks.append(Heading(ctx.words("log.charts.title")))
        blocks += [_figure(ctx, panels[at : at + PER_FIGURE], at) for at in range(0, len(panels), PER_FIGURE)]
    else:
        blocks.append(Paragraph(ctx.words("log.charts.too_few")))
    blocks += _needs(ctx, titles)
    texts = tuple(
        ctx.words("log.summary.line", title=titles[name], finding=local_text(ctx.words, known[name], "definition"))
        for name in shown["indicator"].to_list()
    )
    blocks.append(Details(ctx.words("log.charts.definitions"), (Bullets(texts),)))
    blocks.append(method(ctx, "charts"))
    return Chapter("charts", ctx.words("log.chapter.charts"), _finding(ctx, shown, panels), tuple(blocks))


def _finding(ctx: LogContext, shown: pl.DataFrame, panels: list[ControlPanel]) -> str:
    latest = sum(1 for panel in panels if panel.signals and panel.signals[-1])
    return ctx.words(
        "log.charts.finding",
        count=ctx.numbers.whole(shown.height),
        charts=ctx.numbers.whole(len(panels)),
        signals=ctx.numbers.whole(latest),
    )


def _values(ctx: LogContext, shown: pl.DataFrame, titles: Mapping[str, str]) -> Table:
    columns = (
        Column(ctx.words("log.charts.indicator"), figures=False),
        *(Column(ctx.words(f"log.charts.{key}")) for key in ("size", "left_out_rows", "value", "target")),
        Column(ctx.words("log.charts.meets"), figures=False),
    )
    lines = []
    for row in shown.iter_rows(named=True):
        meets = row["meets"]
        sign = {"yes": "yes", "no": "no", "undecided": "open"}.get(meets or "", "quiet")
        lines.append(
            Row(
                (
                    Cell(titles[row["indicator"]]),
                    count_cell(ctx, row["size"]),
                    count_cell(ctx, row["left_out_rows"]),
                    _value(ctx, row),
                    figure_cell(ctx, row["target"], _FORMS[row["unit"]]),
                    Cell(ctx.words(f"log.charts.meets_{meets}") if meets else ctx.words("number.none"), style=sign),
                )
            )
        )
    caption = ctx.words("log.charts.values_caption", sign=left_out(ctx).text)
    return Table(columns, tuple(lines), caption, source(ctx, "catalogue"), dense=True)


def _value(ctx: LogContext, row: Mapping[str, Any]) -> Cell:
    how = _FORMS[row["unit"]]
    cell = figure_cell(ctx, row["value"], how, hidden=row["left_out"])
    if row["value"] is None or row["low"] is None or row["high"] is None:
        return cell
    span = ctx.numbers.span(row["low"], row["high"], how)
    return Cell(f"{cell.text} {ctx.words('number.brackets', inside=span)}", cell.sort)


def _panels(ctx: LogContext, shown: pl.DataFrame, titles: Mapping[str, str]) -> list[ControlPanel]:
    """A chart for every indicator with enough points that may be shown."""
    charts = ctx.table("catalogue_chart")
    if charts is None:
        return []
    panels = []
    for row in shown.iter_rows(named=True):
        own = charts.filter((pl.col("indicator") == row["indicator"]) & (pl.col("by") == ALL)).sort("point")
        own = own.tail(MOST_POINTS)
        if own["value"].drop_nulls().len() < FEWEST_POINTS or own["value"].drop_nulls().n_unique() == 1:
            continue
        figures = {
            key: own[key].cast(pl.Float64).fill_null(float("nan")).to_list()
            for key in ("value", "centre", "lower_limit", "upper_limit")
        }
        panels.append(
            ControlPanel(
                titles[row["indicator"]],
                Scale(ctx.words(f"log.axis.{_AXES[row['unit']]}"), _FORMS[row["unit"]]),
                [str(point)[2:] for point in own["point"].to_list()],
                figures["value"],
                figures["centre"],
                figures["lower_limit"],
                figures["upper_limit"],
                (own["signals"].fill_null("") != "").to_list(),
                row["target"],
            )
        )
    return panels


def _figure(ctx: LogContext, panels: list[ControlPanel], at: int) -> Figure:
    words = ControlWords(
        *(ctx.words(f"log.charts.key.{key}") for key in ("value", "centre", "limits", "signal", "target"))
    )
    short = [_short(panel) for panel in panels]
    svg = draw_control_charts(short, words, ctx.numbers, f"log-charts-{at}")
    signals = sum(sum(panel.signals) for panel in panels)
    alt = ctx.words("log.charts.alt", charts=ctx.numbers.whole(len(panels)), signals=ctx.numbers.whole(signals))
    return Figure(svg, alt, ctx.words("log.charts.caption"), source(ctx, "catalogue_chart"))


def _short(panel: ControlPanel) -> ControlPanel:
    """With a title that fits half the page."""
    from dataclasses import replace

    longest = 52
    title = panel.title if len(panel.title) <= longest else panel.title[: longest - 1].rstrip() + "…"
    return replace(panel, title=title)


def _needs(ctx: LogContext, titles: Mapping[str, str]) -> list[Block]:
    needs = ctx.table("catalogue_not_computed")
    if needs is None:
        return []
    lines = tuple(
        ctx.words(
            "log.summary.line",
            title=titles[row["indicator"]],
            finding=ctx.words(f"log.charts.needs.{row['name']}")
            if ctx.words.has(f"log.charts.needs.{row['name']}")
            else row["needs"],
        )
        for row in needs.iter_rows(named=True)
    )
    return [Heading(ctx.words("log.charts.needs_title")), Bullets(lines)]
