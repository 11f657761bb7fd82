"""The gate: premise 1 against margins that were set beforehand, and where each alternative stops meeting it."""

from __future__ import annotations

from beredt.report import form
from beredt.report.chapters.break_even import break_even_blocks
from beredt.report.chapters.parts import missing, source
from beredt.report.chapters.places_changed import places_changed_blocks
from beredt.report.chapters.risk_evidence import beside_gate_blocks
from beredt.report.context import ReportContext
from beredt.report.figures.axis import Scale
from beredt.report.figures.interval_chart import IntervalPanel, IntervalRow, draw_intervals
from beredt.report.figures.look import alternative_looks
from beredt.report.findings.gate import GateLine, gate_finding, gate_lines, other_incidents_line
from beredt.report.measures import LEVEL_MEAN, TARGET_SHARE, measure
from beredt.report.page.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Row,
    Table,
)

SHOWN = (TARGET_SHARE, LEVEL_MEAN)
STYLES = {"meets": "yes", "fails": "no", "undecided": "open"}


def gate_chapter(ctx: ReportContext) -> Chapter:
    """The rule, every declared difference beside its margin, and the break-even."""
    blocks: list[Block] = [Paragraph(_rule(ctx)), Paragraph(ctx.words("gate.how"))]
    lines = [line for line in gate_lines(ctx) if line.sensitivity == ""]
    blocks += [Notice(line) for one in ctx.alternatives if (line := other_incidents_line(ctx, one))]
    blocks += [_chart(ctx, lines), _table(ctx, lines)] if lines else [missing(ctx, "gate")]
    blocks += [Heading(ctx.words("places_changed.title")), *places_changed_blocks(ctx)]
    blocks += beside_gate_blocks(ctx)
    blocks += [Heading(ctx.words("break_even.title")), *break_even_blocks(ctx)]
    return Chapter("gate", ctx.words("chapter.gate"), gate_finding(ctx), tuple(blocks))


def _rule(ctx: ReportContext) -> str:
    gate = ctx.study.settings.gate
    if gate is None:
        return ctx.words("gate.not_asked")
    return ctx.words(
        "gate.rule",
        baseline=ctx.names.alternatives((gate.baseline,)),
        groups=ctx.words("gate.between").join(ctx.names.group(group) for group in gate.groups),
        urgency=ctx.names.urgency(gate.urgency),
        share=ctx.numbers.text(gate.margin_share_pp / 100.0, form.POINTS),
        mean=ctx.numbers.text(gate.margin_mean_s, form.SECONDS),
        confidence=ctx.numbers.text(gate.confidence, form.WHOLE_PERCENT),
        correction=ctx.words(f"gate.correction.{gate.correction}"),
    )


def _chart(ctx: ReportContext, lines: list[GateLine]) -> Figure:
    rows = []
    for group in dict.fromkeys(line.group for line in lines):
        panels = tuple(
            {
                line.alternative: line.difference
                for line in lines
                if (line.group, line.measure) == (group, key) and line.difference.known
            }
            for key in SHOWN
        )
        rows.append(IntervalRow(ctx.names.group(group), panels))
    svg = draw_intervals(
        rows, gate_panels(ctx, lines), alternative_looks(ctx), ctx.numbers, "gate", edge_text=ctx.words("chart.margin")
    )
    return Figure(svg, gate_finding(ctx), ctx.words("gate.chart_caption"), source(ctx, "gate"))


def gate_panels(ctx: ReportContext, lines: list[GateLine]) -> tuple[IntervalPanel, IntervalPanel]:
    """The share and the mean side by side, each with its margin."""
    edges = {line.measure: line.edge for line in lines}
    return (
        IntervalPanel(
            ctx.words("chart.share_title"), Scale(ctx.words("axis.points"), form.POINTS, signed=True),
            edges.get(TARGET_SHARE), ctx.words("chart.worse_left"), ctx.words("chart.better_right"),
        ),
        IntervalPanel(
            ctx.words("chart.mean_title"), Scale(ctx.words("axis.seconds"), form.SECONDS, signed=True),
            edges.get(LEVEL_MEAN), ctx.words("chart.better_left"), ctx.words("chart.worse_right"),
        ),
    )  # fmt: skip


def _table(ctx: ReportContext, lines: list[GateLine]) -> Table:
    keys = ("alternative", "group", "measure", "difference", "margin", "verdict")
    columns = tuple(Column(ctx.words(f"gate.column.{key}"), figures=key in ("difference", "margin")) for key in keys)
    return Table(
        columns=columns,
        rows=tuple(_line_row(ctx, line) for line in lines),
        caption=ctx.words("gate.table_caption"),
        source=source(ctx, "gate"),
        dense=True,
    )


def _line_row(ctx: ReportContext, line: GateLine) -> Row:
    return Row(
        (
            Cell(ctx.names.alternative(line.alternative)),
            Cell(ctx.names.group(line.group)),
            Cell(measure(line.measure).name(ctx.words, ctx.numbers)),
            _difference_cell(ctx, line),
            Cell(ctx.numbers.text(line.margin, line.form), line.margin),
            Cell(ctx.words(f"verdict.short.{line.verdict}"), style=STYLES[line.verdict]),
        )
    )


def _difference_cell(ctx: ReportContext, line: GateLine) -> Cell:
    one = line.difference
    if one.is_exactly_zero:
        return Cell(ctx.words("change.none_short"), 0.0, "quiet")
    return Cell(ctx.numbers.estimate(one, line.form, signed=True), one.value if one.known else None)
