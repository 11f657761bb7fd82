"""Every interval of a log counted in all cells: one pass over the missions, one over the incidents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, NamedTuple

import numpy as np
import polars as pl
from numba import njit
from numpy.typing import NDArray

from beredt.indicators.log.cells import URGENCY_CODES, Cells, with_all, with_all_urgencies
from beredt.indicators.log.spread.histograms import MS_PER_S, NO_DURATION, Counted, Histograms

I8 = NDArray[np.int64]
I4 = NDArray[np.int32]

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
    counted: Mapping[str, Counted]  # by interval
    targets: TargetCounts


class IntervalCounter:
    """Counts intervals; `add` changes it."""

    def __init__(self, cells: Cells, intervals: Sequence[str]) -> None:
        """`cells`: where to count; `intervals`: names, RESPONSE among them."""
        self.cells = cells
        count = cells.first[-1]
        self._histograms = {name: Histograms(count) for name in intervals}
        self._targets = TargetCounts(
            np.zeros(count, np.int64),
            np.zeros(count, np.int64),
            np.full(count, NO_TARGET, np.int64),
            np.full(count, NO_TARGET, np.int64),
        )

    def add(self, rows: pl.DataFrame, cells: I4, target_ms: I8, pool: ThreadPoolExecutor) -> None:
        """Count some rows.

        Args:
            rows: A column of seconds for every interval, null where there is none.
            cells: [B, N] the cells that each row counts in.
            target_ms: [N] the longest response time that is in time, or NO_TARGET.
            pool: Threads; every interval is counted by one of them.
        """

        def count(name: str) -> None:
            ms = (rows[name] * MS_PER_S).round().fill_null(NO_DURATION).cast(pl.Int64).to_numpy()
            self._histograms[name].add(ms, cells)
            if name == RESPONSE:
                _count_targets(ms, target_ms, cells, *self._targets)

        list(pool.map(count, self._histograms))

    def result(self) -> IntervalCounts:
        """All that was counted, all urgencies together in the place of unknown ones."""
        counted = {name: with_all_urgencies(own.counted()) for name, own in self._histograms.items()}
        return IntervalCounts(self.cells, counted, _with_all_ends(self._targets))


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
