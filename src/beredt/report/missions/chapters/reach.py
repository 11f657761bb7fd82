"""Where units really reached: a map per station, and shares by zone."""

from __future__ import annotations

import polars as pl

from beredt.indicators.reach_seen.tables import MINUTES
from beredt.report import form
from beredt.report.figures.area_map import Mark, Scale
from beredt.report.figures.square_map import Squares, draw_square_maps
from beredt.report.missions.chapters.printed import claim_blocks
from beredt.report.missions.context import LogContext
from beredt.report.missions.parts import LONGEST, count_cell, figure_cell, left_out, method, source, unanswered
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Details, Figure, Row, Table
from beredt.report.theme import RESPONSE_COLOURS

RESPONSE = "response"
MOST_MAPS = 12
COLOURS = (RESPONSE_COLOURS[0], RESPONSE_COLOURS[2], RESPONSE_COLOURS[4], RESPONSE_COLOURS[6])
SQUARE_M = 1000


def reach_chapter(ctx: LogContext) -> Chapter:
    """Maps of the stations with most arrivals, and a table of zones."""
    squares, zones = ctx.table("reach_squares"), ctx.table("reach_zones")
    if squares is None:
        return unanswered(ctx, "reach", ctx.why_not("reach") or ctx.words("log.reason.too_few"))
    own = squares.filter(pl.col("interval") == RESPONSE)
    order = own.group_by("station").agg(pl.col("arrivals").sum()).sort("arrivals", "station", descending=[True, False])
    stations = order["station"].to_list()
    blocks: list[Block] = [_maps(ctx, own, stations[:MOST_MAPS])] if stations else []
    blocks += claim_blocks(ctx)
    if zones is not None:
        blocks.append(_zones(ctx, zones))
    blocks.append(method(ctx, "reach"))
    return Chapter("reach", ctx.words("log.chapter.reach"), _finding(ctx, own, stations), tuple(blocks))


def _finding(ctx: LogContext, own: pl.DataFrame, stations: list[str]) -> str:
    within = own.filter(pl.col("within") == MINUTES[0]).height
    return ctx.words(
        "log.reach.finding",
        stations=ctx.numbers.whole(len(stations)),
        squares=ctx.numbers.whole(own.height),
        within=ctx.numbers.whole(within),
        minutes=ctx.numbers.whole(MINUTES[0]),
    )


def _maps(ctx: LogContext, own: pl.DataFrame, stations: list[str]) -> Figure:
    homes = {one.id: one for one in ctx.study.service.stations} if ctx.study else {}
    panels = []
    for station in stations:
        rows = own.filter(pl.col("station") == station)
        classes = [MINUTES.index(one) if one is not None else len(MINUTES) for one in rows["within"].to_list()]
        home = homes.get(station)
        marks = [Mark(home.name, home.lat, home.lon, named=False)] if home else []
        panels.append(
            Squares(ctx.place("station", station), rows["lat"].to_numpy(), rows["lon"].to_numpy(), classes, marks)
        )
    texts = [ctx.numbers.whole(one) for one in MINUTES]
    scale = Scale(MINUTES, COLOURS, texts, ctx.words("log.reach.scale"))
    sheet = ctx.atlas.whole if ctx.atlas else None
    svg = draw_square_maps(panels, float(ctx.results.fact("map_square_m", SQUARE_M)), scale, sheet, "log-reach", 3)
    caption = ctx.words("log.reach.caption", threshold=ctx.numbers.whole(ctx.threshold))
    return Figure(svg, _finding(ctx, own, stations), caption, source(ctx, "reach_squares"), style="map")


def _zones(ctx: LogContext, zones: pl.DataFrame) -> Details:
    own = zones.filter(pl.col("interval") == RESPONSE).with_columns(pl.col("minutes").cast(pl.String).alias("limit"))
    wide = own.pivot("limit", index=["station", "zone", "arrivals", "median_s", "suppressed"], values="share")
    wide = wide.sort("arrivals", "station", "zone", descending=[True, False, False]).head(2 * LONGEST)
    columns = (
        Column(ctx.words("log.by.station"), figures=False),
        Column(ctx.words("log.flows.zone"), figures=False),
        Column(ctx.words("log.reach.arrivals")),
        Column(ctx.words("log.column.median")),
        *(Column(ctx.words("log.column.within", minutes=ctx.numbers.whole(one))) for one in MINUTES),
    )
    lines = [
        Row(
            (
                Cell(ctx.place("station", row["station"])),
                Cell(ctx.place("zone", row["zone"])),
                count_cell(ctx, row["arrivals"]),
                Cell(ctx.numbers.duration(row["median_s"]), row["median_s"]),
                *(figure_cell(ctx, row.get(str(one)), form.PERCENT, hidden=row["suppressed"]) for one in MINUTES),
            )
        )
        for row in wide.iter_rows(named=True)
    ]
    caption = ctx.words("log.reach.zones_caption", sign=left_out(ctx).text)
    table = Table(columns, tuple(lines), caption, source(ctx, "reach_zones"), dense=True)
    return Details(ctx.words("log.reach.zones_title"), (table,))
