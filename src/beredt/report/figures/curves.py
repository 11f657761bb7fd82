"""Curves in small multiples: over the hours of the day, over minutes, over a lever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from beredt.report import theme
from beredt.report.figures.axis import Scale, write_ticks
from beredt.report.figures.drawing import BASE_PT, SMALL_PT, WIDTH_IN, axes_at, new_figure, report_style
from beredt.report.figures.look import Look
from beredt.report.figures.series_key import KeyEntry, key_height_in, write_key
from beredt.report.number_format import NumberFormat
from beredt.report.page.svg import to_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LEFT_IN = 0.52
_GAP_IN = 0.3
_TITLE_IN = 0.28
_FOOT_IN = 0.48
_RIGHT_IN = 0.12


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of one series, all of the same length; `low` and `high` are empty without a band."""

    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class CurvePanel:
    """Curves by series, under a title. `upright` and `level` are places of reference lines, each with its text."""

    title: str
    curves: Mapping[str, Curve]
    upright: Mapping[float, str] = field(default_factory=dict)
    level: Mapping[float, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CurveFrame:
    """What all panels share: axes, their ends, where x is written, and whether curves go in steps."""

    x: Scale
    y: Scale
    x_ends: tuple[float, float]
    y_ends: tuple[float, float]
    x_at: Sequence[float] | None = None
    dots: bool = False


def draw_curves(
    panels: Sequence[CurvePanel],
    frame: CurveFrame,
    looks: Mapping[str, Look],
    numbers: NumberFormat,
    name: str,
    *,
    columns: int = 2,
    level_text: str = "",
    height_in: float = 1.8,
) -> str:
    """Panels in rows of `columns`, all on the same axes, with the names of the series above.

    `level_text` is what the level lines mean, where they have no text of their own.
    """
    columns = min(columns, len(panels))
    series = [one for one in looks if any(one in panel.curves for panel in panels)]
    entries = [KeyEntry(looks[one].name, looks[one].colour, line=looks[one].line) for one in series]
    entries = entries if len(series) > 1 else []
    if level_text:
        entries.append(KeyEntry(level_text, theme.TEXT.light, line=(0, (3, 2))))
    head = key_height_in(entries)
    rows = -(-len(panels) // columns)
    width = (WIDTH_IN - _RIGHT_IN - columns * _LEFT_IN - (columns - 1) * _GAP_IN) / columns
    total = head + rows * (_TITLE_IN + height_in + _FOOT_IN)
    with report_style():
        figure = new_figure(WIDTH_IN, total)
        for number, panel in enumerate(panels):
            row, column = divmod(number, columns)
            bottom = total - head - (row + 1) * (_TITLE_IN + height_in) - row * _FOOT_IN
            axes = axes_at(figure, _LEFT_IN + column * (width + _LEFT_IN + _GAP_IN), bottom, width, height_in)
            _draw_panel(axes, panel, frame, looks, series, numbers)
            if column:
                axes.set_ylabel("")
        write_key(figure, entries)
        return to_svg(figure, name, theme.svg_variables())


def _draw_panel(
    axes: Axes,
    panel: CurvePanel,
    frame: CurveFrame,
    looks: Mapping[str, Look],
    series: Sequence[str],
    numbers: NumberFormat,
) -> None:
    axes.set_xlim(*frame.x_ends)
    axes.set_ylim(*frame.y_ends)
    axes.grid(visible=True, axis="y")
    axes.spines["left"].set_visible(False)
    for one in series:
        curve = panel.curves.get(one)
        if curve is None:
            continue
        look = looks[one]
        if len(curve.low):
            axes.fill_between(curve.x, curve.low, curve.high, color=look.colour, alpha=0.18, linewidth=0)
        axes.plot(
            curve.x, curve.y, color=look.colour, linestyle=look.line, marker=look.marker if frame.dots else "",
            markersize=3.6,
        )  # fmt: skip
    for x, text in panel.upright.items():
        axes.axvline(x, color=theme.TEXT.light, linewidth=0.9, linestyle=(0, (3, 2)))
        axes.annotate(
            text, (x, 1.0), xycoords=("data", "axes fraction"), xytext=(3, -2), textcoords="offset points", va="top",
            fontsize=SMALL_PT, color=theme.TEXT.light,
        )  # fmt: skip
    for y, text in panel.level.items():
        axes.axhline(y, color=theme.TEXT.light, linewidth=0.9, linestyle=(0, (3, 2)))
        axes.annotate(
            text, (1.0, y), xycoords=("axes fraction", "data"), xytext=(0, 2), textcoords="offset points", ha="right",
            va="bottom", fontsize=SMALL_PT, color=theme.TEXT.light,
        )  # fmt: skip
    axes.set_title(panel.title, fontsize=BASE_PT)
    write_ticks(axes, "x", frame.x, numbers, at=frame.x_at)
    write_ticks(axes, "y", frame.y, numbers, count=5)
