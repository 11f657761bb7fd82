"""Sums of counts of which some were left out of a table: told only where they give no small count away.

A table of missions leaves out single counts. A sum over several stations may hold one of them and yet tell nothing of
it, and a printed figure is such a sum. Every sum is added to what a reader of the table knows, and is told only if
each small count still has the same range among the small ones as without it (`ranges`: two integer programs at most
for each small count, fewer where one table shows several of them at the end of their range).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from beredt.indicators.suppress import ALL

F8 = NDArray[np.float64]
B = NDArray[np.bool_]

MOST_LEFT_OUT = 2_000
"""Of a table in which more was left out no sum is told that holds any of it: to look at each would take too long."""

Cells = frozenset[tuple[str, ...]]
"""Keys of rows that a sum adds up."""


class _Known(NamedTuple):
    """What a reader knows of the H counts that were left out: relations @ counts = right.

    Each is `least` or more: zeros are shown. None is looked for above `most`.
    """

    relations: csr_array  # [R, H]
    right: F8  # [R]
    least: float
    most: float

    def and_also(self, row: F8, right: float) -> _Known:
        """With one sum more."""
        relations = csr_array(vstack([self.relations, csr_array(row[None, :])]))
        return self._replace(relations=relations, right=np.append(self.right, right))


def safe_sums(
    true: pl.DataFrame, shown: pl.DataFrame, keys: Sequence[str], count: str, sums: Sequence[Cells], threshold: int
) -> list[float | None]:
    """Each sum, None where it would tell of a small count more than the table does.

    Args:
        true: Every row with its count, margins under the key `ALL` included.
        shown: The same rows, null where the count was left out. Rows that are missing count nothing.
        keys: Columns of text that name a row.
        count: Column of the count.
        sums: Keys of the rows of each.
        threshold: Counts from 1 to threshold − 1 are small.
    """
    number = {row[:-1]: row[-1] for row in true.select(*keys, count).iter_rows()}
    open_cells = {row[:-1]: row[-1] for row in shown.select(*keys, count).iter_rows()}
    hidden = [cell for cell, told in open_cells.items() if told is None]
    place = {cell: at for at, cell in enumerate(hidden)}
    totals = [float(sum(number.get(cell, 0) for cell in cells)) for cells in sums]
    held = [frozenset(cell for cell in cells if cell in place) for cells in sums]
    if not any(held):
        return list(totals)
    if len(hidden) > MOST_LEFT_OUT:
        return [None if own else total for own, total in zip(held, totals, strict=True)]
    values = np.array([number[cell] for cell in hidden], np.float64)
    known = _known(open_cells, hidden, place, values)
    small = np.flatnonzero((values > 0) & (values < threshold))
    ends = _Ends(known, small, threshold)
    told: list[float | None] = []
    for total, own in zip(totals, held, strict=True):
        if not own:
            told.append(total)
            continue
        row = np.zeros(len(hidden))
        row[[place[cell] for cell in own]] = 1.0
        more = known.and_also(row, float(row @ values))
        if ends.stay(more):
            known = more
            told.append(total)
        else:
            told.append(None)
    return told


def _known(
    open_cells: dict[tuple[str, ...], int | None], hidden: list[tuple[str, ...]], place: dict[tuple[str, ...], int],
    values: F8,
) -> _Known:  # fmt: skip
    """What adds up: every row with `ALL` in a key is the sum of those that differ from it in this key alone."""
    parts: dict[tuple[int, tuple[str, ...]], list[tuple[str, ...]]] = {}
    for cell in open_cells:
        for axis, key in enumerate(cell):
            whole = (*cell[:axis], ALL, *cell[axis + 1 :])
            if key != ALL and whole in open_cells:
                parts.setdefault((axis, whole), []).append(cell)
    rows, columns, signs = [], [], []
    number = 0
    for (_, whole), own in parts.items():
        unknown = [(place[cell], 1.0) for cell in own if cell in place]
        unknown += [(place[whole], -1.0)] if whole in place else []
        for column, sign in unknown:
            rows.append(number)
            columns.append(column)
            signs.append(sign)
        number += bool(unknown)
    relations = csr_array((signs, (rows, columns)), shape=(number, len(hidden)))
    right: F8 = np.asarray(relations @ values)
    return _Known(relations, right, float(min(1.0, values.min())), float(2.0 * values.sum() + 1.0))


class _Ends:
    """The least and greatest small value that each small count may have for all that the table tells."""

    def __init__(self, known: _Known, small: NDArray[np.intp], threshold: int) -> None:
        self._small, self._threshold = small, threshold
        self._low = _reached(known, small, np.full(small.size, known.least), -1.0)
        self._high = _reached(known, small, np.full(small.size, threshold - 1.0), 1.0)

    def stay(self, known: _Known) -> bool:
        """Whether all of them are the same with what is known now."""
        low = _reached(known, self._small, self._low, -1.0)
        high = _reached(known, self._small, self._high, 1.0)
        return bool((low <= self._low).all() and (high >= self._high).all())


def _reached(known: _Known, small: NDArray[np.intp], wanted: F8, towards: float) -> F8:
    """How far each small count can be moved down (-1) or up (1), no further than is wanted."""
    reached = _moved(known, small, small, wanted, towards)
    for at in np.flatnonzero((wanted - reached) * towards > 0).tolist():
        if (wanted[at] - reached[at]) * towards > 0:
            one = slice(at, at + 1)
            reached = _further(reached, _moved(known, small, small[one], wanted[one], towards), wanted, towards)
    return reached


def _further(one: F8, other: F8, wanted: F8, towards: float) -> F8:
    """The better of two, no further than is wanted."""
    return np.minimum(np.maximum(one, other), wanted) if towards > 0 else np.maximum(np.minimum(one, other), wanted)


def _moved(known: _Known, small: NDArray[np.intp], moved: NDArray[np.intp], wanted: F8, towards: float) -> F8:
    """The small counts of a table of whole numbers that agrees with all that is known, with some moved as far as asked.

    Nowhere where none was found: then nothing more is told.
    """
    # It takes a fifth of a second to import, and few reports are set beside printed figures.
    from scipy.optimize import Bounds, LinearConstraint, milp

    size = known.relations.shape[1]
    cost = np.zeros(size)
    cost[moved] = -towards
    low, high = np.full(size, known.least), np.full(size, known.most)
    if towards > 0:
        high[moved] = wanted
    constraint = LinearConstraint(known.relations, known.right, known.right) if known.relations.shape[0] else ()
    found = milp(cost, integrality=np.ones(size, np.int64), bounds=Bounds(low, high), constraints=constraint)
    if found.x is None:
        return np.full(small.size, -towards * np.inf)
    return np.rint(found.x)[small]
