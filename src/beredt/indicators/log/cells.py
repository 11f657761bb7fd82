"""The cells that times are counted in: every key of every breakdown, by urgency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.indicators.log.dimensions import OF_MISSIONS_ONLY, DimensionCodes, Dimensions
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
            grid = np.indices((*sizes, URGENCY_CODES)).reshape(len(sizes) + 1, -1)
            words = [pl.Series(dimensions.keys[name]).gather(codes) for name, codes in zip(names, grid, strict=False)]
            words += [pl.repeat(ALL, grid.shape[1], dtype=pl.String, eager=True)] * (2 - len(words))
            urgency = pl.Series([*URGENCIES, ALL]).gather(grid[-1])
            by, by2, *_ = (pl.lit(name) for name in (*names, ALL, ALL))
            rows = pl.DataFrame({"key": words[0], "key2": words[1], "urgency": urgency})
            parts.append(rows.select(by=by, key="key", by2=by2, key2="key2", urgency="urgency"))
        return pl.concat(parts)


def cells_of(dimensions: Dimensions, breakdowns: Sequence[tuple[str, ...]], *, missions: bool) -> Cells:
    """Number the cells.

    Breakdowns by what only missions have are left out for incidents, and those by something that the log knows nothing
    about, such as the tettsted, for both.
    """
    kept = tuple(
        names
        for names in breakdowns
        if (missions or not set(names) & set(OF_MISSIONS_ONLY)) and all(len(dimensions.keys[one]) > 1 for one in names)
    )
    sizes = tuple(tuple(len(dimensions.keys[name]) for name in names) for names in kept)
    count = [int(np.prod(own, dtype=np.int64)) * URGENCY_CODES for own in sizes]
    return Cells(kept, sizes, tuple(np.concatenate([[0], np.cumsum(count)]).astype(int).tolist()))


def with_all(sums: I8) -> I8:
    """The same of a count per cell: all urgencies together in the cells of unknown urgency."""
    table = sums.reshape(-1, URGENCY_CODES).copy()
    table[:, -1] = table.sum(axis=1)
    return table.ravel()
