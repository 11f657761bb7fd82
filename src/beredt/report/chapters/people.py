"""People: who lives where, near which border and with which nearest station."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from beredt.report import form
from beredt.report.chapters.parts import missing, source
from beredt.report.chapters.reach import reach_blocks
from beredt.report.context import ReportContext
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Details, Heading, Paragraph, Row, Table
from beredt.report.place_text import place_text

REPRODUCED, TOUCHED = "reproduced", "touched"
MORE = ("near_border", "nearest_station")
Line = Mapping[str, Any]


def people_chapter(ctx: ReportContext) -> Chapter:
    """Population beside what is printed, the printed reach facts, and reach by station and zone."""
    blocks: list[Block] = [Heading(ctx.words("people.title")), *_people(ctx)]
    blocks += [Heading(ctx.words("reach.title")), Paragraph(ctx.words("reach.intro")), *reach_blocks(ctx)]
    return Chapter("people", ctx.words("chapter.people"), _finding(ctx), tuple(blocks))


def _finding(ctx: ReportContext) -> str:
    facts = ctx.results.find_table("reach_facts")
    judged = [] if facts is None else [verdict for verdict in facts["verdict"].to_list() if verdict]
    if not judged:
        return ctx.words("reach.no_finding")
    count = Counter(judged)
    return ctx.words(
        "reach.finding",
        all=ctx.numbers.whole(len(judged)),
        reproduced=ctx.numbers.whole(count[REPRODUCED]),
        touched=ctx.numbers.whole(count[TOUCHED]),
        missed=ctx.numbers.whole(len(judged) - count[REPRODUCED] - count[TOUCHED]),
    )


def _people(ctx: ReportContext) -> list[Block]:
    """What is printed beside the study's own; then borders and stations of the study's year behind a click."""
    table = ctx.results.find_table("people")
    if table is None:
        return [missing(ctx, "people")]
    lines = list(table.iter_rows(named=True))
    printed = [line for line in lines if line["printed"] is not None]
    year = ctx.study.settings.study.year
    more = [line for line in lines if line["measure"] in MORE and line.get("year", year) == year]
    blocks: list[Block] = []
    if printed:
        blocks.append(_table(ctx, printed, "people.caption", compared=True))
    if more:
        blocks.append(Details(ctx.words("people.more"), (_table(ctx, more, "people.more_caption"),)))
    return blocks


def _table(ctx: ReportContext, lines: Sequence[Line], caption: str, *, compared: bool = False) -> Table:
    keys = ("model", "printed", "deviation") if compared else ("model",)
    columns = [Column(ctx.words("people.column.what"), figures=False), Column(ctx.words("people.column.year"))]
    columns += [Column(ctx.words(f"people.column.{key}")) for key in keys]
    rows = []
    for line in lines:
        value, printed = float(line["value"]), line["printed"]
        year = line.get("year")
        cells = [Cell(_what(ctx, line["measure"], str(line["what"]))), Cell(ctx.numbers.label(year) if year else "")]
        cells.append(Cell(ctx.numbers.text(value, form.PEOPLE), value))
        if compared:
            share = value / printed - 1.0 if printed else float("nan")
            cells.append(Cell(ctx.numbers.text(printed, form.PEOPLE), printed))
            cells.append(Cell(ctx.numbers.text(share, form.PERCENT, signed=True), share if printed else None))
        rows.append(Row(tuple(cells)))
    return Table(tuple(columns), tuple(rows), ctx.words(caption), source(ctx, "people"), dense=not compared)


def _what(ctx: ReportContext, kind: str, what: str) -> str:
    if kind == "nearest_station" and ":" in what:
        place, _, station = what.rpartition(":")
        station_name = ctx.names.get("stations", station)
        return ctx.words("people.nearest_station", place=place_text(ctx, place), station=station_name)
    key = f"people.{kind}"
    return ctx.words(key, what=place_text(ctx, what)) if ctx.words.has(key) else place_text(ctx, what)


def printed_near_table(ctx: ReportContext) -> Table | None:
    """People near borders between municipalities beside what is printed of them; None where nothing is."""
    table = ctx.results.find_table("people")
    lines = [] if table is None else list(table.iter_rows(named=True))
    printed = [line for line in lines if line["measure"] == MORE[0] and line["printed"] is not None]
    return _table(ctx, printed, "people.near_caption", compared=True) if printed else None
