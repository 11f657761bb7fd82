"""What several assessors think of one thing: the middle, the range, and how far they lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from beredt.decision.risk.matrix import STEPS

WIDEST = STEPS[-1] - STEPS[0]
"""The farthest that two assessors can lie apart."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Of one event, alternative, stage and dimension.

    `assessors`: how many, ≥ 1. `median`: 1 to 5, half-way between the two in the middle of an even number.
    `low`, `high`: the range. `disagreement`: 0 to 1, None with one assessor.
    """

    assessors: int
    median: float
    low: int
    high: int
    disagreement: float | None


def spread_of(scores: Sequence[int]) -> Spread:
    """Sum up scores of one thing without adding them. Raises ValueError without any."""
    if not scores:
        raise ValueError("there is no spread of no scores")
    return Spread(len(scores), float(median(scores)), min(scores), max(scores), disagreement(scores))


def disagreement(scores: Sequence[int]) -> float | None:
    """Mean distance between two assessors over the largest mean that as many assessors could have.

        D = Σ_{i<j} |x_i − x_j| / (4 · ⌊n/2⌋ · ⌈n/2⌉)

    The distance is largest when half of them say 1 and half say 5: that is 1. All saying the same is 0. Dividing by
    the largest possible value, and not by the number of pairs, makes figures of few and of many assessors comparable.

    Returns:
        0 to 1; None with fewer than two scores.
    """
    half, rest = len(scores) // 2, (len(scores) + 1) // 2
    if half == 0:
        return None
    apart = sum(abs(one - other) for one, other in combinations(scores, 2))
    return apart / (WIDEST * half * rest)
