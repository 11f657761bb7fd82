"""Durations laid out cell by cell without being put in order first: counted by the second, and written out again.

Where rows are many and cells few, a look at a table of counts for every row is cheaper than moving the row to its place
among all others. Few durations are very long: those are put in order as others are, so that the tables stay small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from beredt.indicators.log.spread.durations import I1, I4, I8, NO_DURATION, Durations, in_cells

MOST_COUNTS: Final = 1 << 26
"""Counts in a table at most, of four bytes each."""

COUNTS_A_ROW: Final = 8
"""Counts for every row at most: tables that are nearly empty take longer to read than rows to put in order."""

LONG_SHARE: Final = 0.002
"""Share of durations at most that are too long for a table."""

ROWS_AT_ONCE: Final = 1 << 20
SAMPLE_STEP: Final = 101

Places = Callable[[slice], I4]
"""The places of some of the rows, in order."""


def width_of(second: I4) -> int:
    """Seconds from 0 that nearly all durations lie in, by a sample of them."""
    sample = second[::SAMPLE_STEP] if second.size > SAMPLE_STEP * ROWS_AT_ONCE // 100 else second
    known = sample[sample != NO_DURATION]
    if not known.size:
        return 1
    rank = int((1.0 - LONG_SHARE / 2) * (known.size - 1))
    return int(np.partition(known, rank)[rank]) + 1


def can_be_counted(rows: int, places: int, codes: int, width: int) -> bool:
    """Whether durations of so many rows are better counted than put in order."""
    return places * codes * width <= min(MOST_COUNTS, COUNTS_A_ROW * rows)


def counted_in_cells(second: I4, places: Places, code: I1, sum_ms: I8, codes: int, width: int) -> Durations:
    """What `in_cells` makes of the same rows.

    Args:
        second: [N] NO_DURATION for none.
        places: From 0; a cell for each place and code, the last code of a place for all its codes.
        code: [N] from 0.
        sum_ms: [C] all durations of each cell together.
        codes: How many there are.
        width: Durations of fewer seconds are counted in a table.
    """
    count = np.zeros((sum_ms.size // codes, codes, width), np.int32)
    beyond_second: list[I4] = []
    beyond_cell: list[I4] = []
    for part in _parts(second.size):
        place = places(part)
        _count(second[part], place, code[part], count)
        long = np.flatnonzero(second[part] >= width)
        beyond_second.append(second[part][long])
        beyond_cell.append(place[long] * np.int32(codes) + code[part][long])
    beyond = in_cells(np.concatenate(beyond_second), np.concatenate(beyond_cell), sum_ms, codes)
    number = count.sum(axis=2, dtype=np.int64)
    number[:, -1] = number.sum(axis=1)
    first = np.concatenate([[0], np.cumsum(number.ravel() + np.diff(beyond.first))])
    laid_out = np.empty(first[-1], np.int32)
    _lay_out(count, beyond.first, beyond.second, first, laid_out)
    return Durations(first, laid_out, sum_ms)


def _parts(rows: int) -> Iterator[slice]:
    for begin in range(0, max(rows, 1), ROWS_AT_ONCE):
        yield slice(begin, begin + ROWS_AT_ONCE)


@njit(cache=True, nogil=True)
def _count(second: I4, place: I4, code: I1, count: NDArray[np.int32]) -> None:
    """Add rows to a table [places, codes, width], but those that are too long for it."""
    for i in range(second.size):
        if 0 <= second[i] < count.shape[2]:
            count[place[i], code[i], second[i]] += 1


@njit(cache=True, nogil=True)
def _lay_out(count: NDArray[np.int32], long_first: I8, long_second: I4, first: I8, laid_out: I4) -> None:
    """Write every duration as often as it was counted, cell by cell, and the long ones behind."""
    places, codes, width = count.shape
    for place in range(places):
        for code in range(codes):
            cell = place * codes + code
            at = first[cell]
            if first[cell + 1] == at:
                continue
            for second in range(width):
                times = count[place, code, second]
                if code == codes - 1:
                    for other in range(codes - 1):
                        times += count[place, other, second]
                for _ in range(times):
                    laid_out[at] = second
                    at += 1
            for i in range(long_first[cell], long_first[cell + 1]):
                laid_out[at] = long_second[i]
                at += 1
