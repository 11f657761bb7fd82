"""Cost: what each alternative has more or less of, what that costs with its range, and what is missing to tell it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from beredt.report import form
from beredt.report.chapters.cost_parts import (
    ALL,
    NO_CREWS,
    NO_DESKS,
    ONE_OFF,
    RUNNING,
    asked_lines,
    money_cell,
    money_text,
    one_off_blocks,
    prices_block,
)
from beredt.report.chapters.parts import missing, source
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.figures.axis import Scale
from beredt.report.figures.interval_chart import IntervalPanel, IntervalRow, draw_intervals
from beredt.report.figures.look import alternative_looks
from beredt.report.form import Form
from beredt.report.page.blocks import (
    Block,
    Bullets,
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

FORMS: Mapping[str, Form] = {
    **dict.fromkeys(("ambulance_staff", "centre_staff", "patient_travel_staff"), form.FTE),
    "units": form.COUNT,
    "stations": form.COUNT,
    "km": form.THOUSAND_KM,
}
Key = tuple[str, str, str]
"""alternative, organisation, item."""
Line = Mapping[str, Any]


def cost_chapter(ctx: ReportContext) -> Chapter:
    """Amounts, money, what is paid once, and every price with its source."""
    title = ctx.words("chapter.cost")
    table = ctx.results.find_table("cost")
    if table is None:
        return Chapter("cost", title, ctx.words("cost.no_finding"), (missing(ctx, "cost"),))
    lines = _by_key(table)
    blocks: list[Block] = [Paragraph(ctx.words("cost.intro"))]
    asked = asked_lines(ctx, lines.values())
    if asked:
        blocks += [Heading(ctx.words("cost.missing_title")), Notice(ctx.words("cost.missing")), Bullets(asked)]
    blocks += [Heading(ctx.words("cost.amounts_title")), _amounts(ctx, lines, ALL)]
    owners = [one for one in dict.fromkeys(owner for _, owner, _ in lines) if one != ALL]
    blocks.append(Details(ctx.words("cost.owners_title"), tuple(_amounts(ctx, lines, one) for one in owners)))
    figure = _figure(ctx, lines, (ALL, *owners))
    if figure is not None:  # some sum is known
        blocks += [Heading(ctx.words("cost.money_title")), _money(ctx, lines, (ALL, *owners)), figure]
    blocks += one_off_blocks(ctx)
    return Chapter("cost", title, _finding(ctx, lines), (*blocks, *prices_block(ctx)))


def cost_finding(ctx: ReportContext, table: pl.DataFrame) -> str:
    """What alternatives cost more or less a year than the baseline, so far as it is known."""
    return _finding(ctx, _by_key(table))


def _by_key(table: pl.DataFrame) -> dict[Key, Line]:
    return {(row["alternative"], row["organisation"], row["item"]): row for row in table.iter_rows(named=True)}


def _finding(ctx: ReportContext, lines: Mapping[Key, Line]) -> str:
    running = {one: lines.get((one, ALL, RUNNING)) for one in ctx.compared}
    known = {one: line for one, line in running.items() if line is not None and line["nok"] is not None}
    baseline = ctx.names.alternatives([ctx.baseline])
    if not known:
        return ctx.words("cost.nothing_known", baseline=baseline)
    clauses = [
        ctx.words(
            "cost.clause" if line["nok"] else "cost.clause_same",
            amount=money_text(ctx, line),
            alternative=ctx.names.alternatives([one]),
        )
        for one, line in known.items()
    ]
    text = ctx.words("cost.finding", baseline=baseline, clauses=ctx.words.listed(clauses))
    others = [one for one in ctx.compared if one not in known]
    if others:
        text = f"{text} {ctx.words('cost.unknown', alternatives=ctx.names.alternatives(others))}"
    return text


def _amounts(ctx: ReportContext, lines: Mapping[Key, Line], owner: str) -> Table:
    """What there is more or less of, item by item."""
    columns = [Column(ctx.words("cost.column.item"), figures=False)]
    columns += [Column(ctx.names.alternative(one)) for one in ctx.compared]
    rows = []
    for item, how in FORMS.items():
        found = [lines.get((one, owner, item)) for one in ctx.compared]
        if all(line is None for line in found):
            continue
        cells = [Cell(ctx.words(f"cost.item.{item}")), *(_amount(ctx, line, how) for line in found)]
        rows.append(Row(tuple(cells)))
    who = ctx.words("group.all") if owner == ALL else ctx.names.get("organisations", owner)
    caption = ctx.words("cost.amounts_caption", who=who, baseline=ctx.names.alternatives([ctx.baseline]))
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "cost"), sortable=False)


def _amount(ctx: ReportContext, line: Line | None, how: Form) -> Cell:
    if line is None:
        return Cell(ctx.words("change.none_short"), 0.0, "quiet")
    if line["change"] is None:
        return Cell(ctx.words("staff.not_stated"), style="quiet")
    amount = ctx.numbers.text(line["change"], how, signed=True)
    missing_files = line["missing"] or ""
    if NO_DESKS in missing_files or (NO_CREWS in missing_files and line["item"] == "ambulance_staff"):
        return Cell(ctx.words("cost.partly", amount=amount), line["change"])
    if ctx.numbers.rounds_to_zero(line["change"], how):
        return Cell(ctx.words("change.none_short"), 0.0, "quiet")
    return Cell(amount, line["change"])


def _money(ctx: ReportContext, lines: Mapping[Key, Line], owners: Sequence[str]) -> Table:
    """The sums in NOK by alternative and organisation."""
    columns = [Column(ctx.words("cost.column.alternative"), figures=False)]
    columns.append(Column(ctx.words("cost.column.organisation"), figures=False))
    columns += [Column(ctx.words(f"cost.item.{item}")) for item in (RUNNING, ONE_OFF)]
    rows = []
    for one in ctx.compared:
        for owner in owners:
            found = [lines.get((one, owner, item)) for item in (RUNNING, ONE_OFF)]
            if all(line is None for line in found):
                continue
            who = ctx.words("cost.together") if owner == ALL else ctx.names.get("organisations", owner)
            cells = [Cell(ctx.names.alternative(one)), Cell(who), money_cell(ctx, found[0])]
            # Whoever has no row while others have pays nothing that is listed.
            listed = lines.get((one, ALL, ONE_OFF))
            nothing = found[1] is None and listed is not None and listed["nok"] is not None
            cells.append(Cell(ctx.words("number.none"), style="quiet") if nothing else money_cell(ctx, found[1]))
            rows.append(Row(tuple(cells), "total" if owner == ALL else ""))
    caption = ctx.words("cost.money_caption", baseline=ctx.names.alternatives([ctx.baseline]))
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "cost"), sortable=False)


def _figure(ctx: ReportContext, lines: Mapping[Key, Line], owners: Sequence[str]) -> Figure | None:
    """Running and one-off cost with their ranges; None while no sum is known."""
    rows = []
    for owner in owners:
        panels = tuple(
            {
                one: Estimate(line["nok"], line["nok_low"], line["nok_high"])
                for one in ctx.compared
                if (line := lines.get((one, owner, item))) is not None and line["nok"] is not None
            }
            for item in (RUNNING, ONE_OFF)
        )
        if any(panels):
            who = ctx.words("cost.together") if owner == ALL else ctx.names.get("organisations", owner)
            rows.append(IntervalRow(who, panels, strong=owner == ALL))
    if not rows:
        return None
    scale = Scale(ctx.words("cost.axis"), form.MILLION_NOK, signed=True)
    titles = [IntervalPanel(ctx.words(f"cost.item.{item}"), scale) for item in (RUNNING, ONE_OFF)]
    looks = {one: look for one, look in alternative_looks(ctx).items() if one in ctx.compared}
    svg = draw_intervals(rows, titles, looks, ctx.numbers, "cost")
    return Figure(svg, _finding(ctx, lines), ctx.words("cost.chart_caption"), source(ctx, "cost"))
