"""Who serves whom: arrows from stations to the zones they go to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from beredt.report import theme
from beredt.report.figures.area_map import Mark, draw_marks
from beredt.report.figures.drawing import WIDTH_IN, axes_at, bare, new_figure, report_style
from beredt.report.figures.ground import Sheet, draw_ground
from beredt.report.figures.map_labels import Label, draw_labels
from beredt.report.figures.series_key import KeyEntry, key_height_in, write_key
from beredt.report.page.svg import to_svg


@dataclass(frozen=True, slots=True)
class Arrow:
    """A flow from a place to a place (km on the sheet): how much, how it is written, and its colour."""

    start: tuple[float, float]
    end: tuple[float, float]
    amount: float
    text: str
    colour: str


def draw_flow_map(
    sheet: Sheet,
    arrows: Sequence[Arrow],
    marks: Sequence[Mark],
    zones: Sequence[Label],
    keys: Sequence[KeyEntry],
    name: str,
) -> str:
    """Arrows as wide as what they carry, the greatest with their number, over the quiet ground."""
    from matplotlib.patches import FancyArrowPatch

    height, head = WIDTH_IN * sheet.height_for, key_height_in(keys) + 0.05
    largest = max((arrow.amount for arrow in arrows), default=1.0)
    with report_style():
        figure = new_figure(WIDTH_IN, height + head)
        axes = axes_at(figure, 0.0, 0.0, WIDTH_IN, height)
        bare(axes)
        draw_ground(axes, sheet)
        for arrow in sorted(arrows, key=lambda one: -one.amount):
            width = 0.7 + 4.3 * arrow.amount / largest
            axes.add_patch(
                FancyArrowPatch(
                    arrow.start, arrow.end, connectionstyle="arc3,rad=0.18", linewidth=width, color=arrow.colour,
                    arrowstyle=f"-|>,head_length={1.4 + width * 0.55},head_width={0.9 + width * 0.4}",
                    alpha=0.82, zorder=5, shrinkA=3, shrinkB=2, joinstyle="miter", capstyle="butt", mutation_scale=1.6,
                )
            )  # fmt: skip
        draw_marks(axes, sheet, [replace(mark, named=False) for mark in marks], (sheet.east - sheet.west) / WIDTH_IN)
        km_per_inch = (sheet.east - sheet.west) / WIDTH_IN
        numbers = [Label(arrow.text, *_on_arc(arrow), bold=True) for arrow in arrows if arrow.text]
        names = [_name_of(sheet, mark) for mark in marks]
        draw_labels(axes, [*numbers, *(one for one in (*names, *zones) if sheet.holds(one.x, one.y))], km_per_inch)
        write_key(figure, keys)
        return to_svg(figure, name, theme.svg_variables())


def _name_of(sheet: Sheet, mark: Mark) -> Label:
    x, y = sheet.projection.xy(mark.lat, mark.lon)
    return Label(mark.name, float(x), float(y))


def _on_arc(arrow: Arrow) -> tuple[float, float]:
    """The middle of the arc: half way, and aside by half of the bend of its control point."""
    (x0, y0), (x1, y1) = arrow.start, arrow.end
    bend = 0.18 / 2.0
    return (x0 + x1) / 2.0 + bend * (y1 - y0), (y0 + y1) / 2.0 - bend * (x1 - x0)
