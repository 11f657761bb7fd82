"""What the models that use the site search have in common: limits, progress, and the proved bound of an answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from beredt.errors import SitingError
from beredt.siting.program import (
    ABSOLUTE_TOLERANCE,
    RELATIVE_TOLERANCE,
    Bound,
    Limits,
    Program,
    Progress,
    Status,
    Stop,
    relative_gap,
    solve,
)
from beredt.siting.site_model import Watch

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

_SECONDS_BETWEEN_REPORTS = 0.5


@dataclass(frozen=True, slots=True)
class Clock:
    """When a solution began, what limits it, and whom to tell; `shown`: from a cost to what the user sees."""

    began: float
    limits: Limits
    progress: Progress | None
    stop: Stop | None
    shown: Callable[[float], float]

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.perf_counter() - self.began

    @property
    def over(self) -> bool:
        """Whether to come to an end: the time is over, or the user wants it."""
        if self.stop is not None and self.stop():
            return True
        return self.limits.seconds is not None and self.seconds > self.limits.seconds

    @property
    def left(self) -> float | None:
        """Seconds that are left, or None."""
        return None if self.limits.seconds is None else max(self.limits.seconds - self.seconds, 1e-3)

    def tell(self, cost: float, bound: float) -> None:
        """Report the best cost and the bound, as costs."""
        if self.progress is not None and isfinite(bound):
            objective, proved = self.shown(cost), self.shown(min(cost, bound))
            self.progress(Bound(objective, proved, relative_gap(objective, proved), self.seconds))

    def watch(self) -> Watch:
        """A watch for the search that reports now and then."""
        said = [0.0]

        def look(cost: float, bound: float) -> bool:
            if self.seconds - said[0] >= _SECONDS_BETWEEN_REPORTS:
                said[0] = self.seconds
                self.tell(cost, bound)
            return self.over

        return look


def chosen_by_programme(program: Program, sites: int, clock: Clock) -> tuple[I8, float, Status]:
    """Open sites of a programme whose first columns are the sites, its proved bound, and whether it is proved.

    Args:
        program: what to solve.
        sites: how many columns are sites.
        clock: limits and progress.

    Raises:
        SitingError: there is no answer, or none was found in time.
    """
    solved = solve(program, clock.limits, clock.progress, clock.stop)
    if not solved.found:
        if solved.status == "infeasible":
            raise SitingError("no stations meet the locks, the number and the budget together")
        raise SitingError("stopped before any answer was found: give it more time")
    return np.flatnonzero(solved.x[:sites] > 0.5), solved.bound, solved.status


def least_difference(values: F8, gap: float, shown: Callable[[float], float]) -> Callable[[float], float]:
    """Which difference between two costs counts as none.

    Where all values are whole numbers, costs differ by at least 1, and a bound above cost − 1 is a proof.

    Args:
        values: of which every cost is a sum.
        gap: wanted, as a share of the objective.
        shown: from a cost to the objective.
    """
    # Sums of whole numbers are exact as long as they stay below 2^53.
    whole = bool((values == np.rint(values)).all()) and float(values.sum()) < 2.0**53
    # The search adds up thousands of prices: so much rounding is never mistaken for a proof of a whole step.
    step = 1.0 - 1e-6 if whole else 0.0

    def within(cost: float) -> float:
        objective = abs(shown(cost))
        tolerance = ABSOLUTE_TOLERANCE * min(1.0, objective) / 2 + RELATIVE_TOLERANCE * objective / 2
        return max(step, tolerance, gap * objective)

    return within


def proved_bound(cost: float, bound: float, cutoff: float, gap: float) -> float:
    """The bound to report: the cost itself once nothing better can be, or the bound where a gap was allowed."""
    if bound >= cutoff and gap == 0.0:
        return cost
    return min(cost, bound)
