"""Borders and misrouting: missions across them, what asking costs, and calls that reach the wrong centre."""

from __future__ import annotations

from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.misrouting import misrouting_blocks
from beredt.report.chapters.parts import FEWEST, difference_cell, level_cell, missing, source
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.figures.axis import Scale
from beredt.report.figures.interval_chart import IntervalPanel, IntervalRow, draw_intervals
from beredt.report.figures.look import alternative_looks
from beredt.report.findings.change import change_text
from beredt.report.measures import measure
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Figure, Heading, Paragraph, Row, Table

ACROSS = "missions_across"
URGENCIES = ("A", "H", "V")
CENTRE, ORGANISATION = "centre", "organisation"
TABLES = {CENTRE: "centres", ORGANISATION: "organisations"}
Pair = tuple[str, str, str]


def borders_chapter(ctx: ReportContext) -> Chapter:
    """Missions across the borders between centres and between organisations, and the rules at them."""
    title = ctx.words("chapter.borders")
    if ctx.results.find_table("indicators") is None:
        return Chapter("borders", title, ctx.words("borders.no_finding"), (missing(ctx, "indicators"),))
    blocks: list[Block] = [Paragraph(ctx.words("borders.intro"))]
    nothing = Paragraph(ctx.words("borders.none_across"))
    for kind in (CENTRE, ORGANISATION):
        pairs = _pairs(ctx, kind)
        blocks.append(Heading(ctx.words(f"borders.{kind}_title")))
        blocks += [_across_figure(ctx, kind, pairs), _across_table(ctx, kind, pairs)] if pairs else [nothing]
    blocks += [Heading(ctx.words("borders.asking_title")), _asking_table(ctx), _rules_table(ctx)]
    blocks += misrouting_blocks(ctx)
    return Chapter("borders", title, _finding(ctx), tuple(blocks))


def _pairs(ctx: ReportContext, kind: str) -> list[Pair]:
    """(group, from, to) of every pair between which any alternative has missions worth showing."""
    found = []
    for group in ctx.levels.groups_of(ACROSS):
        prefix, _, pair = group.partition(":")
        start, _, end = pair.partition(">")
        if prefix == kind and start != end and any(_across(ctx, one, group) >= FEWEST for one in ctx.alternatives):
            found.append((group, start, end))
    return found


def _across(ctx: ReportContext, alternative: str, group: str) -> float:
    """Missions of all urgencies."""
    found = [ctx.levels.find(alternative, ACROSS, urgency, group) for urgency in ("", *URGENCIES)]
    if found[0] is not None:
        return found[0].value
    return sum(one.value for one in found[1:] if one is not None and one.known)


def _finding(ctx: ReportContext) -> str:
    what = measure("asked")
    clauses = [
        ctx.words(
            "alternatives.clause",
            alternative=ctx.names.alternatives((one,)),
            change=change_text(ctx, what, _asked_change(ctx, one)),
        )
        for one in ctx.compared
    ]
    level = _asked(ctx, ctx.baseline)
    if level is None or not clauses:
        return ctx.words("borders.no_finding")
    return ctx.words(
        "borders.finding",
        baseline=ctx.names.alternatives((ctx.baseline,)),
        asked=ctx.numbers.estimate(level, form.COUNT),
        clauses=ctx.words("gate.between").join(clauses),
    )


def _asked(ctx: ReportContext, alternative: str) -> Estimate | None:
    return ctx.levels.find(alternative, "asked")


def _asked_change(ctx: ReportContext, alternative: str) -> Estimate | None:
    return ctx.changes.find(alternative, "asked")


def _across_figure(ctx: ReportContext, kind: str, pairs: list[Pair]) -> Figure:
    """All missions across, per pair and alternative."""
    rows = []
    for group, start, end in pairs:
        found = {one: level for one in ctx.alternatives if (level := _level(ctx, one, group)) is not None}
        rows.append(IntervalRow(_pair_name(ctx, kind, start, end), (found,)))
    panel = IntervalPanel("", Scale(ctx.words("axis.missions"), form.COUNT))
    svg = draw_intervals(rows, (panel,), alternative_looks(ctx), ctx.numbers, f"across-{kind}")
    return Figure(svg, _across_alt(ctx, kind, pairs), ctx.words(f"borders.{kind}_caption"), source(ctx, "indicators"))


def _level(ctx: ReportContext, alternative: str, group: str) -> Estimate | None:
    return ctx.levels.find(alternative, ACROSS, "", group)


def _across_alt(ctx: ReportContext, kind: str, pairs: list[Pair]) -> str:
    """The pair with the most missions, and under which alternative."""
    most = [(_across(ctx, one, pair[0]), one, pair) for pair in pairs for one in ctx.alternatives]
    count, alternative, (_, start, end) = max(most)
    return ctx.words(
        "borders.across_alt",
        pair=_pair_name(ctx, kind, start, end),
        alternative=ctx.names.alternatives((alternative,)),
        count=ctx.numbers.text(count, form.COUNT),
    )


def _pair_name(ctx: ReportContext, kind: str, start: str, end: str) -> str:
    return ctx.words("borders.from_to", start=ctx.names.get(TABLES[kind], start), end=ctx.names.get(TABLES[kind], end))


def _across_table(ctx: ReportContext, kind: str, pairs: list[Pair]) -> Table:
    """Pairs down, alternatives across; one line per urgency that has missions worth showing."""
    columns = [Column(ctx.words("borders.pair"), figures=False), Column(ctx.words("borders.urgency"), figures=False)]
    columns += [Column(ctx.names.alternative(one)) for one in ctx.alternatives]
    what = measure(ACROSS)
    rows = []
    for group, start, end in pairs:
        style = ""
        for urgency in ("", *URGENCIES):
            levels = [ctx.levels.find(one, ACROSS, urgency, group) for one in ctx.alternatives]
            if any(level is not None and level.value >= FEWEST for level in levels):
                cells = [Cell(_pair_name(ctx, kind, start, end)), Cell(ctx.names.urgency(urgency))]
                cells += [level_cell(ctx, what, level, interval=True) for level in levels]
                rows.append(Row(tuple(cells), style))
                style = "same"
    caption = ctx.words(f"borders.{kind}_table_caption")
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "indicators"), dense=True, sortable=False)


def _asking_table(ctx: ReportContext) -> Table:
    columns = [Column(ctx.words("table.measure"), figures=False), Column(ctx.names.alternative(ctx.baseline))]
    columns += [Column(ctx.names.alternative(one)) for one in ctx.compared]
    rows = []
    for key in ("asked", "outside_missions", "outside_first_units"):
        what = measure(key)
        groups = ("all",) if key == "asked" else (ctx.local_group or "all",)
        for group in groups:
            level = ctx.levels.find(ctx.baseline, key, "", group)
            if level is not None:
                cells = [Cell(what.name(ctx.words, ctx.numbers)), level_cell(ctx, what, level, interval=True)]
                cells += [difference_cell(ctx, what, ctx.changes.find(one, key, "", group)) for one in ctx.compared]
                rows.append(Row(tuple(cells)))
    caption = ctx.words("borders.asking_caption", baseline=ctx.names.alternatives((ctx.baseline,)))
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "indicators", "differences"), sortable=False)


def _rules_table(ctx: ReportContext) -> Table:
    """The border rules of today; an alternative's own changes to them stand among its edits."""
    keys = ("asking", "owning", "urgency", "policy", "margin", "ask", "view")
    columns = tuple(Column(ctx.words(f"borders.rule.{key}"), figures=key in ("margin", "ask")) for key in keys)
    rows = []
    for rule in ctx.names.services[TODAY].border_rules:
        rows.append(
            Row(
                (
                    Cell(ctx.names.get("centres", rule.asking_centre)),
                    Cell(ctx.names.get("centres", rule.owning_centre)),
                    Cell(ctx.names.urgency(str(rule.urgency))),
                    Cell(ctx.words(f"edit.value.{rule.policy}")),
                    Cell(ctx.numbers.text(rule.margin_s, form.SECONDS), rule.margin_s),
                    Cell(ctx.numbers.text(rule.ask_s, form.SECONDS), rule.ask_s),
                    Cell(ctx.words(f"edit.value.{rule.view}")),
                )
            )
        )
    caption = ctx.words("borders.rules_caption")
    return Table(columns, tuple(rows), caption, ctx.words("source.study", tables="border_rules"), sortable=False)
