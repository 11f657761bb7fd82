"""Stations and units: how their hours are spent, and which are least busy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.parts import missing, source
from beredt.report.chapters.unit_kinds import kinds_blocks
from beredt.report.context import ReportContext
from beredt.report.figures.axis import Scale
from beredt.report.figures.stacked_bars import Part, draw_lying_bars
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Details, Figure, Heading, Row, Table
from beredt.report.theme import AWAY, BUSY, READY

LEAST_BUSY = 15
UnitRow = Mapping[str, Any]


def units_chapter(ctx: ReportContext) -> Chapter:
    """Active and ready time by station and by unit, the least busy, and all units behind a click."""
    title = ctx.words("chapter.units")
    table = ctx.results.find_table("units")
    rows = [] if table is None else list(table.filter(pl.col("alternative") == TODAY).iter_rows(named=True))
    if not rows:
        return Chapter("units", title, ctx.words("units.no_finding"), (missing(ctx, "units"),))
    by_use = sorted(rows, key=lambda row: (row["utilisation"], row["unit"]))
    few = by_use[:LEAST_BUSY]
    blocks: list[Block] = [_station_bars(ctx, rows)]
    blocks.append(Heading(ctx.words("units.least_title", count=ctx.numbers.whole(len(few)))))
    blocks.append(_unit_table(ctx, few, ctx.words("units.least_caption", count=ctx.numbers.whole(len(few)))))
    blocks += kinds_blocks(ctx)
    everything = _unit_table(ctx, sorted(rows, key=_by_station(ctx)), ctx.words("units.all_caption"))
    blocks.append(Details(ctx.words("units.all_title"), (everything,)))
    return Chapter("units", title, _finding(ctx, rows, by_use), tuple(blocks))


def _finding(ctx: ReportContext, rows: Sequence[UnitRow], by_use: Sequence[UnitRow]) -> str:
    duty, active = sum(row["duty_h"] for row in rows), sum(row["active_h"] for row in rows)
    return ctx.words(
        "units.finding",
        use=ctx.numbers.text(active / duty if duty else float("nan"), form.PERCENT),
        least=_unit_name(ctx, by_use[0]),
        least_use=ctx.numbers.text(by_use[0]["utilisation"], form.PERCENT),
        most=_unit_name(ctx, by_use[-1]),
        most_use=ctx.numbers.text(by_use[-1]["utilisation"], form.PERCENT),
    )


def _by_station(ctx: ReportContext) -> Any:
    order = {one.id: number for number, one in enumerate(ctx.names.services[TODAY].stations)}
    return lambda row: (order.get(row["station"], len(order)), row["unit"])


def _unit_name(ctx: ReportContext, row: UnitRow) -> str:
    return ctx.words(
        "units.name", unit=ctx.numbers.label(row["unit"]), station=ctx.names.get("stations", row["station"])
    )


def _station_bars(ctx: ReportContext, rows: Sequence[UnitRow]) -> Figure:
    """Shares of the hours on duty, one bar per station, the busiest first."""
    sums: dict[str, dict[str, float]] = {}
    for row in rows:
        own = sums.setdefault(row["station"], {"duty_h": 0.0, "active_h": 0.0, "standby_h": 0.0, "driving_home_h": 0.0})
        for key in own:
            own[key] += float(row[key] or 0.0)
    on_duty = {station: own for station, own in sums.items() if own["duty_h"] > 0.0}
    order = sorted(on_duty, key=lambda one: (-on_duty[one]["active_h"] / on_duty[one]["duty_h"], one))

    def shares(key: str) -> list[float]:
        # Work past the end of a shift can make more than there is duty: a bar ends at the whole.
        return [min(1.0, on_duty[one][key] / on_duty[one]["duty_h"]) for one in order]

    active = shares("active_h")
    away = [min(1.0 - a, b) for a, b in zip(active, shares("driving_home_h"), strict=True)]
    ready = [max(0.0, 1.0 - a - b) for a, b in zip(active, away, strict=True)]
    parts = [
        Part(ctx.words("units.active"), BUSY.light, active),
        Part(ctx.words("units.away"), AWAY.light, away),
        Part(ctx.words("units.ready"), READY.light, ready),
    ]
    texts = [ctx.numbers.text(value, form.WHOLE_PERCENT) for value in active]
    names = [ctx.names.get("stations", one) for one in order]
    svg = draw_lying_bars(
        names, parts, Scale(ctx.words("axis.share_of_duty"), form.PERCENT), ctx.numbers, "stations", texts
    )
    alt = ctx.words("units.bars_alt", most=names[0], most_use=texts[0], least=names[-1], least_use=texts[-1])
    return Figure(svg, alt, ctx.words("units.bars_caption"), source(ctx, "units"))


def _unit_table(ctx: ReportContext, rows: Sequence[UnitRow], caption: str) -> Table:
    keys = ("duty_h", "active_h", "standby_h", "overtime_h", "missions", "km")
    forms = (form.HOURS, form.HOURS, form.HOURS, form.HOURS, form.COUNT, form.KM)
    columns = [Column(ctx.words(f"units.column.{key}"), figures=False) for key in ("unit", "station", "kind")]
    columns += [Column(ctx.words(f"units.column.{key}")) for key in ("share", *keys)]
    lines = []
    for row in rows:
        cells = [
            Cell(ctx.numbers.label(row["unit"])),
            Cell(ctx.names.get("stations", row["station"])),
            Cell(ctx.names.get("unit_kinds", row["kind"])),
            Cell(ctx.numbers.text(row["utilisation"], form.PERCENT), row["utilisation"]),
        ]
        for key, one in zip(keys, forms, strict=True):
            cells.append(Cell(ctx.numbers.text(float(row[key]), one), float(row[key])))
        lines.append(Row(tuple(cells)))
    return Table(tuple(columns), tuple(lines), caption, source(ctx, "units"), dense=True)
