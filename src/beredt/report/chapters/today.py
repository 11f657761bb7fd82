"""Today: how soon help comes, where and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.maps import response_maps
from beredt.report.chapters.parts import level_cell, missing, rows_of_zones, source
from beredt.report.context import ReportContext
from beredt.report.figures.atlas import Atlas
from beredt.report.figures.axis import Scale
from beredt.report.figures.curves import Curve, CurveFrame, CurvePanel, draw_curves
from beredt.report.figures.look import Look
from beredt.report.findings.today import today_finding
from beredt.report.form import Form
from beredt.report.measures import LEVEL_MEAN, TARGET_SHARE, measure
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Details, Figure, Heading, Paragraph, Row, Table
from beredt.report.theme import ALTERNATIVE_INKS

COLUMNS = (
    "incidents", LEVEL_MEAN, "response_median_s", "response_p90_s", "share_within_12", "share_within_25", TARGET_SHARE,
    "nearest_station_share",
)  # fmt: skip
HOURS = tuple(range(24))


def today_chapter(ctx: ReportContext, atlas: Atlas) -> Chapter:
    """Response by place and by hour, as a map, tables and curves."""
    blocks: list[Block] = [Paragraph(ctx.words("today.intro", year=ctx.numbers.label(ctx.study.settings.study.year)))]
    blocks += response_maps(ctx, atlas, atlas.whole, (TODAY,), "today", columns=1)
    if ctx.results.find_table("indicators") is None:
        blocks.append(missing(ctx, "indicators"))
    else:
        blocks.append(Heading(ctx.words("today.by_place")))
        blocks.append(response_table(ctx, TODAY, "A"))
        blocks.append(Details(ctx.words("today.urgent_table"), (response_table(ctx, TODAY, "H"),)))
        blocks += [Heading(ctx.words("today.by_hour")), *_by_hour(ctx)]
    return Chapter("today", ctx.words("chapter.today"), today_finding(ctx), tuple(blocks))


def response_table(ctx: ReportContext, alternative: str, urgency: str) -> Table:
    """Response of one urgency by municipality and district."""
    keys = [key for key in COLUMNS if ctx.levels.find(alternative, key, urgency) is not None]
    columns = [Column(ctx.words("table.place"), figures=False)]
    columns += [Column(measure(key).name(ctx.words, ctx.numbers)) for key in keys]
    rows = [_response_row(ctx, keys, (alternative, urgency, "all"), "total")]
    for municipality, districts in rows_of_zones(ctx):
        rows.append(_response_row(ctx, keys, (alternative, urgency, municipality), ""))
        rows += [_response_row(ctx, keys, (alternative, urgency, district), "inner") for district in districts]
    return Table(
        columns=tuple(columns),
        rows=tuple(rows),
        caption=ctx.words("today.table_caption", urgency=ctx.names.urgency(urgency)),
        source=source(ctx, "indicators"),
        dense=True,
    )


def _response_row(ctx: ReportContext, keys: Sequence[str], about: tuple[str, str, str], style: str) -> Row:
    alternative, urgency, group = about
    cells = [Cell(ctx.names.group(group))]
    cells += [level_cell(ctx, measure(key), ctx.levels.find(alternative, key, urgency, group)) for key in keys]
    return Row(tuple(cells), style)


def _by_hour(ctx: ReportContext) -> list[Block]:
    curves = {u: _hour_curve(ctx, LEVEL_MEAN, u) for u in ("A", "H")}
    curves = {u: curve for u, curve in curves.items() if curve.x}
    if not curves:
        return [Paragraph(ctx.words("today.no_hours"))]
    looks = {
        "A": Look(ALTERNATIVE_INKS[2].light, "o", "-", ctx.names.urgency("A")),
        "H": Look(ALTERNATIVE_INKS[0].light, "s", "--", ctx.names.urgency("H")),
    }
    top = max(max(curve.high or curve.y) for curve in curves.values())
    hours = Scale(ctx.words("axis.hour"), Form("count"))
    svg = draw_curves(
        [CurvePanel(ctx.words("today.mean_by_hour"), curves)],
        CurveFrame(hours, Scale(ctx.words("axis.minutes"), form.MINUTES), (0, 23), (0, top * 1.08), HOURS[::3]),
        looks, ctx.numbers, "today-hours", columns=1,
    )  # fmt: skip
    return [Figure(svg, _hour_alt(ctx, curves), ctx.words("today.hours_caption"), source(ctx, "indicators"))]


def _hour_curve(ctx: ReportContext, key: str, urgency: str) -> Curve:
    found = [(hour, ctx.levels.find(TODAY, key, urgency, "all", hour)) for hour in HOURS]
    known = [(hour, one) for hour, one in found if one is not None and one.known]
    band = all(one.has_interval for _, one in known)
    return Curve(
        [hour for hour, _ in known],
        [one.value for _, one in known],
        [one.low for _, one in known] if band else (),
        [one.high for _, one in known] if band else (),
    )


def _hour_alt(ctx: ReportContext, curves: Mapping[str, Curve]) -> str:
    curve = curves.get("A") or next(iter(curves.values()))
    slowest = max(range(len(curve.x)), key=lambda n: curve.y[n])
    fastest = min(range(len(curve.x)), key=lambda n: curve.y[n])
    return ctx.words(
        "today.hours_alt",
        slow_hour=ctx.numbers.hour(int(curve.x[slowest])),
        slow=ctx.numbers.text(curve.y[slowest], form.MINUTES),
        fast_hour=ctx.numbers.hour(int(curve.x[fastest])),
        fast=ctx.numbers.text(curve.y[fastest], form.MINUTES),
    )
