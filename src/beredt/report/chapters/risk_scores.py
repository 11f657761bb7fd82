"""Tables of what assessors think: per event, per role, and how far they agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from beredt.decision.risk.scores import DIMENSIONS
from beredt.report import form
from beredt.report.chapters.parts import source
from beredt.report.context import ReportContext
from beredt.report.findings.risk import RiskView, level_name, stages
from beredt.report.page.blocks import Cell, Column, Row, Table

Line = Mapping[str, Any]


def scores_table(ctx: ReportContext, view: RiskView, alternative: str) -> Table:
    """One line per event and stage: medians, ranges, disagreement, level, and how strong the knowledge is."""
    keys = ("event", "stage", "likelihood", "consequence", "apart", "level", "knowledge")
    columns = tuple(Column(ctx.words(f"risk.column.{key}"), figures=False) for key in keys)
    rows = []
    for area, name in view.areas.items():
        inside = [event for event in view.events if event.area == area]
        lines = [
            _event_row(
                ctx, view, event.id, ctx.words("risk.numbered", number=event.number, name=event.name), one, stage
            )
            for event in inside
            for one, stage in ((alternative, stage) for stage in stages())
        ]
        known = [line for line in lines if line is not None]
        if known:
            rows += [Row((Cell(name),), "group"), *known]
    caption = ctx.words("risk.scores_caption", alternative=ctx.names.alternatives((alternative,)))
    return Table(columns, tuple(rows), caption, source(ctx, "risk_spread"), dense=True, sortable=False)


def _event_row(ctx: ReportContext, view: RiskView, event: str, title: str, alternative: str, stage: str) -> Row | None:
    found = [view.find(event, alternative, stage, dimension) for dimension in DIMENSIONS]
    level = view.level(event, alternative, stage)
    if found[0] is None or found[1] is None or level is None:
        return None
    cells = [Cell(title), Cell(ctx.words(f"risk.stage.{stage}"))]
    cells += [Cell(median_text(ctx, line)) for line in found if line is not None]
    cells += [Cell(_apart(ctx, found[0], found[1])), Cell(level_name(ctx, level)), Cell(_knowledge(ctx, found[0]))]
    return Row(tuple(cells), "same" if stage == stages()[-1] else "")


def median_text(ctx: ReportContext, line: Line) -> str:
    """Median with the range and the number of assessors: "3 (2–5)"."""
    median = float(line["median"])
    text = ctx.numbers.plain(median, form.Form("count", 1.0, 0 if median == int(median) else 1))
    if line["low"] == line["high"]:
        return text
    inside = ctx.numbers.span(float(line["low"]), float(line["high"]), form.COUNT)
    return ctx.words("risk.median", median=text, range=ctx.words("number.brackets", inside=inside))


def _apart(ctx: ReportContext, likelihood: Line, consequence: Line) -> str:
    """Disagreement on likelihood and on consequence; a dash where there is one assessor."""
    return ctx.words(
        "risk.apart",
        likelihood=_index(ctx, likelihood["disagreement"]),
        consequence=_index(ctx, consequence["disagreement"]),
        assessors=ctx.numbers.whole(int(likelihood["assessors"])),
    )


def _index(ctx: ReportContext, value: float | None) -> str:
    return ctx.words("number.none") if value is None else ctx.numbers.plain(value, form.RATIO)


def _knowledge(ctx: ReportContext, line: Line) -> str:
    told, weak = int(line["knowledge_told"]), int(line["knowledge_weak"])
    if not told:
        return ctx.words("risk.knowledge_untold")
    return ctx.words("risk.knowledge", weak=ctx.numbers.whole(weak), told=ctx.numbers.whole(told))


def agreement_table(ctx: ReportContext, alternatives: Sequence[str]) -> Table:
    """Krippendorff's alpha per alternative, stage and dimension."""
    keys = ("alternative", "stage", "dimension", "alpha", "events", "scores")
    figures = ("alpha", "events", "scores")
    columns = tuple(Column(ctx.words(f"risk.column.{key}"), figures=key in figures) for key in keys)
    table = ctx.results.find_table("risk_agreement")
    rows = []
    for line in [] if table is None else table.iter_rows(named=True):
        if line["alternative"] in alternatives:
            alpha = line["alpha"]
            rows.append(
                Row(
                    (
                        Cell(ctx.names.alternative(line["alternative"])),
                        Cell(ctx.words(f"risk.stage.{line['stage']}")),
                        Cell(ctx.words(f"risk.column.{line['dimension']}")),
                        Cell(_index(ctx, alpha), alpha),
                        Cell(ctx.numbers.whole(line["events"]), line["events"]),
                        Cell(ctx.numbers.whole(line["scores"]), line["scores"]),
                    )
                )
            )
    return Table(columns, tuple(rows), ctx.words("risk.agreement_caption"), source(ctx, "risk_agreement"))


def role_table(ctx: ReportContext, view: RiskView) -> Table | None:
    """Medians by role, where enough of a role assessed; None without any."""
    lines = [row for key, row in view.spread.items() if key[3]]
    if not lines:
        return None
    keys = ("event", "alternative", "stage", "role", "assessors", "likelihood", "consequence")
    columns = tuple(Column(ctx.words(f"risk.column.{key}"), figures=key == "assessors") for key in keys)
    names = {event.id: ctx.words("risk.numbered", number=event.number, name=event.name) for event in view.events}
    rows = []
    for (event, alternative, stage, role, dimension), likelihood in view.spread.items():
        if role and dimension == DIMENSIONS[0]:
            consequence = view.spread[event, alternative, stage, role, DIMENSIONS[1]]
            rows.append(
                Row(
                    (
                        Cell(names[event]),
                        Cell(ctx.names.alternative(alternative)),
                        Cell(ctx.words(f"risk.stage.{stage}")),
                        Cell(view.roles.get(role, role)),
                        Cell(ctx.numbers.whole(likelihood["assessors"]), likelihood["assessors"]),
                        Cell(median_text(ctx, likelihood)),
                        Cell(median_text(ctx, consequence)),
                    )
                )
            )
    return Table(columns, tuple(rows), ctx.words("risk.role_caption"), source(ctx, "risk_spread"), dense=True)
