"""Dots with intervals: how far alternatives lie from the baseline, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from beredt.report import theme
from beredt.report.estimate import Estimate
from beredt.report.figures.axis import Scale, write_ticks
from beredt.report.figures.drawing import BASE_PT, SMALL_PT, WIDTH_IN, axes_at, new_figure, report_style, text_width_in
from beredt.report.figures.look import Look
from beredt.report.figures.series_key import KeyEntry, key_height_in, write_key
from beredt.report.number_format import NumberFormat
from beredt.report.page.svg import to_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DOT_IN = 0.14
_ROW_GAP_IN = 0.085
_LINE_IN = 0.15
_BOTTOM_IN = 0.42
_PANEL_GAP_IN = 0.3
_LONGEST_LABEL = 54
_EDGE_LINE = (0, (3, 2))


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """A row: its label, and for every panel the estimates by series; `strong` for a row that stands out."""

    label: str
    panels: tuple[Mapping[str, Estimate], ...]
    strong: bool = False

    def lines(self) -> list[str]:
        """The label, broken where it is long."""
        return wrap(self.label, _LONGEST_LABEL) or [""]


@dataclass(frozen=True, slots=True)
class IntervalPanel:
    """A panel: its title and axis.

    `edge` is the margin, the difference that is just no worse; `left` and `right` say which way is better.
    """

    title: str
    scale: Scale
    edge: float | None = None
    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class _Body:
    """Rows with their heights (inches) and the series that are drawn in each."""

    rows: Sequence[IntervalRow]
    series: Sequence[str]
    looks: Mapping[str, Look]

    def present(self, row: IntervalRow) -> list[str]:
        return [one for one in self.series if any(one in values for values in row.panels)]

    def heights(self) -> list[float]:
        return [
            max(max(len(self.present(row)), 1) * _DOT_IN, len(row.lines()) * _LINE_IN) + _ROW_GAP_IN
            for row in self.rows
        ]


def draw_intervals(
    rows: Sequence[IntervalRow],
    panels: Sequence[IntervalPanel],
    looks: Mapping[str, Look],
    numbers: NumberFormat,
    name: str,
    *,
    edge_text: str = "",
) -> str:
    """Panels side by side over the same rows. The line is zero; the shaded side of the margin is worse than allowed."""
    series = [one for one in looks if any(one in values for row in rows for values in row.panels)]
    body = _Body(rows, series, looks)
    entries = [KeyEntry(looks[one].name, looks[one].colour, looks[one].marker) for one in series]
    entries = entries if len(series) > 1 else []
    if edge_text and any(panel.edge is not None for panel in panels):
        entries.append(KeyEntry(edge_text, theme.TEXT.light, line=_EDGE_LINE))
    labels_in = max(text_width_in(line, BASE_PT) for row in rows for line in row.lines()) + 0.16
    width = (WIDTH_IN - labels_in - _PANEL_GAP_IN * (len(panels) - 1) - 0.05) / len(panels)
    height = sum(body.heights())
    head = key_height_in(entries) + (0.45 if any(panel.title for panel in panels) else 0.12)
    with report_style():
        figure = new_figure(WIDTH_IN, height + head + _BOTTOM_IN)
        for number, panel in enumerate(panels):
            axes = axes_at(figure, labels_in + number * (width + _PANEL_GAP_IN), _BOTTOM_IN, width, height)
            _draw_rows(axes, number, body)
            _draw_frame(axes, panel, numbers)
            if number == 0:
                _write_labels(axes, body)
        write_key(figure, entries)
        return to_svg(figure, name, theme.svg_variables())


def _draw_rows(axes: Axes, panel: int, body: _Body) -> None:
    top = 0.0
    for row, height in zip(body.rows, body.heights(), strict=True):
        present = body.present(row)
        start = top + (height - len(present) * _DOT_IN) / 2.0
        for place, one in enumerate(present):
            estimate = row.panels[panel].get(one)
            if estimate is not None and estimate.known:
                _draw_dot(axes, estimate, start + (place + 0.5) * _DOT_IN, body.looks[one])
        top += height
        axes.axhline(top, color=theme.GRID.light, linewidth=0.6, zorder=1)
    axes.set_ylim(top, 0.0)


def _draw_dot(axes: Axes, estimate: Estimate, y: float, look: Look) -> None:
    if estimate.has_interval:
        ends = [estimate.low, estimate.high]
        axes.plot(ends, [y, y], color=look.colour, linewidth=1.8, solid_capstyle="butt", zorder=4)
    axes.plot(
        estimate.value, y, marker=look.marker, markersize=5.0, color=look.colour, zorder=5,
        markeredgecolor=theme.SURFACE.light, markeredgewidth=0.6,
    )  # fmt: skip


def _draw_frame(axes: Axes, panel: IntervalPanel, numbers: NumberFormat) -> None:
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    _set_limits(axes, panel)
    axes.axvline(0.0, color=theme.QUIET.light, linewidth=0.9, zorder=2)
    write_ticks(axes, "x", panel.scale, numbers, count=5)
    axes.set_title(panel.title, fontsize=BASE_PT, pad=18)
    for text, across in ((panel.left, 0.0), (panel.right, 1.0)):
        axes.annotate(
            text, (across, 1.0), xycoords="axes fraction", xytext=(0, 4), textcoords="offset points",
            ha="left" if across == 0.0 else "right", va="bottom", fontsize=SMALL_PT, color=theme.QUIET.light,
        )  # fmt: skip


def _set_limits(axes: Axes, panel: IntervalPanel) -> None:
    """Room for everything, zero and the margin among it; the side worse than the margin is shaded."""
    low, high = axes.dataLim.intervalx
    if not low <= high:
        low, high = -1.0, 1.0
    low, high = min(low, 0.0, panel.edge or 0.0), max(high, 0.0, panel.edge or 0.0)
    room = 0.06 * (high - low or 1.0)
    axes.set_xlim(low - room, high + room)
    if panel.edge is not None:
        outer = low - room if panel.edge < 0 else high + room
        axes.axvspan(min(panel.edge, outer), max(panel.edge, outer), color=theme.MARGIN.light, linewidth=0, zorder=0)
        axes.axvline(panel.edge, color=theme.TEXT.light, linewidth=1.0, linestyle=_EDGE_LINE, zorder=2)


def _write_labels(axes: Axes, body: _Body) -> None:
    top = 0.0
    for row, height in zip(body.rows, body.heights(), strict=True):
        axes.annotate(
            "\n".join(row.lines()), (0.0, top + height / 2), xycoords=("axes fraction", "data"), xytext=(-8, 0),
            textcoords="offset points", ha="right", va="center", fontsize=BASE_PT, linespacing=1.1,
            fontweight="semibold" if row.strong else "normal", color=theme.TEXT.light,
        )  # fmt: skip
        top += height
