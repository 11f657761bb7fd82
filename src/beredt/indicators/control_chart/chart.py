"""A control chart: values in order of time, the line they should scatter about, and how far chance alone takes them.

The three kinds of chart differ only in how they know the spread: `proportion.py` and `rate.py` from the counts
themselves, `individuals.py` from how much neighbours differ. `signals.py` reads any of them.

Sources, named in the other files by author:

1. D. C. Montgomery, *Introduction to Statistical Quality Control*, 7th ed. (2012), chapters 5–7.
2. D. J. Wheeler, *Understanding Variation: The Key to Managing Chaos*, 2nd ed. (2000).
3. D. B. Laney, *Improved control charts for attributes*, Quality Engineering 14 (2002) 531–537.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from beredt.errors import OutOfRangeError
from beredt.indicators.observed import F8, I8, B

ChartKind = Literal["p", "p_prime", "u", "u_prime", "xmr"]

SIGMAS = 3.0
"""Limits stand so many standard deviations from the centre."""

MEAN_RANGE_OF_TWO = 2 / np.sqrt(np.pi)
"""Mean difference of two normal values, in standard deviations: d₂ of two, 1.128."""

WEAK_EXPECTED = 5.0 - 1e-9
"""Below five expected, of cases or of the others, limits by the normal distribution are not to be trusted.

The hair less is for five itself, which sums of floats may miss."""


@dataclass(frozen=True, slots=True)
class Phases:
    """Which points share a centre, and which of them it is worked out from.

    `number` [T] tells the phase of each point, 0, 1, …, never falling; `baseline` [T] marks the points that centre and
    limits of their phase come from. A known change (new dispatch system, new station) begins a phase; without one, all
    points are one phase.
    """

    number: I8
    baseline: B


@dataclass(frozen=True, slots=True)
class ControlChart:
    """One chart of T points; every array is [T] and nan where a point has no value.

    `value`, `centre` and the limits `low` and `high` are in the unit of the indicator; `sigma` is the standard
    deviation that chance gives a point; `weak` marks points that expect too few cases for their limits to be trusted;
    `phase` is as in `Phases`. `moving_range` is the distance from the point before, with its upper limit `range_high`:
    both are nan except in an XmR chart.
    """

    kind: ChartKind
    value: F8
    centre: F8
    sigma: F8
    low: F8
    high: F8
    weak: B
    phase: I8
    moving_range: F8
    range_high: F8

    @property
    def scores(self) -> F8:
        """Distance from the centre in standard deviations; infinite where chance leaves no spread at all."""
        above = self.value - self.centre
        with np.errstate(divide="ignore", invalid="ignore"):
            scores = above / self.sigma
        return np.where((above == 0) & (self.sigma == 0), 0.0, scores)


def make_phases(points: int, steps: Sequence[int] = (), baseline: int | None = None) -> Phases:
    """Phases that begin at known places.

    Args:
        points: T, 0 or more.
        steps: Places (from 0) of points that begin a new phase, in any order; 0 says nothing new.
        baseline: How many points at the start of each phase its centre is worked out from, 1 or more; None for all.

    Raises:
        OutOfRangeError: A step lies outside the points, or the baseline has none.
    """
    for step in steps:
        if not 0 <= step < max(points, 1):
            raise OutOfRangeError("a step of a control chart", step, f"give places from 0 to {points - 1}")
    if baseline is not None and baseline < 1:
        raise OutOfRangeError("the baseline of a control chart", baseline, "give 1 point or more")
    begins = np.zeros(points, np.int64)
    begins[[step for step in set(steps) if step > 0]] = 1
    number = np.cumsum(begins)
    place = np.arange(points) - np.searchsorted(number, number)
    return Phases(number, place < (points if baseline is None else baseline))


def by_phase(phases: Phases) -> list[B]:
    """For every phase in order of time, which points are in it."""
    return [phases.number == number for number in np.unique(phases.number)]
