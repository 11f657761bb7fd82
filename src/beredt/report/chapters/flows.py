"""Who serves whom: missions between stations and zones."""

from __future__ import annotations

from collections.abc import Sequence

from beredt.model.alternative import TODAY
from beredt.model.area import Area
from beredt.report import form
from beredt.report.chapters.flow_counts import FlowCounts, flow_counts
from beredt.report.chapters.maps import people_by_area, station_marks
from beredt.report.chapters.parts import FEWEST, count_cell, missing, rows_of_zones, source
from beredt.report.context import ReportContext
from beredt.report.figures.atlas import Atlas, middle_of
from beredt.report.figures.flow_map import Arrow, draw_flow_map
from beredt.report.figures.map_labels import Label
from beredt.report.figures.series_key import KeyEntry
from beredt.report.page.blocks import Block, Cell, Chapter, Column, Details, Figure, Paragraph, Row, Table
from beredt.report.theme import ALTERNATIVE_INKS

URGENCIES = ("A", "H", "V")
MOST_ARROWS = 24
MOST_NUMBERS = 14


def flows_chapter(ctx: ReportContext, atlas: Atlas) -> Chapter:
    """Flows of today as a map with arrows and as a matrix."""
    title = ctx.words("chapter.flows")
    counts = flow_counts(ctx, TODAY)
    if counts is None or not counts.counts:
        return Chapter("flows", title, ctx.words("flows.no_finding"), (missing(ctx, "flows"),))
    blocks: list[Block] = [Paragraph(ctx.words("flows.intro")), _map(ctx, atlas, counts), _matrix(ctx, counts)]
    blocks.append(Details(ctx.words("flows.urgencies_title"), (_by_urgency(ctx, counts.stations()),)))
    return Chapter("flows", title, _finding(ctx, counts), tuple(blocks))


def _finding(ctx: ReportContext, counts: FlowCounts) -> str:
    """How much help the local group gets from outside; without such a group, the greatest flow across a border."""
    group = ctx.local_group
    outside = ctx.levels.find(TODAY, "outside_missions", "", group) if group else None
    first = ctx.levels.find(TODAY, "outside_first_units", "", group) if group else None
    if group and outside is not None and first is not None:
        return ctx.words(
            "flows.finding",
            group=ctx.names.group(group),
            missions=ctx.numbers.estimate(outside, form.COUNT),
            first=ctx.numbers.estimate(first, form.COUNT),
        )
    across = _across(ctx, counts)
    if not across:
        return ctx.words("flows.none_across")
    station, zone, count = across[0]
    return ctx.words("flows.greatest", **_flow_words(ctx, station, zone, count))


def _flow_words(ctx: ReportContext, station: str, zone: str, count: float) -> dict[str, str]:
    return {
        "station": ctx.names.get("stations", station),
        "zone": ctx.names.zone(zone),
        "count": ctx.numbers.text(count, form.COUNT),
    }


def _across(ctx: ReportContext, counts: FlowCounts) -> list[tuple[str, str, float]]:
    """Flows out of the station's own municipality that the study asks about, the greatest first, without tiny ones."""
    home = _home_municipalities(ctx)
    zones = {area.district or area.municipality: area.municipality for area in ctx.study.service.areas}
    flows = [
        (station, zone, count)
        for (station, zone), count in counts.counts.items()
        if count >= FEWEST and home.get(station) != zones.get(zone) and _is_asked_about(ctx, station, zone)
    ]
    return sorted(flows, key=lambda flow: (-flow[2], flow[0], flow[1]))


def _is_asked_about(ctx: ReportContext, station: str, zone: str) -> bool:
    """Whether a flow begins or ends in the group whose simultaneity is counted; every flow is without such a group."""
    section = ctx.study.settings.simultaneity
    if section is None:
        return True
    group = ctx.study.settings.get_group(section.group)
    municipality = {area.district or area.municipality: area.municipality for area in ctx.study.service.areas}[zone]
    return station in section.local_stations or municipality in group.municipalities or zone in group.districts


def _home_municipalities(ctx: ReportContext) -> dict[str, str]:
    """The municipality of the area nearest to every station."""
    areas = ctx.study.service.areas

    def nearest(lat: float, lon: float) -> Area:
        # Half a degree of longitude is as long as a quarter of latitude up here; the nearest area is what matters.
        return min(areas, key=lambda area: (area.lat - lat) ** 2 + ((area.lon - lon) / 2.0) ** 2)

    return {one.id: nearest(one.lat, one.lon).municipality for one in ctx.names.services[TODAY].stations}


def _map(ctx: ReportContext, atlas: Atlas, counts: FlowCounts) -> Figure:
    sheet = atlas.focus
    people = people_by_area(ctx)
    zones: dict[str, list[Area]] = {}
    for area in ctx.study.service.areas:
        zones.setdefault(area.district or area.municipality, []).append(area)
    middles = {zone: middle_of(areas, people, atlas.projection) for zone, areas in zones.items()}
    stations = {one.id: one for one in ctx.names.services[TODAY].stations}
    colours = _owner_colours(ctx)
    arrows: list[Arrow] = []
    for station, zone, count in _across(ctx, counts):
        start = tuple(float(v) for v in atlas.projection.xy(stations[station].lat, stations[station].lon))
        if len(arrows) < MOST_ARROWS and sheet.holds(*start) and sheet.holds(*middles[zone]):
            text = ctx.numbers.plain(count) if len(arrows) < MOST_NUMBERS else ""
            colour = colours[stations[station].organisation]
            arrows.append(Arrow((start[0], start[1]), middles[zone], count, text, colour))
    shown = {arrow.colour for arrow in arrows}
    keys = [KeyEntry(ctx.names.get("organisations", o), c, line="-") for o, c in colours.items() if c in shown]
    labels = [Label(ctx.names.zone(zone), *place, quiet=True) for zone, place in middles.items()]
    svg = draw_flow_map(sheet, arrows, station_marks(ctx, TODAY), labels, keys, "flows")
    across = _across(ctx, counts)
    alt = ctx.words("flows.greatest", **_flow_words(ctx, *across[0])) if across else ctx.words("flows.none_across")
    caption = ctx.words(
        "flows.map_caption", few=ctx.numbers.whole(len(arrows)), group=ctx.names.group(ctx.local_group or "all")
    )
    return Figure(svg, alt, caption, source(ctx, "flows"), "map first")


def _owner_colours(ctx: ReportContext) -> dict[str, str]:
    """One colour for every organisation that owns stations today."""
    owners = dict.fromkeys(one.organisation for one in ctx.names.services[TODAY].stations)
    return {owner: ALTERNATIVE_INKS[(0, 2, 3, 4, 1, 5)[n % 6]].light for n, owner in enumerate(owners)}


def _matrix(ctx: ReportContext, counts: FlowCounts) -> Table:
    """Zones down, stations across; the cell tells how many missions a year the station has there."""
    stations = counts.stations()
    largest = max(counts.counts.values(), default=0.0)
    columns = [Column(ctx.words("flows.to_from"), figures=False)]
    columns += [Column(ctx.names.get("stations", one)) for one in stations]
    columns.append(Column(ctx.words("table.sum")))
    rows: list[Row] = []
    for municipality, districts in rows_of_zones(ctx):
        for zone in districts or (municipality,):
            rows.append(_matrix_row(ctx, counts, stations, zone, largest))
    rows.append(_sum_row(ctx, counts, stations))
    return Table(
        columns=tuple(columns),
        rows=tuple(rows),
        caption=ctx.words("flows.matrix_caption", few=ctx.numbers.whole(FEWEST)),
        source=source(ctx, "flows"),
        dense=True,
        sortable=False,
    )


def _by_urgency(ctx: ReportContext, stations: Sequence[str]) -> Table:
    """Municipalities and urgencies down, stations across: who did which missions where."""
    columns = [Column(ctx.words("borders.urgency"), figures=False)]
    columns += [Column(ctx.names.get("stations", one)) for one in stations]
    columns.append(Column(ctx.words("table.sum")))
    found = {one: flow_counts(ctx, TODAY, urgencies=(one,)) for one in URGENCIES}
    rows: list[Row] = []
    for municipality, districts in rows_of_zones(ctx):
        zones = districts or (municipality,)
        rows.append(Row((Cell(ctx.names.get("municipalities", municipality)),), "group"))
        for urgency, counts in found.items():
            values = [sum(counts.get(station, zone) for zone in zones) if counts else 0.0 for station in stations]
            cells = [Cell(ctx.words(f"urgency.{urgency}")), *(count_cell(ctx, value) for value in values)]
            rows.append(Row((*cells, count_cell(ctx, sum(values)))))
    caption = ctx.words("flows.urgencies_caption", few=ctx.numbers.whole(FEWEST))
    return Table(tuple(columns), tuple(rows), caption, source(ctx, "flows"), dense=True, sortable=False)


def _matrix_row(ctx: ReportContext, counts: FlowCounts, stations: Sequence[str], zone: str, largest: float) -> Row:
    values = [counts.get(station, zone) for station in stations]
    cells = [Cell(ctx.names.zone(zone)), *(count_cell(ctx, value, largest=largest) for value in values)]
    return Row((*cells, count_cell(ctx, sum(values))))


def _sum_row(ctx: ReportContext, counts: FlowCounts, stations: Sequence[str]) -> Row:
    sums = [counts.of_station(station) for station in stations]
    cells = [count_cell(ctx, value) for value in (*sums, sum(sums))]
    return Row((Cell(ctx.words("table.sum")), *cells), "total")
