"""What the places need beside units for patients: when it was there, and from whom."""

from __future__ import annotations

from typing import Any

import polars as pl

from beredt.decision.major_incident.needed import COMMAND_ID
from beredt.report.chapters.parts import source
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.major_incident.figures_read import MINUTES, UNKNOWN, alternatives_of, change_cell, rows_of
from beredt.report.page.blocks import Block, Cell, Column, Notice, Row, Table

MOST_STATIONS = 3
"""Named in a cell: those that it comes from most."""


def needed_name(ctx: ReportContext, needed: str) -> str:
    """What is needed in words: its kind, where it is one kind; command; else its own id."""
    if needed == COMMAND_ID:
        return ctx.words("major.needed.command")
    wanted: list[str] = next((one["wanted"] for one in ctx.results.fact("needed", []) if one["id"] == needed), [])
    return ctx.names.get("unit_kinds", wanted[0]) if len(wanted) == 1 else needed


def kinds_text(ctx: ReportContext, wanted: list[str]) -> str:
    """Which kinds will do."""
    if not wanted:
        return ctx.words("major.method.needed_any")
    return ctx.words.listed(ctx.names.get("unit_kinds", one) for one in wanted)


def needed_blocks(ctx: ReportContext) -> list[Block]:
    """What did not come, and a row for each need of each alternative; nothing where nothing is needed."""
    table = ctx.results.tables["major_needed"]
    if table.is_empty():
        return []
    return [*_notices(ctx, table), _table(ctx)]


def _notices(ctx: ReportContext, table: pl.DataFrame) -> list[Block]:
    return [
        Notice(
            ctx.words(
                "major.mobilisation.never_waited" if row["waited"] else "major.mobilisation.never",
                alternative=ctx.names.alternatives([row["alternative"]]),
                needed=needed_name(ctx, row["needed"]),
                missing=ctx.numbers.whole(row["samples"] - row["reached"]),
                samples=ctx.numbers.whole(row["samples"]),
            )
        )
        for row in table.filter(pl.col("reached") < pl.col("samples")).iter_rows(named=True)
    ]


def _table(ctx: ReportContext) -> Table:
    names = ("alternative", "needed", "waited", "there", "came", "change", "from")
    text = ("alternative", "needed", "waited", "from")
    columns = tuple(Column(ctx.words(f"major.column.{one}"), figures=one not in text) for one in names)
    rows = [
        _row(ctx, key, row)
        for key in alternatives_of(ctx)
        for row in rows_of(ctx, "major_needed", key).iter_rows(named=True)
    ]
    caption = ctx.words("major.mobilisation.needed_caption")
    return Table(columns, tuple(rows), caption, source(ctx, "major_needed"), sortable=False)


def _row(ctx: ReportContext, key: str, row: dict[str, Any]) -> Row:
    reached, samples = ctx.numbers.whole(row["reached"]), ctx.numbers.whole(row["samples"])
    change = Estimate(*(_known(row[name]) for name in ("difference", "difference_low", "difference_high")))
    return Row(
        (
            Cell(ctx.names.alternative(key)),
            Cell(needed_name(ctx, row["needed"])),
            Cell(ctx.words("major.column.yes" if row["waited"] else "major.column.no")),
            Cell(ctx.numbers.text(_known(row["median"]), MINUTES), row["median"]),
            Cell(ctx.words("major.of", part=reached, whole=samples), row["reached"]),
            change_cell(ctx, "needed_min", change),
            Cell(stations_text(ctx, key, row["needed"])),
        )
    )


def stations_text(ctx: ReportContext, key: str, needed: str) -> str:
    """The stations that it came from, those of most arrivals first."""
    rows = rows_of(ctx, "major_sources", key).filter(pl.col("needed") == needed).head(MOST_STATIONS)
    if rows.is_empty():
        return ctx.words("number.none")
    return ", ".join(ctx.names.get("stations", one) for one in dict.fromkeys(rows["station"].to_list()))


def _known(value: float | None) -> float:
    return UNKNOWN if value is None else value
