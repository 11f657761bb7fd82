"""Cells of a great CSV file that are read where they stand: times, numbers and words straight from the bytes, and text
only of cells that need it.

What comes out is what `times`, `numbers` and `words` make of the same cells as text; these read what is odd.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.missions.profile import FileHabits
from beredt.missions.read import byte_kernels as kernels
from beredt.missions.read.byte_forms import month_begins, shape_of
from beredt.missions.read.byte_kernels import I4, I8, U1
from beredt.missions.read.byte_values import DIGITS_OF_TIME, ODD, READ, Clocks, Decimals, Words, read_rows
from beredt.missions.read.encoding import SINGLE_BYTE
from beredt.missions.read.numbers import Numbers, read_numbers
from beredt.missions.read.times import NAIVE, SAMPLE, Times, best_form, likeliest_form, read_left, read_times
from beredt.missions.read.words import read_words

PLAIN_ENCODINGS: Final = ("utf-8", "ascii", "latin-1", *SINGLE_BYTE)
"""Encodings in which a byte below 128 is that character and nothing else."""

WIDEST: Final = 4
"""Bytes of a character in UTF-8 at most."""

MOST_WORDS: Final = 1 << 15
"""Different words of a column of a block; one with more is read as text."""


class _Bytes(NamedTuple):
    """What a byte means: `known` [256] whether anything, and `becomes` [256, 4] in UTF-8, the first `width` of them."""

    known: NDArray[np.bool_]
    width: U1
    becomes: U1


def byte_cells(content: bytes, columns: Sequence[str], delimiter: str, encoding: str) -> ByteCells | None:
    """The cells of whole lines; None where they have to be read with more care.

    That is where there are quotation marks, rows with too few or too many cells, bytes that mean nothing in the
    encoding, or an encoding whose bytes below 128 may be parts of a character.

    Args:
        content: ends with a line feed.
        columns: of the header.
        delimiter: one character.
        encoding: as `codecs.lookup` names it.
    """
    mark, means = delimiter.encode(), bytes_of(encoding)
    if means is None or len(mark) != 1 or len(columns) == 1 or b'"' in content or b"\r" in content:
        return None
    if encoding == "utf-8" and not _is_utf8(content):
        return None
    array = np.frombuffer(content, np.uint8)
    # Counting in an array takes a third of the time of `bytes.count`.
    starts = np.empty(int(np.count_nonzero(array == kernels.LINE_FEED)) * len(columns) + 1, np.int32)
    if not kernels.find_cells(array, mark[0], len(columns), means.known, starts):
        return None
    return ByteCells({name: number for number, name in enumerate(columns)}, array, starts, encoding)


@dataclass(frozen=True, slots=True, eq=False)
class ByteCells:
    """n rows of a CSV file: its bytes, and where each cell begins, see `byte_kernels`.

    `place` is that of a column in a row. What `read` has read is kept by column: `clocks` with the form, `decimals`,
    and the different words with the number of each row's.
    """

    place: Mapping[str, int]
    content: U1
    starts: I4
    encoding: str
    clocks: Mapping[str, tuple[str, I8, U1]] = field(default_factory=dict)
    decimals: Mapping[str, tuple[NDArray[np.float64], U1]] = field(default_factory=dict)
    words_by_number: Mapping[str, tuple[I4, pl.Series]] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return (self.starts.size - 1) // len(self.place)

    def read(self, times: Sequence[str], numbers: Sequence[str], words: Sequence[str], habits: FileHabits) -> ByteCells:
        """The same cells, some columns of which have been read in one go.

        Args:
            times: columns of times.
            numbers: columns of numbers.
            words: columns of few different words.
            habits: how the file is written.
        """
        forms = self._forms(times, habits)
        timed = {name: form for name, form in forms.items() if form is not None and shape_of(form) is not None}
        own = (self._clocks(timed), self._decimals(numbers, comma=habits.decimal == ","), self._words(words))
        read_rows(self.content, self.starts, len(self.place), *own, month_begins())
        clocks, decimals, numbered = own
        return ByteCells(
            self.place, self.content, self.starts, self.encoding,
            {name: (form, clocks.ms[k], clocks.state[k]) for k, (name, form) in enumerate(timed.items())},
            {name: (decimals.value[k], decimals.state[k]) for k, name in enumerate(numbers)},
            {name: (numbered.code[k], self.text(name, numbered.row_of[k, : numbered.size[k]]))
             for k, name in enumerate(words) if numbered.size[k] >= 0},
        )  # fmt: skip

    def __getitem__(self, column: str) -> pl.Series:
        """A column as text, null where a cell is empty."""
        return self.text(column, np.arange(self.height))

    def text(self, column: str, rows: I8) -> pl.Series:
        """Some cells of a column as text, null where one is empty."""
        if not rows.size:
            return pl.Series(column, [], dtype=pl.String)
        means = bytes_of(self.encoding)
        assert means is not None
        first, step = self._cells(column)
        cells = first + rows * step
        room = self.starts[cells + 1] - self.starts[cells]  # with the delimiter, in whose place comes a line feed
        lines = np.empty(int(room.sum()) * int(means.width.max()), np.uint8)
        size = kernels.utf8_lines(self.content, self.starts, cells, means.width, means.becomes, lines)
        text = pl.Series(column, [lines[: size - 1].tobytes().decode()]).str.split("\n").explode()
        return text if room.min() > 1 else text.set(text == "", None)

    def times(self, column: str, habits: FileHabits, zone: str) -> Times:
        """The column as `read_times` reads it."""
        if column not in self.clocks:
            return read_times(self[column], habits, zone)
        form, ms, state = self.clocks[column]
        at = _known(column, ms, state).cast(NAIVE)
        odd = np.flatnonzero(state == ODD)
        if not odd.size:
            return Times(at, clock_only=False, unreadable=_none(self.height))
        left = read_left(self.text(column, odd), form, habits, zone)
        unreadable = _none(self.height).scatter(odd, left.unreadable)
        return Times(at.scatter(odd, left.at), clock_only=False, unreadable=unreadable)

    def numbers(self, column: str, habits: FileHabits) -> Numbers:
        """The column as `read_numbers` reads it."""
        if column not in self.decimals:
            return read_numbers(self[column], habits)
        value, state = self.decimals[column]
        read = _known(column, value, state)
        odd = np.flatnonzero(state == ODD)
        if not odd.size:
            return Numbers(read, _none(self.height))
        left = read_numbers(self.text(column, odd), habits)
        return Numbers(read.scatter(odd, left.value), _none(self.height).scatter(odd, left.unreadable))

    def words(self, column: str, absent: Sequence[str], codes: Mapping[str, str] | None = None) -> pl.Series:
        """The column as `read_words` reads it."""
        if column not in self.words_by_number:
            return read_words(self[column], absent, codes)
        code, different = self.words_by_number[column]
        return read_words(different, absent, codes).gather(code).rename(column)

    def with_digits(self, column: str, digits: int) -> I8:
        """The rows whose cell has so many digits at least."""
        if column in self.words_by_number:
            code, different = self.words_by_number[column]
            likely = different.str.count_matches("[0-9]").fill_null(0).to_numpy() >= digits
            return np.flatnonzero(likely[code]) if likely.any() else np.zeros(0, np.int64)
        found = np.empty(self.height, np.bool_)
        kernels.rows_with_digits(self.content, self.starts, *self._cells(column), digits, found)
        return np.flatnonzero(found)

    def _cells(self, column: str) -> tuple[int, int]:
        """The first cell of a column, and how far it is to its next."""
        return self.place[column], len(self.place)

    def _first_filled(self, column: str, most: int) -> I8:
        rows = np.empty(most, np.int64)
        return rows[: kernels.first_filled(self.starts, *self._cells(column), rows)]

    def _places(self, columns: Sequence[str]) -> I8:
        return np.array([self.place[name] for name in columns], np.int64)

    def _forms(self, columns: Sequence[str], habits: FileHabits) -> dict[str, str | None]:
        """The form of each column of times, as `best_form` tells it."""
        likeliest = likeliest_form(habits)
        rows = {name: self._first_filled(name, SAMPLE) for name in columns}
        last = max((int(own[-1]) + 1 for own in rows.values() if own.size), default=0)
        tried, step = self._clocks(dict.fromkeys(columns, likeliest)), len(self.place)
        nothing = (self._decimals((), comma=False), self._words(()))
        # No other form reads more than all, and to look is much quicker than to ask.
        read_rows(self.content, self.starts[: last * step + 1], step, tried, *nothing, month_begins())
        return {
            name: likeliest if own.size and (state[own] == READ).all() else best_form(self.text(name, own), habits)
            for (name, own), state in zip(rows.items(), tried.state, strict=True)
        }

    def _clocks(self, forms: Mapping[str, str]) -> Clocks:
        shapes = [shape for form in forms.values() if (shape := shape_of(form)) is not None]
        most = max((shape.mark_at.size for shape in shapes), default=0)
        digit_at = np.array([shape.digit_at for shape in shapes], np.int64).reshape(len(shapes), DIGITS_OF_TIME)
        marks = np.array([shape.mark_at.size for shape in shapes], np.int64)
        mark_at, mark = (
            np.array([np.resize(one, most) for one in own], np.int64).reshape(len(shapes), most)
            for own in ([shape.mark_at for shape in shapes], [shape.mark for shape in shapes])
        )
        ms, state = np.zeros((len(shapes), self.height), np.int64), np.empty((len(shapes), self.height), np.uint8)
        return Clocks(self._places(list(forms)), digit_at, marks, mark_at, mark, ms, state)

    def _decimals(self, columns: Sequence[str], *, comma: bool) -> Decimals:
        shape = (len(columns), self.height)
        return Decimals(self._places(columns), comma, np.zeros(shape), np.empty(shape, np.uint8))

    def _words(self, columns: Sequence[str]) -> Words:
        number = len(columns)
        return Words(
            self._places(columns),
            table=np.full((number, 2 * MOST_WORDS), -1, np.int32),
            told=np.empty((number, MOST_WORDS, 3), np.uint64),
            row_of=np.empty((number, MOST_WORDS), np.int64),
            size=np.zeros(number, np.int64),
            code=np.empty((number, self.height), np.int32),
        )


@cache
def bytes_of(encoding: str) -> _Bytes | None:
    """What bytes mean; None for an encoding that is none of `PLAIN_ENCODINGS`.

    Of UTF-8 they become themselves: that they make characters has to be seen to before.
    """
    if encoding not in {codecs.lookup(name).name for name in PLAIN_ENCODINGS}:
        return None
    known, width = np.ones(256, np.bool_), np.ones(256, np.uint8)
    becomes = np.zeros((256, WIDEST), np.uint8)
    for byte in range(256):
        own = bytes([byte])
        try:
            own = own if encoding == "utf-8" else own.decode(encoding).encode("utf-8")
        except UnicodeDecodeError:
            known[byte] = False
        becomes[byte, : len(own)], width[byte] = np.frombuffer(own, np.uint8), len(own)
    return _Bytes(known, width, becomes)


def _is_utf8(content: bytes) -> bool:
    if content.isascii():
        return True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _known(name: str, values: NDArray[Any], state: U1) -> pl.Series:
    """Values as a column, null where none was read."""
    column = pl.Series(name, values)
    read = state == READ
    return column if read.all() else column.set(pl.Series(~read), None)


def _none(height: int) -> pl.Series:
    return pl.repeat(value=False, n=height, dtype=pl.Boolean, eager=True)
