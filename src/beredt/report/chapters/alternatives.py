"""The alternatives simulated: what each changes, and what that does to whom."""

from __future__ import annotations

from collections.abc import Sequence

from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.exceedance import exceedance_figure
from beredt.report.chapters.maps import difference_maps, response_maps
from beredt.report.chapters.parts import difference_cell, level_cell, missing, rows_of_zones, source
from beredt.report.context import ReportContext
from beredt.report.edit_lines import edit_line
from beredt.report.estimate import Estimate
from beredt.report.figures.atlas import Atlas
from beredt.report.figures.axis import Scale
from beredt.report.figures.interval_chart import IntervalPanel, IntervalRow, draw_intervals
from beredt.report.figures.look import alternative_looks
from beredt.report.findings.change import change_text
from beredt.report.measures import LEVEL_MEAN, TARGET_SHARE, measure
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

ACUTE = "A"
SHOWN = (TARGET_SHARE, LEVEL_MEAN)


def alternatives_chapter(ctx: ReportContext, atlas: Atlas) -> Chapter:
    """Edits as lines, differences as dots, tables and maps, and the tail of the response times."""
    blocks: list[Block] = [Heading(ctx.words("alternatives.what"))]
    for one in ctx.alternatives:
        blocks += _described(ctx, one)
    blocks.append(Heading(ctx.words("alternatives.for_whom")))
    if ctx.results.find_table("differences") is None:
        blocks.append(missing(ctx, "differences"))
    elif ctx.compared:
        blocks += [_chart(ctx), *_tables(ctx)]
    blocks += [Heading(ctx.words("alternatives.maps")), *difference_maps(ctx, atlas, atlas.focus, columns=3)]
    maps = (ctx.baseline, *ctx.compared)
    blocks += response_maps(ctx, atlas, atlas.focus, maps, "alternatives", columns=2)
    blocks += [Heading(ctx.words("alternatives.tail")), *exceedance_figure(ctx)]
    return Chapter("alternatives", ctx.words("chapter.alternatives"), _finding(ctx), tuple(blocks))


def _groups(ctx: ReportContext) -> tuple[str, ...]:
    """The gate's groups, after the group that the study counts simultaneity for and everything."""
    gate = ctx.study.settings.gate
    groups = gate.groups if gate else tuple(group.id for group in ctx.study.settings.groups)
    return tuple(dict.fromkeys(("all", *((ctx.local_group,) if ctx.local_group else ()), *groups)))


def _finding(ctx: ReportContext) -> str:
    group = ctx.local_group or "all"
    what = measure(TARGET_SHARE)
    parts = [
        ctx.words(
            "alternatives.clause",
            alternative=ctx.names.alternatives((one,)),
            change=change_text(ctx, what, ctx.changes.find(one, TARGET_SHARE, ACUTE, group)),
        )
        for one in ctx.compared
    ]
    if not parts:
        return ctx.words("alternatives.no_finding")
    return ctx.words(
        "alternatives.finding",
        group=ctx.names.group(group),
        baseline=ctx.names.alternatives((ctx.baseline,)),
        clauses=ctx.words("gate.between").join(parts),
    )


def _described(ctx: ReportContext, key: str) -> list[Block]:
    if key == TODAY:
        return []
    alternative = ctx.study.get_alternative(key)
    blocks: list[Block] = [
        Heading(ctx.names.alternative_title(key), 4),
        Paragraph(ctx.words.local(alternative.description)),
    ]
    lines = tuple(edit_line(edit, ctx.words, ctx.numbers, ctx.names) for edit in alternative.edits)
    blocks.append(Bullets(lines, ordered=True) if lines else Paragraph(ctx.words("alternatives.no_edits")))
    note = ctx.words.local(alternative.note)
    if note:
        blocks.append(Paragraph(note))
    return blocks


def _chart(ctx: ReportContext) -> Figure:
    rows = []
    for group in _groups(ctx):
        panels = tuple(
            {
                one: found
                for one in ctx.compared
                if (found := ctx.changes.find(one, key, ACUTE, group)) is not None and found.known
            }
            for key in SHOWN
        )
        rows.append(IntervalRow(ctx.names.group(group), panels, strong=group == (ctx.local_group or "all")))
    panels_ = (
        IntervalPanel(
            ctx.words("chart.share_title"), Scale(ctx.words("axis.points"), form.POINTS, signed=True),
            left=ctx.words("chart.worse_left"), right=ctx.words("chart.better_right"),
        ),
        IntervalPanel(
            ctx.words("chart.mean_title"), Scale(ctx.words("axis.seconds"), form.SECONDS, signed=True),
            left=ctx.words("chart.better_left"), right=ctx.words("chart.worse_right"),
        ),
    )  # fmt: skip
    svg = draw_intervals(rows, panels_, alternative_looks(ctx), ctx.numbers, "differences")
    caption = ctx.words("alternatives.chart_caption", baseline=ctx.names.alternatives((ctx.baseline,)))
    return Figure(svg, _finding(ctx), caption, source(ctx, "differences"))


def _tables(ctx: ReportContext) -> list[Block]:
    share = _difference_table(ctx, TARGET_SHARE, "alternatives.share_caption")
    mean = _difference_table(ctx, LEVEL_MEAN, "alternatives.mean_caption")
    return [share, Details(ctx.words("alternatives.mean_table"), (mean,))]


def _difference_table(ctx: ReportContext, key: str, caption: str) -> Table:
    """The baseline's level and every alternative's difference, by municipality and district."""
    columns = [Column(ctx.words("table.place"), figures=False), Column(ctx.names.alternative(ctx.baseline))]
    columns += [Column(ctx.names.alternative(one)) for one in ctx.compared]
    rows = [_difference_row(ctx, key, "all", "total")]
    for municipality, districts in rows_of_zones(ctx):
        rows.append(_difference_row(ctx, key, municipality, ""))
        rows += [_difference_row(ctx, key, district, "inner") for district in districts]
    return Table(
        columns=tuple(columns),
        rows=tuple(rows),
        caption=ctx.words(caption, baseline=ctx.names.alternatives((ctx.baseline,))),
        source=source(ctx, "indicators", "differences"),
        dense=True,
    )


def _difference_row(ctx: ReportContext, key: str, group: str, style: str) -> Row:
    what = measure(key)
    changes: Sequence[Estimate | None] = [ctx.changes.find(one, key, ACUTE, group) for one in ctx.compared]
    cells = [Cell(ctx.names.group(group)), level_cell(ctx, what, ctx.levels.find(ctx.baseline, key, ACUTE, group))]
    return Row((*cells, *(difference_cell(ctx, what, one) for one in changes)), style)
