"""Periods of the week in a siting problem: the same stations all week, but not the same units in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from beredt.errors import OutOfRangeError
from beredt.siting.problem import SitingProblem

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

HOURS_PER_YEAR = 8_760.0
"""365 days, as in the demand of a study."""


@dataclass(frozen=True, slots=True, eq=False)
class Periods:
    """T parts of the week that add up to all of it. A station stands in all of them, its units may differ.

    `period_ids`: T names, none twice. `of_class`: int64 (K,), the period of each class of demand. `hours`: float64
    (T,) > 0, hours a year.
    """

    period_ids: tuple[str, ...]
    of_class: I8
    hours: F8

    @property
    def count(self) -> int:
        """How many there are, T."""
        return len(self.period_ids)

    @property
    def share(self) -> F8:
        """Share of the year of each, float64 (T,): a unit on duty in one period only costs so much of a whole one."""
        return np.asarray(self.hours / self.hours.sum())


def one_period(problem: SitingProblem) -> Periods:
    """The whole week as one period: the same units at all hours."""
    return Periods(("all",), np.zeros(problem.classes, np.int64), np.array([HOURS_PER_YEAR]))


def make_periods(problem: SitingProblem, period_ids: Sequence[str], of_class: ArrayLike, hours: ArrayLike) -> Periods:
    """Make periods and check them against the problem.

    Args:
        problem: whose classes they part.
        period_ids: T names.
        of_class: (K,) number of the period of each class, from 0; each period has a class.
        hours: (T,) hours a year, above 0.

    Raises:
        OutOfRangeError: they do not fit.
    """
    number, length = np.asarray(of_class, np.int64), np.asarray(hours, np.float64)
    count = len(period_ids)
    if len(set(period_ids)) != count or count == 0:
        raise OutOfRangeError("period_ids", list(period_ids), "give at least one name, and none twice")
    if number.shape != (problem.classes,) or set(number.tolist()) != set(range(count)):
        remedy = f"give a number from 0 to {count - 1} for each of {problem.classes} classes, each at least once"
        raise OutOfRangeError("of_class", number.tolist(), remedy)
    if length.shape != (count,) or not np.all((length > 0.0) & np.isfinite(length)):
        raise OutOfRangeError("hours", length.tolist(), f"give {count} numbers of hours a year, above 0")
    return Periods(tuple(period_ids), number, length)
