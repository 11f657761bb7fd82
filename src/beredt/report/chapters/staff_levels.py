"""Full-time equivalents by organisation and work, as a table and as bars, and by station."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.parts import source
from beredt.report.chapters.staff_served import unstated
from beredt.report.context import ReportContext
from beredt.report.figures.axis import Scale
from beredt.report.figures.stacked_bars import Part, draw_lying_bars
from beredt.report.page.blocks import Block, Cell, Column, Details, Figure, Heading, Row, Table
from beredt.report.theme import AWAY, BUSY, READY

AMBULANCE = "ambulance"
PART_INKS = (BUSY.light, READY.light, AWAY.light)
Key = tuple[str, str]
"""organisation, work."""


def levels_blocks(ctx: ReportContext, staff: pl.DataFrame, changes: pl.DataFrame | None) -> list[Block]:
    """The table of levels and differences, and the bars of units."""
    return [Heading(ctx.words("staff.levels_title")), _table(ctx, staff, changes), _bars(ctx, staff)]


def _table(ctx: ReportContext, staff: pl.DataFrame, changes: pl.DataFrame | None) -> Table:
    level = _sums(staff.filter((pl.col("alternative") == ctx.baseline) & pl.col("whole")))
    moved = {one: _changes(ctx, changes, one) for one in ctx.compared}
    open_ = unstated(ctx)
    named = [*level, *(key for found in (*moved.values(), *open_.values()) for key in found)]
    keys = sorted(dict.fromkeys(named), key=lambda key: (key[1] != AMBULANCE, key[1], key[0]))
    columns = [Column(ctx.words(f"staff.column.{one}"), figures=False) for one in ("work", "organisation")]
    columns += [Column(ctx.names.alternative(one)) for one in (ctx.baseline, *ctx.compared)]
    rows = []
    for organisation, work in keys:
        key = organisation, work
        cells = [Cell(ctx.words(f"staff.work.{work}")), Cell(ctx.names.get("organisations", organisation))]
        cells.append(_level(ctx, level.get(key)))
        for one in ctx.compared:
            cells.append(_difference(ctx, moved[one].get(key), stated=key not in open_.get(one, ())))
        rows.append(Row(tuple(cells)))
    total = [Cell(ctx.words("staff.whole_row")), Cell(""), _level(ctx, sum(level.values()))]
    total += [_difference(ctx, sum(moved[one].values()), stated=True) for one in ctx.compared]
    rows.append(Row(tuple(total), "total"))
    return Table(
        tuple(columns), tuple(rows),
        ctx.words("staff.levels_caption", baseline=ctx.names.alternatives([ctx.baseline])),
        source(ctx, "staff", "staff_changes"), sortable=False,
    )  # fmt: skip


def _sums(rows: pl.DataFrame) -> dict[Key, float]:
    found: dict[Key, float] = {}
    for organisation, work, fte in rows.select("organisation", "work", "fte").iter_rows():
        found[organisation, work] = found.get((organisation, work), 0.0) + (float("nan") if fte is None else fte)
    return found


def _changes(ctx: ReportContext, changes: pl.DataFrame | None, alternative: str) -> Mapping[Key, float]:
    if changes is None:
        return {}
    return _sums(changes.filter((pl.col("baseline") == ctx.baseline) & (pl.col("alternative") == alternative)))


def _level(ctx: ReportContext, value: float | None) -> Cell:
    if value is None:
        return Cell(ctx.words("number.none"), style="quiet")
    return Cell(ctx.numbers.plain(value, form.FTE), value)


def _difference(ctx: ReportContext, value: float | None, *, stated: bool) -> Cell:
    if not stated:
        return Cell(ctx.words("staff.not_stated"), style="quiet")
    if not value or ctx.numbers.rounds_to_zero(value, form.FTE):
        return Cell(ctx.words("change.none_short"), 0.0, "quiet")
    return Cell(ctx.numbers.plain(value, form.FTE, signed=True), value)


def _bars(ctx: ReportContext, staff: pl.DataFrame) -> Figure:
    """One bar per alternative, cut by organisation."""
    # What is not known has no length: a notice above names it.
    units = staff.filter((pl.col("work") == AMBULANCE) & pl.col("fte").is_not_null())
    sums = {one: _sums(units.filter(pl.col("alternative") == one)) for one in ctx.alternatives}
    owners = list(dict.fromkeys(organisation for found in sums.values() for organisation, _ in found))
    parts = [
        Part(
            ctx.names.get("organisations", owner),
            PART_INKS[number % len(PART_INKS)],
            [sums[one].get((owner, AMBULANCE), 0.0) for one in ctx.alternatives],
        )
        for number, owner in enumerate(owners)
    ]
    totals = [sum(sums[one].values()) for one in ctx.alternatives]
    texts = [ctx.numbers.plain(total, form.FTE) for total in totals]
    names = [ctx.names.alternative(one) for one in ctx.alternatives]
    svg = draw_lying_bars(names, parts, Scale(ctx.words("staff.column.fte"), form.FTE), ctx.numbers, "staff", texts)
    clauses = ctx.words.listed(f"{name} {text}" for name, text in zip(names, texts, strict=True))
    return Figure(
        svg, ctx.words("staff.bars_alt", clauses=clauses), ctx.words("staff.bars_caption"), source(ctx, "staff")
    )


def stations_block(ctx: ReportContext, staff: pl.DataFrame) -> Details:
    """Full-time equivalents by station and kind, one column per alternative."""
    units = staff.filter(pl.col("work") == AMBULANCE)
    cells = {(row["station"], row["kind"], row["alternative"]): row["fte"] for row in units.iter_rows(named=True)}
    keys = list(dict.fromkeys((station, kind) for station, kind, _ in cells))
    columns = [Column(ctx.words(f"staff.column.{one}"), figures=False) for one in ("station", "kind")]
    columns += [Column(ctx.names.alternative(one)) for one in (TODAY, *(a for a in ctx.alternatives if a != TODAY))]
    rows = []
    for station, kind in keys:
        line = [Cell(ctx.names.get("stations", station)), Cell(ctx.names.get("unit_kinds", kind))]
        for one in (TODAY, *(a for a in ctx.alternatives if a != TODAY)):
            line.append(_level(ctx, cells.get((station, kind, one))))
        rows.append(Row(tuple(line)))
    table = Table(tuple(columns), tuple(rows), ctx.words("staff.stations_caption"), source(ctx, "staff"), dense=True)
    return Details(ctx.words("staff.stations_title"), (table,))
