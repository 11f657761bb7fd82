"""Bus lines and their stops on the quiet ground, one map for every timetable, what today does not have standing out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from beredt.report import theme
from beredt.report.figures.drawing import BASE_PT, WIDTH_IN, axes_at, bare, new_figure, report_style
from beredt.report.figures.ground import Sheet, draw_ground
from beredt.report.figures.map_labels import Label, draw_labels
from beredt.report.figures.series_key import KeyEntry, key_height_in, write_key
from beredt.report.page.svg import to_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_GAP_IN = 0.14
_TITLE_IN = 0.24
_DOT, _NEW_DOT = 4.5, 8.0
"""Size of a stop of today, and of a new one, in points."""


@dataclass(frozen=True, slots=True)
class BusStop:
    """A stop: its name, where it is (degrees, WGS84), and whether today does not have it."""

    name: str
    lat: float
    lon: float
    new: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A line's way from one stop to the next, drawn straight; `new` where no bus of today drives it."""

    start: BusStop
    end: BusStop
    new: bool


@dataclass(frozen=True, slots=True)
class BusPanel:
    """One map: its title, its stops and what lies between them."""

    title: str
    stops: Sequence[BusStop]
    stretches: Sequence[Stretch]


def bus_keys(line: str, new_line: str, stop: str, new_stop: str) -> tuple[KeyEntry, ...]:
    """What the signs of the maps stand for, by these names."""
    return (
        KeyEntry(line, theme.QUIET.light, line="-"),
        KeyEntry(new_line, theme.ACCENT.light, line="-"),
        KeyEntry(stop, theme.TEXT.light, marker="."),
        KeyEntry(new_stop, theme.ACCENT.light, marker="o"),
    )


def draw_bus_maps(sheet: Sheet, panels: Sequence[BusPanel], keys: Sequence[KeyEntry], name: str, columns: int) -> str:
    """Maps side by side, `columns` in a row. A line to a stop beyond the map ends at its edge, with the stop's name."""
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    width = (WIDTH_IN - _GAP_IN * (columns - 1)) / columns
    height = width * sheet.height_for
    total = rows * (height + _TITLE_IN + _GAP_IN) + key_height_in(keys)
    with report_style():
        figure = new_figure(WIDTH_IN, total)
        for number, panel in enumerate(panels):
            row, column = divmod(number, columns)
            top = total - key_height_in(keys) - row * (height + _TITLE_IN + _GAP_IN) - _TITLE_IN
            axes = axes_at(figure, column * (width + _GAP_IN), top - height, width, height)
            _draw(axes, sheet, panel, (sheet.east - sheet.west) / width)
        write_key(figure, keys)
        return to_svg(figure, name, theme.svg_variables())


def _draw(axes: Axes, sheet: Sheet, panel: BusPanel, km_per_inch: float) -> None:
    bare(axes)
    draw_ground(axes, sheet)
    axes.set_title(panel.title, fontsize=BASE_PT, pad=4)
    labels: dict[str, Label] = {}
    for one in sorted(panel.stretches, key=lambda stretch: stretch.new):
        (x0, y0), (x1, y1) = _place(sheet, one.start), _place(sheet, one.end)
        ink = theme.ACCENT if one.new else theme.QUIET
        axes.plot([x0, x1], [y0, y1], color=ink.light, linewidth=2.4 if one.new else 1.4, zorder=5 if one.new else 4)
        for far, near in ((one.start, one.end), (one.end, one.start)):
            if not sheet.holds(*_place(sheet, far)):
                labels.setdefault(far.name, _at_edge(sheet, near, far))
    stops = [stop for stop in panel.stops if sheet.holds(*_place(sheet, stop))]
    for stop in sorted(stops, key=lambda one: one.new):
        x, y = _place(sheet, stop)
        axes.plot(
            x, y, marker="o", zorder=7, markersize=_NEW_DOT if stop.new else _DOT, markeredgewidth=0.9,
            markerfacecolor=(theme.ACCENT if stop.new else theme.TEXT).light, markeredgecolor=theme.SURFACE.light,
        )  # fmt: skip
    named = [Label(stop.name, *_place(sheet, stop), bold=stop.new) for stop in stops]
    draw_labels(axes, [*sorted(named, key=lambda one: not one.bold), *labels.values()], km_per_inch)


def _place(sheet: Sheet, stop: BusStop) -> tuple[float, float]:
    x, y = sheet.projection.xy(stop.lat, stop.lon)
    return float(x), float(y)


def _at_edge(sheet: Sheet, near: BusStop, far: BusStop) -> Label:
    """The name of a stop beyond the map, where its line leaves it; well outside when the line never crosses the map."""
    whole = shapely.LineString([_place(sheet, near), _place(sheet, far)])
    inside = whole.intersection(shapely.box(sheet.west, sheet.south, sheet.east, sheet.north))
    x, y = inside.coords[-1] if inside.geom_type == "LineString" and not inside.is_empty else whole.coords[-1]
    return Label(f"→ {far.name}", float(x), float(y), quiet=True)
