"""Who would be hurt, and who helped: the places where acute help clearly changes, and the people who live there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from beredt.report import form
from beredt.report.chapters.parts import missing, source
from beredt.report.context import ReportContext
from beredt.report.estimate import Estimate
from beredt.report.page.blocks import Block, Bullets, Cell, Column, Paragraph, Row, Table

PlaceRow = Mapping[str, Any]


def places_changed_blocks(ctx: ReportContext) -> list[Block]:
    """A sentence for each alternative, and the places where help gets clearly later."""
    table = ctx.results.find_table("places_changed")
    if table is None:
        return [missing(ctx, "places_changed")]
    by_alternative = {
        one: list(table.filter(pl.col("alternative") == one).iter_rows(named=True)) for one in ctx.compared
    }
    lines = tuple(_line(ctx, one, rows) for one, rows in by_alternative.items() if rows)
    blocks: list[Block] = [Paragraph(ctx.words("places_changed.intro")), Bullets(lines)]
    worse = [row for rows in by_alternative.values() for row in rows if row["effect"] == "worse"]
    return [*blocks, _table(ctx, worse)] if worse else blocks


def _line(ctx: ReportContext, alternative: str, rows: Sequence[PlaceRow]) -> str:
    who = ctx.names.alternatives((alternative,))
    if all(row["effect"] == "same" for row in rows):
        return ctx.words.sentence(ctx.words("places_changed.same", alternative=who))
    parts = []
    for effect in ("worse", "better"):
        own = [row for row in rows if row["effect"] == effect]
        if own:
            names = ctx.words.listed(ctx.names.zone(row["place"]) for row in own)
            people = ctx.numbers.text(round(sum(row["people"] for row in own), -2), form.PEOPLE)
            parts.append(ctx.words(f"places_changed.{effect}", places=names, people=people))
        else:
            parts.append(ctx.words(f"places_changed.not_{effect}"))
    text = ctx.words("places_changed.line", alternative=who, worse=parts[0], better=parts[1])
    return ctx.words.sentence(text)


def _table(ctx: ReportContext, rows: Sequence[PlaceRow]) -> Table:
    keys = ("alternative", "place", "people", "share", "mean", "late")
    columns = tuple(Column(ctx.words(f"places_changed.column.{key}"), figures=key in keys[2:]) for key in keys)
    lines = []
    for row in sorted(rows, key=lambda one: (ctx.compared.index(one["alternative"]), -one["people"])):
        share = _estimate(row, "share_difference", "share_low", "share_high")
        mean = _estimate(row, "mean_difference_s", "mean_low_s", "mean_high_s")
        late = _estimate(row, "late_more", "late_low", "late_high")
        lines.append(
            Row(
                (
                    Cell(ctx.names.alternative(row["alternative"])),
                    Cell(ctx.names.zone(row["place"])),
                    Cell(ctx.numbers.text(round(row["people"], -2), form.PEOPLE), row["people"]),
                    Cell(ctx.numbers.estimate(share, form.POINTS, signed=True), share.value),
                    Cell(ctx.numbers.estimate(mean, form.SECONDS, signed=True), mean.value),
                    Cell(ctx.numbers.estimate(late, form.COUNT, signed=True), late.value),
                )
            )
        )
    caption = ctx.words("places_changed.caption", baseline=ctx.names.alternatives((ctx.baseline,)))
    return Table(columns, tuple(lines), caption, source(ctx, "places_changed"))


def _estimate(row: PlaceRow, value: str, low: str, high: str) -> Estimate:
    return Estimate(*(float("nan") if row[key] is None else float(row[key]) for key in (value, low, high)))
