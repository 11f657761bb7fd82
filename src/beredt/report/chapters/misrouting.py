"""Calls that reach the wrong centre: who lives near a border, and what an assumption makes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from beredt.report import form
from beredt.report.chapters.parts import missing, source
from beredt.report.chapters.people import printed_near_table
from beredt.report.context import ReportContext
from beredt.report.form import Form
from beredt.report.page.blocks import Block, Cell, Column, Details, Heading, Notice, Paragraph, Row, Table

Line = Mapping[str, Any]
SHORT_KM = Form("km", 1.0, 1)
TENTHS_H = Form("h", 1.0, 1)


def misrouting_blocks(ctx: ReportContext) -> list[Block]:
    """The assumption, what it comes to, people and calls near each border, and what masts say where they are known."""
    blocks: list[Block] = [Heading(ctx.words("borders.misrouting_title"))]
    found, near = (ctx.results.find_table(name) for name in ("misrouting", "misrouting_near"))
    if found is None:
        return [*blocks, missing(ctx, "misrouting")]
    lines = list(found.iter_rows(named=True))
    blocks += [Paragraph(_assumption(ctx, lines[0])), Paragraph(_effect(ctx, lines))]
    blocks.append(_calls_table(ctx, lines))
    if near is None:
        blocks.append(Paragraph(ctx.words("misrouting.one_centre")))
    else:
        sides = list(near.iter_rows(named=True))
        blocks.append(_near_table(ctx, sides, "people"))
        printed = printed_near_table(ctx)
        blocks += [printed] if printed else []
        blocks.append(Details(ctx.words("misrouting.calls_title"), (_near_table(ctx, sides, "calls"),)))
    return [*blocks, *_masts(ctx)]


def _assumption(ctx: ReportContext, line: Line) -> str:
    rule = ctx.study.settings.misrouting
    return ctx.words(
        "misrouting.assumption",
        band=ctx.numbers.text(rule.band_km, _km_form(rule.band_km)),
        share_low=ctx.numbers.text(line["share_low"], form.PERCENT),
        share_high=ctx.numbers.text(line["share_high"], form.PERCENT),
        delay_low=ctx.numbers.text(line["delay_low_s"], form.SECONDS),
        delay_high=ctx.numbers.text(line["delay_high_s"], form.SECONDS),
    )


def _effect(ctx: ReportContext, lines: Sequence[Line]) -> str:
    """Whether response times and verdicts rest on it."""
    simulated = [line["alternative"] for line in lines if line["simulated"]]
    if not simulated:
        return ctx.words("misrouting.counted")
    share = ctx.numbers.text(ctx.study.settings.misrouting.share, form.PERCENT)
    return ctx.words("misrouting.simulated", alternatives=ctx.names.alternatives(simulated), share=share)


def _calls_table(ctx: ReportContext, lines: Sequence[Line]) -> Table:
    keys = ("alternative", "near_calls", "calls", "acute", "lost")
    columns = tuple(Column(ctx.words(f"misrouting.column.{key}"), figures=key != "alternative") for key in keys)
    rows = []
    for line in sorted(lines, key=lambda one: ctx.alternatives.index(one["alternative"])):
        calls = ctx.numbers.span(line["calls_low"], line["calls_high"], form.COUNT)
        lost = ctx.words("unit.h", number=ctx.numbers.span(line["lost_low_h"], line["lost_high_h"], TENTHS_H))
        rows.append(
            Row(
                (
                    Cell(ctx.names.alternative(line["alternative"])),
                    Cell(ctx.numbers.text(line["near_calls"], form.COUNT), line["near_calls"]),
                    Cell(calls, line["calls_high"]),
                    Cell(ctx.words("misrouting.up_to", number=ctx.numbers.text(line["acute_high"], form.COUNT)),
                         line["acute_high"]),
                    Cell(lost, line["lost_high_h"]),
                )
            )
        )  # fmt: skip
    return Table(columns, tuple(rows), ctx.words("misrouting.calls_caption"), source(ctx, "misrouting"), sortable=False)


def _near_table(ctx: ReportContext, lines: Sequence[Line], what: str) -> Table:
    """Sides of borders and distances down, alternatives across."""
    columns = [Column(ctx.words("misrouting.column.side"), figures=False), Column(ctx.words("misrouting.column.km"))]
    columns += [Column(ctx.names.alternative(one)) for one in ctx.alternatives]
    found = {(line["centre"], line["other"], line["km"], line["alternative"]): float(line[what]) for line in lines}
    rows = []
    before = None
    for centre, other, km in dict.fromkeys(key[:3] for key in found):
        side = ctx.words(
            "misrouting.side", centre=ctx.names.get("centres", centre), other=ctx.names.get("centres", other)
        )
        values = [found.get((centre, other, km, one), 0.0) for one in ctx.alternatives]
        cells = [Cell(side), Cell(ctx.numbers.text(km, _km_form(km)), km)]
        cells += [Cell(ctx.numbers.text(value, form.PEOPLE), value) for value in values]
        rows.append(Row(tuple(cells), "same" if before == (centre, other) else ""))
        before = (centre, other)
    caption = ctx.words(f"misrouting.near_{what}_caption")
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "misrouting_near"), sortable=False)


def _km_form(km: float) -> Form:
    return form.KM if km == int(km) else SHORT_KM


def _masts(ctx: ReportContext) -> list[Block]:
    """Who is heard by whose mast, or that nobody has given the positions."""
    table = ctx.results.find_table("misrouting_masts")
    if table is None:
        return [Notice(ctx.words("misrouting.no_masts"))]
    keys = ("alternative", "centre", "answers", "people", "calls")
    columns = tuple(Column(ctx.words(f"misrouting.column.{key}"), figures=key in keys[3:]) for key in keys)
    rows = []
    for line in table.iter_rows(named=True):
        own = line["centre"] == line["answers"]
        answers = ctx.names.get("centres", line["answers"]) if line["answers"] else ctx.words("misrouting.unheard")
        rows.append(
            Row(
                (
                    Cell(ctx.names.alternative(line["alternative"])),
                    Cell(ctx.names.get("centres", line["centre"])),
                    Cell(ctx.words("misrouting.own", centre=answers) if own else answers),
                    Cell(ctx.numbers.text(line["people"], form.PEOPLE), line["people"]),
                    Cell(ctx.numbers.text(line["calls"], form.COUNT), line["calls"]),
                )
            )
        )
    caption = ctx.words("misrouting.masts_caption")
    return [Table(columns, tuple(rows), caption, source(ctx, "misrouting_masts"), sortable=False)]
