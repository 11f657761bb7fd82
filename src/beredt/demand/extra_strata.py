"""Strata beside those of people at home: big events, and people who come from outside."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.demand.variation import F8, I1, I4, I8


class ExtraStrata(NamedTuple):
    """E strata and their n shapes over H hours."""

    stratum: I8  # [E]
    area: I4  # [E]
    urgency: I1  # [E]
    expected: F8  # [E] in the whole period
    shape: I4  # [E] row of `hourly`
    hourly: F8  # [n, H]
    follows: I1  # [n] urgency whose days the shape follows, -1 none

    def joined(self, other: ExtraStrata) -> ExtraStrata:
        """These and then others."""
        moved = other._replace(shape=other.shape + len(self.hourly))
        return ExtraStrata._make(np.concatenate([own, theirs]) for own, theirs in zip(self, moved, strict=True))


def no_strata(hours: int) -> ExtraStrata:
    """None at all."""
    none = np.empty(0, np.int32)
    return ExtraStrata(
        none.astype(np.int64), none, none.astype(np.int8), np.empty(0), none, np.empty((0, hours)), none.astype(np.int8)
    )
