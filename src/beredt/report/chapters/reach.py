"""Reach: every printed reach beside the study's roads, and the share of every place that each station reaches."""

from __future__ import annotations

import polars as pl

from beredt.report import form
from beredt.report.chapters.parts import missing, rows_of_zones, source
from beredt.report.context import ReportContext
from beredt.report.page.blocks import Block, Cell, Column, Details, Row, Table
from beredt.report.place_text import place_text

SMALLEST_SHARE = 0.005
"""Shares of people below this are shown as nothing."""

_STYLES = {"reproduced": "yes", "not_reproduced": "no", "touched": "open"}


def reach_blocks(ctx: ReportContext) -> list[Block]:
    """The printed facts, and one table per number of minutes: the middle one open, the others behind a click."""
    return [*_facts(ctx), *_reach(ctx)]


def _facts(ctx: ReportContext) -> list[Block]:
    table = ctx.results.find_table("reach_facts")
    if table is None:
        return [missing(ctx, "reach_facts")]
    columns = (
        Column(ctx.words("reach.column.station"), figures=False), Column(ctx.words("reach.column.minutes")),
        Column(ctx.words("reach.column.place"), figures=False), Column(ctx.words("reach.column.share")),
        Column(ctx.words("reach.column.half")), Column(ctx.words("reach.column.verdict"), figures=False),
    )  # fmt: skip
    rows = tuple(_fact_row(ctx, line) for line in table.iter_rows(named=True))
    return [Table(columns, rows, ctx.words("reach.facts_caption"), source(ctx, "reach_facts"), dense=True)]


def _fact_row(ctx: ReportContext, line: dict[str, object]) -> Row:
    verdict = str(line["verdict"] or "unknown").replace(" ", "_")
    share, half = _number(line["share"]), _number(line.get("half_min"))
    minutes = _number(line["minutes"])
    return Row(
        (
            Cell(ctx.names.get("stations", str(line["station"]))),
            Cell(ctx.numbers.text(minutes, form.WHOLE_MINUTES), minutes),
            Cell(place_text(ctx, str(line["zone"]))),
            Cell(ctx.numbers.text(share, form.WHOLE_PERCENT), share),
            Cell(ctx.numbers.text(half, form.Form("min", 1.0, 1)), half),
            Cell(ctx.words(f"reach.{verdict}"), style=_STYLES.get(verdict, "")),
        )
    )


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else float("nan")


def _reach(ctx: ReportContext) -> list[Block]:
    table = ctx.results.find_table("reach")
    if table is None:
        return [missing(ctx, "reach")]
    steps = sorted(set(table["minutes"].to_list()))
    tables = [_reach_table(ctx, table.filter(pl.col("minutes") == step), float(step)) for step in steps]
    shown = tables[len(tables) // 2]
    others = tuple(one for one in tables if one is not shown)
    return [shown, Details(ctx.words("reach.others"), others)] if others else [shown]


def _reach_table(ctx: ReportContext, table: pl.DataFrame, minutes: float) -> Table:
    share = {(s, z): float(v) for s, z, v in table.select("station", "zone", "share").iter_rows()}
    reaching = {station for station, _ in share}
    stations = [one.id for one in ctx.study.service.stations if one.id in reaching]
    zones = [zone for municipality, districts in rows_of_zones(ctx) for zone in districts or (municipality,)]
    columns = [Column(ctx.words("table.place"), figures=False)]
    columns += [Column(ctx.names.get("stations", one)) for one in stations]
    rows = [
        Row((Cell(ctx.names.zone(zone)), *(_share_cell(ctx, share.get((one, zone), 0.0)) for one in stations)))
        for zone in zones
    ]
    caption = ctx.words("reach.caption", minutes=ctx.numbers.text(minutes, form.WHOLE_MINUTES))
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "reach"), dense=True, sortable=False)


def _share_cell(ctx: ReportContext, share: float) -> Cell:
    if share < SMALLEST_SHARE:
        return Cell(ctx.words("number.nothing"), share, "quiet")
    step = min(5, int(share * 5.999))
    return Cell(ctx.numbers.text(share, form.WHOLE_PERCENT), share, f"q{step}" if step else "")
