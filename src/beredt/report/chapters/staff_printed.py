"""Printed figures about staff beside what comes out, and what would make right those that do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from beredt.report import form
from beredt.report.chapters.parts import source
from beredt.report.chapters.staff_served import owner_name
from beredt.report.context import ReportContext
from beredt.report.form import Form
from beredt.report.page.blocks import Block, Bullets, Cell, Column, Heading, Row, Table
from beredt.report.translated import translated

YEAR_H = 8760
Line = Mapping[str, Any]


def printed_blocks(ctx: ReportContext, net: float) -> list[Block]:
    """The table, and a line for every figure that does not come out."""
    table = ctx.results.find_table("staff_published")
    if table is None:
        return []
    lines = list(table.iter_rows(named=True))
    names = ("alternative", "what", "printed", "computed", "answer", "note")
    texts = ("alternative", "what", "answer", "note")
    columns = tuple(Column(ctx.words(f"staff.column.{one}"), figures=one not in texts) for one in names)
    rows = tuple(_row(ctx, line) for line in lines)
    blocks: list[Block] = [Heading(ctx.words("staff.printed_title"))]
    blocks.append(Table(columns, rows, ctx.words("staff.printed_caption"), source(ctx, "staff_published")))
    off = tuple(_why(ctx, line, net) for line in lines if line["agrees"] is False)
    return [*blocks, Bullets(off)] if off else blocks


def _row(ctx: ReportContext, line: Line) -> Row:
    answer = "open" if line["agrees"] is None else "agrees" if line["agrees"] else "off"
    return Row(
        (
            Cell(ctx.names.alternative(line["alternative"])),
            Cell(_what(ctx, line)),
            Cell(_amount(ctx, line, line["printed"]), line["printed"]),
            Cell(_amount(ctx, line, line["computed"]), line["computed"]),
            Cell(ctx.words(f"staff.answer.{answer}"), style="quiet" if answer == "open" else ""),
            Cell(translated(ctx, line["note"])),
        )
    )


def _what(ctx: ReportContext, line: Line) -> str:
    work = ctx.words(f"staff.work.{line['work']}")
    centre = line["measure"] == "people_share" and line["work"] == "centre"
    return f"{work}, {owner_name(ctx, 'centre' if centre else '', line['owner'])}"


def _amount(ctx: ReportContext, line: Line, value: float | None) -> str:
    if value is None:
        return ctx.words("number.none")
    share = line["measure"] == "people_share"
    return ctx.numbers.text(value, form.PERCENT if share else form.FTE, signed=True)


def _why(ctx: ReportContext, line: Line, net: float) -> str:
    values = {
        "what": _what(ctx, line),
        "alternative": ctx.names.alternatives([line["alternative"]]),
        "printed": _amount(ctx, line, line["printed"]),
        "computed": _amount(ctx, line, line["computed"]),
    }
    if line["net_hours_needed"] is None or line["hours_per_day_needed"] is None:
        return ctx.words("staff.printed_deviation", **values)
    return ctx.words(
        "staff.printed_off",
        positions=ctx.numbers.plain(line["positions"], Form("count", 1.0, 0)),
        hours=ctx.numbers.plain(line["positions"] * YEAR_H),
        net=ctx.numbers.plain(net),
        whole=ctx.numbers.text(line["positions"] * YEAR_H / net, form.FTE),
        net_needed=ctx.numbers.plain(line["net_hours_needed"]),
        day_needed=ctx.numbers.plain(line["hours_per_day_needed"], form.FTE),
        positions_needed=ctx.numbers.plain(line["positions_needed"], form.RATIO),
        **values,
    )
