"""Forecasts step by step: what is expected as a line, inside two intervals as bands, in small multiples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from beredt.report import form, theme
from beredt.report.figures.axis import Scale, write_ticks
from beredt.report.figures.drawing import BASE_PT, SMALL_PT, WIDTH_IN, axes_at, new_figure, report_style
from beredt.report.figures.series_key import KeyEntry, key_height_in, write_key
from beredt.report.number_format import NumberFormat
from beredt.report.page.svg import to_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LEFT_IN, _GAP_IN, _TITLE_IN, _FOOT_IN = 0.42, 0.25, 0.26, 0.34
OUTER_INK, INNER_INK = theme.READY.light, theme.AWAY.light


@dataclass(frozen=True, slots=True)
class BandPanel:
    """One series under a title: what is expected of every step, and the ends of its inner and outer interval."""

    title: str
    mean: Sequence[float]
    inner: tuple[Sequence[float], Sequence[float]]
    outer: tuple[Sequence[float], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Days:
    """Where days begin, in steps from the first, and what each is called."""

    at: Sequence[int]
    names: Sequence[str]


def draw_bands(
    panels: Sequence[BandPanel],
    days: Days,
    texts: tuple[str, str, str],
    numbers: NumberFormat,
    name: str,
    *,
    columns: int = 1,
    height_in: float = 1.8,
) -> str:
    """Panels in rows of `columns`, each on its own scale from zero; `texts` name line, inner band and outer band."""
    columns = min(columns, len(panels))
    entries = [
        KeyEntry(texts[0], theme.TEXT.light, line="-"),
        KeyEntry(texts[1], INNER_INK, box=True),
        KeyEntry(texts[2], OUTER_INK, box=True),
    ]
    head, rows = key_height_in(entries), -(-len(panels) // columns)
    width = (WIDTH_IN - columns * _LEFT_IN - (columns - 1) * _GAP_IN - 0.05) / columns
    total = head + rows * (_TITLE_IN + height_in + _FOOT_IN)
    with report_style():
        figure = new_figure(WIDTH_IN, total)
        for number, panel in enumerate(panels):
            row, column = divmod(number, columns)
            bottom = total - head - (row + 1) * (_TITLE_IN + height_in) - row * _FOOT_IN
            axes = axes_at(figure, _LEFT_IN + column * (width + _LEFT_IN + _GAP_IN), bottom, width, height_in)
            _draw(axes, panel, days, numbers, most_names=max(2, 8 // columns))
        write_key(figure, entries)
        return to_svg(figure, name, theme.svg_variables())


def _draw(axes: Axes, panel: BandPanel, days: Days, numbers: NumberFormat, most_names: int) -> None:
    steps = np.arange(len(panel.mean) + 1)
    for (low, high), ink in ((panel.outer, OUTER_INK), (panel.inner, INNER_INK)):
        axes.fill_between(steps, _closed(low), _closed(high), step="post", color=ink, linewidth=0)
    axes.step(steps, _closed(panel.mean), where="post", color=theme.TEXT.light, linewidth=1.3)
    axes.set_xlim(0, len(panel.mean))
    axes.set_ylim(0.0, max(1.0, float(max(panel.outer[1]))) * 1.06)
    axes.spines["left"].set_visible(False)
    axes.grid(visible=True, axis="y")
    for step in days.at:
        axes.axvline(step, color=theme.EDGE.light, linewidth=0.5)
    every = -(-len(days.at) // most_names)
    axes.set_xticks(list(days.at[::every]), list(days.names[::every]), fontsize=SMALL_PT, ha="left")
    axes.set_title(panel.title, fontsize=BASE_PT)
    write_ticks(axes, "y", Scale("", form.COUNT), numbers, count=4)


def _closed(values: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The last step drawn to its end."""
    return np.append(np.asarray(values, np.float64), values[-1])
