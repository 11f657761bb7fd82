"""Durations found in their cells without being put in order first: counted by the second.

Where rows are many and cells few, a look at a table of counts for every row is cheaper than moving the row to its place
among all others. Where cells are many, too, rows are counted place by place, so that the table of one place stays at
hand. Few durations are very long: those are put in order as others are, so that the tables stay small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from beredt.indicators.log.spread.durations import I1, I4, I8, NO_DURATION, U4, Durations, in_cells

MOST_COUNTS: Final = 1 << 26
"""Counts in a table at most, of four bytes each."""

COUNTS_A_ROW: Final = 8
"""Counts for every row at most: tables that are nearly empty take longer to read than rows to put in order."""

COUNTS_AT_HAND: Final = 64
"""The same of the tables of single places, which are read faster."""

LONG_SHARE: Final = 0.002
"""Share of durations at most that are too long for a table."""

BLOCK: Final = 16
"""Counts of a table that are looked at together: most of them are 0."""

ROWS_AT_ONCE: Final = 1 << 20
SAMPLE_STEP: Final = 101

Places = Callable[[slice | I8], NDArray[Any]]
"""The places of some of the rows, whole numbers from 0."""


class Timed(NamedTuple):
    """Durations of N rows."""

    second: I4  # [N] NO_DURATION for none
    code: I1  # [N] of the cells of a place, from 0
    width: int  # durations of fewer seconds are counted in tables; a multiple of BLOCK
    long: I8  # rows of the others, few


class PlaceOrder(NamedTuple):
    """N rows in order of P places, those of place p in `first[p]:first[p + 1]`."""

    first: I8  # [P + 1]
    row: U4  # [N]


def timed(second: I4, code: I1) -> Timed:
    """Rows, with how long nearly all durations are."""
    width = -(-width_of(second) // BLOCK) * BLOCK
    return Timed(second, code, width, np.flatnonzero(second >= width))


def width_of(second: I4) -> int:
    """Seconds from 0 that nearly all durations lie in, by a sample of them."""
    sample = second[::SAMPLE_STEP] if second.size > SAMPLE_STEP * ROWS_AT_ONCE // 100 else second
    known = sample[sample != NO_DURATION]
    if not known.size:
        return 1
    rank = int((1.0 - LONG_SHARE / 2) * (known.size - 1))
    return int(np.partition(known, rank)[rank]) + 1


def can_be_counted(rows: int, places: int, codes: int, width: int) -> bool:
    """Whether durations of so many rows are better counted in one table than put in order."""
    return places * codes * width <= min(MOST_COUNTS, COUNTS_A_ROW * rows)


def can_be_counted_by_place(rows: int, places: int, codes: int, width: int) -> bool:
    """Whether they are better counted place by place than put in order."""
    return places * codes * width <= COUNTS_AT_HAND * rows


def counted_in_cells(rows: Timed, places: Places, sum_ms: I8, codes: int) -> Durations:
    """What `in_cells` makes of the same rows.

    Args:
        rows: With their durations.
        places: A cell for each place and code, the last code of a place for all its codes.
        sum_ms: [C] all durations of each cell together.
        codes: How many there are.
    """
    count = np.zeros((sum_ms.size // codes, codes, rows.width), np.int32)
    for part in _parts(rows.second.size):
        _count(rows.second[part], places(part), rows.code[part], count)
    found, long = _room(rows, sum_ms, count.size), _long_ones(rows, places, sum_ms, codes)
    return _filled(found, _read_table(count, long, found))


def counted_by_place(rows: Timed, places: Places, order: PlaceOrder, sum_ms: I8, codes: int) -> Durations:
    """The same, place by place.

    Args:
        rows: With their durations.
        places: See `counted_in_cells`.
        order: Of the rows by these places.
        sum_ms: [C] all durations of each cell together.
        codes: How many there are.
    """
    table = np.zeros((codes, rows.width), np.int32)
    found, long = _room(rows, sum_ms, sum_ms.size * rows.width), _long_ones(rows, places, sum_ms, codes)
    return _filled(found, _read_places(rows, order, table, long, found))


def place_order(place: I4, places: int) -> PlaceOrder:
    """Put rows in order of their places [N], as they come where these are equal."""
    first = np.zeros(places + 1, np.int64)
    np.cumsum(np.bincount(place, minlength=places), out=first[1:])
    row = np.empty(place.size, np.uint32)
    _put_in_order(place, first[:-1].copy(), row)
    return PlaceOrder(first, row)


def _parts(rows: int) -> Iterator[slice]:
    for begin in range(0, max(rows, 1), ROWS_AT_ONCE):
        yield slice(begin, begin + ROWS_AT_ONCE)


def _long_ones(rows: Timed, places: Places, sum_ms: I8, codes: int) -> Durations:
    """Those that are too long for tables."""
    cell = places(rows.long).astype(np.int32) * np.int32(codes) + rows.code[rows.long]
    return in_cells(rows.second[rows.long], cell, sum_ms, codes)


def _room(rows: Timed, sum_ms: I8, counts: int) -> Durations:
    """Room for as many different durations as there can be; what is not written to costs nothing."""
    most = min(2 * rows.second.size, counts + 2 * rows.long.size)
    first = np.zeros(sum_ms.size + 1, np.int64)
    return Durations(first, np.empty(most, np.int32), np.empty(most, np.int32), sum_ms)


def _filled(found: Durations, size: int) -> Durations:
    return found._replace(second=found.second[:size], until=found.until[:size])


@njit(cache=True, nogil=True)
def _count(second: I4, place: NDArray[Any], code: I1, count: NDArray[np.int32]) -> None:
    """Add rows to a table [places, codes, width], but those that are too long for it."""
    for i in range(second.size):
        if 0 <= second[i] < count.shape[2]:
            count[place[i], code[i], second[i]] += 1


@njit(cache=True, nogil=True)
def _put_in_order(place: I4, following: I8, row: U4) -> None:
    for i in range(place.size):
        row[following[place[i]]] = i
        following[place[i]] += 1


@njit(cache=True, nogil=True)
def _read_table(count: NDArray[np.int32], long: Durations, found: Durations) -> int:
    """Write down what a table [places, codes, width] counts, place by place; how much room that takes."""
    at = 0
    for place in range(count.shape[0]):
        at = _add_place(count[place], place, long, found, at)
    return at


@njit(cache=True, nogil=True)
def _read_places(rows: Timed, order: PlaceOrder, table: NDArray[np.int32], long: Durations, found: Durations) -> int:
    """Count the rows of one place after the other in a table [codes, width], and write down what it holds."""
    at = 0
    codes, width = table.shape
    for place in range(order.first.size - 1):
        begin, end = order.first[place], order.first[place + 1]
        if begin == end:
            found.first[place * codes + 1 : place * codes + codes + 1] = at
            continue
        for row in order.row[begin:end]:
            if 0 <= rows.second[row] < width:
                table[rows.code[row], rows.second[row]] += 1
        at = _add_place(table, place, long, found, at)
        table[:] = 0
    return at


@njit(cache=True, nogil=True)
def _add_place(table: NDArray[np.int32], place: int, long: Durations, found: Durations, at: int) -> int:
    """Write down from `at` how often each second comes in the cells of a place, long ones behind; where the next goes.

    The last row of the table is made the sum of all.
    """
    codes, width = table.shape
    for code in range(codes - 1):
        table[codes - 1] += table[code]
    for code in range(codes):
        cell = place * codes + code
        reached = 0
        for begin in range(0, width, BLOCK):
            some = 0
            for k in range(BLOCK):
                some |= table[code, begin + k]
            if some == 0:
                continue
            for second in range(begin, begin + BLOCK):
                if table[code, second]:
                    reached += table[code, second]
                    found.second[at], found.until[at] = second, reached
                    at += 1
        for i in range(long.first[cell], long.first[cell + 1]):
            found.second[at], found.until[at] = long.second[i], reached + long.until[i]
            at += 1
        found.first[cell + 1] = at
    return at
