"""Every interval of a log counted in all cells: one pass over the missions, one over the incidents."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, NamedTuple

import numpy as np
import polars as pl
from numba import njit
from numpy.typing import NDArray

from beredt.indicators.log.cells import URGENCY_CODES, Cells, with_all
from beredt.indicators.log.dimensions import DimensionCodes
from beredt.indicators.log.interval_rows import IntervalRows
from beredt.indicators.log.spread.durations import NO_DURATION

I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
I1 = NDArray[np.int8]

RESPONSE = "response"
"""The interval that has a target."""

NO_TARGET: Final = -1


class TargetCounts(NamedTuple):
    """Responses of every cell [C] that have a target."""

    number: I8
    within: I8  # at most as long as the target
    least_ms: I8  # the least and the greatest target; NO_TARGET where there is none
    greatest_ms: I8


class IntervalCounts(NamedTuple):
    """All intervals of missions, or of incidents."""

    cells: Cells
    counted: IntervalRows  # counted when an interval is taken
    targets: TargetCounts


class IntervalCounter:
    """Counts intervals; `add` changes it."""

    def __init__(self, cells: Cells, intervals: Sequence[str], rows: int = 0) -> None:
        """`cells`: where to count; `intervals`: names, RESPONSE among them; `rows`: how many are expected."""
        self.cells = cells
        count = cells.first[-1]
        self._rows = IntervalRows(cells, intervals, rows)
        self._targets = TargetCounts(
            np.zeros(count, np.int64),
            np.zeros(count, np.int64),
            np.full(count, NO_TARGET, np.int64),
            np.full(count, NO_TARGET, np.int64),
        )

    def add(
        self, rows: pl.DataFrame, codes: DimensionCodes, urgency: I1, target_ms: I8, pool: ThreadPoolExecutor
    ) -> None:
        """Count some rows.

        Args:
            rows: A column of whole milliseconds for every interval, null where there is none.
            codes: What each row is counted by.
            urgency: [N] its code, the last for none.
            target_ms: [N] the longest response time that is in time, or NO_TARGET.
            pool: Threads; every interval is counted by one of them.
        """
        cells = self.cells.of_rows(codes, urgency)
        self._rows.add_rows(codes, urgency)

        def count(name: str) -> None:
            ms = rows[name].fill_null(NO_DURATION).to_numpy()
            self._rows.add_durations(name, ms, cells)
            if name == RESPONSE:
                _count_targets(ms, target_ms, cells, *self._targets)

        list(pool.map(count, self._rows))

    def result(self) -> IntervalCounts:
        """All that was counted, all urgencies together in the place of unknown ones."""
        return IntervalCounts(self.cells, self._rows, _with_all_ends(self._targets))


def _with_all_ends(targets: TargetCounts) -> TargetCounts:
    """The same with the targets of all urgencies together in the place of unknown ones."""
    least, greatest = (ends.reshape(-1, URGENCY_CODES).copy() for ends in targets[2:])
    no_limit = np.iinfo(np.int64).max
    lowest = np.where(least == NO_TARGET, no_limit, least).min(axis=1)
    least[:, -1] = np.where(lowest == no_limit, NO_TARGET, lowest)
    greatest[:, -1] = greatest.max(axis=1)
    return TargetCounts(with_all(targets.number), with_all(targets.within), least.ravel(), greatest.ravel())


@njit(cache=True, nogil=True)
def _count_targets(ms: I8, target_ms: I8, cells: I4, number: I8, within: I8, least_ms: I8, greatest_ms: I8) -> None:
    for b in range(cells.shape[0]):
        for i in range(ms.size):
            target = target_ms[i]
            if ms[i] < 0 or target < 0:
                continue
            cell = cells[b, i]
            number[cell] += 1
            within[cell] += ms[i] <= target
            if least_ms[cell] < 0 or target < least_ms[cell]:
                least_ms[cell] = target
            greatest_ms[cell] = max(greatest_ms[cell], target)
