"""Where health buses drive and stop, on a map for every timetable that alternatives have."""

from __future__ import annotations

from beredt.decision.patient_travel.timetable import Line, read_timetable
from beredt.model.alternative import TODAY
from beredt.report.chapters.parts import source
from beredt.report.context import ReportContext
from beredt.report.figures.bus_map import BusPanel, BusStop, Stretch, bus_keys, draw_bus_maps
from beredt.report.figures.ground import Sheet
from beredt.report.page.blocks import Block, Figure

MOST_BESIDE = 3
"""Maps in a row."""

Place = tuple[str, float, float]
Way = frozenset[Place]


def bus_map(ctx: ReportContext, sheet: Sheet) -> list[Block]:
    """The maps, alternatives with the same stops sharing one; nothing where no bus runs."""
    found = {one: (_stops(lines), _ways(lines)) for one, lines in _timetables(ctx).items()}
    today_stops, today_ways = found.get(TODAY, (frozenset(), frozenset()))
    shared: dict[tuple[frozenset[Place], frozenset[Way]], list[str]] = {}
    for one in ctx.alternatives:
        if found[one][1]:
            shared.setdefault(found[one], []).append(one)
    if not shared:
        return []
    panels = [
        _panel(ctx.words.sentence(ctx.names.alternatives(names)), stops, ways, today_stops, today_ways)
        for (stops, ways), names in shared.items()
    ]
    names = (ctx.words(f"travel.map_key.{one}") for one in ("line", "new_line", "stop", "new_stop"))
    svg = draw_bus_maps(sheet, panels, bus_keys(*names), "buses", MOST_BESIDE)
    alt = " ".join(_alt(ctx, panel) for panel in panels)
    told = source(ctx, "travel_lines")
    return [Figure(svg, alt, ctx.words("travel.map_caption"), told, "map")]


def _timetables(ctx: ReportContext) -> dict[str, tuple[Line, ...]]:
    tables = ctx.study.decision
    return {one: read_timetable(tables.get("bus_lines"), tables.get("bus_stops"), one) for one in ctx.alternatives}


def _stops(lines: tuple[Line, ...]) -> frozenset[Place]:
    return frozenset((stop.name, stop.lat, stop.lon) for line in lines for stop in line.stops)


def _ways(lines: tuple[Line, ...]) -> frozenset[Way]:
    """Pairs of stops with nothing between them, whichever way the bus drives."""
    return frozenset(
        frozenset(((a.name, a.lat, a.lon), (b.name, b.lat, b.lon)))
        for line in lines
        for a, b in zip(line.stops, line.stops[1:], strict=False)
    )


def _panel(
    title: str, stops: frozenset[Place], ways: frozenset[Way], today: frozenset[Place], driven: frozenset[Way]
) -> BusPanel:
    made = {place: BusStop(*place, new=place not in today) for place in sorted(stops)}
    stretches = []
    for way in sorted((way for way in ways if len(way) == 2), key=sorted):
        start, end = sorted(way)
        stretches.append(Stretch(made[start], made[end], new=way not in driven))
    return BusPanel(title, tuple(made.values()), stretches)


def _alt(ctx: ReportContext, panel: BusPanel) -> str:
    names = list(dict.fromkeys(stop.name for stop in panel.stops))
    new = list(dict.fromkeys(stop.name for stop in panel.stops if stop.new))
    key = "travel.map_alt_new" if new else "travel.map_alt"
    return ctx.words(key, alternative=panel.title, stops=ctx.words.listed(names), new=ctx.words.listed(new))
