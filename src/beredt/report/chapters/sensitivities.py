"""Sensitivities: which assumptions turn an answer, and by how much each moves it."""

from __future__ import annotations

from beredt.decision.gate import Verdict
from beredt.report.chapters.gate import STYLES, gate_panels
from beredt.report.chapters.parts import missing, source
from beredt.report.context import ReportContext
from beredt.report.figures.interval_chart import IntervalRow, draw_intervals
from beredt.report.figures.look import alternative_looks
from beredt.report.findings.gate import (
    Answer,
    GateLine,
    answers,
    assumptions_text,
    gate_lines,
    turned_line,
    verdicts_under,
)
from beredt.report.measures import LEVEL_MEAN, TARGET_SHARE
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Figure, Heading, Paragraph, Row, Table

MAIN = ""


def sensitivities_chapter(ctx: ReportContext) -> Chapter:
    """A table of answers under every sensitivity, and per alternative the differences where its verdict rests."""
    title = ctx.words("chapter.sensitivities")
    lines = gate_lines(ctx)
    if not any(line.sensitivity for line in lines):
        return Chapter("sensitivities", title, ctx.words("sensitivity.no_finding"), (missing(ctx, "gate"),))
    blocks: list[Block] = [Paragraph(ctx.words("sensitivity.intro")), _table(ctx, lines)]
    for answer in answers(ctx):
        blocks += [Heading(ctx.names.alternative_title(answer.alternative), 4), _moved(ctx, lines, answer)]
    return Chapter("sensitivities", title, _finding(ctx, lines), tuple(blocks))


def _finding(ctx: ReportContext, lines: tuple[GateLine, ...]) -> str:
    given = verdicts_under(lines)
    turning = [
        s
        for s in dict.fromkeys(line.sensitivity for line in lines if line.sensitivity)
        if any(given.get((s, a)) not in (None, given.get((MAIN, a))) for a in ctx.compared)
    ]
    tried = len({line.sensitivity for line in lines if line.sensitivity})
    if not turning:
        return ctx.words("sensitivity.steady", tried=ctx.numbers.whole(tried))
    return ctx.words(
        "sensitivity.finding",
        turning=ctx.numbers.whole(len(turning)),
        tried=ctx.numbers.whole(tried),
        names=assumptions_text(ctx, turning),
    )


def _table(ctx: ReportContext, lines: tuple[GateLine, ...]) -> Table:
    """Sensitivities down, alternatives across: the gate's answer under each."""
    given = verdicts_under(lines)
    decides = {one.id for one in ctx.study.sensitivities if one.decides}
    columns = [
        Column(ctx.words("sensitivity.column.assumption"), figures=False),
        Column(ctx.words("sensitivity.column.decides"), figures=False),
    ]
    columns += [Column(ctx.names.alternative(one), figures=False) for one in ctx.compared]
    rows = []
    for one in dict.fromkeys(line.sensitivity for line in lines):
        key = "main" if one == MAIN else "yes" if one in decides else "no"
        cells = [Cell(ctx.names.sensitivity(one)), Cell(ctx.words(f"sensitivity.decides.{key}"))]
        cells += [_verdict_cell(ctx, given.get((one, alternative))) for alternative in ctx.compared]
        rows.append(Row(tuple(cells), "total" if one == MAIN else ""))
    caption = ctx.words("sensitivity.table_caption")
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "gate"), sortable=False)


def _verdict_cell(ctx: ReportContext, verdict: Verdict | None) -> Cell:
    if verdict is None:
        return Cell(ctx.words("number.none"), style="quiet")
    return Cell(ctx.words(f"verdict.short.{verdict}"), style=STYLES[verdict])


def _moved(ctx: ReportContext, lines: tuple[GateLine, ...], answer: Answer) -> Figure | Paragraph:
    own = [line for line in lines if line.alternative == answer.alternative]
    if all(line.difference.is_exactly_zero for line in own):
        names = {"alternative": (answer.alternative,), "baseline": (ctx.baseline,)}
        texts = {key: ctx.names.alternatives(value) for key, value in names.items()}
        return Paragraph(ctx.words("sensitivity.same", **texts))
    return _tornado(ctx, lines, answer)


def _tornado(ctx: ReportContext, lines: tuple[GateLine, ...], answer: Answer) -> Figure:
    """Differences of one alternative under every sensitivity, in the group on which its verdict rests."""
    own = [line for line in lines if line.alternative == answer.alternative]
    group = answer.deciding.group if answer.deciding else own[0].group
    own = [line for line in own if line.group == group]
    rows = []
    for sensitivity in dict.fromkeys(line.sensitivity for line in own):
        found = {line.measure: line.difference for line in own if line.sensitivity == sensitivity}
        panels = tuple({answer.alternative: found[key]} if key in found else {} for key in (TARGET_SHARE, LEVEL_MEAN))
        rows.append(IntervalRow(ctx.names.sensitivity(sensitivity), panels, strong=sensitivity == MAIN))
    main, *rest = rows
    looks = {answer.alternative: alternative_looks(ctx)[answer.alternative]}
    svg = draw_intervals(
        [main, *_widest_first(main, rest, answer.alternative)], gate_panels(ctx, own), looks, ctx.numbers,
        f"sensitivity-{_slug(answer.alternative)}", edge_text=ctx.words("chart.margin"),
    )  # fmt: skip
    caption = ctx.words("sensitivity.chart_caption", group=ctx.names.group(group))
    return Figure(svg, turned_line(ctx, answer), caption, source(ctx, "gate"))


def _widest_first(main: IntervalRow, rows: list[IntervalRow], alternative: str) -> list[IntervalRow]:
    """In the order of how far they move the share from the main assumptions: a tornado."""

    def moved(row: IntervalRow) -> float:
        here, there = row.panels[0].get(alternative), main.panels[0].get(alternative)
        return abs(here.value - there.value) if here and there and here.known and there.known else 0.0

    return sorted(rows, key=moved, reverse=True)


def _slug(text: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in text)
