"""Columns and rows that every model shares: sites open or not, how many of them, and what they may cost.

By agreement the first S columns of every programme say whether a site is open (0 or 1), in the order of the problem's
sites; a model puts its own columns behind them.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite

import numpy as np
from numpy.typing import NDArray

from beredt.errors import OptionError, SitingError
from beredt.siting.problem import CLOSED, OPEN, SitingProblem

F8 = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class SiteRow:
    """One row over the site columns: low ≤ Σ_s coefficient_s·open_s ≤ high; `coefficient` float64 (S,)."""

    coefficient: F8
    low: float
    high: float


def open_bounds(problem: SitingProblem) -> tuple[F8, F8]:
    """Least and most of each site column, float64 (S,) each: locked sites, and sites that hold no unit, are fixed.

    Raises:
        SitingError: a site is locked open, but holds no unit.
    """
    low = (problem.locked == OPEN).astype(np.float64)
    high = ((problem.locked != CLOSED) & (problem.capacity > 0)).astype(np.float64)
    if (low > high).any():
        site = problem.site_ids[int(np.argmax(low > high))]
        raise SitingError(f"site {site!r} is locked open, but holds no unit: give it a capacity of 1 or unlock it")
    return low, high


def station_cost(problem: SitingProblem) -> F8:
    """What opening a site with one unit adds to the spending, float64 (S,); below 0 where closing costs more.

    unit_cost + opening_cost for a new site, unit_cost − moving_cost for one of today, whose moving cost is spent
    unless it stays open: see :func:`spending_row`.
    """
    return problem.unit_cost + np.where(problem.existing, -problem.moving_cost, problem.opening_cost)


def spending_row(problem: SitingProblem) -> SiteRow | None:
    """The budget with one unit at every open site; None when there is no budget."""
    if not isfinite(problem.budget):
        return None
    given_up = float(problem.moving_cost[problem.existing].sum())
    return SiteRow(station_cost(problem), -inf, problem.budget - given_up)


def count_row(problem: SitingProblem, stations: int | None, *, exactly: bool = False) -> SiteRow | None:
    """At most (or exactly) so many open sites, those locked open among them; None without a number.

    Raises:
        OptionError: fewer stations than are locked open, or none, or more than there are sites when it must be exact.
    """
    if stations is None:
        return None
    low, high = open_bounds(problem)
    if stations < 1:
        raise OptionError("--stations", str(stations), "nothing can be reached from no station", "give 1 or more")
    if stations < low.sum():
        raise OptionError(
            "--stations", str(stations), f"{int(low.sum())} sites are locked open", "give more or unlock some"
        )
    if exactly and stations > high.sum():
        raise OptionError(
            "--stations", str(stations), f"only {int(high.sum())} sites may be open", "give fewer or unlock some"
        )
    return SiteRow(np.ones(problem.sites), float(stations) if exactly else -inf, float(stations))


def limiting_rows(problem: SitingProblem, stations: int | None, *, exactly: bool = False) -> list[SiteRow]:
    """The rows for the number of stations and the budget, whichever are given.

    Raises:
        OptionError: neither is given, so that a model that wants more would open everything.
    """
    rows = [row for row in (count_row(problem, stations, exactly=exactly), spending_row(problem)) if row is not None]
    if not rows:
        raise OptionError("--stations", "not given", "nothing limits how many stations open", "give it or a budget")
    return rows
