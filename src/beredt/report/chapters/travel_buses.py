"""Health buses: where they stop in each alternative, and how many ride."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.parts import source
from beredt.report.chapters.travel_map import bus_map
from beredt.report.context import ReportContext
from beredt.report.figures.ground import Sheet
from beredt.report.page.blocks import Block, Cell, Column, Heading, Notice, Paragraph, Row, Table
from beredt.report.study_names import local_name

Line = Mapping[str, Any]


def lines_blocks(ctx: ReportContext, sheet: Sheet) -> list[Block]:
    """The maps, the timetable and the riders, lines that are alike in several alternatives in one row."""
    heading = Heading(ctx.words("travel.lines_title"))
    table = ctx.results.find_table("travel_lines")
    if table is None:
        return [heading, Notice(ctx.words("travel.bring", files=ctx.words.listed(["bus_lines.csv", "bus_stops.csv"])))]
    rows = list(table.iter_rows(named=True))
    text = ctx.words("travel.lines_assumed" if any(row["assumed"] for row in rows) else "travel.lines")
    names = ("line", "alternatives", "stops", "seats", "riders", "full_runs", "run_km")
    texts = ("line", "alternatives", "stops")
    columns = tuple(Column(ctx.words(f"travel.column.{one}"), figures=one not in texts) for one in names)
    shown = Table(
        columns,
        tuple(_row(ctx, line, alternatives) for line, alternatives in _joined(ctx, rows)),
        ctx.words("travel.lines_caption"),
        source(ctx, "travel_lines"),
    )
    return [heading, Paragraph(text), *bus_map(ctx, sheet), shown]


def _joined(ctx: ReportContext, rows: Sequence[Line]) -> list[tuple[Line, list[str]]]:
    found: dict[tuple[Any, ...], tuple[Line, list[str]]] = {}
    for row in rows:
        if row["alternative"] in ctx.alternatives:
            key = tuple(value for name, value in row.items() if name != "alternative")
            found.setdefault(key, (row, []))[1].append(row["alternative"])
    order = list(dict.fromkeys(row["line"] for row in rows))
    return sorted(found.values(), key=lambda one: order.index(one[0]["line"]))


def _row(ctx: ReportContext, line: Line, alternatives: list[str]) -> Row:
    lines = ctx.study.decision["bus_lines"].iter_rows(named=True)
    name = next((local_name(ctx.words, row) for row in lines if row["id"] == line["line"]), line["line"])
    which = ctx.words.sentence(ctx.names.alternatives(sorted(alternatives, key=lambda one: (one != TODAY, one))))
    riders = ctx.words("travel.per_run", riders=ctx.numbers.plain(line["riders"] / max(1, line["runs"]), form.FTE))
    return Row(
        (
            Cell(name),
            Cell(which),
            Cell(line["stops"]),
            Cell(ctx.numbers.plain(line["seats"]), line["seats"]),
            Cell(riders if line["riders"] else ctx.words("number.nothing"), line["riders"]),
            Cell(ctx.numbers.plain(line["full_runs"]), line["full_runs"]),
            Cell(ctx.numbers.text(line["run_km"], form.KM), line["run_km"]),
        )
    )
