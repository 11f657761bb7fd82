"""What is left for everybody else."""

from __future__ import annotations

import polars as pl

from beredt.decision.major_incident.estimate import CONFIDENCE
from beredt.decision.major_incident.tally import REACHES_MIN
from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.parts import source
from beredt.report.context import ReportContext
from beredt.report.figures.axis import Scale
from beredt.report.figures.curves import Curve, CurveFrame, CurvePanel, draw_curves
from beredt.report.figures.look import Look
from beredt.report.major_incident.figures_read import (
    alternatives_of,
    change_cell,
    drawing_name,
    measures_of,
    rows_of,
)
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Figure, Paragraph, Row, Table
from beredt.report.theme import AWAY, BUSY

MEASURES = ("free_change", "people_change_12", "people_change_25", "response_change_s", "in_target_change")


def rest_chapter(ctx: ReportContext, chapter_id: str) -> Chapter:
    """People with a free unit, minute by minute, and what others waited, beside the same days without the event."""
    keys = alternatives_of(ctx)
    blocks: list[Block] = [_curves(ctx, keys), _table(ctx, keys), Paragraph(_answered(ctx))]
    return Chapter(chapter_id, ctx.words("major.title.rest"), rest_finding(ctx), tuple(blocks))


def rest_finding(ctx: ReportContext) -> str:
    """What the event costs others today, in one sentence."""
    change = measures_of(ctx)[TODAY, "response_change_s"].mean
    worst = _worst(ctx)
    return ctx.words(
        "major.rest.finding",
        change=ctx.numbers.estimate(change, form.SECONDS, signed=True),
        least=ctx.numbers.text(worst["people_with"], form.PERCENT),
        usual=ctx.numbers.text(worst["people_without"], form.PERCENT),
        reach=ctx.numbers.text(REACHES_MIN[0], form.WHOLE_MINUTES),
        minute=ctx.numbers.whole(int(worst["minute"])),
    )


def _worst(ctx: ReportContext) -> dict[str, float]:
    """The minute at which most people are without, today."""
    rows = rows_of(ctx, "major_rest", TODAY).filter(pl.col("within_min") == int(REACHES_MIN[0]))
    found: dict[str, float] = rows.sort("change", "minute").row(0, named=True)
    return found


def _curves(ctx: ReportContext, keys: tuple[str, ...]) -> Figure:
    panels = []
    for key in keys:
        rows = rows_of(ctx, "major_rest", key).filter(pl.col("within_min") == int(REACHES_MIN[0]))
        x = rows["minute"].cast(pl.Float64).to_list()
        curves = {
            "without": Curve(x, rows["people_without"].to_list()),
            "with": Curve(x, rows["people_with"].to_list()),
        }
        panels.append(CurvePanel(ctx.names.alternative(key), curves))
    end = max(panels[0].curves["with"].x)
    x_axis = Scale(ctx.words("major.axis.minutes"), form.COUNT)
    y_axis = Scale(ctx.words("major.axis.people"), form.WHOLE_PERCENT)
    ticks = [60.0 * number for number in range(int(end // 60) + 1)]
    frame = CurveFrame(x_axis, y_axis, (0.0, end), (0.0, 1.0), ticks)
    looks = {
        "without": Look(AWAY.light, "", "--", ctx.words("major.rest.without")),
        "with": Look(BUSY.light, "", "-", ctx.words("major.rest.with")),
    }
    svg = draw_curves(panels, frame, looks, ctx.numbers, drawing_name(ctx, "major-rest"), columns=3)
    reach = ctx.numbers.text(REACHES_MIN[0], form.WHOLE_MINUTES)
    return Figure(
        svg,
        ctx.words("major.rest.alt", reach=reach),
        ctx.words("major.rest.figure_caption", reach=reach),
        source(ctx, "major_rest"),
    )


def _table(ctx: ReportContext, keys: tuple[str, ...]) -> Table:
    found = measures_of(ctx)
    texts = [ctx.words(f"major.measure.{name}", **_reach(ctx, name)) for name in MEASURES]
    columns = (Column(ctx.words("major.column.alternative"), figures=False), *(Column(text) for text in texts))
    rows = []
    for key in keys:
        cells = [Cell(ctx.names.alternative(key))]
        cells += [change_cell(ctx, name, found[key, name].mean) for name in MEASURES]
        rows.append(Row(tuple(cells)))
        if key != TODAY:
            against = [Cell(ctx.words("major.rest.against"))]
            against += [change_cell(ctx, name, found[key, name].change) for name in MEASURES]
            rows.append(Row(tuple(against)))
    caption = ctx.words("major.rest.caption", confidence=ctx.numbers.text(CONFIDENCE, form.WHOLE_PERCENT))
    return Table(columns, tuple(rows), caption, source(ctx, "major_measures"), dense=True, sortable=False)


def _reach(ctx: ReportContext, measure: str) -> dict[str, str]:
    if not measure.startswith("people_change"):
        return {}
    reach = REACHES_MIN[0] if measure.endswith("12") else REACHES_MIN[1]
    return {"reach": ctx.numbers.text(reach, form.WHOLE_MINUTES)}


def _answered(ctx: ReportContext) -> str:
    """How many other incidents the response is of, and how many nobody was sent to."""
    rows = rows_of(ctx, "major_samples", TODAY)
    return ctx.words(
        "major.rest.answered",
        others=ctx.numbers.whole(int(rows["others"].sum())),
        unanswered=ctx.numbers.whole(int(rows["unanswered_with"].sum())),
        usually=ctx.numbers.whole(int(rows["unanswered_without"].sum())),
    )
