"""Maps of squares: how many, how soon, or how much more, over the quiet ground where a study knows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from beredt.report import theme
from beredt.report.figures.area_map import Mark, Scale, draw_marks
from beredt.report.figures.drawing import BASE_PT, WIDTH_IN, axes_at, bare, new_figure, report_style
from beredt.report.figures.ground import Sheet, draw_ground
from beredt.report.figures.projection import F8, Projection
from beredt.report.figures.steps_legend import draw_steps
from beredt.report.page.svg import to_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path

_GAP_IN = 0.12
_TITLE_IN = 0.22
_LEGEND_IN = 0.55
_ROOM = 0.03
_TALLEST = 1.3
"""A sheet is cut off above this many times its width."""


@dataclass(frozen=True, slots=True)
class Squares:
    """One map: its title, middles of its squares in degrees, and the class of each."""

    title: str
    lat: F8
    lon: F8
    classes: Sequence[int]
    marks: Sequence[Mark] = ()


def draw_square_maps(
    panels: Sequence[Squares], size_m: float, scale: Scale, sheet: Sheet | None, name: str, columns: int
) -> str:
    """Maps side by side with one legend below; places without a square show the ground."""
    ground = sheet or bare_sheet(panels, size_m)
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    width = (WIDTH_IN - _GAP_IN * (columns - 1)) / columns
    height = width * min(ground.height_for, _TALLEST)
    title = _TITLE_IN if any(panel.title for panel in panels) else 0.0
    total = rows * (height + title + _GAP_IN) + _LEGEND_IN
    with report_style():
        figure = new_figure(WIDTH_IN, total)
        for number, panel in enumerate(panels):
            row, column = divmod(number, columns)
            bottom = total - (row + 1) * (height + title) - row * _GAP_IN
            axes = axes_at(figure, column * (width + _GAP_IN), bottom, width, height)
            _draw_panel(axes, panel, size_m, scale, ground, (ground.east - ground.west) / width)
        legend = axes_at(figure, 0.0, 0.0, min(WIDTH_IN, 4.6), _LEGEND_IN - 0.05)
        draw_steps(legend, scale.colours, scale.texts, title=scale.title)
        return to_svg(figure, name, theme.svg_variables())


def bare_sheet(panels: Sequence[Squares], size_m: float) -> Sheet:
    """A sheet with nothing on it, round the squares of some maps."""
    lat = np.concatenate([panel.lat for panel in panels])
    lon = np.concatenate([panel.lon for panel in panels])
    projection = Projection(float(np.median(lat)), float(np.median(lon)))
    x, y = projection.xy(lat, lon)
    room = _ROOM * max(float(np.ptp(x)), float(np.ptp(y))) + size_m / 1000.0
    west, east = float(x.min()) - room, float(x.max()) + room
    south, north = float(y.min()) - room, float(y.max()) + room
    return Sheet(projection, west, south, east, north, land=(), water=(), borders=(), lesser=(), roads=())


def _draw_panel(axes: Axes, panel: Squares, size_m: float, scale: Scale, sheet: Sheet, km_per_inch: float) -> None:
    from matplotlib.collections import PathCollection

    bare(axes)
    draw_ground(axes, sheet)
    if len(panel.lat):
        x, y = sheet.projection.xy(panel.lat, panel.lon)
        classes = np.asarray(panel.classes)
        # A path for each colour: one for each square would take seconds, and looks the same.
        own = [classes == number for number in range(len(scale.colours))]
        paths = [_squares(x[rows], y[rows], size_m / 2000.0) for rows in own]
        squares = PathCollection(
            paths, facecolors=scale.colours, edgecolors="none", antialiased=False, rasterized=True, zorder=2
        )
        squares.set_snap(True)  # to whole pixels, as single squares are
        axes.add_collection(squares)
    draw_ground(axes, sheet, over=True)
    if panel.title:
        axes.set_title(panel.title, fontsize=BASE_PT, pad=4)
    draw_marks(axes, sheet, panel.marks, km_per_inch)


def _squares(x: F8, y: F8, half_km: float) -> Path:
    """Squares round some middles as one path."""
    from matplotlib.path import Path

    corners = half_km * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)])
    points = np.stack([x, y], axis=1)[:, None, :] + corners[None]
    codes = np.tile(np.array([Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY], np.uint8), len(x))
    return Path(points.reshape(-1, 2), codes)
