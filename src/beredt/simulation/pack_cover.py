"""From sets of demand to the arrays that the rules of cover read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.coverage.cover_sets import CoverSets
from beredt.coverage.expected_cover import marginal_cover
from beredt.dispatch.cover import Cover
from beredt.dispatch.world import I4


def pack_cover(sets: CoverSets, busy_fraction: float, units: int, offered: NDArray[np.bool_] | None = None) -> Cover:
    """Make sets of demand ready for the kernel.

    Two rules that take units to be busy for different shares of time can count the same free units: the cover of the
    second is the first's with another `power`, from `marginal_cover`.

    Args:
        sets: G sets of demand, B bases.
        busy_fraction: in [0, 1), the share of time for which a unit is taken to be busy.
        units: U, units of the service.
        offered: (B,) whether a freed unit may be sent to the base; None for all.

    Raises:
        ValueError: a busy fraction outside its range.
    """
    base_first, base_sets = _rows(sets.covers.T)
    together = sets.covers.astype(np.float64)
    near_first, near_bases = _rows(together.T @ together > 0.0)
    return Cover(
        set_weight=sets.weight,
        base_first=base_first,
        base_sets=base_sets,
        near_first=near_first,
        near_bases=near_bases,
        power=marginal_cover(busy_fraction, units),
        offered=(np.ones(sets.covers.shape[1], np.bool_) if offered is None else offered).astype(np.int8),
    )


def _rows(chosen: NDArray[np.bool_]) -> tuple[I4, I4]:
    """Where each row begins in the list of the columns chosen in it, and that list."""
    first = np.concatenate([[0], np.cumsum(chosen.sum(axis=1))])
    return first.astype(np.int32), np.nonzero(chosen)[1].astype(np.int32)
