"""Durations counted by the second in any number of cells, as many as come.

A duration counts at the second in which it ends, so that it is at most 12 minutes long exactly when its second is at
most 720. Seconds stand in pages of sixteen, which are made when the first duration falls into them: most cells need few
of them, and memory follows what was seen instead of what could be. The sum of durations is kept in milliseconds, so
that means are exact.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
U4 = NDArray[np.uint32]

MS_PER_S: Final = 1_000
LONGEST_S: Final = 172_800
"""Longer durations count as two days; their sum does not."""

PAGE_S: Final = 16
PAGES: Final = LONGEST_S // PAGE_S + 1
EMPTY: Final = -1
NO_DURATION: Final = -1
"""In a column of durations: none."""

_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)


class Counted(NamedTuple):
    """Durations of C cells, those of cell c in `first[c]:first[c + 1]`, from the shortest to the longest."""

    first: I8  # [C + 1]
    second: I4  # durations, s
    number: I8  # how many of each
    sum_ms: I8  # [C] all durations of the cell together


class Histograms:
    """Cells that durations are counted in. `add` changes it; `counted` reads it."""

    def __init__(self, cells: int) -> None:
        """`cells`: how many there are."""
        self.sum_ms: I8 = np.zeros(cells, np.int64)
        self._key: I8 = np.full(1 << 12, EMPTY, np.int64)
        self._slot: I4 = np.zeros(1 << 12, np.int32)
        self._pages: U4 = np.zeros((1 << 10, PAGE_S), np.uint32)
        self._used: I8 = np.zeros(1, np.int64)

    def add(self, duration_ms: I8, cells: I4) -> None:
        """Count some durations.

        Args:
            duration_ms: [N] 0 or more, or NO_DURATION.
            cells: [B, N] the cells that each counts in.
        """
        for own in cells:
            row = 0
            while True:
                row = _add(duration_ms, own, row, self.sum_ms, self._key, self._slot, self._pages, self._used)
                if row == duration_ms.size:
                    break
                self._grow()

    def counted(self) -> Counted:
        """All that was counted."""
        used = np.flatnonzero(self._key != EMPTY)
        used = used[np.argsort(self._key[used], kind="stable")]
        cell, page = np.divmod(self._key[used], PAGES)
        counts = self._pages[self._slot[used]]
        row, column = np.nonzero(counts)
        second = (page[row] * PAGE_S + column).astype(np.int32)
        own = cell[row]
        first = np.searchsorted(own, np.arange(self.sum_ms.size + 1)).astype(np.int64)
        return Counted(first, second, counts[row, column].astype(np.int64), self.sum_ms.copy())

    def _grow(self) -> None:
        """Twice the room, everything in it."""
        key = np.full(2 * self._key.size, EMPTY, np.int64)
        slot = np.zeros(key.size, np.int32)
        _move(self._key, self._slot, key, slot)
        self._key, self._slot = key, slot
        self._pages = np.concatenate([self._pages, np.zeros_like(self._pages)])


@njit(cache=True, nogil=True)
def _place(key: I8, wanted: int) -> np.int64:
    """Where a key stands, or would stand: the first free place from its own on."""
    mask = key.size - 1
    mixed = np.uint64(wanted) * _SPREAD
    at = np.int64(mixed >> np.uint64(20)) & mask
    while key[at] not in (EMPTY, wanted):
        at = (at + 1) & mask
    return at


@njit(cache=True, nogil=True)
def _move(old_key: I8, old_slot: I4, key: I8, slot: I4) -> None:
    for i in range(old_key.size):
        if old_key[i] != EMPTY:
            at = _place(key, old_key[i])
            key[at], slot[at] = old_key[i], old_slot[i]


@njit(cache=True, nogil=True)
def _add(duration_ms: I8, cells: I4, row: int, sum_ms: I8, key: I8, slot: I4, pages: U4, used: I8) -> int:
    """Count durations from `row` on; the row at which there was no more room, or the number of rows.

    Cells [N] of one kind at a time: their pages fit into the processor's cache, those of all kinds together do not.
    """
    # The table is kept half empty.
    room = min(len(pages), key.size // 2)
    for i in range(row, duration_ms.size):
        ms = duration_ms[i]
        if ms < 0:
            continue
        second = min((ms + MS_PER_S - 1) // MS_PER_S, LONGEST_S)
        cell = np.int64(cells[i])
        wanted = cell * PAGES + second // PAGE_S
        at = _place(key, wanted)
        if key[at] == EMPTY:
            if used[0] == room:
                return i
            key[at] = wanted
            slot[at] = used[0]
            used[0] += 1
        pages[slot[at], second % PAGE_S] += np.uint32(1)
        sum_ms[cell] += ms
    return duration_ms.size
