"""Control charts in small multiples: values by period, their centre and limits, and the points that are signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from beredt.report import theme
from beredt.report.figures.axis import Scale, write_ticks
from beredt.report.figures.drawing import BASE_PT, SMALL_PT, WIDTH_IN, axes_at, new_figure, report_style
from beredt.report.figures.series_key import KeyEntry, key_height_in, write_key
from beredt.report.number_format import NumberFormat
from beredt.report.page.svg import to_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LEFT_IN, _GAP_IN, _TITLE_IN, _FOOT_IN, _RIGHT_IN = 0.66, 0.2, 0.26, 0.34, 0.1
_MOST_TICKS = 6
SIGNAL = theme.ALTERNATIVE_INKS[2].light


@dataclass(frozen=True, slots=True)
class ControlPanel:
    """One chart: title, points with their labels, NaN where a value is not known, and which points are signals."""

    title: str
    scale: Scale
    labels: Sequence[str]
    values: Sequence[float]
    centre: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    signals: Sequence[bool]
    target: float | None = None


@dataclass(frozen=True, slots=True)
class ControlWords:
    """Names of what a chart shows."""

    value: str
    centre: str
    limits: str
    signal: str
    target: str


def draw_control_charts(
    panels: Sequence[ControlPanel], words: ControlWords, numbers: NumberFormat, name: str, height_in: float = 1.35
) -> str:
    """Two charts in a row, each on an axis of its own."""
    columns = min(2, len(panels))
    rows = -(-len(panels) // columns)
    entries = [
        KeyEntry(words.value, theme.ACCENT.light, line="-"),
        KeyEntry(words.centre, theme.QUIET.light, line="-"),
        KeyEntry(words.limits, theme.MARGIN.light, box=True),
        KeyEntry(words.signal, SIGNAL, marker="D"),
    ]
    if any(panel.target is not None for panel in panels):
        entries.append(KeyEntry(words.target, theme.TEXT.light, line=(0, (3, 2))))
    head = key_height_in(entries)
    width = (WIDTH_IN - _RIGHT_IN - columns * _LEFT_IN - (columns - 1) * _GAP_IN) / columns
    total = head + rows * (_TITLE_IN + height_in + _FOOT_IN)
    with report_style():
        figure = new_figure(WIDTH_IN, total)
        for number, panel in enumerate(panels):
            row, column = divmod(number, columns)
            bottom = total - head - (row + 1) * (_TITLE_IN + height_in) - row * _FOOT_IN
            axes = axes_at(figure, _LEFT_IN + column * (width + _LEFT_IN + _GAP_IN), bottom, width, height_in)
            _draw_panel(axes, panel, numbers)
        write_key(figure, entries)
        return to_svg(figure, name, theme.svg_variables())


def _draw_panel(axes: Axes, panel: ControlPanel, numbers: NumberFormat) -> None:
    at = list(range(len(panel.values)))
    axes.fill_between(at, panel.low, panel.high, step="mid", color=theme.MARGIN.light, linewidth=0, zorder=1)
    axes.step(at, panel.centre, where="mid", color=theme.QUIET.light, linewidth=0.9, zorder=2)
    small = len(at) > 60
    axes.plot(
        at, panel.values, color=theme.ACCENT.light, linewidth=0.9 if small else 1.2, marker="o",
        markersize=1.6 if small else 3.0, zorder=4,
    )  # fmt: skip
    told = [(x, y) for x, y, signal in zip(at, panel.values, panel.signals, strict=True) if signal and isfinite(y)]
    if told:
        axes.plot(
            [x for x, _ in told], [y for _, y in told], linestyle="none", marker="D", markersize=2.6 if small else 4.2,
            color=SIGNAL, zorder=5,
        )  # fmt: skip
    if panel.target is not None:
        axes.axhline(panel.target, color=theme.TEXT.light, linewidth=0.9, linestyle=(0, (3, 2)), zorder=3)
    axes.spines["left"].set_visible(False)
    axes.grid(visible=True, axis="y")
    axes.set_xlim(-0.5, max(len(at) - 0.5, 0.5))
    _set_height(axes, panel)
    axes.set_title(panel.title, fontsize=BASE_PT)
    step = max(1, -(-len(at) // _MOST_TICKS))
    shown = at[::step]
    axes.set_xticks(shown, [panel.labels[x] for x in shown])
    axes.tick_params(axis="x", labelsize=SMALL_PT)
    write_ticks(axes, "y", panel.scale, numbers, count=4)


def _set_height(axes: Axes, panel: ControlPanel) -> None:
    """Room for all values, limits and the target; shares end at one, nothing below zero but differences."""
    target = [] if panel.target is None else [panel.target]
    known = [one for one in (*panel.values, *panel.low, *panel.high, *target) if isfinite(one)]
    low, high = min(known, default=0.0), max(known, default=1.0)
    room = 0.08 * (high - low or 1.0)
    axes.set_ylim(max(0.0, low - room) if low >= 0 else low - room, high + room)
