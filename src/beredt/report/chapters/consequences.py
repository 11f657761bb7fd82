"""What alternatives ask of units and do for patients beside one another, for the chapters that tell of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.outcomes import condition_name
from beredt.report.chapters.parts import FEWEST, count_cell, difference_cell, source
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.form import Form
from beredt.report.measures import Measure, measure
from beredt.report.page.blocks import Block, Cell, Column, Heading, Paragraph, Row, Table

TONNES = Form("tonnes")
TENTH = Form("count", 1.0, 1)
FORMS: Mapping[str, Measure] = {
    "co2_t": Measure("", TONNES, TONNES, -1),
    "crises": Measure("", TENTH, TENTH, 0),
    "crisis_h": Measure("", form.HOURS, form.HOURS, 0),
    "delivered": Measure("", form.COUNT, form.COUNT, 0),
    "survivors": Measure("", TENTH, TENTH, 1),
}
"""How figures are written that no indicator is."""

Key = tuple[str, str]
"""A measure, and what it is of."""


def consequences_blocks(ctx: ReportContext) -> list[Block]:
    """A heading and one table with every figure of the run; nothing where a run wrote none."""
    rows = consequence_rows(ctx)
    if not rows:
        return []
    columns = [Column(ctx.words("pathways.column.measure"), figures=False)]
    columns += [Column(ctx.names.alternative(one)) for one in (TODAY, *_others(ctx))]
    caption = ctx.words("comparison.consequences.caption")
    return [
        Heading(ctx.words("comparison.consequences.title")),
        Paragraph(ctx.words("comparison.consequences.intro")),
        Table(tuple(columns), rows, caption, source(ctx, "consequences"), dense=True, sortable=False),
    ]


class ConsequenceLine(NamedTuple):
    """A figure: its name, today's level, and the difference from it by alternative, all with intervals."""

    name: str
    today: Cell
    changes: Mapping[str, Cell]


def consequence_lines(ctx: ReportContext, *measures: str) -> Iterator[ConsequenceLine]:
    """Every figure of the run, in the table's order; nothing where a run wrote none.

    Args:
        ctx: of the report.
        measures: only these, none for all.
    """
    for key, lines in _by_key(ctx).items():
        if not measures or key[0] in measures:
            yield _line(ctx, key, lines)


def consequence_rows(ctx: ReportContext, *measures: str) -> tuple[Row, ...]:
    """The same as rows of a table."""
    return tuple(
        Row((Cell(line.name), line.today, *line.changes.values())) for line in consequence_lines(ctx, *measures)
    )


def _others(ctx: ReportContext) -> Iterator[str]:
    return (one for one in ctx.alternatives if one != TODAY)


def _by_key(ctx: ReportContext) -> dict[Key, dict[str, Mapping[str, Any]]]:
    """Rows of the table by figure and alternative, figures in the table's order."""
    table = ctx.results.find_table("consequences")
    found: dict[Key, dict[str, Mapping[str, Any]]] = {}
    for row in () if table is None else table.iter_rows(named=True):
        found.setdefault((row["measure"], row["of"] or ""), {})[row["alternative"]] = row
    return found


def _line(ctx: ReportContext, key: Key, lines: Mapping[str, Mapping[str, Any]]) -> ConsequenceLine:
    how = FORMS.get(key[0]) or measure(key[0])
    today = _estimate(lines.get(TODAY), ("value", "low", "high"))
    level = Cell(ctx.words("number.none"), style="quiet")
    if today is not None:
        few = key[0] == "delivered" and today.value < FEWEST
        text = ctx.numbers.estimate(today, how.level)
        level = count_cell(ctx, today.value) if few else Cell(text, today.value)
    changes = ("difference", "difference_low", "difference_high")
    cells = {one: difference_cell(ctx, how, _estimate(lines.get(one), changes)) for one in _others(ctx)}
    return ConsequenceLine(_name(ctx, *key), level, cells)


def _estimate(line: Mapping[str, Any] | None, names: tuple[str, str, str]) -> Estimate | None:
    if line is None or line[names[0]] is None:
        return None
    return Estimate(*(float("nan") if line[name] is None else float(line[name]) for name in names))


def _name(ctx: ReportContext, which: str, of: str) -> str:
    if which == "delivered" and of:
        return ctx.words("comparison.consequences.delivered_to", place=ctx.names.get("hospitals", of))
    if which == "survivors":
        return ctx.words("comparison.consequences.survivors", condition=_condition(ctx, of))
    if which in ("crises", "crisis_h"):
        return ctx.words(f"comparison.consequences.{which}", centre=ctx.names.get("centres", of))
    if which in FORMS:
        return ctx.words(f"comparison.consequences.{which}")
    return measure(which).name(ctx.words, ctx.numbers)


def _condition(ctx: ReportContext, of: str) -> str:
    rows = ctx.study.demand["conditions"].iter_rows(named=True)
    return next((condition_name(ctx, row) for row in rows if row["id"] == of), of)
