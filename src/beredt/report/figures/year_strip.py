"""A whole year at a glance: days from left to right, hours from top to bottom, one colour per level."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

_LEFT = 34
_TOP = 4
_CELL_W = 3
_CELL_H = 11


def draw_year_strip(
    levels: NDArray[np.int64], months: Sequence[tuple[int, str]], hours: Sequence[tuple[int, str]]
) -> str:
    """The strip as SVG.

    Drawn without matplotlib: five paths of plain squares follow the page's colours, the colour-blind's too, which
    pixels could not. `levels`: int64 (days, hours), 0 to 5. `months`: first day (number) and name; `hours`: hour and
    its text.
    """
    days, count = levels.shape
    width, height = _LEFT + days * _CELL_W, _TOP + count * _CELL_H + 22
    parts = [f'<svg viewBox="0 0 {width} {height}" aria-hidden="true" focusable="false" class="strip">']
    parts.append(f'<rect class="level-0" x="{_LEFT}" y="{_TOP}" width="{days * _CELL_W}" height="{count * _CELL_H}"/>')
    parts += [f'<path class="level-{level}" d="{_squares(levels == level)}"/>' for level in range(1, 6)]
    parts += [
        f'<text x="{_LEFT - 5}" y="{_TOP + (hour + 0.5) * _CELL_H + 5:g}" text-anchor="end">{escape(text)}</text>'
        for hour, text in hours
    ]
    for day, name in months:
        x = _LEFT + day * _CELL_W
        parts.append(f'<path class="tick" d="M{x} {_TOP}V{height - 4}"/>')
        parts.append(f'<text x="{x + 4}" y="{height - 4}">{escape(name)}</text>')
    return "".join([*parts, "</svg>"])


def _squares(chosen: NDArray[np.bool_]) -> str:
    """A path of all chosen cells; cells above each other become one upright bar."""
    path = []
    for day, column in enumerate(chosen):
        edges = np.flatnonzero(np.diff(np.concatenate(([False], column, [False])).astype(np.int8)))
        for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            x, y = _LEFT + day * _CELL_W, _TOP + start * _CELL_H
            path.append(f"M{x} {y}h{_CELL_W}v{(end - start) * _CELL_H}h-{_CELL_W}z")
    return "".join(path)
