"""The style that all figures share: typeface, sizes, quiet axes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from beredt.report import theme
from beredt.report.page.svg import HASH_SALT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FAMILY = "Beredt Inter"
WIDTH_IN = 7.09
"""Width of the text on A4, 180 mm."""
BASE_PT = 8.5
SMALL_PT = 7.5

_STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": HASH_SALT,
    "font.family": FAMILY,
    "font.size": BASE_PT,
    "text.color": theme.TEXT.light,
    "axes.edgecolor": theme.EDGE.light,
    "axes.labelcolor": theme.QUIET.light,
    "axes.labelsize": SMALL_PT,
    "axes.titlesize": BASE_PT,
    "axes.titleweight": "semibold",
    "axes.titlelocation": "left",
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "grid.color": theme.GRID.light,
    "grid.linewidth": 0.6,
    "xtick.color": theme.EDGE.light,
    "ytick.color": theme.EDGE.light,
    "xtick.labelcolor": theme.QUIET.light,
    "ytick.labelcolor": theme.TEXT.light,
    "xtick.labelsize": SMALL_PT,
    "ytick.labelsize": SMALL_PT,
    "xtick.major.size": 3.0,
    "ytick.major.size": 0.0,
    "xtick.major.width": 0.7,
    "lines.linewidth": 1.6,
    "lines.solid_capstyle": "round",
    "legend.frameon": False,
    "legend.fontsize": SMALL_PT,
    "image.composite_image": False,
}


@contextmanager
def report_style() -> Iterator[None]:
    """Draw and save figures inside this: matplotlib's own settings are as before afterwards."""
    import matplotlib as mpl

    _know_typeface()
    with mpl.rc_context(_STYLE):
        yield


def _know_typeface() -> None:
    """Tell matplotlib of the typeface that reports carry, once."""
    from matplotlib import font_manager

    known = {entry.name for entry in font_manager.fontManager.ttflist}
    if FAMILY not in known:
        for file in ("inter-regular.otf", "inter-semibold.otf"):
            with as_file(files("beredt.report").joinpath("fonts", file)) as path:
                font_manager.fontManager.addfont(path)


def new_figure(width_in: float, height_in: float) -> Figure:
    """An empty figure of this size in inches; colours and letters as the style has them."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width_in, height_in))
    FigureCanvasSVG(figure)
    return figure


def axes_at(figure: Figure, left_in: float, bottom_in: float, width_in: float, height_in: float) -> Axes:
    """Axes at a place given in inches from the lower left corner of the figure."""
    width, height = figure.get_size_inches()
    return figure.add_axes((left_in / width, bottom_in / height, width_in / width, height_in / height))


def text_width_in(text: str, size_pt: float = SMALL_PT) -> float:
    """How wide a text will be in the report's typeface, in inches."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    _know_typeface()
    font = FontProperties(family=FAMILY, size=size_pt, weight="semibold")
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / 72.0


def bare(axes: Axes) -> None:
    """Take away ticks, labels and frame."""
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
