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
        starts: [rows · columns + 1] filled in; there are as many rows as line feeds.
    """
    words = content[: content.size // 8 * 8].view(np.uint64)
    delimiters, feeds = _EVERY * np.uint64(delimiter), _EVERY * np.uint64(LINE_FEED)
    at = 1
    starts[0] = 0
    for k in range(words.size):
        word = words[k]
        if word & _HIGH:
            for i in range(8 * k, 8 * k + 8):
                if not known[content[i]]:
                    return False
        marks = _zeros(word ^ delimiters) | _zeros(word ^ feeds)
        if marks and at + 8 > starts.size and at + _ones(marks) > starts.size:
            return False
        while marks:
            lowest = marks & (~marks + np.uint64(1))
            marks ^= lowest
            starts[at] = 8 * k + np.int64(((lowest >> np.uint64(7)) * _TELLING) >> np.uint64(61)) + 1
            at += 1
    for i in range(8 * words.size, content.size):
        byte = content[i]
        if not known[byte]:
            return False
        if byte in (delimiter, LINE_FEED):
            if at == starts.size:
                return False
            starts[at] = i + 1
            at += 1
    # There are no line feeds but those that end a row, and that many, when each is the last mark of one.
    rows = (starts.size - 1) // columns
    for row in range(1, rows + 1 if at == starts.size else 1):
        if content[starts[row * columns] - 1] != LINE_FEED:
            return False
    return at == starts.size


@njit(cache=True, nogil=True)
def _ones(marks: np.uint64) -> int:
    """How many bytes of a word are marked."""
    count = 0
    while marks:
        marks &= marks - np.uint64(1)
        count += 1
    return count


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
def utf8_lines(content: U1, starts: I4, cells: I8, width: U1, becomes: U1, text: U1) -> int:
    """The text of some cells, a line feed behind each; how many bytes that is.

    Args:
        content: see above.
        starts: see above.
        cells: which.
        width: [256] how many bytes of UTF-8 a byte becomes.
        becomes: [256, W] which.
        text: filled in; long enough.
    """
    to = 0
    for i in cells:
        for byte in content[starts[i] : starts[i + 1] - 1]:
            text[to] = becomes[byte, 0]
            to += 1
            for more in range(1, width[byte]):
                text[to] = becomes[byte, more]
                to += 1
        text[to] = LINE_FEED
        to += 1
    return to
