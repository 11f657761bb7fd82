"""Who serves whom: every urgency by municipality and station, which add up to what the matrix shows."""

from __future__ import annotations

import polars as pl
import pytest

from beredt.report.chapters.flows import flows_chapter
from beredt.report.chapters.parts import FEWEST
from beredt.report.context import ReportContext
from beredt.report.figures.atlas import make_atlas
from beredt.report.page.blocks import Details, Table


def by_urgency(ctx: ReportContext) -> Table:
    details = next(block for block in flows_chapter(ctx, make_atlas(ctx.study)).blocks if isinstance(block, Details))
    assert details.title == ctx.words("flows.urgencies_title")
    (table,) = details.blocks
    assert isinstance(table, Table)
    return table


def test_missions_stand_by_municipality_urgency_and_station(context: ReportContext) -> None:
    table, service = by_urgency(context), context.study.service
    flows = context.results.tables["flows"].filter(
        (pl.col("alternative") == "today") & (pl.col("counting") == "missions")
    )
    heads = [column.title for column in table.columns[1:-1]]
    place = ""
    found: dict[tuple[str, str, str], float | None] = {}
    for row in table.rows:
        if row.style == "group":
            place = row.cells[0].text
        else:
            found |= {
                (place, row.cells[0].text, head): cell.sort for head, cell in zip(heads, row.cells[1:], strict=False)
            }
    zones = {one.name: {a.district or a.municipality for a in service.areas if a.municipality == one.id}
             for one in service.municipalities}  # fmt: skip
    stations = {one.name: one.id for one in service.stations}
    for (municipality, urgency, station), value in found.items():
        letter = urgency[-2]
        own = flows.filter(
            (pl.col("station") == stations[station])
            & pl.col("zone").is_in(list(zones[municipality]))
            & (pl.col("urgency") == letter)
        )
        assert value == pytest.approx(float(own["value"].sum())), (municipality, urgency, station)
    assert len(found) == 3 * len(zones) * len(heads)


def test_a_small_count_is_not_told(english: ReportContext) -> None:
    cells = [cell for row in by_urgency(english).rows for cell in row.cells[1:]]
    small = [cell for cell in cells if cell.sort and cell.sort < FEWEST]
    assert all(cell.text == english.words("number.below", number=english.numbers.whole(FEWEST)) for cell in small)
