"""The durations of all missions, or of all incidents, kept in few bytes a row until each interval is taken.

To say what the median of a cell is, all its durations must be known. Cells are many (every municipality in every month,
by urgency) and most hold few durations, so that rows are cheaper to keep than any table of counts: two bytes for each
interval, and one or two for each thing that is counted by. An interval is put in order and counted once, when it is
taken; its durations are gone then, so that there is room for what is made of the counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from beredt.indicators.log.cells import URGENCY_CODES, Cells, with_all
from beredt.indicators.log.dimensions import DimensionCodes
from beredt.indicators.log.spread.counted import Counted, count, joined
from beredt.indicators.log.spread.counting import (
    PlaceOrder,
    Places,
    Timed,
    can_be_counted,
    can_be_counted_by_place,
    counted_by_place,
    counted_in_cells,
    place_order,
    timed,
)
from beredt.indicators.log.spread.durations import NO_DURATION, add_sums, in_cells, whole_seconds

I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
I1 = NDArray[np.int8]


class IntervalRows:
    """What is told of each interval. `add_rows` and `add_durations` change it, and `take` empties it."""

    def __init__(self, cells: Cells, intervals: Sequence[str], rows: int = 0) -> None:
        """`cells`: where to count; `intervals`: names; `rows`: how many are expected."""
        self._cells = cells
        self._second = {name: _Seconds(rows) for name in intervals}
        self._sum_ms = {name: np.zeros(cells.first[-1], np.int64) for name in intervals}
        self._urgency = _Column(np.dtype(np.int8), rows)
        self._putting_in_order = Lock()
        self._last_order: tuple[Sequence[str], PlaceOrder] | None = None
        both = zip(cells.breakdowns, cells.sizes, strict=True)
        sizes = {name: size for names, own in both for name, size in zip(names, own, strict=True)}
        self._code = {name: _Column(np.min_scalar_type(size), rows) for name, size in sizes.items()}

    def add_rows(self, codes: DimensionCodes, urgency: I1) -> None:
        """Take in what some rows are counted by; their durations come by `add_durations`, for every interval."""
        self._urgency.add(urgency)
        for name, column in self._code.items():
            column.add(codes[name])

    def add_durations(self, name: str, duration_ms: I8, cells: I4) -> None:
        """Take in the durations [N] of an interval, NO_DURATION for none, which count in the cells [B, N]."""
        add_sums(duration_ms, cells, self._sum_ms[name])
        self._second[name].add(whole_seconds(duration_ms))

    def __iter__(self) -> Iterator[str]:
        """The intervals."""
        return iter(self._sum_ms)

    def take(self, name: str) -> Counted:
        """Everything about one interval, all urgencies of a place together in the cell of unknown ones.

        Its durations are forgotten, and what rows are counted by when no interval is left.

        Raises:
            KeyError: No such interval, or it has been taken.
        """
        found = joined(self._parts(name, timed(self._second[name].whole(), self._urgency.whole())))
        del self._second[name]
        if not self._second:
            self._code.clear()
            self._last_order = None
        return found

    def _parts(self, name: str, rows: Timed) -> list[Counted]:
        """The same by breakdown."""
        parts = []
        ends = zip(self._cells.first[:-1], self._cells.first[1:], strict=True)
        for names, sizes, (begin, end) in zip(self._cells.breakdowns, self._cells.sizes, ends, strict=True):
            sum_ms, places = with_all(self._sum_ms[name][begin:end]), partial(self._places, names, sizes)
            size = (rows.second.size, sum_ms.size // URGENCY_CODES, URGENCY_CODES, rows.width)
            if can_be_counted(*size):
                durations = counted_in_cells(rows, places, sum_ms, URGENCY_CODES)
            else:
                # One thread at a time: what is put in order takes as much memory as all that is kept of an interval.
                with self._putting_in_order:
                    if can_be_counted_by_place(*size):
                        order = self._order(names, places, size[1])
                        durations = counted_by_place(rows, places, order, sum_ms, URGENCY_CODES)
                    else:
                        cell = places(slice(None)).astype(np.int32) * np.int32(URGENCY_CODES) + rows.code
                        durations = in_cells(rows.second, cell, sum_ms, URGENCY_CODES)
            parts.append(count(durations))
        return parts

    def _places(self, names: Sequence[str], sizes: Sequence[int], rows: slice | I8) -> NDArray[Any]:
        """The places of some rows in a breakdown."""
        if not names:
            return np.zeros(self._urgency.whole()[rows].size, np.uint8)
        place, *others = (self._code[one].whole()[rows] for one in names)
        if not others:
            return place
        found: I4 = place.astype(np.int32)
        for size, codes in zip(sizes[1:], others, strict=True):
            found *= np.int32(size)
            found += codes
        return found

    def _order(self, names: Sequence[str], places: Places, count: int) -> PlaceOrder:
        """All rows in order of their places in a breakdown, kept for the next interval that is asked for."""
        if self._last_order is None or self._last_order[0] != names:
            self._last_order = names, place_order(places(slice(None)).astype(np.int32, copy=False), count)
        return self._last_order[1]


class _Column:
    """An array that grows. Room that is never written to costs nothing, so that enough is asked for at once."""

    def __init__(self, dtype: np.dtype[Any], room: int) -> None:
        self._rows = np.empty(room, dtype)
        self.size = 0

    def add(self, values: NDArray[Any]) -> None:
        end = self.size + values.size
        if end > self._rows.size:
            more = np.empty(2 * end, self._rows.dtype)
            more[: self.size] = self.whole()
            self._rows = more
        self._rows[self.size : end] = values
        self.size = end

    def whole(self) -> NDArray[Any]:
        """All of it."""
        return self._rows[: self.size]


_NONE: Final = 65_535
"""No duration, in two bytes: what NO_DURATION becomes there."""


class _Seconds:
    """Durations in two bytes a row; those of eighteen hours and more, of which there are few, stand apart."""

    def __init__(self, room: int) -> None:
        self._short = _Column(np.dtype(np.uint16), room)
        self._long: list[tuple[I8, I4]] = []

    def add(self, second: I4) -> None:
        long = np.flatnonzero(second >= _NONE)
        if long.size:
            self._long.append((long + self._short.size, second[long]))
        self._short.add(second.astype(np.uint16))

    def whole(self) -> I4:
        """All of them; NO_DURATION for none."""
        short = self._short.whole()
        found = short.astype(np.int32)
        found[short == _NONE] = NO_DURATION
        for rows, second in self._long:
            found[rows] = second
        return found
