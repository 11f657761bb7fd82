"""What each patient-travel office has to do, and the calls that reach the wrong one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from beredt.report.chapters.parts import FEWEST, count_cell, source
from beredt.report.context import ReportContext
from beredt.report.form import COUNT
from beredt.report.page.blocks import Block, Cell, Column, Details, Heading, Paragraph, Row, Table

KNOWN_HOME, KNOWN_CALLS = "asker-gamle", ("royken", "hurum")
"""The case that the regional study tells: a patient of old Asker, phoned in from Røyken or Hurum."""

Line = Mapping[str, Any]


def office_blocks(ctx: ReportContext) -> list[Block]:
    """A table of the offices, and one of who hands over to whom."""
    offices = ctx.results.find_table("travel_offices")
    if offices is None:
        return []
    blocks: list[Block] = [Heading(ctx.words("travel.offices_title")), Paragraph(ctx.words("travel.offices"))]
    blocks.append(_offices(ctx, offices))
    handed = ctx.results.find_table("travel_handed_over")
    if handed is not None:
        blocks.append(Details(ctx.words("travel.handed_title"), (_handed(ctx, handed),)))
    return blocks


def handed_total(ctx: ReportContext, alternative: str) -> str | None:
    """All calls a year that are handed over, with their range; None where nothing is known."""
    offices = ctx.results.find_table("travel_offices")
    if offices is None:
        return None
    own = offices.filter(pl.col("alternative") == alternative)
    low, likely, high = (float(own[f"handed_on{end}"].sum()) for end in ("_low", "", "_high"))
    return _text(ctx, low, likely, high)


def known_case(ctx: ReportContext, alternative: str) -> bool:
    """Whether calls about patients of old Asker that are made in Røyken or Hurum are handed over."""
    handed = ctx.results.find_table("travel_handed_over")
    if handed is None:
        return False
    found = handed.filter(
        (pl.col("alternative") == alternative)
        & (pl.col("home_zone") == KNOWN_HOME)
        & pl.col("call_zone").is_in(KNOWN_CALLS)
    )
    return not found.is_empty()


def _offices(ctx: ReportContext, offices: pl.DataFrame) -> Table:
    names = ("alternative", "office", "people", "office_trips", "calls", "handed_on")
    columns = tuple(
        Column(ctx.words(f"travel.column.{one}"), figures=one not in ("alternative", "office")) for one in names
    )
    found = {(row["alternative"], row["office"]): row for row in offices.iter_rows(named=True)}
    rows = []
    for one in ctx.alternatives:
        for office in sorted({office for name, office in found if name == one}):
            line = found[one, office]
            cells = [Cell(ctx.names.alternative(one)), Cell(ctx.names.get("organisations", office))]
            cells.append(Cell(ctx.numbers.plain(line["people"]), line["people"]))
            cells += [Cell(ctx.numbers.plain(line[name]), line[name]) for name in ("trips", "calls")]
            cells.append(_ranged(ctx, line, "handed_on"))
            rows.append(Row(tuple(cells)))
    return Table(columns, tuple(rows), ctx.words("travel.offices_caption"), source(ctx, "travel_offices"))


def _handed(ctx: ReportContext, handed: pl.DataFrame) -> Table:
    """One row per pair of places, one column per alternative."""
    found = {(r["home_zone"], r["call_zone"], r["alternative"]): r for r in handed.iter_rows(named=True)}
    pairs = [
        pair
        for pair in dict.fromkeys((home, call) for home, call, _ in found)
        if any(found[(*pair, one)]["calls"] >= FEWEST for one in ctx.alternatives if (*pair, one) in found)
    ]
    columns = [Column(ctx.words(f"travel.column.{one}"), figures=False) for one in ("home", "call")]
    columns += [Column(ctx.names.alternative(one)) for one in ctx.alternatives]
    rows = []
    for home, call in pairs:
        cells = [Cell(ctx.names.zone(home)), Cell(ctx.names.zone(call))]
        for one in ctx.alternatives:
            line = found.get((home, call, one))
            if line is None or line["calls"] < FEWEST:
                cells.append(count_cell(ctx, line["calls"] if line else 0.0))
            else:
                cells.append(_ranged(ctx, line, "calls"))
        rows.append(Row(tuple(cells)))
    caption = ctx.words("travel.handed_caption", few=ctx.numbers.whole(FEWEST))
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "travel_handed_over"), dense=True)


def _ranged(ctx: ReportContext, line: Line, name: str) -> Cell:
    return Cell(_text(ctx, line[f"{name}_low"], line[name], line[f"{name}_high"]), line[name])


def _text(ctx: ReportContext, low: float, likely: float, high: float) -> str:
    return f"{ctx.numbers.plain(likely)} {ctx.words('number.brackets', inside=ctx.numbers.span(low, high, COUNT))}"
