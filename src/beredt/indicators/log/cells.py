"""The cells that times are counted in: every key of every breakdown, by urgency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.indicators.log.dimensions import OF_MISSIONS_ONLY, DimensionCodes, Dimensions
from beredt.indicators.log.spread.histograms import Counted
from beredt.indicators.suppress import ALL
from beredt.model.urgency import URGENCIES

I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
I1 = NDArray[np.int8]

URGENCY_CODES = len(URGENCIES) + 1
"""A, H, V, and unknown."""


class Cells(NamedTuple):
    """Cells of all breakdowns, one breakdown after the other, within it by key and second key and urgency."""

    breakdowns: tuple[tuple[str, ...], ...]
    sizes: tuple[tuple[int, ...], ...]  # number of keys of each dimension of each breakdown
    first: tuple[int, ...]  # the first cell of each breakdown, and the number of all cells

    def of_rows(self, codes: DimensionCodes, urgency: I1) -> I4:
        """The cells [B, N] that N rows count in."""
        found = np.empty((len(self.breakdowns), urgency.size), np.int32)
        for row, (names, sizes, first) in enumerate(zip(self.breakdowns, self.sizes, self.first, strict=False)):
            place = np.zeros(urgency.size, np.int32)
            for name, size in zip(names, sizes, strict=True):
                place = place * np.int32(size) + codes[name]
            found[row] = first + place * URGENCY_CODES + urgency
        return found

    def keys(self, dimensions: Dimensions) -> pl.DataFrame:
        """`by`, `key`, `by2`, `key2`, `urgency` of all cells, those of unknown urgency standing for all urgencies."""
        parts = []
        for names, sizes in zip(self.breakdowns, self.sizes, strict=True):
            grid = np.indices(sizes).reshape(len(sizes), -1) if sizes else np.zeros((0, 1), np.int64)
            words = [
                np.array(dimensions.keys[name], dtype=object)[codes] for name, codes in zip(names, grid, strict=True)
            ]
            words += [np.full(grid.shape[1], ALL, dtype=object)] * (2 - len(words))
            by = (*names, ALL, ALL)
            parts.append(
                pl.DataFrame(
                    {"by": by[0], "key": words[0], "by2": by[1], "key2": words[1]},
                    schema=dict.fromkeys(("by", "key", "by2", "key2"), pl.String),
                )
            )
        once = pl.concat(parts)
        urgencies = pl.DataFrame({"urgency": [*URGENCIES, ALL]})
        return once.with_row_index("n").join(urgencies, how="cross").sort("n", maintain_order=True).drop("n")


def cells_of(dimensions: Dimensions, breakdowns: Sequence[tuple[str, ...]], *, missions: bool) -> Cells:
    """Number the cells; breakdowns by what only missions have are left out for incidents."""
    kept = tuple(names for names in breakdowns if missions or not set(names) & set(OF_MISSIONS_ONLY))
    sizes = tuple(tuple(len(dimensions.keys[name]) for name in names) for names in kept)
    count = [int(np.prod(own, dtype=np.int64)) * URGENCY_CODES for own in sizes]
    return Cells(kept, sizes, tuple(np.concatenate([[0], np.cumsum(count)]).astype(int).tolist()))


def with_all_urgencies(counted: Counted) -> Counted:
    """The same with the durations of all urgencies together in the cells of unknown urgency."""
    cell = np.repeat(np.arange(counted.first.size - 1), np.diff(counted.first))
    together = cell // URGENCY_CODES * URGENCY_CODES + URGENCY_CODES - 1
    known = cell % URGENCY_CODES != URGENCY_CODES - 1
    key = np.concatenate([cell[known], together]) * (1 << 32) + np.concatenate([counted.second[known], counted.second])
    number = np.concatenate([counted.number[known], counted.number])
    order = np.argsort(key, kind="stable")
    key, number = key[order], number[order]
    start = np.flatnonzero(np.diff(key, prepend=-1))
    own = key[start] >> 32
    sums = counted.sum_ms.reshape(-1, URGENCY_CODES).copy()
    sums[:, -1] = sums.sum(axis=1)
    return Counted(
        np.searchsorted(own, np.arange(counted.first.size)).astype(np.int64),
        (key[start] & 0xFFFFFFFF).astype(np.int32),
        np.add.reduceat(number, start) if start.size else number,
        sums.ravel(),
    )


def with_all(sums: I8) -> I8:
    """The same of a count per cell: all urgencies together in the cells of unknown urgency."""
    table = sums.reshape(-1, URGENCY_CODES).copy()
    table[:, -1] = table.sum(axis=1)
    return table.ravel()
