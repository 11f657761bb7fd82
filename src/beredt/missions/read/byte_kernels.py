"""Where the cells of a CSV file stand among its bytes, without a text being made of any that is not asked for.

Everything here is about a stretch of bytes without quotation marks, in which a cell begins at `starts[i]` and ends
before `starts[i + 1] - 1`, where the delimiter or the line feed is. Cells are counted row by row; those of one column
are `i`, `i + step`, `i + 2 · step` …
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

U1 = NDArray[np.uint8]
I4 = NDArray[np.int32]
I8 = NDArray[np.int64]

LINE_FEED: Final = 10
ZERO: Final = 48
NINE: Final = 57
_EVERY: Final = np.uint64(0x0101010101010101)
_HIGH: Final = np.uint64(0x8080808080808080)
_TELLING: Final = np.uint64(0x20406080A0C0E0)
"""Times one at the lowest bit of byte k it has k in its three highest bits."""


@njit(cache=True, nogil=True)
def find_cells(content: U1, delimiter: int, columns: int, known: NDArray[np.bool_], starts: I4) -> bool:
    """Where cells begin; False where a row has not as many as there are columns, or a byte means nothing.

    Args:
        content: ends with a line feed.
        delimiter: a byte.
        columns: of each row.
        known: [256] whether a byte means anything.
        starts: [rows · columns + 1] filled in.
    """
    words = content[: content.size // 8 * 8].view(np.uint64)
    delimiters, feeds = _EVERY * np.uint64(delimiter), _EVERY * np.uint64(LINE_FEED)
    at, column = 1, 0
    starts[0] = 0
    for k in range(words.size):
        word = words[k]
        marks = _zeros(word ^ delimiters) | _zeros(word ^ feeds)
        if word & _HIGH:
            for i in range(8 * k, 8 * k + 8):
                if not known[content[i]]:
                    return False
        while marks:
            lowest = marks & (~marks + np.uint64(1))
            marks ^= lowest
            place = 8 * k + np.int64(((lowest >> np.uint64(7)) * _TELLING) >> np.uint64(61))
            column += 1
            if (column == columns) != (content[place] == LINE_FEED):
                return False
            if column == columns:
                column = 0
            starts[at] = place + 1
            at += 1
    for i in range(8 * words.size, content.size):
        byte = content[i]
        if not known[byte]:
            return False
        if byte in (delimiter, LINE_FEED):
            column += 1
            if (column == columns) != (byte == LINE_FEED):
                return False
            if column == columns:
                column = 0
            starts[at] = i + 1
            at += 1
    return at == starts.size


@njit(cache=True, nogil=True)
def _zeros(word: np.uint64) -> np.uint64:
    """The highest bit of every byte that is 0. H. S. Warren, *Hacker's Delight*, 2nd ed. (2012), section 6-1."""
    low = np.uint64(0x7F7F7F7F7F7F7F7F)
    return ~(((word & low) + low) | word | low)


@njit(cache=True, nogil=True)
def first_filled(starts: I4, first: int, step: int, rows: I8) -> int:
    """The first rows whose cell is not empty, as many as `rows` has room for; how many were found."""
    found = 0
    for row in range((starts.size - 1) // step):
        i = first + row * step
        if found == rows.size:
            break
        if starts[i + 1] - starts[i] > 1:
            rows[found] = row
            found += 1
    return found


@njit(cache=True, nogil=True)
def rows_with_digits(content: U1, starts: I4, first: int, step: int, digits: int, found: NDArray[np.bool_]) -> None:
    """The rows [N] whose cell has so many digits at least."""
    for row in range(found.size):
        i, count = first + row * step, 0
        if starts[i + 1] - starts[i] > digits:
            for at in range(starts[i], starts[i + 1] - 1):
                count += ZERO <= content[at] <= NINE
        found[row] = count >= digits


@njit(cache=True, nogil=True)
def utf8_ends(content: U1, starts: I4, first: int, step: int, width: U1, ends: I8) -> None:
    """Where the text of each row ends, [N + 1] from 0, when a byte becomes `width` [256] bytes of UTF-8."""
    total = 0
    for row in range(ends.size - 1):
        i = first + row * step
        for at in range(starts[i], starts[i + 1] - 1):
            total += width[content[at]]
        ends[row + 1] = total


@njit(cache=True, nogil=True)
def write_utf8(content: U1, starts: I4, first: int, step: int, width: U1, becomes: U1, text: U1) -> None:
    """The text of all rows, one after the other; `becomes` [256, W] holds the bytes of UTF-8 for each byte."""
    to = 0
    for i in range(first, starts.size - 1, step):
        for at in range(starts[i], starts[i + 1] - 1):
            byte = content[at]
            for k in range(width[byte]):
                text[to] = becomes[byte, k]
                to += 1
