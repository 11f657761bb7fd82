"""Answering emergency calls: operators by hour of the week, and the full-time equivalents that this takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from beredt.report import form
from beredt.report.chapters.parts import source
from beredt.report.context import ReportContext
from beredt.report.figures.axis import Scale
from beredt.report.figures.curves import Curve, CurveFrame, CurvePanel, draw_curves
from beredt.report.figures.look import alternative_looks
from beredt.report.form import Form
from beredt.report.page.blocks import Block, Cell, Column, Details, Figure, Heading, Notice, Paragraph, Row, Table
from beredt.report.translated import translated

MODELS = ("erlang_c", "erlang_a")
DAY_H = 24
WEEK_H = 7 * DAY_H
CALLS = ("calls_per_incident", "call_s", "patience_s", "answered_share", "answered_within_s")
"""Figures without which nothing can be said."""

Key = tuple[str, str, str, str]
"""alternative, centre, model, case."""


def answering_blocks(ctx: ReportContext) -> list[Block]:
    """The goal, the table, the week, what the stated staff is for, and the figures behind it."""
    blocks: list[Block] = [Heading(ctx.words("staff.answering.title"))]
    table = ctx.results.find_table("staff_answering")
    if table is None:
        return [*blocks, Notice(f"{ctx.words('staff.answering.none')} {_asked(ctx)}")]
    found = {(row["alternative"], row["centre"], row["model"], row["case"]): row for row in table.iter_rows(named=True)}
    centres = list(dict.fromkeys(centre for _, centre, _, _ in found))
    blocks += [Paragraph(_finding(ctx, found, centres), lead=True), Paragraph(ctx.words("staff.answering.intro"))]
    blocks.append(_table(ctx, found, centres))
    blocks += [Paragraph(line) for line in _stated(ctx, found)]
    hours = ctx.results.find_table("staff_answering_hours")
    if hours is not None:
        blocks.append(_figure(ctx, hours, centres))
    return [*blocks, _figures(ctx)]


def _asked(ctx: ReportContext) -> str:
    """What the study must bring."""
    frame = ctx.study.decision.get("staff_figures")
    known = set() if frame is None else set(frame["figure"].to_list())
    lacking = [ctx.words(f"staff.figure.{one}") for one in CALLS if one not in known]
    text = ctx.words("staff.bring", files="staff_figures.csv")
    if not lacking:
        return text
    missing = ctx.words("staff.bring_figures", file="staff_figures.csv", figures=ctx.words.listed(lacking))
    return f"{text} {missing}"


def _goal(ctx: ReportContext) -> dict[str, str]:
    frame = ctx.study.decision["staff_figures"]
    likely = dict(frame.select("figure", "likely").iter_rows())
    return {
        "share": ctx.numbers.text(likely["answered_share"], form.WHOLE_PERCENT),
        "seconds": ctx.numbers.text(likely["answered_within_s"], form.SECONDS),
    }


def _finding(ctx: ReportContext, found: Mapping[Key, Mapping[str, Any]], centres: list[str]) -> str:
    """Each centre under the baseline, and under the alternative that changes it most."""
    clauses = []
    for centre in centres:
        fte = {one: found[one, centre, "erlang_c", "likely"]["fte"] for one in ctx.alternatives}
        now = fte[ctx.baseline]
        if now is None:
            continue
        most = max(ctx.compared, key=lambda one: abs(fte[one] - now), default=ctx.baseline)
        values = {
            "centre": ctx.names.get("centres", centre),
            "now": ctx.numbers.text(now, form.FTE),
            "then": ctx.numbers.text(fte[most], form.FTE),
            "baseline": ctx.names.alternatives([ctx.baseline]),
            "alternative": ctx.names.alternatives([most]),
        }
        changed = not ctx.numbers.rounds_to_zero(fte[most] - now, form.FTE)
        clauses.append(ctx.words("staff.answering.clause_change" if changed else "staff.answering.clause", **values))
    if not clauses:
        return ctx.words("staff.no_finding")
    return ctx.words("staff.answering.finding", clauses=ctx.words("staff.between").join(clauses), **_goal(ctx))


def _table(ctx: ReportContext, found: Mapping[Key, Mapping[str, Any]], centres: list[str]) -> Table:
    columns = [Column(ctx.words(f"staff.column.{one}"), figures=False) for one in ("centre", "alternative")]
    names = ("calls", "operators", "fte_c", "fte_a", "roster")
    columns += [Column(ctx.words(f"staff.answering.column.{one}")) for one in names]
    rows = []
    for centre in centres:
        for one in ctx.alternatives:
            line = found[one, centre, "erlang_c", "likely"]
            operators = ctx.numbers.span(line["fewest"], line["most"], form.COUNT)
            cells = [Cell(ctx.names.get("centres", centre)), Cell(ctx.names.alternative(one))]
            cells += [Cell(ctx.numbers.plain(line["calls"]), line["calls"]), Cell(operators, line["most"])]
            cells += [_range(ctx, found, one, centre, model) for model in MODELS]
            cells.append(_fte(ctx, line["roster_fte"]))
            rows.append(Row(tuple(cells)))
    return Table(
        tuple(columns), tuple(rows), ctx.words("staff.answering.table_caption"), source(ctx, "staff_answering")
    )


def _range(ctx: ReportContext, found: Mapping[Key, Mapping[str, Any]], one: str, centre: str, model: str) -> Cell:
    low, likely, high = (found[one, centre, model, case]["fte"] for case in ("low", "likely", "high"))
    if likely is None:
        return _fte(ctx, None)
    span = ctx.words("number.brackets", inside=ctx.numbers.span(low, high, form.FTE))
    return Cell(f"{ctx.numbers.plain(likely, form.FTE)} {span}", likely)


def _fte(ctx: ReportContext, value: float | None) -> Cell:
    if value is None:
        return Cell(ctx.words("number.none"), style="quiet")
    return Cell(ctx.numbers.plain(value, form.FTE), value)


def _stated(ctx: ReportContext, found: Mapping[Key, Mapping[str, Any]]) -> list[str]:
    """How much of the staff that is stated for a centre answering explains."""
    changes = ctx.results.find_table("staff_changes")
    if changes is None:
        return []
    desks = changes.filter((pl.col("baseline") == ctx.baseline) & (pl.col("work") == "centre"))
    lines = []
    for alternative, organisation, fte in desks.select("alternative", "organisation", "fte").iter_rows():
        own = [one.id for one in ctx.names.services[alternative].centres if one.organisation == organisation]
        more = [
            found[alternative, one, "erlang_c", "likely"]["fte"] - found[ctx.baseline, one, "erlang_c", "likely"]["fte"]
            for one in own
            if (alternative, one, "erlang_c", "likely") in found and fte is not None
        ]
        if not more:
            continue
        lines.append(
            ctx.words(
                "staff.answering.stated",
                alternative=ctx.names.alternatives([alternative]),
                owner=ctx.words.listed(ctx.names.get("centres", one) for one in own),
                stated=ctx.numbers.text(fte, form.FTE, signed=True),
                explained=ctx.numbers.text(sum(more), form.FTE),
            )
        )
    return lines


def _figure(ctx: ReportContext, hours: pl.DataFrame, centres: list[str]) -> Figure:
    panels, clauses, most = [], [], 0
    shown = tuple(dict.fromkeys((ctx.baseline, *ctx.compared)))
    for centre in centres:
        curves = {}
        base = _need(hours, centre, ctx.baseline)
        for one in shown:
            need = _need(hours, centre, one)
            most = max([most, *need])
            if one != ctx.baseline and need == base:
                continue
            # As steps: the need of an hour holds all through it.
            curves[one] = Curve(
                [float(edge) for hour in range(len(need)) for edge in (hour, hour + 1)],
                [float(operators) for operators in need for _ in range(2)],
            )
            clauses.append(
                ctx.words(
                    "staff.answering.chart_clause",
                    centre=ctx.names.get("centres", centre),
                    fewest=ctx.numbers.whole(min(need)),
                    most=ctx.numbers.whole(max(need)),
                    alternative=ctx.names.alternative(one),
                )
            )
        panels.append(CurvePanel(ctx.names.get("centres", centre), curves))
    frame = CurveFrame(
        Scale(ctx.words("roster_page.chart.hour"), form.COUNT),
        Scale(ctx.words("staff.answering.axis"), form.COUNT),
        (0.0, float(WEEK_H)), (0.0, most * 1.08 + 0.2), x_at=list(range(0, WEEK_H + 1, DAY_H)),
    )  # fmt: skip
    svg = draw_curves(panels, frame, alternative_looks(ctx), ctx.numbers, "answering", columns=1, height_in=1.5)
    alt = ctx.words("staff.answering.chart_alt", clauses=ctx.words.listed(clauses))
    caption = ctx.words("staff.answering.chart_caption")
    return Figure(svg, alt, caption, source(ctx, "staff_answering_hours"))


def _need(hours: pl.DataFrame, centre: str, alternative: str) -> list[int]:
    own = hours.filter((pl.col("centre") == centre) & (pl.col("alternative") == alternative)).sort("hour")
    return list(own["operators_c"].to_list())


def _figures(ctx: ReportContext) -> Details:
    """All figures about staff, with their ranges and sources."""
    names = ("figure", "low", "likely", "high", "basis", "source")
    columns = tuple(Column(ctx.words(f"staff.column.{one}"), figures=one in ("low", "likely", "high")) for one in names)
    rows = []
    for row in ctx.study.decision["staff_figures"].iter_rows(named=True):
        digits = 0 if row["high"] >= DAY_H else 3 if row["high"] <= 1.0 else 1
        cells = [Cell(ctx.words(f"staff.figure.{row['figure']}"))]
        for end in ("low", "likely", "high"):
            cells.append(Cell(ctx.numbers.plain(row[end], Form("count", 1.0, digits)), row[end]))
        rows.append(Row((*cells, Cell(ctx.words(f"staff.basis.{row['basis']}")), Cell(translated(ctx, row["source"])))))
    table = Table(
        columns, tuple(rows), ctx.words("staff.answering.figures_caption"),
        ctx.words("source.study", tables="staff_figures"), dense=True,
    )  # fmt: skip
    return Details(ctx.words("staff.answering.figures_title"), (table,))
