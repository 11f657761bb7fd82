"""Stacked bars: how the hours of units are spent, how many units are drawn in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from beredt.report import theme
from beredt.report.figures.axis import Scale, write_ticks
from beredt.report.figures.drawing import BASE_PT, SMALL_PT, WIDTH_IN, axes_at, new_figure, report_style, text_width_in
from beredt.report.figures.series_key import KeyEntry, key_height_in, write_key
from beredt.report.number_format import NumberFormat
from beredt.report.page.svg import to_svg


@dataclass(frozen=True, slots=True)
class Part:
    """A part of every bar: its name, its colour, and one value per bar."""

    name: str
    colour: str
    values: Sequence[float]


def draw_lying_bars(
    labels: Sequence[str], parts: Sequence[Part], scale: Scale, numbers: NumberFormat, name: str, texts: Sequence[str]
) -> str:
    """Bars that lie, one per label, with a text at the end of each."""
    row = 0.2
    labels_in = max(text_width_in(label, BASE_PT) for label in labels) + 0.12
    texts_in = max(text_width_in(text) for text in texts) + 0.1
    body = row * len(labels)
    with report_style():
        figure = new_figure(WIDTH_IN, body + 0.5 + key_height_in(_entries(parts)))
        axes = axes_at(figure, labels_in, 0.45, WIDTH_IN - labels_in - texts_in, body)
        left = [0.0] * len(labels)
        for part in parts:
            axes.barh(range(len(labels)), part.values, left=left, height=0.68, color=part.colour, linewidth=0)
            left = [a + b for a, b in zip(left, part.values, strict=True)]
        axes.set_ylim(len(labels) - 0.4, -0.6)
        axes.set_xlim(0.0, max(left) * 1.001 or 1.0)
        axes.set_yticks(range(len(labels)), labels)
        axes.spines["left"].set_visible(False)
        for number, (end, text) in enumerate(zip(left, texts, strict=True)):
            axes.annotate(
                text, (end, number), xytext=(4, 0), textcoords="offset points", va="center", fontsize=SMALL_PT,
                color=theme.QUIET.light, annotation_clip=False,
            )  # fmt: skip
        axes.grid(visible=True, axis="x")
        write_ticks(axes, "x", scale, numbers)
        write_key(figure, _entries(parts))
        return to_svg(figure, name, theme.svg_variables())


def draw_hour_bars(parts: Sequence[Part], x: Scale, y: Scale, numbers: NumberFormat, name: str) -> str:
    """Standing bars for the hours of the day, one value per hour in every part."""
    with report_style():
        figure = new_figure(WIDTH_IN, 2.3 + key_height_in(_entries(parts)))
        axes = axes_at(figure, 0.55, 0.45, WIDTH_IN - 0.6, 1.75)
        below = [0.0] * len(parts[0].values)
        for part in parts:
            axes.bar(range(len(below)), part.values, bottom=below, width=0.84, color=part.colour, linewidth=0)
            below = [a + b for a, b in zip(below, part.values, strict=True)]
        axes.set_xlim(-0.6, len(below) - 0.4)
        axes.set_ylim(0.0, max(below) * 1.04 or 1.0)
        axes.spines["left"].set_visible(False)
        axes.grid(visible=True, axis="y")
        write_ticks(axes, "x", x, numbers, at=list(range(0, len(below), 2)))
        write_ticks(axes, "y", y, numbers, count=5)
        write_key(figure, _entries(parts))
        return to_svg(figure, name, theme.svg_variables())


def _entries(parts: Sequence[Part]) -> list[KeyEntry]:
    return [KeyEntry(part.name, part.colour, box=True) for part in parts]
