"""The key above a chart: what each line, marker or box stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from beredt.report import theme
from beredt.report.figures.drawing import SMALL_PT, WIDTH_IN, text_width_in

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROW_IN = 0.2
_SIGN_IN = 0.26
_GAP_IN = 0.22


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One sign and its name. `marker` and `line` as matplotlib names them, either may be empty; `box` fills a box."""

    name: str
    colour: str
    marker: str = ""
    line: Any = ""
    box: bool = False


def key_height_in(entries: Sequence[KeyEntry]) -> float:
    """Height that the key needs, in inches; none without entries."""
    return ROW_IN * len(_rows(entries)) + 0.08 if entries else 0.0


def write_key(figure: Figure, entries: Sequence[KeyEntry]) -> None:
    """Write the key along the top of the figure, in as many rows as it takes."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle

    width, height = figure.get_size_inches()
    for number, row in enumerate(_rows(entries)):
        y_in = height - (number + 0.5) * ROW_IN
        x_in = 0.0
        for entry in row:
            left, right, y = x_in / width, (x_in + _SIGN_IN - 0.06) / width, y_in / height
            if entry.box:
                figure.add_artist(
                    Rectangle(
                        (left, y - 0.05 / height), right - left, 0.1 / height, facecolor=entry.colour, linewidth=0
                    )
                )
            else:
                middle = [(left + right) / 2.0] if entry.marker and not entry.line else [left, right]
                figure.add_artist(
                    Line2D(
                        middle, [y] * len(middle), color=entry.colour, linestyle=entry.line or "none", linewidth=1.8,
                        marker=entry.marker if len(middle) == 1 else "", markersize=5.5,
                    )
                )  # fmt: skip
            figure.text(
                (x_in + _SIGN_IN) / width, y, entry.name, va="center", fontsize=SMALL_PT, color=theme.TEXT.light
            )
            x_in += _entry_in(entry)


def _entry_in(entry: KeyEntry) -> float:
    return _SIGN_IN + text_width_in(entry.name) + _GAP_IN


def _rows(entries: Sequence[KeyEntry]) -> list[list[KeyEntry]]:
    """Entries broken into rows that fit the width of the page."""
    rows: list[list[KeyEntry]] = []
    used = WIDTH_IN
    for entry in entries:
        if not rows or used + _entry_in(entry) > WIDTH_IN:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += _entry_in(entry)
    return rows
