"""Maps with coloured areas: small multiples with one scale and one legend."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from beredt.report import theme
from beredt.report.figures.atlas import Atlas
from beredt.report.figures.drawing import BASE_PT, WIDTH_IN, axes_at, bare, new_figure, report_style
from beredt.report.figures.ground import Sheet, draw_ground
from beredt.report.figures.map_labels import Label, draw_labels
from beredt.report.figures.steps_legend import draw_steps
from beredt.report.page.blocks import MapPanel, MapValues
from beredt.report.page.svg import to_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TextOf = Callable[[float], str]

_GAP_IN = 0.12
_TITLE_IN = 0.22
_LEGEND_IN = 0.55


@dataclass(frozen=True, slots=True)
class Mark:
    """A station on a map: its name, place in degrees, whether it is new in the alternative, and whether it is named."""

    name: str
    lat: float
    lon: float
    new: bool = False
    named: bool = True


@dataclass(frozen=True, slots=True)
class Panel:
    """One map: its title, the value of every area that has one, and its stations."""

    title: str
    values: Mapping[str, float]
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Scale:
    """Classes of a map: `edges` rise, one fewer than `colours`; a value on an edge belongs to the class below it.

    `texts` are the edges in words; `mark` is the number of the edge that is the target.
    """

    edges: Sequence[float]
    colours: Sequence[str]
    texts: Sequence[str]
    title: str
    mark: int | None = None
    mark_text: str = ""


def draw_area_maps(atlas: Atlas, sheet: Sheet, panels: Sequence[Panel], scale: Scale, name: str, columns: int) -> str:
    """Maps side by side, `columns` in a row, with one legend below; areas without a value show the ground."""
    total, places = _places(sheet, panels, columns)
    with report_style():
        figure = new_figure(WIDTH_IN, total)
        for panel, (left, top, width, height) in zip(panels, places, strict=True):
            axes = axes_at(figure, left, total - top - height, width, height)
            _draw_panel(axes, atlas, sheet, panel, scale, (sheet.east - sheet.west) / width)
        legend = axes_at(figure, 0.0, 0.0, min(WIDTH_IN, 4.6), _LEGEND_IN - 0.05)
        draw_steps(legend, scale.colours, scale.texts, title=scale.title, mark=scale.mark, mark_text=scale.mark_text)
        return to_svg(figure, name, theme.svg_variables())


def _places(
    sheet: Sheet, panels: Sequence[Panel], columns: int
) -> tuple[float, list[tuple[float, float, float, float]]]:
    """Height of the drawing, and left, top, width and height of every map in it, in inches from its upper left."""
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    width = (WIDTH_IN - _GAP_IN * (columns - 1)) / columns
    height = width * sheet.height_for
    title = _TITLE_IN if any(panel.title for panel in panels) else 0.0
    places = []
    for number in range(len(panels)):
        row, column = divmod(number, columns)
        places.append((column * (width + _GAP_IN), row * (height + title + _GAP_IN) + title, width, height))
    return rows * (height + title + _GAP_IN) + _LEGEND_IN, places


def map_values(
    atlas: Atlas, sheet: Sheet, panels: Sequence[Panel], columns: int, place_of: Mapping[str, str], text: TextOf
) -> MapValues:
    """What the page tells of every area of `draw_area_maps` with the same panels.

    `place_of` is where an area lies, `text` writes a value.
    """
    shown = [area for area in atlas.rows if any(area in panel.values for panel in panels)]
    names = sorted({place_of[area] for area in shown})
    number = {name: index for index, name in enumerate(names)}
    wide, high = sheet.east - sheet.west, sheet.north - sheet.south
    cells = []
    for area in shown:
        corners = atlas.cells[atlas.rows[area]]
        (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
        box = ((west - sheet.west) / wide, (sheet.north - north) / high, (east - west) / wide, (north - south) / high)
        left, top, width, height = (round(float(part), 5) for part in box)
        cells.append((left, top, width, height, number[place_of[area]]))
    made = []
    for panel, place in zip(panels, _places(sheet, panels, columns)[1], strict=True):
        texts = tuple(text(panel.values[area]) if area in panel.values else "" for area in shown)
        left, top, width, height = (round(72.0 * part, 3) for part in place)
        made.append(MapPanel(panel.title, (left, top, width, height), texts))
    return MapValues(tuple(names), tuple(cells), tuple(made))


def _draw_panel(axes: Axes, atlas: Atlas, sheet: Sheet, panel: Panel, scale: Scale, km_per_inch: float) -> None:
    from matplotlib.collections import PolyCollection

    bare(axes)
    draw_ground(axes, sheet)
    known = [
        (atlas.rows[area], value) for area, value in panel.values.items() if area in atlas.rows and isfinite(value)
    ]
    if known:
        rows = np.array([row for row, _ in known])
        classes = np.searchsorted(np.asarray(scale.edges), [value for _, value in known], side="left")
        axes.add_collection(
            PolyCollection(
                atlas.cells[rows],
                facecolors=[scale.colours[number] for number in classes],
                edgecolors="none",
                antialiased=False,
                rasterized=True,
                zorder=2,
            )
        )
    draw_ground(axes, sheet, over=True)
    if panel.title:
        axes.set_title(panel.title, fontsize=BASE_PT, pad=4)
    draw_marks(axes, sheet, panel.marks, km_per_inch)


def draw_marks(axes: Axes, sheet: Sheet, marks: Sequence[Mark], km_per_inch: float) -> None:
    """Stations as triangles; those that are new are larger, hollow and written bold."""
    labels = []
    for mark in sorted(marks, key=lambda one: not one.new):
        x, y = (float(v) for v in sheet.projection.xy(mark.lat, mark.lon))
        if not sheet.holds(x, y):
            continue
        axes.plot(
            x, y, marker="^", markersize=7.0 if mark.new else 5.0, zorder=7,
            markerfacecolor=theme.SURFACE.light if mark.new else theme.TEXT.light,
            markeredgecolor=theme.TEXT.light if mark.new else theme.SURFACE.light,
            markeredgewidth=1.6 if mark.new else 0.7,
        )  # fmt: skip
        if mark.named:
            labels.append(Label(mark.name, x, y, bold=mark.new))
    draw_labels(axes, labels, km_per_inch)
