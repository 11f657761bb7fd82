"""From sets of demand to the arrays that the rules of cover read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.coverage.cover_sets import CoverSets
from beredt.coverage.expected_cover import marginal_cover
from beredt.dispatch.cover import Cover
from beredt.dispatch.world import I4


def pack_cover(sets: CoverSets, busy_fraction: float, units: int) -> Cover:
    """Make sets of demand ready for the kernel.

    Args:
        sets: G sets of demand, B bases.
        busy_fraction: in [0, 1), the share of time for which a unit is taken to be busy.
        units: U, units of the service.

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
    )


def _rows(chosen: NDArray[np.bool_]) -> tuple[I4, I4]:
    """Where each row begins in the list of the columns chosen in it, and that list."""
    first = np.concatenate([[0], np.cumsum(chosen.sum(axis=1))])
    return first.astype(np.int32), np.nonzero(chosen)[1].astype(np.int32)
