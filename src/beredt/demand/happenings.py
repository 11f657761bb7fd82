"""What makes an incident exist: where, how urgent and when, before anything else of it is drawn."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.demand.philox import WORDS, uniform_rows
from beredt.demand.purposes import block_of

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
I1 = NDArray[np.int8]


class Happenings(NamedTuple):
    """Incidents of a replication; n of them, in any order."""

    stratum: I8  # [n] with k the name of the incident
    k: I8  # [n]
    area: I4  # [n] index of the area
    urgency: I1  # [n]
    call_t: F8  # [n] seconds from simulated time 0, whole milliseconds

    def taken(self, at: NDArray[np.int64] | NDArray[np.bool_]) -> Happenings:
        """Some of them."""
        return Happenings._make(column[at] for column in self)

    def joined(self, others: Happenings) -> Happenings:
        """These and then others."""
        return Happenings._make(np.concatenate([own, theirs]) for own, theirs in zip(self, others, strict=True))


def draw(purpose: IntEnum, seed: int, replication: int, stratum: I8, k: I8) -> F8:
    """One uniform of a purpose for each name, float64[n] in (0, 1)."""
    found: F8 = uniform_rows(seed, replication, stratum, k, block_of(purpose))[purpose % WORDS]
    return found
