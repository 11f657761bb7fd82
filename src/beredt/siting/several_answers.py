"""The k best placements of a covering model, and which sites all good ones have.

The searches are those of :mod:`beredt.siting.k_best`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from beredt.siting.answer import SitingAnswer
from beredt.siting.covering_model import CoveringModel, answer_of, check_found
from beredt.siting.k_best import Range, k_best, near_optimal_range, unary
from beredt.siting.program import NO_LIMITS, Limits, Progress, Stop, solve

I8 = NDArray[np.int64]


def best_answers(
    model: CoveringModel,
    k: int,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
    measures: Callable[[I8], Mapping[str, float]] | None = None,
) -> list[SitingAnswer]:
    """The k best placements: they differ in some site's units in some period.

    Args:
        model: what to solve.
        k: how many, 1 or more.
        limits, progress, stop: see :func:`beredt.siting.k_best.k_best`.
        measures: further figures of units (T, S).

    Returns:
        The best first; at most k.

    Raises:
        OutOfRangeError: k below 1.
        SitingError: there is no answer at all.
    """
    columns = np.unique(model.placement.units)
    program, told_apart = unary(model.program, columns)
    found = k_best(program, told_apart, k, limits, progress, stop)
    if not found:
        check_found(model.name, solve(model.program, limits, progress, stop))
    answers: list[SitingAnswer] = []
    for solved in found:
        units = model.placement.units_of(solved.x[: model.program.cost.size])
        answer = answer_of(model, units, solved.bound, limits, measures)
        answers.append(replace(answer, seconds=time.perf_counter() - model.began))
    return answers


def site_ranges(
    model: CoveringModel, share: float, limits: Limits = NO_LIMITS, stop: Stop | None = None
) -> dict[str, Range]:
    """Which sites are open in all, some or none of the placements within a share of the best.

    Args:
        model: what to solve.
        share: of the best objective, 0 or more: 0.01 is within 1 %.
        limits, stop: see :func:`beredt.siting.k_best.near_optimal_range`.

    Returns:
        By site, in the order of the problem.

    Raises:
        OutOfRangeError: the share is below 0.
        SitingError: there is no answer at all.
    """
    best = solve(model.program, limits, None, stop)
    check_found(model.name, best)
    found = near_optimal_range(model.program, model.placement.open, share, limits, stop, best)
    return dict(zip(model.placement.problem.site_ids, found.ranges, strict=True))
