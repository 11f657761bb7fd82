"""The risk analysis (ROS): what may happen, what assessors think of it, and what the simulation says beside that.

Scores are never summed: every line is about one event.
"""

from __future__ import annotations

from beredt.report.chapters.parts import source
from beredt.report.chapters.risk_evidence import evidence_blocks
from beredt.report.chapters.risk_scores import agreement_table, role_table, scores_table
from beredt.report.context import ReportContext
from beredt.report.figures.risk_matrix import MatrixPanel, MatrixText, draw_risk_matrices
from beredt.report.findings.risk import (
    RiskView,
    assessed_alternatives,
    highest,
    level_name,
    plain_level_name,
    risk_view,
    stages,
)
from beredt.report.page.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Details,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Row,
    Table,
)


def risk_chapters(ctx: ReportContext) -> tuple[Chapter, ...]:
    """The chapter on risk; none where the study has no risk analysis."""
    view = risk_view(ctx)
    if view is None:
        return ()
    blocks: list[Block] = [Paragraph(ctx.words("risk.intro")), Paragraph(ctx.words("risk.never_summed"))]
    blocks.append(_events_table(ctx, view))
    assessed = assessed_alternatives(ctx, view)
    if assessed:
        for one in assessed:
            blocks += _alternative_blocks(ctx, view, one)
        blocks += [Heading(ctx.words("risk.agreement_title")), Paragraph(ctx.words("risk.agreement"))]
        blocks.append(agreement_table(ctx, assessed))
        by_role = role_table(ctx, view)
        blocks.append(Details(ctx.words("risk.by_role"), (by_role,)) if by_role else Paragraph(ctx.words("risk.few")))
    else:
        blocks += [Notice(ctx.words("risk.not_assessed")), _empty_figure(ctx, view)]
    blocks += evidence_blocks(ctx, view)
    return (Chapter("risk", ctx.words("risk.chapter"), _finding(ctx, view, assessed), tuple(blocks)),)


def _finding(ctx: ReportContext, view: RiskView, assessed: tuple[str, ...]) -> str:
    if not assessed:
        events, areas = ctx.numbers.whole(len(view.events)), ctx.numbers.whole(len(view.areas))
        return ctx.words("risk.finding_none", events=events, areas=areas)
    clauses = []
    for one in assessed:
        top = highest(ctx, view, one, stages()[-1])
        named = ctx.words.listed(event.number for event in top)
        clauses.append(ctx.words("risk.clause", alternative=ctx.names.alternatives((one,)), events=named))
    level = level_name(ctx, view.matrix.levels[-1])
    return ctx.words("risk.finding", level=level, clauses=ctx.words("gate.between").join(clauses))


def _events_table(ctx: ReportContext, view: RiskView) -> Table:
    """All events by area, with number and cause."""
    columns = tuple(Column(ctx.words(f"risk.column.{key}"), figures=False) for key in ("number", "event", "cause"))
    rows = []
    for area, name in view.areas.items():
        rows.append(Row((Cell(name),), "group"))
        for event in view.events:
            if event.area == area:
                cells = (Cell(event.number), Cell(event.name, style="words"), Cell(event.cause, style="words"))
                rows.append(Row(cells))
    where = ctx.words("source.study", tables="risk_events")
    return Table(columns, tuple(rows), ctx.words("risk.events_caption"), where, sortable=False)


def _alternative_blocks(ctx: ReportContext, view: RiskView, alternative: str) -> list[Block]:
    title = ctx.names.alternative_title(alternative)
    table = scores_table(ctx, view, alternative)
    return [Heading(title), _figure(ctx, view, alternative), Details(ctx.words("risk.scores", title=title), (table,))]


def _figure(ctx: ReportContext, view: RiskView, alternative: str) -> Figure:
    """Before and after measures side by side."""
    panels = [MatrixPanel(ctx.words(f"risk.stage.{stage}"), _placed(view, alternative, stage)) for stage in stages()]
    name = f"risk-{ctx.alternatives.index(alternative)}"
    svg = draw_risk_matrices(view.matrix, panels, _matrix_text(ctx, view), ctx.numbers, name)
    tops = [ctx.words.listed(e.number for e in highest(ctx, view, alternative, stage)) for stage in stages()]
    level = level_name(ctx, view.matrix.levels[-1])
    alt = ctx.words(
        "risk.alt", alternative=ctx.names.alternatives((alternative,)), level=level, before=tops[0], after=tops[1]
    )
    return Figure(svg, ctx.words.sentence(alt), _caption(ctx, view), source(ctx, "risk_spread"))


def _empty_figure(ctx: ReportContext, view: RiskView) -> Figure:
    """The matrix that scores will be put in."""
    svg = draw_risk_matrices(
        view.matrix, [MatrixPanel(ctx.words("risk.empty"), {})], _matrix_text(ctx, view), ctx.numbers, "risk-empty"
    )
    where = ctx.words("source.study", tables="risk_matrix")
    return Figure(svg, ctx.words("risk.empty_alt"), _caption(ctx, view), where, style="small")


def _caption(ctx: ReportContext, view: RiskView) -> str:
    return ctx.words("risk.caption_example" if view.matrix.is_example else "risk.caption")


def _matrix_text(ctx: ReportContext, view: RiskView) -> MatrixText:
    levels = {level.level: plain_level_name(ctx, level) for level in view.matrix.levels}
    return MatrixText(ctx.words("risk.likelihood_axis"), ctx.words("risk.consequence_axis"), levels)


def _placed(view: RiskView, alternative: str, stage: str) -> dict[tuple[int, int], list[str]]:
    found: dict[tuple[int, int], list[str]] = {}
    for event in view.events:
        place = view.place(event.id, alternative, stage)
        if place is not None:
            found.setdefault(place, []).append(event.number)
    return found
