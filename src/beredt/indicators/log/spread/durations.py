"""How often each duration comes in the cells that they are counted in.

A duration counts at the second in which it ends, so that it is at most 12 minutes long exactly when its second is at
most 720. Durations are put in order of their seconds once, and then, for each breakdown, laid out cell by cell, which
keeps that order: two passes over the rows, whatever the number of cells. Where rows are many, `counting` finds the same
without moving them. The sum of durations is kept in milliseconds, so that means are exact.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
I1 = NDArray[np.int8]
U4 = NDArray[np.uint32]

MS_PER_S: Final = 1_000
LONGEST_S: Final = 172_800
"""Longer durations count as two days; their sum does not."""

NO_DURATION: Final = -1
"""In a column of durations: none."""


class Durations(NamedTuple):
    """Durations of C cells, each different one of cell c once in `first[c]:first[c + 1]`, the shortest first."""

    first: I8  # [C + 1]
    second: I4  # [R] s
    until: I4  # [R] how many of the cell are at most that long
    sum_ms: I8  # [C] all durations of the cell together

    @property
    def number(self) -> I8:
        """How many durations each cell [C] holds."""
        some = np.diff(self.first) > 0
        found = np.zeros(some.size, np.int64)
        found[some] = self.until[self.first[1:][some] - 1]
        return found

    def laid_out(self, cell: int) -> I4:
        """All durations of a cell, from the shortest to the longest."""
        own = slice(self.first[cell], self.first[cell + 1])
        return np.repeat(self.second[own], np.diff(self.until[own], prepend=0))


def whole_seconds(duration_ms: I8) -> I4:
    """The second in which each duration ends, int32; NO_DURATION stays."""
    seconds = np.minimum(-(-duration_ms // MS_PER_S), LONGEST_S)
    return np.where(duration_ms < 0, NO_DURATION, seconds).astype(np.int32)


def in_cells(second: I4, cell: I4, sum_ms: I8, codes: int) -> Durations:
    """Put durations into their cells: one for each place and code, the last code of a place for all its codes.

    Args:
        second: [N] NO_DURATION for none.
        cell: [N] place · codes + code of every row.
        sum_ms: [C] all durations of each cell together.
        codes: how many there are. Rows of the last one, of which nothing is known, count among all.
    """
    rows, ends = rows_in_order(second)
    first = np.zeros(sum_ms.size + 1, np.int64)
    _count_rows(second, cell, codes, first)
    laid_out = np.empty(first[-1], np.int32)
    _put_rows(rows, ends, cell, codes, first[:-1].copy(), laid_out)
    runs, until = np.zeros(first.size, np.int64), np.empty(laid_out.size, np.int32)
    _shorten(first, laid_out, until, runs)
    return Durations(runs, laid_out[: runs[-1]], until[: runs[-1]], sum_ms)


def rows_in_order(second: I4) -> tuple[U4, I8]:
    """The rows that have a duration, from the shortest to the longest, as they come where they are equal.

    Beside them stands how many are at most each second long [LONGEST_S + 2].
    """
    rows, ends = np.empty(np.count_nonzero(second >= 0), np.uint32), np.zeros(LONGEST_S + 2, np.int64)
    _order(second, ends, rows)
    return rows, ends


@njit(cache=True, nogil=True)
def add_sums(duration_ms: I8, cells: I4, sum_ms: I8) -> None:
    """Add durations [N] in ms, NO_DURATION for none, to the sums [C] of the cells [B, N] that each counts in."""
    for b in range(cells.shape[0]):
        for i in range(duration_ms.size):
            if duration_ms[i] >= 0:
                sum_ms[cells[b, i]] += duration_ms[i]


@njit(cache=True, nogil=True)
def _order(second: I4, count: I8, rows: U4) -> None:
    """Put rows in order of their seconds; `count` [K + 1] is 0 and is made the place of the next row of each second."""
    for i in range(second.size):
        if second[i] >= 0:
            count[second[i] + 1] += 1
    _add_up(count)
    for i in range(second.size):
        if second[i] >= 0:
            rows[count[second[i]]] = i
            count[second[i]] += 1


@njit(cache=True, nogil=True)
def _count_rows(second: I4, cell: I4, codes: int, first: I8) -> None:
    """Make `first` [C + 1], all 0, the places at which the cells begin."""
    for i in range(second.size):
        if second[i] >= 0:
            code = cell[i] % codes
            first[cell[i] - code + codes] += 1
            if code < codes - 1:
                first[cell[i] + 1] += 1
    _add_up(first)


@njit(cache=True, nogil=True)
def _put_rows(rows: U4, ends: I8, cell: I4, codes: int, following: I8, laid_out: I4) -> None:
    """Put every duration behind those that its cells have already; `following` [C] is where the next one comes."""
    begin = 0
    for second in range(ends.size):
        for k in range(begin, ends[second]):
            own = cell[rows[k]]
            code = own % codes
            whole = own - code + codes - 1
            laid_out[following[whole]] = second
            following[whole] += 1
            if code < codes - 1:
                laid_out[following[own]] = second
                following[own] += 1
        begin = ends[second]


@njit(cache=True, nogil=True)
def _shorten(first: I8, laid_out: I4, until: I4, runs: I8) -> None:
    """Leave each different duration of a cell in its place once; `runs` [C + 1], all 0, is where cells begin then."""
    at = 0
    for cell in range(first.size - 1):
        for i in range(first[cell], first[cell + 1]):
            if i > first[cell] and laid_out[i] == laid_out[at - 1]:
                until[at - 1] += 1
            else:
                laid_out[at], until[at] = laid_out[i], i + 1 - first[cell]
                at += 1
        runs[cell + 1] = at


@njit(cache=True, nogil=True)
def _add_up(count: I8) -> None:
    for k in range(1, count.size):
        count[k] += count[k - 1]
