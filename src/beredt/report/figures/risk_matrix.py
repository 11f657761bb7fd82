"""The risk matrix: events by number in the cells, before and after measures side by side.

Colour is never alone: every cell has the sign of its level, and events have numbers that a table explains.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from beredt.decision.risk.matrix import STEPS, RiskMatrix
from beredt.report import theme
from beredt.report.figures.drawing import BASE_PT, SMALL_PT, WIDTH_IN, axes_at, bare, new_figure, report_style
from beredt.report.number_format import NumberFormat
from beredt.report.page.svg import to_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Place = tuple[int, int]
"""Likelihood and consequence."""

_CELL_IN = 0.57
_SIDE_IN = 0.52
_BOTTOM_IN = 0.5
_TOP_IN = 0.34
_KEY_IN = 0.32
_CROWDED = 9
_LARGE, _SMALL = (3, 6.6), (4, 5.2)
"""Numbers in a line and their size in points, in a cell with few events and in a crowded one."""

# Not the ink of the page, which turns light on a dark page: the cells keep their colours. Black or white can always be
# read, with a contrast of 4.5 or more.
_DARK, _LIGHT = "#000000", "#ffffff"


@dataclass(frozen=True, slots=True)
class MatrixPanel:
    """One matrix: its title, and the numbers of the events in each cell."""

    title: str
    events: Mapping[Place, Sequence[str]]


@dataclass(frozen=True, slots=True)
class MatrixText:
    """What is written around the matrices; `levels` are the names by level."""

    likelihood: str
    consequence: str
    levels: Mapping[int, str]


def draw_risk_matrices(
    matrix: RiskMatrix, panels: Sequence[MatrixPanel], text: MatrixText, numbers: NumberFormat, name: str
) -> str:
    """One or two matrices beside each other, likelihood upwards and consequence to the right, with the key below."""
    body = _CELL_IN * len(STEPS)
    height = _KEY_IN + _BOTTOM_IN + body + _TOP_IN
    with report_style():
        figure = new_figure(WIDTH_IN, height)
        for number, panel in enumerate(panels):
            left = _SIDE_IN + number * (WIDTH_IN / 2)
            axes = axes_at(figure, left, _KEY_IN + _BOTTOM_IN, body, body)
            _draw(axes, matrix, panel, text, numbers)
        _write_key(axes_at(figure, 0.0, 0.0, WIDTH_IN, _KEY_IN), matrix, text)
        return to_svg(figure, name, theme.svg_variables())


def _draw(axes: Axes, matrix: RiskMatrix, panel: MatrixPanel, text: MatrixText, numbers: NumberFormat) -> None:
    from matplotlib.patches import Rectangle

    bare(axes)
    axes.set_xlim(0.5, len(STEPS) + 0.5)
    axes.set_ylim(0.5, len(STEPS) + 0.5)
    axes.set_title(panel.title, fontsize=BASE_PT, loc="left")
    axes.set_xticks(STEPS, [numbers.label(step) for step in STEPS], fontsize=SMALL_PT)
    axes.set_yticks(STEPS, [numbers.label(step) for step in STEPS], fontsize=SMALL_PT)
    axes.tick_params(length=0)
    axes.set_xlabel(text.consequence)
    axes.set_ylabel(text.likelihood)
    for likelihood in STEPS:
        for consequence in STEPS:
            level = matrix.get_level(likelihood, consequence)
            ink = ink_on(level.colour)
            corner = (consequence - 0.5, likelihood - 0.5)
            axes.add_patch(Rectangle(corner, 1.0, 1.0, facecolor=level.colour, edgecolor=_LIGHT, linewidth=1.2))
            axes.text(consequence - 0.44, likelihood + 0.42, level.symbol, fontsize=5.5, color=ink, va="top")
            _write_events(axes, (likelihood, consequence), panel.events.get((likelihood, consequence), ()), ink)


def _write_events(axes: Axes, place: Place, events: Sequence[str], ink: str) -> None:
    in_line, size = _SMALL if len(events) > _CROWDED else _LARGE
    lines = [" ".join(events[start : start + in_line]) for start in range(0, len(events), in_line)]
    if lines:
        axes.text(place[1], place[0] - 0.04, "\n".join(lines), ha="center", va="center", fontsize=size, color=ink,
                  fontweight="semibold", linespacing=1.15)  # fmt: skip


def _write_key(axes: Axes, matrix: RiskMatrix, text: MatrixText) -> None:
    from matplotlib.patches import Rectangle

    bare(axes)
    axes.set_xlim(0.0, WIDTH_IN)
    axes.set_ylim(0.0, _KEY_IN)
    left = _SIDE_IN
    for level in matrix.levels:
        axes.add_patch(Rectangle((left, 0.06), 0.2, 0.18, facecolor=level.colour, linewidth=0))
        axes.text(left + 0.1, 0.15, level.symbol, fontsize=6.5, color=ink_on(level.colour), ha="center", va="center")
        axes.text(left + 0.28, 0.15, text.levels[level.level], fontsize=SMALL_PT, va="center")
        left += 0.55 + 0.075 * len(text.levels[level.level])


def ink_on(colour: str) -> str:
    """Dark or light ink, whichever is easier to read on a colour (#rrggbb), by the relative luminance of WCAG."""
    parts = [int(colour[start : start + 2], 16) / 255.0 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return _DARK if (luminance + 0.05) ** 2 > 0.05 * 1.05 else _LIGHT
