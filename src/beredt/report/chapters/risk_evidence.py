"""What the simulation says of an event, beside what people think; and the events that stand beside premise 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from beredt.decision.risk.evidence import MISROUTED
from beredt.report import form
from beredt.report.chapters.parts import difference_cell, source
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.findings.risk import Event, RiskView, beside_gate, level_name, risk_view, stages
from beredt.report.measures import measure
from beredt.report.page.blocks import Block, Cell, Column, Heading, Paragraph, Row, Table

Line = Mapping[str, Any]
TABLES = {"centre": "centres", "organisation": "organisations", "station": "stations"}


def evidence_blocks(ctx: ReportContext, view: RiskView) -> list[Block]:
    """Figures of the run per event, and which events have none."""
    lines = _lines(ctx)
    blocks: list[Block] = [Heading(ctx.words("risk.evidence_title")), Paragraph(ctx.words("risk.evidence"))]
    with_figures = {line["event"] for line in lines if line["status"] != "missing"}
    if with_figures:
        blocks.append(_table(ctx, view.events, lines))
    without = [event.number for event in view.events if event.id not in with_figures]
    if without:
        blocks.append(Paragraph(ctx.words("risk.no_evidence", events=ctx.words.listed(without))))
    return blocks


def beside_gate_blocks(ctx: ReportContext) -> list[Block]:
    """The events that stand beside premise 1: what assessors think, and what was simulated; nothing without a ROS."""
    view = risk_view(ctx)
    events = () if view is None else beside_gate(ctx, view)
    if view is None or not events:
        return []
    blocks: list[Block] = [Heading(ctx.words("risk.gate_title")), Paragraph(ctx.words("risk.gate"))]
    columns = [Column(ctx.words("risk.column.event"), figures=False)]
    columns += [Column(ctx.names.alternative(one), figures=False) for one in ctx.alternatives]
    rows = []
    for event in events:
        cells = [Cell(ctx.words("risk.numbered", number=event.number, name=event.name), style="words")]
        cells += [Cell(_levels(ctx, view, event, one)) for one in ctx.alternatives]
        rows.append(Row(tuple(cells)))
    where = source(ctx, "risk_spread")
    caption = ctx.words("risk.gate_caption")
    blocks.append(Table(tuple(columns), tuple(rows), caption, where, sortable=False))
    inside = {event.id for event in events}
    lines = [line for line in _lines(ctx) if line["event"] in inside]
    if any(line["status"] != "missing" for line in lines):
        blocks.append(_table(ctx, events, lines))
    return blocks


def _levels(ctx: ReportContext, view: RiskView, event: Event, alternative: str) -> str:
    levels = [view.level(event.id, alternative, stage) for stage in stages()]
    names = [ctx.words("risk.unassessed") if level is None else level_name(ctx, level) for level in levels]
    if levels == [None, None]:
        return names[0]
    return ctx.words("risk.before_after", before=names[0], after=names[1])


def _lines(ctx: ReportContext) -> list[Line]:
    table = ctx.results.find_table("risk_evidence")
    return [] if table is None else list(table.iter_rows(named=True))


def _table(ctx: ReportContext, events: Sequence[Event], lines: Sequence[Line]) -> Table:
    """Figures down by event, alternatives across: levels in the baseline, differences in the others."""
    columns = [Column(ctx.words("risk.column.figure"), figures=False)]
    shown = (ctx.baseline, *ctx.compared)
    columns += [Column(ctx.names.alternative(one)) for one in shown]
    found = {(line["event"], line["measure"], line["urgency"] or "", line["group"], line["alternative"]): line
             for line in lines}  # fmt: skip
    rows = []
    for event in events:
        asked = dict.fromkeys(key[1:4] for key in found if key[0] == event.id)
        known = [key for key in asked if any(_known(found.get((event.id, *key, one))) for one in shown)]
        if known:
            rows.append(Row((Cell(ctx.words("risk.numbered", number=event.number, name=event.name)),), "group"))
        for key in known:
            cells = [Cell(_figure_name(ctx, *key))]
            cells += [_cell(ctx, found.get((event.id, *key, one)), one) for one in shown]
            rows.append(Row(tuple(cells)))
    caption = ctx.words("risk.evidence_caption", baseline=ctx.names.alternatives((ctx.baseline,)))
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "risk_evidence"), dense=True, sortable=False)


def _known(line: Line | None) -> bool:
    return line is not None and line["status"] != "missing"


def _figure_name(ctx: ReportContext, measure_id: str, urgency: str, group: str) -> str:
    name = ctx.words("risk.misrouted") if measure_id == MISROUTED else measure(measure_id).name(ctx.words, ctx.numbers)
    parts = [name, *([ctx.names.urgency(urgency)] if urgency else [])]
    return ctx.words("list.comma").join([*parts, *([] if group == "all" else [where_text(ctx, group)])])


def where_text(ctx: ReportContext, group: str) -> str:
    """A group of the results in words: areas, a centre, an organisation, or a border crossed."""
    kind, colon, rest = group.partition(":")
    if not colon or kind not in TABLES:
        return ctx.names.group(group)
    start, arrow, end = rest.partition(">")
    names = [ctx.names.get(TABLES[kind], one) for one in (start, end) if one]
    return ctx.words("borders.from_to", start=names[0], end=names[1]) if arrow else names[0]


def _cell(ctx: ReportContext, line: Line | None, alternative: str) -> Cell:
    if line is None or line["status"] == "missing":
        return Cell(ctx.words("number.none"), style="quiet")
    what = measure(line["measure"])
    if line["status"] == "assumed":
        return Cell(ctx.numbers.span(line["low"], line["high"], form.COUNT), line["high"])
    if alternative in ctx.compared and line["difference"] is not None:
        return difference_cell(ctx, what, _estimate(line, "difference", "difference_low", "difference_high"))
    level = _estimate(line, "value", "low", "high")
    return Cell(ctx.numbers.estimate(level, what.level), level.value)


def _estimate(line: Line, *keys: str) -> Estimate:
    value, low, high = (float("nan") if line[key] is None else float(line[key]) for key in keys)
    return Estimate(value, low, high)
