"""Names on a map, placed so that they do not lie on each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from beredt.report import theme
from beredt.report.figures.drawing import SMALL_PT, text_width_in

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Box = tuple[float, float, float, float]

# Offsets from the point in parts of the letter's height, with how the text hangs there: best places first.
_PLACES = (
    (0.9, 0.0, "left", "center"), (-0.9, 0.0, "right", "center"), (0.0, 0.9, "center", "bottom"),
    (0.0, -0.9, "center", "top"), (0.8, 0.7, "left", "bottom"), (0.8, -0.7, "left", "top"),
    (-0.8, 0.7, "right", "bottom"), (-0.8, -0.7, "right", "top"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """A name at a place of the sheet (km); `quiet` for names that only tell where one is."""

    text: str
    x: float
    y: float
    bold: bool = False
    quiet: bool = False


def draw_labels(axes: Axes, labels: Sequence[Label], km_per_inch: float, size_pt: float = SMALL_PT) -> None:
    """Write every name beside its point, the first given first; a name that finds no room is left out."""
    height = size_pt / 72.0 * km_per_inch
    taken: list[Box] = [
        (one.x - height / 2, one.y - height / 2, one.x + height / 2, one.y + height / 2) for one in labels
    ]
    for label in labels:
        width = text_width_in(label.text, size_pt) * km_per_inch
        for dx, dy, across, up in _PLACES:
            x, y = label.x + dx * height, label.y + dy * height
            box = _box(x, y, width, height, across, up)
            if _inside(axes, box) and not any(_overlap(box, other) for other in taken):
                axes.text(
                    x, y, label.text, ha=across, va=up, fontsize=size_pt, zorder=8,
                    fontweight="semibold" if label.bold else "normal",
                    color=theme.QUIET.light if label.quiet else theme.TEXT.light,
                )  # fmt: skip
                taken.append(box)
                break


def _box(x: float, y: float, width: float, height: float, across: str, up: str) -> Box:
    left = x - {"left": 0.0, "right": 1.0, "center": 0.5}[across] * width
    low = y - {"bottom": 0.0, "top": 1.0, "center": 0.5}[up] * height
    return left, low, left + width, low + height


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _inside(axes: Axes, box: Box) -> bool:
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    return west <= box[0] and box[2] <= east and south <= box[1] and box[3] <= north
