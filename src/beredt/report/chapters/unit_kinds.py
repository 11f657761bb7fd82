"""Kinds of unit: their missions, how they are used, and whose arrival ended the response time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beredt.decision.kinds_table import ALL
from beredt.model.alternative import TODAY
from beredt.model.urgency import URGENCIES
from beredt.report import form
from beredt.report.chapters.parts import count_cell, difference_cell, source
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.measures import Measure
from beredt.report.page.blocks import Block, Cell, Column, Heading, Paragraph, Row, Table
from beredt.simulation.missions_table import ROLES

COUNT = Measure("", form.COUNT, form.COUNT, 0)
USE = {
    "duty_h": Measure("", form.HOURS, form.HOURS, 0),
    "active_h": Measure("", form.HOURS, form.HOURS, 0),
    "utilisation": Measure("", form.PERCENT, form.POINTS, 0),
    "km": Measure("", form.KM, form.KM, 0),
}
CLOCK = {"stopped": COUNT, "response_mean_s": Measure("", form.MINUTES, form.SECONDS, 0)}
"""No way is better: a kind that is sent to more, or to what lies farther away, may be used well or badly."""

Line = Mapping[str, Any]
Lines = Mapping[tuple[str, str, str, str, str], Line]
"""By alternative, kind, measure, role and urgency."""


def kinds_blocks(ctx: ReportContext) -> Iterator[Block]:
    """The part on kinds of unit, where a run tells more of them than that they are there; else nothing."""
    table = ctx.results.find_table("kinds")
    if table is None:
        return
    lines = {
        (row["alternative"], row["kind"], row["measure"], row["role"], row["urgency"]): row
        for row in table.iter_rows(named=True)
    }
    yield Heading(ctx.words("units.kinds.title"))
    yield Paragraph(ctx.words("units.kinds.how"))
    yield _missions(ctx, lines)
    yield _use(ctx, lines)
    yield _clock(ctx, lines)


def _missions(ctx: ReportContext, lines: Lines) -> Table:
    rows = [
        _row(ctx, (_kind(ctx, kind), ctx.words(f"units.kinds.role.{role}"), ctx.names.urgency(urgency)), COUNT,
             (kind, "missions", role, urgency), lines)
        for kind in _kinds(lines)
        for role in ROLES
        for urgency in URGENCIES
        if _happens(ctx, lines, (kind, "missions", role, urgency))
    ]  # fmt: skip
    return _table(ctx, ("kind", "role", "urgency"), rows, "missions")


def _use(ctx: ReportContext, lines: Lines) -> Table:
    rows = [
        _row(ctx, (_kind(ctx, kind), ctx.words(f"units.kinds.measure.{name}")), how, (kind, name, ALL, ALL), lines)
        for kind in _kinds(lines)
        for name, how in USE.items()
    ]
    return _table(ctx, ("kind", "measure"), rows, "use")


def _clock(ctx: ReportContext, lines: Lines) -> Table:
    rows = [
        _row(ctx, (_kind(ctx, kind), ctx.names.urgency(urgency), ctx.words(f"units.kinds.measure.{name}")), how,
             (kind, name, ALL, urgency), lines)
        for kind in _kinds(lines)
        for urgency in URGENCIES
        if _happens(ctx, lines, (kind, "stopped", ALL, urgency))
        for name, how in CLOCK.items()
    ]  # fmt: skip
    return _table(ctx, ("kind", "urgency", "measure"), rows, "clock")


def _kinds(lines: Lines) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key[1] for key in lines))


def _kind(ctx: ReportContext, kind: str) -> str:
    return ctx.names.get("unit_kinds", kind)


def _happens(ctx: ReportContext, lines: Lines, key: tuple[str, str, str, str]) -> bool:
    return any(line["value"] for one in ctx.alternatives if (line := lines.get((one, *key))))


def _row(ctx: ReportContext, names: tuple[str, ...], how: Measure, key: tuple[str, str, str, str], lines: Lines) -> Row:
    cells = [_level(ctx, how, lines.get((TODAY, *key)))]
    cells += [_change(ctx, how, lines.get((one, *key))) for one in ctx.alternatives if one != TODAY]
    return Row((*map(Cell, names), *cells))


def _level(ctx: ReportContext, how: Measure, line: Line | None) -> Cell:
    if line is None or line["value"] is None:
        return Cell(ctx.words("number.none"), style="quiet")
    if how is COUNT:
        return count_cell(ctx, line["value"])
    return Cell(ctx.numbers.text(line["value"], how.level), line["value"])


def _change(ctx: ReportContext, how: Measure, line: Line | None) -> Cell:
    """The difference from today; the level itself where today has nothing to differ from."""
    if line is None or line["value"] is None:
        return Cell(ctx.words("number.none"), style="quiet")
    if line["difference"] is None:
        level = ctx.numbers.text(line["value"], how.level)
        return Cell(ctx.words("units.kinds.only_here", level=level), line["value"])
    figures = (line[name] for name in ("difference", "difference_low", "difference_high"))
    return difference_cell(ctx, how, Estimate(*(float("nan") if one is None else float(one) for one in figures)))


def _table(ctx: ReportContext, first: tuple[str, ...], rows: list[Row], what: str) -> Table:
    tags = [ctx.names.alternative_tag(one) for one in ctx.alternatives if one != TODAY]
    columns = [Column(ctx.words(f"units.kinds.column.{name}"), figures=False) for name in first]
    columns.append(Column(ctx.words("pathways.column.level", alternative=ctx.names.alternative_tag(TODAY))))
    columns += [Column(ctx.words("pathways.column.difference", alternative=tag)) for tag in tags]
    return Table(
        tuple(columns), tuple(rows), ctx.words(f"units.kinds.{what}_caption"), source(ctx, "kinds"), dense=True
    )
