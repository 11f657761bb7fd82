"""One alternative: its units per station, the way there, and the proof that none can be taken."""

from __future__ import annotations

from typing import Any

from beredt.report.dimensioning.fleet_figure import fleet_figure
from beredt.report.dimensioning.page import SHARE, UNITS, DimensionPage
from beredt.report.form import COUNT
from beredt.report.page.blocks import Block, Cell, Chapter, Details, Paragraph, Row, Table
from beredt.siting.dimensioning.dimension_study import Dimensioned


def fleet_chapter(page: DimensionPage, one: Dimensioned) -> Chapter:
    """The chapter of one alternative with its borders."""
    words = page.words
    key = {"alternative": one.scenario.alternative, "borders": one.scenario.borders, "without": ""}
    (total,) = page.rows("totals", **key)
    finding = words(
        "dimension.find.fleet",
        units=page.numbers.text(total["units_around"], UNITS),
        own=page.numbers.text(total["own_units_around"], UNITS),
        asked=page.numbers.whole(total["target_asked"]),
        cells=page.numbers.whole(total["cells"]),
    )
    steps = page.rows("steps", **key)
    added = sum(step["what"] == "add" for step in steps)
    proved = total["status"] == "proved"
    way = words(
        "dimension.find.steps" if proved else "dimension.find.steps_stopped",
        added=page.numbers.whole(added),
        removed=page.numbers.whole(len(steps) - added),
    )
    blocks: list[Block] = [
        fleet_figure(page, one),
        _cells(page, page.rows("cells", **key)),
        Paragraph(way),
        Details(words("dimension.text.steps_title"), (_steps(page, steps),)),
    ]
    if proved:
        removals = _removals(page, page.rows("removals", **key))
        blocks.append(Details(words("dimension.text.proof_title"), (removals,)))
    title = words("dimension.title.fleet", alternative=page.alternative(one.scenario.alternative))
    number = list(page.done.services).index(one.scenario.alternative)
    return Chapter(f"fleet-{number}", title, finding, tuple(blocks))


def _cells(page: DimensionPage, rows: list[dict[str, Any]]) -> Table:
    names = ("station", "band", "calls", "erlang", "units", "own", "nearest", "target", "ceiling")
    return Table(
        columns=page.columns(*names, text=("station", "band")),
        rows=tuple(
            Row(
                (
                    Cell(page.station(row["station"])),
                    Cell(page.band(row["band"])),
                    page.number(row["acute_calls"], COUNT),
                    page.number(row["erlang_units"], COUNT),
                    page.number(row["units"], COUNT),
                    page.number(row["own_units"], UNITS),
                    page.number(row["nearest_share"], SHARE, style="" if row["nearest_asked"] else "quiet"),
                    page.number(row["target_share"], SHARE, style="" if row["target_asked"] else "quiet"),
                    page.number(row["target_ceiling"], SHARE),
                )
            )
            for row in rows
        ),
        caption=page.words("dimension.caption.cells"),
        source="results/dimension_cells.parquet",
        dense=True,
    )


def _steps(page: DimensionPage, rows: list[dict[str, Any]]) -> Table:
    names = ("round", "station", "band", "change", "part", "share")
    return Table(
        columns=page.columns(*names, text=("station", "band", "change", "part")),
        rows=tuple(
            Row(
                (
                    page.number(row["round"], COUNT),
                    Cell(page.station(row["station"])),
                    Cell(page.band(row["band"])),
                    Cell(page.words(f"dimension.what.{row['what']}")),
                    Cell(page.words(f"dimension.part.{row['part']}")),
                    page.number(row["share"], SHARE),
                )
            )
            for row in rows
        ),
        caption=page.words("dimension.caption.steps"),
        source="results/dimension_steps.parquet",
        dense=True,
    )


def _removals(page: DimensionPage, rows: list[dict[str, Any]]) -> Table:
    names = ("station", "band", "breaks", "part", "share")
    return Table(
        columns=page.columns(*names, text=("station", "band", "breaks", "part")),
        rows=tuple(
            Row(
                (
                    Cell(page.station(row["station"])),
                    Cell(page.band(row["band"])),
                    Cell(f"{page.station(row['broken_station'])}, {page.band(row['broken_band'])}"),
                    Cell(page.words(f"dimension.part.{row['part']}")),
                    page.number(row["share"], SHARE),
                )
            )
            for row in rows
        ),
        caption=page.words("dimension.caption.removals"),
        source="results/dimension_removals.parquet",
        dense=True,
    )
