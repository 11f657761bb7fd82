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


def unstated(ctx: ReportContext) -> Mapping[str, tuple[Key, ...]]:
    """By alternative, (organisation, work) that serve more or fewer people and have no change of staff stated."""
    return {
        one: (
            *((row["organisation"], row["service"]) for row in _unstated(ctx, one)),
            *dict.fromkeys((row["organisation"], row["work"]) for row in uncrewed(ctx, one)),
        )
        for one in ctx.compared
    }


def uncrewed(ctx: ReportContext, alternative: str) -> list[Mapping[str, Any]]:
    """Rows of the table `staff` with units of which nobody has said how many people are in one."""
    table = ctx.results.find_table("staff")
    if table is None:
        return []
    unknown = table.filter(
        (pl.col("alternative") == alternative) & pl.col("person_h").is_null() & pl.col("units").is_not_null()
    )
    return list(unknown.iter_rows(named=True))


def open_lines(ctx: ReportContext) -> tuple[str, ...]:
    """One line for each of them."""
    served = ctx.results.find_table("people_served")
    rows = [] if served is None else served.iter_rows(named=True)
    shares = {(row["alternative"], row["service"], row["owner"]): row["change_share"] for row in rows}
    lines = []
    for one in ctx.compared:
        for row in _unstated(ctx, one):
            share = shares.get((one, row["service"], row["owner"]))
            lines.append(
                ctx.words(
                    "staff.open_more" if row["people_change"] > 0.0 else "staff.open_fewer",
                    alternative=ctx.names.alternative(one),
                    owner=owner_name(ctx, row["service"], row["owner"]),
                    people=ctx.numbers.plain(abs(row["people_change"])),
                    share=ctx.words("number.none")
                    if share is None
                    else ctx.numbers.text(share, form.WHOLE_PERCENT, signed=True),
                    service=ctx.words(f"staff.work.{row['service']}"),
                )
            )
    return tuple(lines)


def owner_name(ctx: ReportContext, service: str, owner: str) -> str:
    """The centre, or the organisation, by name."""
    return ctx.names.get("centres" if service == "centre" else "organisations", owner)


def _unstated(ctx: ReportContext, alternative: str) -> list[Mapping[str, Any]]:
    table = ctx.results.find_table("staff_unstated")
    return [] if table is None else list(table.filter(pl.col("alternative") == alternative).iter_rows(named=True))


def _change(ctx: ReportContext, row: Mapping[str, Any] | None) -> Cell:
    if row is None or row["change_share"] is None:
        return _unknown(ctx)
    if not row["change_share"]:
        return Cell(ctx.words("change.none_short"), 0.0, "quiet")
    return Cell(ctx.numbers.text(row["change_share"], form.PERCENT, signed=True), row["change_share"])


def _unknown(ctx: ReportContext) -> Cell:
    return Cell(ctx.words("number.none"), style="quiet")
