"""Standing bars in groups: the same groups in several years, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from beredt.report.figures.axis import Scale, write_ticks
from beredt.report.figures.drawing import WIDTH_IN, axes_at, new_figure, report_style
from beredt.report.figures.series_key import KeyEntry, key_height_in, write_key
from beredt.report.figures.stacked_bars import Part
from beredt.report.number_format import NumberFormat
from beredt.report.page.svg import to_svg
from beredt.report.theme import svg_variables


def draw_grouped_bars(groups: Sequence[str], parts: Sequence[Part], y: Scale, numbers: NumberFormat, name: str) -> str:
    """One bar of every part in every group; each part has one value per group."""
    entries = [KeyEntry(part.name, part.colour, box=True) for part in parts]
    entries = entries if len(parts) > 1 else []
    width = 0.84 / len(parts)
    with report_style():
        figure = new_figure(WIDTH_IN, 2.3 + key_height_in(entries))
        axes = axes_at(figure, 0.7, 0.45, WIDTH_IN - 0.75, 1.75)
        for number, part in enumerate(parts):
            left = [group - 0.42 + number * width for group in range(len(groups))]
            axes.bar(left, part.values, width=width * 0.94, align="edge", color=part.colour, linewidth=0)
        axes.set_xlim(-0.6, len(groups) - 0.4)
        axes.set_ylim(0.0, max(max(part.values) for part in parts) * 1.04 or 1.0)
        axes.spines["left"].set_visible(False)
        axes.grid(visible=True, axis="y")
        axes.set_xticks(range(len(groups)), groups)
        write_ticks(axes, "y", y, numbers, count=5)
        write_key(figure, entries)
        return to_svg(figure, name, svg_variables())
