"""How a table is laid on paper: the size of its letters, the width of its columns, upright or across the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from beredt.report.page.blocks import Table
from beredt.report.pdf.letters import width_em

_T = TypeVar("_T")

TEXT_PT = 510.0
"""Width of the text on an upright A4 page, 180 mm."""

ACROSS_PT = 757.0
"""The same on a page that lies on its side, 267 mm."""

PAD_EM = 0.55
"""Room on either side of a cell, in em."""

_LONGEST_EM = 36.0
"""Text wraps beyond this, however much room there is: longer lines are hard to follow in a table."""

_MOST_HEAD_LINES = 4.0
"""A head should not take more lines than about this."""

_FEWEST_TO_TURN = 8
"""Heads are turned only in tables with at least this many columns of figures."""

_UPRIGHT = (8.5, 8.0, 7.5, 7.0)
_UPRIGHT_DENSE = (7.5, 7.0, 6.5)
_ACROSS = (8.0, 7.5, 7.0, 6.5, 6.0)
_FEWEST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is set.

    `whole` keeps what stands in brackets on one line. `widths` are the columns' shares of the table (they sum to 1);
    `share` is the table's part of the width of the text, 0 to 1; `turned` has the heads of figures upright, to be read
    from the right.
    """

    size_pt: float
    widths: tuple[float, ...]
    share: float
    across: bool
    turned: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class _Need:
    """What a column needs in em: the width of its longest word, and of its longest line."""

    least: float
    most: float


def layout(table: Table, *, may_lie: bool = True) -> Layout | None:
    """The most readable way to set a table; None when it does not fit on a page, and must be cut into two.

    Args:
        table: the table.
        may_lie: whether a page may be turned on its side for it; without, it is set however small.
    """
    sizes = _UPRIGHT_DENSE if table.dense else _UPRIGHT
    many = sum(column.figures for column in table.columns) >= _FEWEST_TO_TURN
    tries = [_Try(size, TEXT_PT, whole=True) for size in sizes]
    tries += [_Try(size, TEXT_PT) for size in sizes]
    tries += [_Try(size, TEXT_PT, turned=True) for size in (*sizes, 6.0)] if many else []
    if may_lie:
        tries += [_Try(size, ACROSS_PT) for size in _ACROSS]
        tries += [_Try(size, ACROSS_PT, turned=True) for size in _ACROSS]
    known: dict[tuple[bool, bool], list[_Need]] = {}
    for one in tries:
        if (one.turned, one.whole) not in known:
            known[one.turned, one.whole] = _needs(table, turned=one.turned, whole=one.whole)
        needs = known[one.turned, one.whole]
        if sum(need.least for need in needs) <= one.room_pt / one.size_pt:
            return _made(one, needs)
    if may_lie and len(table.columns) > _FEWEST_COLUMNS:
        return None
    return _made(_Try(sizes[-1], TEXT_PT), _needs(table, turned=False, whole=False))


@dataclass(frozen=True, slots=True)
class _Try:
    """A way to set a table: its letters, the width of the text, whether heads are turned and brackets kept whole."""

    size_pt: float
    room_pt: float
    turned: bool = False
    whole: bool = False


def keep_brackets(text: str) -> str:
    """The text with what stands in brackets, such as an interval, on one line."""
    return re.sub(r"\([^()]*\)", lambda found: found.group().replace(" ", "\u00a0"), text)


def halves(table: Table) -> tuple[Table, Table]:
    """A table that is too wide as two, each with its first column."""
    middle = 1 + len(table.columns) // 2
    return _part(table, range(1, middle)), _part(table, range(middle, len(table.columns)))


def _part(table: Table, chosen: range) -> Table:
    rows = tuple(
        row if len(row.cells) < len(table.columns) else replace(row, cells=_picked(row.cells, chosen))
        for row in table.rows
    )
    return replace(table, columns=_picked(table.columns, chosen), rows=rows)


def _picked(cells: Sequence[_T], chosen: range) -> tuple[_T, ...]:
    return (cells[0], *(cells[number] for number in chosen))


def _made(way: _Try, needs: Sequence[_Need]) -> Layout:
    room = way.room_pt / way.size_pt
    least, most = sum(need.least for need in needs), sum(need.most for need in needs)
    if most <= room:
        widths = [need.most for need in needs]
        used = min(1.0, max(0.45, most * 1.3 / room))
    else:
        # Every column has its least; what is left fills small needs first, so that short texts stay on one line.
        widths = _filled(needs, max(0.0, room - least))
        used = 1.0
    total = sum(widths)
    shares = tuple(round(width / total, 5) for width in widths)
    return Layout(way.size_pt, shares, round(used, 4), way.room_pt > TEXT_PT, way.turned, way.whole)


def _filled(needs: Sequence[_Need], spare: float) -> list[float]:
    """Widths in em: each column's least, and the same share of what is left for each that still wants more."""
    widths = [need.least for need in needs]
    open_needs = sorted(range(len(needs)), key=lambda number: needs[number].most - needs[number].least)
    for place, number in enumerate(open_needs):
        given = min(needs[number].most - needs[number].least, spare / (len(needs) - place))
        widths[number] += given
        spare -= given
    return widths


def _needs(table: Table, *, turned: bool, whole: bool) -> list[_Need]:
    """What every column needs, from its title and its cells."""
    full = [row for row in table.rows if len(row.cells) == len(table.columns)]
    needs = []
    for number, column in enumerate(table.columns):
        texts = [_shown(row.cells[number].text, row.cells[number].style) for row in full]
        texts = [keep_brackets(text) for text in texts] if whole and column.figures else texts
        least = max((_longest_word(text) for text in texts), default=0.0)
        most = max((width_em(text) for text in texts), default=0.0)
        if turned and column.figures:
            head = 1.0
        else:
            head = max(_longest_word(column.title), width_em(column.title) / _MOST_HEAD_LINES)
            # A long title should wrap rather than make a column of short figures wide.
            most = max(most, min(width_em(column.title), 1.6 * max(head, most)))
        least = max(least, head)
        needs.append(_Need(least + 2 * PAD_EM, max(least, min(most, _LONGEST_EM)) + 2 * PAD_EM))
    return needs


def _shown(text: str, style: str) -> str:
    return f"▲\u00a0{text}" if style in ("good", "bad", "yes", "no", "open") else text


def _longest_word(text: str) -> float:
    return max((width_em(word) for word in text.split(" ")), default=0.0)
