"""The week of a station: its need, who is on duty today and with the roster of fewest hours, and the cars of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from beredt.report import form, theme
from beredt.report.figures.axis import Scale, write_ticks
from beredt.report.figures.drawing import SMALL_PT, WIDTH_IN, axes_at, new_figure, report_style, text_width_in
from beredt.report.figures.series_key import KeyEntry, key_height_in, write_key
from beredt.report.number_format import NumberFormat
from beredt.report.page.svg import to_svg
from beredt.report.words import Words
from beredt.siting.rosters.shift_form import ShiftForm
from beredt.siting.rosters.week import WEEK_H

if TYPE_CHECKING:
    from matplotlib.axes import Axes

I8 = NDArray[np.int64]

DAY_H, DAYS = 24, 7
_CURVE_IN, _ROW_IN, _GAP_IN, _FOOT_IN, _RIGHT_IN = 1.55, 0.19, 0.16, 0.5, 0.05


@dataclass(frozen=True, slots=True)
class CarRow:
    """One row of the lower part: the name of a roster and the hours of the week in which its cars are on duty."""

    name: str
    spans: tuple[tuple[float, float], ...]


def car_rows(lines: Sequence[tuple[ShiftForm, int]], names: Sequence[str]) -> list[CarRow]:
    """One row per car, spans cut at the end of the week and continued at its beginning."""
    rows = []
    for (shift, cars), name in zip(lines, names, strict=True):
        spans: list[tuple[float, float]] = []
        for begin, end in shift.spans():
            on, off = begin / 60, end / 60
            spans.append((on, min(off, WEEK_H)))
            if off > WEEK_H:
                spans.append((0.0, off - WEEK_H))
        rows += [CarRow(name, _joined(spans))] * cars
    return rows


def _joined(spans: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Spans that touch made one, so that a car round the clock is one bar."""
    joined: list[tuple[float, float]] = []
    for on, off in sorted(spans):
        if joined and on <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(off, joined[-1][1]))
        else:
            joined.append((on, off))
    return tuple(joined)


@dataclass(frozen=True, slots=True, eq=False)
class WeekCurves:
    """Units hour by hour, int64 (168,) each: the need, who is on duty with the fewest hours, and today if known."""

    need: I8
    fewest: I8
    today: I8 | None = None


def draw_week(curves: WeekCurves, rows: Sequence[CarRow], words: Words, numbers: NumberFormat, name: str) -> str:
    """The chart as SVG.

    Args:
        curves: of the station.
        rows: of the cars below, from the top.
        words: of the page.
        numbers: of the page.
        name: unique in the page.
    """
    entries = [
        KeyEntry(words("roster_page.chart.need"), theme.READY.light, box=True),
        KeyEntry(words("roster_page.chart.fewest"), theme.BUSY.light, line="-"),
    ]
    if curves.today is not None:
        entries.append(KeyEntry(words("roster_page.chart.today"), theme.TODAY_INK.light, line="--"))
    head = key_height_in(entries)
    left = max([0.45, *(text_width_in(row.name, SMALL_PT) + 0.12 for row in rows)])
    rows_in = _ROW_IN * len(rows)
    height = head + _CURVE_IN + _GAP_IN + rows_in + _FOOT_IN
    width = WIDTH_IN - left - _RIGHT_IN
    with report_style():
        figure = new_figure(WIDTH_IN, height)
        upper = axes_at(figure, left, _FOOT_IN + rows_in + _GAP_IN, width, _CURVE_IN)
        _draw_curves(upper, curves, words, numbers)
        lower = axes_at(figure, left, _FOOT_IN, width, rows_in)
        _draw_cars(lower, rows)
        _write_days(lower, words)
        write_key(figure, entries)
        return to_svg(figure, name, theme.svg_variables())


def _draw_curves(axes: Axes, curves: WeekCurves, words: Words, numbers: NumberFormat) -> None:
    hours = np.arange(WEEK_H + 1)
    shown = [one for one in (curves.need, curves.fewest, curves.today) if one is not None]
    need, fewest, *today = (np.append(values, values[-1]) for values in shown)
    axes.fill_between(hours, need, step="post", color=theme.READY.light, linewidth=0)
    axes.step(hours, fewest, where="post", color=theme.BUSY.light, linewidth=1.5)
    for values in today:
        axes.step(hours, values, where="post", color=theme.TODAY_INK.light, linewidth=1.2, linestyle="--")
    axes.set_xlim(0, WEEK_H)
    axes.set_ylim(0.0, max(float(values.max()) for values in shown) + 0.4)
    axes.spines["left"].set_visible(False)
    axes.grid(visible=True, axis="y")
    _rule_days(axes)
    axes.set_xticks([])
    whole = [float(n) for n in range(int(axes.get_ylim()[1]) + 1)]
    write_ticks(axes, "y", Scale(words("roster_page.chart.units"), form.COUNT), numbers, at=whole)


def _draw_cars(axes: Axes, rows: Sequence[CarRow]) -> None:
    for number, row in enumerate(rows):
        axes.broken_barh(
            [(on, off - on) for on, off in row.spans], (number - 0.34, 0.68), facecolors=theme.BUSY.light, linewidth=0
        )
    axes.set_xlim(0, WEEK_H)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), [row.name for row in rows], fontsize=SMALL_PT)
    axes.spines["left"].set_visible(False)
    _rule_days(axes)


def _rule_days(axes: Axes) -> None:
    for day in range(1, DAYS):
        axes.axvline(day * DAY_H, color=theme.EDGE.light, linewidth=0.6)


def _write_days(axes: Axes, words: Words) -> None:
    from matplotlib.ticker import FixedFormatter, FixedLocator

    at = [day * DAY_H + hour for day in range(DAYS) for hour in (0, 12)]
    axes.xaxis.set_major_locator(FixedLocator(at))
    axes.xaxis.set_major_formatter(FixedFormatter([f"{hour % DAY_H:02d}" for hour in at]))
    for day, name in enumerate(words("roster_page.chart.weekdays").split()):
        axes.annotate(
            name, ((day + 0.5) * DAY_H, 0.0), xycoords=("data", "axes fraction"), xytext=(0, -18),
            textcoords="offset points", ha="center", va="top", fontsize=SMALL_PT, color=theme.TEXT.light,
        )  # fmt: skip
