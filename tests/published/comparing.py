"""A simulated quantity beside its exact value: independent runs, and whether the value lies in their interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from beredt.indicators.estimate import Estimate, estimate

CONFIDENCE = 0.999
"""Of each interval: of a thousand right values one is missed by chance."""

SENT = "sent to place"
"""Part of the name of a quantity that tells how often one unit is sent to one place."""

Values = Mapping[str, float]
"""Quantity → value; shares are between 0 and 1, and what ends in "wait" or "drive" is in seconds."""


@dataclass(frozen=True)
class ExactCase:
    """One world and its formula."""

    title: str
    exact: Values
    replicate: Callable[[Generator, int], Values]  # a source of chance, the number of calls → the same quantities
    calls: int  # of each replication
    seed: int
    replications: int = 20


@dataclass(frozen=True)
class Compared:
    """One quantity, exact and simulated."""

    case: str
    quantity: str
    exact: float
    simulated: float
    low: float
    high: float

    @property
    def agrees(self) -> bool:
        """Whether the exact value lies in the interval."""
        return self.would_pass(1.0)

    def would_pass(self, factor: float) -> bool:
        """Whether the exact value, made wrong by a factor, would lie in the interval."""
        return self.low <= self.exact * factor <= self.high

    @property
    def room(self) -> float:
        """Part of the exact value by which it could be wrong, either way, and still lie in the interval."""
        return max(self.high / self.exact - 1.0, 1.0 - self.low / self.exact)


def compare(case: ExactCase) -> tuple[Compared, ...]:
    """Run all replications of a case, each with its own chance, and set them beside the exact values."""
    runs = [
        case.replicate(np.random.default_rng([case.seed, number]), case.calls) for number in range(case.replications)
    ]
    found: Estimate = estimate(np.array([[run[name] for run in runs] for name in case.exact]), CONFIDENCE)
    return tuple(
        Compared(case.title, name, exact, *(float(column[row]) for column in found[:3]))
        for row, (name, exact) in enumerate(case.exact.items())
    )
