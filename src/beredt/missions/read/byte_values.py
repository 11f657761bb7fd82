"""Times, numbers and words read from the bytes of their cells; where these stand, `byte_kernels` says.

What a kernel does not read without a doubt it calls odd: somebody else reads it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from beredt.missions.read.byte_kernels import I4, I8, NINE, U1, ZERO

F8 = NDArray[np.float64]
U8 = NDArray[np.uint64]

MINUS: Final = 45
POINT: Final = 46
COMMA: Final = 44

READ: Final = 0
EMPTY: Final = 1
ODD: Final = 2
"""What became of a cell."""

DIGITS_OF_TIME: Final = 14
"""Of day, month, year, hour, minute and second, in this order."""

FIRST_YEAR, LAST_YEAR = 1900, 9999
MS_PER_DAY: Final = 86_400_000

MOST_DIGITS: Final = 15
"""A number of so many digits is a float64 exactly, and so is ten to the power of as many: their quotient is rounded
once, as it must be."""

MOST_WORDS: Final = 1 << 15
"""Different words of one column in a stretch of bytes; a column with more holds no words."""

_POWERS: Final = 10.0 ** np.arange(MOST_DIGITS + 1)
_PRIME: Final = np.uint64(0x100000001B3)
_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)


ROWS_AT_HAND: Final = 64
"""Rows that are read together: their bytes stay in the nearest memory."""


class Clocks(NamedTuple):
    """T columns of times, each of one form, and what is read of them: `ms` where `state` is READ."""

    column: I8  # [T] place of the column in a row
    digit_at: I8  # [T, 14] places of the digits of a time; -1 for a digit that is 0 unsaid
    marks: I8  # [T] how many other bytes there are
    mark_at: I8  # [T, M] their places
    mark: I8  # [T, M] what must stand there
    ms: I8  # [T, N]
    state: U1  # [T, N]


class Decimals(NamedTuple):
    """D columns of numbers, and what is read of them: `value` where `state` is READ."""

    column: I8  # [D] place of the column in a row
    comma: bool  # whether a comma is a decimal sign; a point always is
    value: F8  # [D, N]
    state: U1  # [D, N]


class Words(NamedTuple):
    """W columns of words, numbered as they come."""

    column: I8  # [W] place of the column in a row
    table: I4  # [W, P] numbers by what their words come to, -1 for none; P is a power of two
    told: U8  # [W, M, 3] the first bytes of the words, what the rest comes to, and how many there are
    row_of: I8  # [W, M] the first row of each number
    size: I8  # [W] how many there are; -1 where there are too many
    code: I4  # [W, N] number of each row's word


@njit(cache=True, nogil=True)
def read_rows(
    content: U1, starts: I4, step: int, clocks: Clocks, decimals: Decimals, words: Words, month_begins: I4
) -> None:
    """Read several columns, some rows at a time, so that their bytes are looked at while they are at hand.

    Args:
        content: see above.
        starts: see above.
        step: cells of a row.
        clocks: columns of times.
        decimals: columns of numbers.
        words: columns of words.
        month_begins: days from 1970-01-01 to each month from FIRST_YEAR on, and to the one after LAST_YEAR.
    """
    rows = (starts.size - 1) // step
    for begin in range(0, rows, ROWS_AT_HAND):
        end = min(begin + ROWS_AT_HAND, rows)
        for k in range(clocks.column.size):
            marks = clocks.marks[k]
            cells = starts[clocks.column[k] :]
            form = (clocks.digit_at[k], clocks.mark_at[k, :marks], clocks.mark[k, :marks])
            _read_clocks(content, cells, step, begin, end, form, month_begins, clocks.ms[k], clocks.state[k])
        for k in range(decimals.column.size):
            cells = starts[decimals.column[k] :]
            _read_decimals(content, cells, step, begin, end, decimals.comma, decimals.value[k], decimals.state[k])
        for k in range(words.column.size):
            if words.size[k] >= 0:
                known = (words.table[k], words.told[k], words.row_of[k])
                cells = starts[words.column[k] :]
                words.size[k] = _number_words(content, cells, step, begin, end, words.size[k], known, words.code[k])


@njit(cache=True, nogil=True)
def _read_clocks(
    content: U1, starts: I4, step: int, begin: int, end: int, form: tuple[I8, I8, I8], month_begins: I4, ms: I8,
    state: U1,
) -> None:  # fmt: skip
    """Times of one form in some rows of a column, in ms since 1970-01-01 as they are written."""
    at, mark_at, mark = form
    place = at.astype(np.uint64)  # of numbers without a sign nobody asks whether they count from the end
    d1, d2, m1, m2, c1, c2, y1, y2 = place[0], place[1], place[2], place[3], place[4], place[5], place[6], place[7]
    h1, h2, i1, i2, s1, s2 = place[8], place[9], place[10], place[11], place[12], place[13]
    length = (at >= 0).sum() + mark_at.size
    for row in range(begin, end):
        here, size = np.uint64(starts[row * step]), starts[row * step + 1] - starts[row * step] - 1
        if size != length:
            state[row] = ODD if size else EMPTY
            continue
        day, bad = _two(content[here + d1], content[here + d2])
        month, more = _two(content[here + m1], content[here + m2])
        bad |= more
        century, more = _two(content[here + c1], content[here + c2])
        bad |= more
        year, more = _two(content[here + y1], content[here + y2])
        bad |= more
        hour, more = _two(content[here + h1], content[here + h2])
        bad |= more
        minute, more = _two(content[here + i1], content[here + i2])
        bad |= more
        second = np.int64(0)
        if at[12] >= 0:
            second, more = _two(content[here + s1], content[here + s2])
            bad |= more
        good = bad < 16
        for k in range(mark_at.size):
            good &= content[here + np.uint64(mark_at[k])] == mark[k]
        good &= (century >= FIRST_YEAR // 100) & (month >= 1) & (month <= 12) & (day >= 1)
        state[row] = ODD
        if good & (hour <= 23) & (minute <= 59) & (second <= 59):
            number = (century * 100 + year - FIRST_YEAR) * 12 + month - 1
            days = month_begins[number] + day - 1
            if days < month_begins[number + 1]:
                ms[row] = days * MS_PER_DAY + ((hour * 60 + minute) * 60 + second) * 1_000
                state[row] = READ


@njit(cache=True, nogil=True)
def _two(tens: int, ones: int) -> tuple[np.int64, np.int64]:
    """A number of two digits, and a number from 16 on where they are none: below 10 when the bits of "0" are off."""
    high, low = np.int64(tens ^ ZERO), np.int64(ones ^ ZERO)
    return high * 10 + low, (high + 6) | (low + 6)


@njit(cache=True, nogil=True)
def _read_decimals(content: U1, starts: I4, step: int, begin: int, end: int, comma: bool, value: F8, state: U1) -> None:
    """Plain numbers in some rows of a column: digits, perhaps a minus before them and a decimal sign among them."""
    for row in range(begin, end):
        at, stop = np.uint64(starts[row * step]), np.uint64(starts[row * step + 1] - 1)
        state[row] = ODD if stop > at else EMPTY
        negative = at < stop and content[at] == MINUS
        at += np.uint64(negative)
        whole, digits, sign_at = np.int64(0), 0, -1
        while at < stop and digits <= MOST_DIGITS:
            byte = content[at]
            if ZERO <= byte <= NINE:
                whole, digits = whole * 10 + (byte - ZERO), digits + 1
            elif sign_at < 0 and digits > 0 and (byte == POINT or (comma and byte == COMMA)):
                sign_at = digits
            else:
                break
            at += np.uint64(1)
        behind = digits - sign_at if sign_at >= 0 else 0
        read = at == stop and 0 < digits <= MOST_DIGITS and (sign_at < 0 or behind > 0)
        if read and not (negative and whole == 0):
            size = whole / _POWERS[behind]
            value[row] = -size if negative else size
            state[row] = READ


@njit(cache=True, nogil=True)
def _number_words(
    content: U1, starts: I4, step: int, begin: int, end: int, size: int, known: tuple[I4, U8, I8], code: I4
) -> int:
    """Number different cells in some rows of a column as they come, after those known; how many there are then."""
    table, told, row_of = known
    places = table.size - 1
    for row in range(begin, end):
        here, stop = starts[row * step], starts[row * step + 1] - 1
        head, rest = np.uint64(0), np.uint64(0)
        cell = content[here:stop]
        for at in range(min(cell.size, 8)):
            head = (head << np.uint64(8)) | np.uint64(cell[at])
        for at in range(8, min(cell.size, 16)):
            rest = (rest << np.uint64(8)) | np.uint64(cell[at])
        for at in range(16, cell.size):
            rest = (rest ^ np.uint64(cell[at])) * _PRIME
        length = np.uint64(cell.size)
        mixed = (head ^ (rest + length) * _GOLDEN) * _PRIME
        mixed = (mixed ^ (mixed >> np.uint64(29))) * _GOLDEN
        place = np.int64(mixed >> np.uint64(40)) & places
        number = np.int64(table[place])
        while number >= 0:
            same = told[number, 0] == head and told[number, 1] == rest and told[number, 2] == length
            # What is longer than the bytes told has to be looked at.
            if same and (cell.size <= 16 or _same(cell, content[starts[row_of[number] * step] :])):
                break
            place = (place + 1) & places
            number = np.int64(table[place])
        if number < 0:
            if size == row_of.size:
                return -1
            number = np.int64(size)
            table[place], row_of[number] = number, row
            told[number, 0], told[number, 1], told[number, 2] = head, rest, length
            size += 1
        code[row] = number
    return size


@njit(cache=True, nogil=True)
def _same(cell: U1, other: U1) -> bool:
    """Whether a cell is the same as one of equal length whose first 16 bytes are: `other` begins with that one."""
    same = True
    for i in range(16, cell.size):
        same &= cell[i] == other[i]
    return same
