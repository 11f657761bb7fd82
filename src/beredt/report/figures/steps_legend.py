"""The legend of a stepped scale, drawn as a row of boxes with the steps between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from beredt.report import theme
from beredt.report.figures.drawing import SMALL_PT, bare

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_steps(
    axes: Axes,
    colours: Sequence[str],
    edges: Sequence[str],
    *,
    title: str,
    mark: int | None = None,
    mark_text: str = "",
) -> None:
    """One box per colour; `edges` stand at the ends of the inner boxes, one fewer than colours.

    `mark` is the number of an edge that gets a line, and `mark_text` in place of its own text: the target.
    """
    from matplotlib.patches import Rectangle

    bare(axes)
    count = len(colours)
    axes.set_xlim(0, count)
    axes.set_ylim(-1.1, 2.1)
    for number, colour in enumerate(colours):
        axes.add_patch(Rectangle((number, 0), 1, 1, facecolor=colour, edgecolor=theme.SURFACE.light, linewidth=0.5))
    for number, edge in enumerate(edges):
        marked = number == mark
        axes.text(
            number + 1, -0.25, mark_text if marked else edge, ha="center", va="top", fontsize=SMALL_PT,
            color=theme.TEXT.light if marked else theme.QUIET.light, fontweight="semibold" if marked else "normal",
        )  # fmt: skip
    axes.text(0, 1.2, title, ha="left", va="bottom", fontsize=SMALL_PT, color=theme.QUIET.light)
    if mark is not None:
        axes.plot([mark + 1, mark + 1], [-0.15, 1.25], color=theme.TEXT.light, linewidth=1.4, solid_capstyle="butt")
