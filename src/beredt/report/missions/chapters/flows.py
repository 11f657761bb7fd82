"""Who serves whom: missions from stations to places, as a matrix and as arrows."""

from __future__ import annotations

import polars as pl

from beredt.indicators.log.dimensions import NONE_KEY
from beredt.indicators.observing.fleet import UNKNOWN
from beredt.report import form
from beredt.report.figures.area_map import Mark
from beredt.report.figures.atlas import middle_of
from beredt.report.figures.flow_map import Arrow, draw_flow_map
from beredt.report.figures.map_labels import Label
from beredt.report.figures.series_key import KeyEntry
from beredt.report.missions.context import LogContext
from beredt.report.missions.parts import count_cell, left_out, method, source, unanswered
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Figure, Row, Table
from beredt.report.theme import ACCENT

ALL = ""
MOST_STATIONS, MOST_ZONES, MOST_ARROWS = 14, 24, 30


def flows_chapter(ctx: LogContext) -> Chapter:
    """The matrix of all missions, and arrows where a study knows the places."""
    table = ctx.table("service_flows")
    if table is None:
        return unanswered(ctx, "flows", ctx.why_not("flows") or ctx.words("log.reason.no_missions"))
    blocks: list[Block] = []
    figure = _arrows(ctx, table)
    if figure is not None:
        blocks.append(figure)
    blocks += [_matrix(ctx, table), method(ctx, "flows")]
    return Chapter("flows", ctx.words("log.chapter.flows"), _finding(ctx, table), tuple(blocks))


def _pairs(table: pl.DataFrame) -> pl.DataFrame:
    return table.filter(
        (pl.col("urgency") == ALL)
        & ~pl.col("station").is_in([ALL, UNKNOWN])
        & ~pl.col("zone").is_in([ALL, NONE_KEY])
        & (pl.col("missions") > 0)
    ).sort("missions", "station", "zone", descending=[True, False, False])


def _finding(ctx: LogContext, table: pl.DataFrame) -> str:
    pairs = _pairs(table)
    if pairs.is_empty():
        return ctx.words("log.flows.no_finding")
    row = pairs.row(0, named=True)
    whole = table.filter((pl.col("urgency") == ALL) & (pl.col("station") == ALL) & (pl.col("zone") == row["zone"]))
    of = whole["missions"][0] if whole.height else None
    text = ctx.words(
        "log.flows.finding",
        station=ctx.place("station", row["station"]),
        zone=ctx.place("zone", row["zone"]),
        n=ctx.numbers.whole(row["missions"]),
    )
    if not of:
        return text
    return text + " " + ctx.words("log.flows.share", share=ctx.numbers.text(row["missions"] / of, form.PERCENT))


def _matrix(ctx: LogContext, table: pl.DataFrame) -> Table:
    """Zones by stations; the busiest of each."""
    own = table.filter(pl.col("urgency") == ALL)
    found = {(row["station"], row["zone"]): row["missions"] for row in own.iter_rows(named=True)}
    stations = _busiest({one: found.get((one, ALL)) for one, _ in found if one != ALL}, MOST_STATIONS)
    zones = _busiest({one: found.get((ALL, one)) for _, one in found if one != ALL}, MOST_ZONES)
    largest = max((found.get((a, b)) or 0 for a in stations for b in zones), default=1)
    columns = (
        Column(ctx.words("log.flows.zone"), figures=False),
        *(Column(ctx.place("station", one)) for one in stations),
        Column(ctx.words("table.sum")),
    )
    lines = [
        Row(
            (
                Cell(ctx.place("zone", zone)),
                *(count_cell(ctx, found.get((one, zone), 0), largest=largest) for one in stations),
                count_cell(ctx, found.get((ALL, zone), 0)),
            )
        )
        for zone in zones
    ]
    sums = (*(count_cell(ctx, found.get((one, ALL), 0)) for one in stations), count_cell(ctx, found.get((ALL, ALL), 0)))
    lines.append(Row((Cell(ctx.words("table.sum")), *sums), "total"))
    caption = ctx.words("log.flows.caption", sign=left_out(ctx).text)
    if len({one for one, _ in found}) - 1 > len(stations) or len({one for _, one in found}) - 1 > len(zones):
        caption += " " + ctx.words("log.flows.busiest")
    return Table(columns, tuple(lines), caption, source(ctx, "service_flows"), dense=True)


def _busiest(missions: dict[str, int | None], most: int) -> list[str]:
    return sorted(missions, key=lambda one: (-(missions[one] or 0), one))[:most]


def _arrows(ctx: LogContext, table: pl.DataFrame) -> Figure | None:
    """The greatest flows that leave the zone in which the station stands nearest."""
    study, atlas = ctx.study, ctx.atlas
    if study is None or atlas is None:
        return None
    homes = {one.id: one for one in study.service.stations}
    people = {area.id: 1.0 for area in study.service.areas}
    by_zone: dict[str, list[object]] = {}
    for area in study.service.areas:
        by_zone.setdefault(area.district or area.municipality, []).append(area)
    middles = {zone: middle_of(areas, people, atlas.projection) for zone, areas in by_zone.items()}  # type: ignore[arg-type]
    sheet = atlas.whole
    pairs = _pairs(table).filter(pl.col("station").is_in(list(homes)) & pl.col("zone").is_in(list(middles)))
    if pairs.is_empty():
        return None
    arrows, marks = [], []
    for number, row in enumerate(pairs.head(MOST_ARROWS).iter_rows(named=True)):
        home = homes[row["station"]]
        x, y = (float(v) for v in atlas.projection.xy(home.lat, home.lon))
        text = ctx.numbers.whole(row["missions"]) if number < MOST_ARROWS // 2 else ""
        arrows.append(Arrow((x, y), middles[row["zone"]], float(row["missions"]), text, ACCENT.light))
    for station in sorted(set(pairs.head(MOST_ARROWS)["station"].to_list())):
        marks.append(Mark(homes[station].name, homes[station].lat, homes[station].lon))
    zones = [Label(ctx.place("zone", zone), *middles[zone]) for zone in sorted(set(pairs.head(MOST_ARROWS)["zone"]))]
    key = [KeyEntry(ctx.words("log.flows.key"), ACCENT.light, line="-")]
    svg = draw_flow_map(sheet, arrows, marks, zones, key, "log-flows")
    caption = ctx.words("log.flows.map_caption", count=ctx.numbers.whole(len(arrows)))
    return Figure(svg, _finding(ctx, table), caption, source(ctx, "service_flows"), style="map")
