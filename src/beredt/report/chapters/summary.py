"""The summary: one page with the answers, the table of criteria, and how sure it is."""

from __future__ import annotations

from beredt.report.chapters.parts import difference_cell, level_cell, missing, source
from beredt.report.chapters.summary_takes import cost_sentence, takes_rows
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.findings.gate import Answer, answers, gate_finding, turned_line, where_line
from beredt.report.findings.key_sentences import key_sentences
from beredt.report.measures import LEVEL_MEAN, P90, TARGET_SHARE, measure
from beredt.report.page.blocks import (
    Block,
    Bullets,
    Cell,
    Chapter,
    Column,
    Heading,
    Paragraph,
    Row,
    Table,
    Verdict,
    Verdicts,
)

MARKS = {"meets": "✓", "fails": "✗", "undecided": "◇"}
"""So that an answer is never told by colour alone."""

LOCAL_RESOURCES = ("outside_missions", "true_conflict_hours")
RESOURCES = ("hours_without_free_any", "overtime_h", "km", "duty_h")

TAKEN_FROM = ("staff", "staff_changes", "cost")
"""Tables of the rows about people and money."""


def summary_chapter(ctx: ReportContext) -> Chapter:
    """The page that a board reads."""
    given = answers(ctx)
    blocks: list[Block] = [Verdicts(tuple(_card(ctx, one) for one in given)) if given else missing(ctx, "verdicts")]
    cost = cost_sentence(ctx)
    blocks.append(Bullets((*key_sentences(ctx), *([cost] if cost else []))))
    blocks += [Heading(ctx.words("summary.criteria")), _criteria(ctx), Paragraph(ctx.words("summary.not_measured"))]
    return Chapter("summary", ctx.words("chapter.summary"), gate_finding(ctx), tuple(blocks))


def _card(ctx: ReportContext, answer: Answer) -> Verdict:
    lines = [where_line(ctx, answer.deciding)] if answer.deciding else []
    lines.append(turned_line(ctx, answer))
    return Verdict(
        outcome=answer.verdict,
        mark=MARKS[answer.verdict],
        title=ctx.names.alternative_title(answer.alternative),
        answer=ctx.words(f"verdict.{answer.verdict}"),
        lines=tuple(lines),
    )


def _criteria(ctx: ReportContext) -> Table:
    """Criteria down, alternatives across: the baseline's level and every alternative's difference from it."""
    columns = [Column(ctx.words("summary.measure"), figures=False), Column(ctx.names.alternative(ctx.baseline))]
    columns += [Column(ctx.names.alternative(one)) for one in ctx.compared]
    rows = [_parting(ctx.words("summary.within")), *_acute_rows(ctx)]
    rows += [_parting(ctx.words("summary.response")), *_response_rows(ctx)]
    if ctx.local_group:
        local = _resource_rows(ctx, LOCAL_RESOURCES, ctx.local_group)
        rows += [_parting(ctx.words("summary.resources", group=ctx.names.group(ctx.local_group))), *local]
    everywhere = _resource_rows(ctx, RESOURCES, "all")
    rows += [_parting(ctx.words("summary.resources", group=ctx.names.group("all"))), *everywhere]
    taken = takes_rows(ctx)
    if taken:
        rows += [_parting(ctx.words("summary.takes_title")), *taken]
    tables = (
        "indicators",
        "differences",
        *(name for name in TAKEN_FROM if taken and ctx.results.find_table(name) is not None),
    )
    return Table(
        columns=tuple(columns),
        rows=tuple(rows),
        caption=ctx.words("summary.criteria_caption", baseline=ctx.names.alternatives((ctx.baseline,))),
        source=source(ctx, *tables),
        sortable=False,
        dense=True,
    )


def _parting(title: str) -> Row:
    return Row((Cell(title),), "group")


def _acute_rows(ctx: ReportContext) -> list[Row]:
    gate = ctx.study.settings.gate
    groups = (*(gate.groups if gate else ()), "all")
    return [_row(ctx, TARGET_SHARE, "A", group, ctx.names.group(group)) for group in groups]


def _response_rows(ctx: ReportContext) -> list[Row]:
    return [_row(ctx, key, "A", "all", measure(key).name(ctx.words, ctx.numbers)) for key in (LEVEL_MEAN, P90)]


def _resource_rows(ctx: ReportContext, keys: tuple[str, ...], group: str) -> list[Row]:
    known = [key for key in keys if ctx.levels.find(ctx.baseline, key, "", group) is not None]
    return [_row(ctx, key, "", group, measure(key).name(ctx.words, ctx.numbers)) for key in known]


def _row(ctx: ReportContext, key: str, urgency: str, group: str, label: str) -> Row:
    what = measure(key)
    level: Estimate | None = ctx.levels.find(ctx.baseline, key, urgency, group)
    cells = [Cell(label), level_cell(ctx, what, level)]
    cells += [difference_cell(ctx, what, ctx.changes.find(one, key, urgency, group)) for one in ctx.compared]
    return Row(tuple(cells))
