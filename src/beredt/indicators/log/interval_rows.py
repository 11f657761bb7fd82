"""The durations of all missions, or of all incidents, kept in few bytes a row until each interval is asked for.

To say what the median of a cell is, all its durations must be known. Cells are many (every municipality in every month,
by urgency) and most hold few durations, so that rows are cheaper to keep than any table of counts: four bytes for each
interval and two for each thing that is counted by. An interval is put in order and counted when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.indicators.log.cells import URGENCY_CODES, Cells, with_all
from beredt.indicators.log.dimensions import DimensionCodes
from beredt.indicators.log.spread.counted import Counted, count, joined
from beredt.indicators.log.spread.counting import can_be_counted, counted_in_cells, width_of
from beredt.indicators.log.spread.durations import add_sums, in_cells, whole_seconds

I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
I1 = NDArray[np.int8]


class IntervalRows(Mapping[str, Counted]):
    """What is told of each interval, counted anew every time it is asked for. `add` changes it."""

    def __init__(self, cells: Cells, intervals: Sequence[str], rows: int = 0) -> None:
        """`cells`: where to count; `intervals`: names; `rows`: how many are expected."""
        self._cells = cells
        self._second = {name: _Column(np.dtype(np.int32), rows) for name in intervals}
        self._sum_ms = {name: np.zeros(cells.first[-1], np.int64) for name in intervals}
        self._urgency = _Column(np.dtype(np.int8), rows)
        self._putting_in_order = Lock()
        self._last_cells: tuple[Sequence[str], I4] | None = None
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
        return iter(self._second)

    def __len__(self) -> int:
        """How many intervals there are."""
        return len(self._second)

    def __getitem__(self, name: str) -> Counted:
        """Everything about one interval, all urgencies of a place together in the cell of unknown ones."""
        second = self._second[name].whole()
        width, parts = width_of(second), []
        ends = zip(self._cells.first[:-1], self._cells.first[1:], strict=True)
        for names, sizes, (begin, end) in zip(self._cells.breakdowns, self._cells.sizes, ends, strict=True):
            sum_ms = with_all(self._sum_ms[name][begin:end])
            places = partial(self._places, names, sizes)
            if can_be_counted(second.size, sum_ms.size // URGENCY_CODES, URGENCY_CODES, width):
                urgency = self._urgency.whole()
                durations = counted_in_cells(second, places, urgency, sum_ms, URGENCY_CODES, width)
            else:
                # One thread at a time: what is put in order takes as much memory as all that is kept of an interval.
                with self._putting_in_order:
                    durations = in_cells(second, self._cells_of(names, sizes), sum_ms, URGENCY_CODES)
            parts.append(count(durations))
        return joined(parts)

    def _places(self, names: Sequence[str], sizes: Sequence[int], rows: slice) -> I4:
        """The places of some rows in a breakdown."""
        if not names:
            return np.zeros(self._urgency.whole()[rows].size, np.int32)
        place, *others = (self._code[one].whole()[rows] for one in names)
        found: I4 = place.astype(np.int32)
        for size, codes in zip(sizes[1:], others, strict=True):
            found *= np.int32(size)
            found += codes
        return found

    def _cells_of(self, names: Sequence[str], sizes: Sequence[int]) -> I4:
        """The cells of all rows in a breakdown, kept for the next interval that is asked for."""
        if self._last_cells is None or self._last_cells[0] != names:
            found = self._places(names, sizes, slice(None))
            found *= np.int32(URGENCY_CODES)
            found += self._urgency.whole()
            self._last_cells = names, found
        return self._last_cells[1]


class _Column:
    """An array that grows. Room that is never written to costs nothing, so that enough is asked for at once."""

    def __init__(self, dtype: np.dtype[Any], room: int) -> None:
        self._rows = np.empty(room, dtype)
        self._size = 0

    def add(self, values: NDArray[Any]) -> None:
        end = self._size + values.size
        if end > self._rows.size:
            more = np.empty(2 * end, self._rows.dtype)
            more[: self._size] = self.whole()
            self._rows = more
        self._rows[self._size : end] = values
        self._size = end

    def whole(self) -> NDArray[Any]:
        """All of it."""
        return self._rows[: self._size]
