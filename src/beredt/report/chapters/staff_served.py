"""People that each service serves, and whose staff nobody has said anything of although they change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from beredt.model.alternative import TODAY
from beredt.report import form
from beredt.report.chapters.parts import source
from beredt.report.context import ReportContext
from beredt.report.page.blocks import Block, Cell, Column, Heading, Paragraph, Row, Table

WORKS: Mapping[str, tuple[str, ...]] = {
    "centre": ("centre", "call_taking", "coordination"),
    "patient_travel": ("patient_travel",),
}
"""Services whose staff is at desks, and the work that is done there."""

Key = tuple[str, str]
"""organisation, work."""


def served_blocks(ctx: ReportContext) -> list[Block]:
    """People served by service and owner, today and in every alternative that changes them."""
    table = ctx.results.find_table("people_served")
    if table is None:
        return []
    found = {(row["service"], row["owner"], row["alternative"]): row for row in table.iter_rows(named=True)}
    keys = list(dict.fromkeys((service, owner) for service, owner, _ in found))
    others = [one for one in ctx.alternatives if one != TODAY]
    columns = [Column(ctx.words("staff.column.service"), figures=False)]
    columns += [Column(ctx.words("staff.column.organisation"), figures=False), Column(ctx.names.alternative(TODAY))]
    columns += [Column(ctx.names.alternative(one)) for one in others]
    rows = []
    for service, owner in keys:
        today = found.get((service, owner, TODAY))
        people = None if today is None else today["people"]
        cells = [Cell(ctx.words(f"staff.work.{service}")), Cell(owner_name(ctx, service, owner))]
        cells.append(Cell(ctx.numbers.plain(people), people) if people else _unknown(ctx))
        cells += [_change(ctx, found.get((service, owner, one))) for one in others]
        rows.append(Row(tuple(cells)))
    caption = ctx.words("staff.served_caption")
    shown = Table(tuple(columns), tuple(rows), caption, source(ctx, "people_served"), sortable=False)
    return [Heading(ctx.words("staff.served_title")), Paragraph(ctx.words("staff.served")), shown]


def unstated(ctx: ReportContext, changes: pl.DataFrame | None) -> Mapping[str, tuple[Key, ...]]:
    """By alternative, (organisation, work) that serve more or fewer people and have no change of staff stated."""
    return {
        one: tuple((_employer(ctx, row), row["service"]) for row in _unstated(ctx, changes, one))
        for one in ctx.compared
    }


def open_lines(ctx: ReportContext, changes: pl.DataFrame | None) -> tuple[str, ...]:
    """One line for each of them."""
    served = _people(ctx)
    lines = []
    for one in ctx.compared:
        for row in _unstated(ctx, changes, one):
            change = row["people"] - served[row["service"], row["owner"], TODAY]["people"]
            lines.append(
                ctx.words(
                    "staff.open_more" if change > 0.0 else "staff.open_fewer",
                    alternative=ctx.names.alternative(one),
                    owner=owner_name(ctx, row["service"], row["owner"]),
                    people=ctx.numbers.plain(abs(change)),
                    share=ctx.numbers.text(row["change_share"], form.WHOLE_PERCENT, signed=True),
                    service=ctx.words(f"staff.work.{row['service']}"),
                )
            )
    return tuple(lines)


def owner_name(ctx: ReportContext, service: str, owner: str) -> str:
    """The centre, or the organisation, by name."""
    return ctx.names.get("centres" if service == "centre" else "organisations", owner)


def _unstated(ctx: ReportContext, changes: pl.DataFrame | None, alternative: str) -> list[Mapping[str, Any]]:
    stated: set[Key] = set()
    if changes is not None:
        own = changes.filter(pl.col("alternative") == alternative)
        stated = set(own.select("organisation", "work").iter_rows())
    return [
        row
        for (service, _, name), row in _people(ctx).items()
        if name == alternative and service in WORKS and row["change_share"]
        if not any((_employer(ctx, row), work) in stated for work in WORKS[service])
    ]


def _people(ctx: ReportContext) -> Mapping[tuple[str, str, str], Mapping[str, Any]]:
    table = ctx.results.find_table("people_served")
    rows = [] if table is None else table.iter_rows(named=True)
    return {(row["service"], row["owner"], row["alternative"]): row for row in rows}


def _employer(ctx: ReportContext, row: Mapping[str, Any]) -> str:
    """The organisation; of a centre the one that it belongs to."""
    if row["service"] != "centre":
        return str(row["owner"])
    service = ctx.names.services[row["alternative"]]
    return next((one.organisation for one in service.centres if one.id == row["owner"]), str(row["owner"]))


def _change(ctx: ReportContext, row: Mapping[str, Any] | None) -> Cell:
    if row is None or row["change_share"] is None:
        return _unknown(ctx)
    if not row["change_share"]:
        return Cell(ctx.words("change.none_short"), 0.0, "quiet")
    return Cell(ctx.numbers.text(row["change_share"], form.PERCENT, signed=True), row["change_share"])


def _unknown(ctx: ReportContext) -> Cell:
    return Cell(ctx.words("number.none"), style="quiet")
