"""A week hour by hour: amounts laid on one another as areas, and lines over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from beredt.report import theme
from beredt.report.figures.axis import Scale, write_ticks
from beredt.report.figures.drawing import SMALL_PT, WIDTH_IN, axes_at, new_figure, report_style
from beredt.report.figures.look import Look
from beredt.report.figures.series_key import KeyEntry, key_height_in, write_key
from beredt.report.figures.stacked_bars import Part
from beredt.report.number_format import NumberFormat
from beredt.report.page.svg import to_svg

DAY_H, DAYS = 24, 7
WEEK_H = DAY_H * DAYS


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A line of the week: its look, and one value for every hour, Monday first."""

    look: Look
    values: Sequence[float]


def draw_week_steps(
    areas: Sequence[Part],
    lines: Sequence[WeekLine],
    weekdays: Sequence[str],
    y: Scale,
    numbers: NumberFormat,
    name: str,
) -> str:
    """Areas from the lowest up and lines over them, with 168 values each, in steps of an hour; SVG."""
    entries = [KeyEntry(part.name, part.colour, box=True) for part in areas]
    entries += [KeyEntry(line.look.name, line.look.colour, line=line.look.line) for line in lines]
    head = key_height_in(entries)
    hours = np.arange(WEEK_H + 1)
    with report_style():
        figure = new_figure(WIDTH_IN, 2.4 + head)
        axes = axes_at(figure, 0.5, 0.5, WIDTH_IN - 0.55, 1.8)
        below = np.zeros(WEEK_H + 1)
        for part in areas:
            above = below + _closed(part.values)
            axes.fill_between(hours, below, above, step="post", color=part.colour, linewidth=0)
            below = above
        for line in lines:
            axes.step(
                hours, _closed(line.values), where="post", color=line.look.colour, linewidth=1.4,
                linestyle=line.look.line,
            )  # fmt: skip
        highest = max([float(below.max()), *(max(line.values) for line in lines)])
        axes.set_xlim(0, WEEK_H)
        axes.set_ylim(0.0, highest * 1.05 or 1.0)
        axes.spines["left"].set_visible(False)
        axes.grid(visible=True, axis="y")
        for day in range(1, DAYS):
            axes.axvline(day * DAY_H, color=theme.EDGE.light, linewidth=0.6)
        at = [day * DAY_H + hour for day in range(DAYS) for hour in (0, 12)]
        axes.set_xticks(at, [numbers.hour(hour % DAY_H) for hour in at])
        for day, text in enumerate(weekdays):
            axes.annotate(
                text, ((day + 0.5) * DAY_H, 0.0), xycoords=("data", "axes fraction"), xytext=(0, -18),
                textcoords="offset points", ha="center", va="top", fontsize=SMALL_PT, color=theme.TEXT.light,
            )  # fmt: skip
        write_ticks(axes, "y", y, numbers, count=5)
        write_key(figure, entries)
        return to_svg(figure, name, theme.svg_variables())


def _closed(values: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The last step drawn to its end."""
    return np.append(np.asarray(values, np.float64), values[-1])
