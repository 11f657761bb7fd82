"""What every model of siting shares: which sites are open, how many units stand there, what it costs.

Columns: open_s is 0 or 1, units_{t,s} a whole number for each period t. A site is open if a unit stands there in some
period:

    units_{t,s} ≤ most_s·open_s        open_s ≤ Σ_t units_{t,s}

Rows besides: locked sites, the budget of the problem, a number of units that no period exceeds, and a number of sites.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from beredt.errors import OutOfRangeError, SitingError
from beredt.siting.assembly import Assembly, diagonal, one_row
from beredt.siting.periods import Periods, one_period
from beredt.siting.problem import CLOSED, OPEN, SitingProblem

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Purse:
    """What limits a model besides the problem's own budget.

    `units`: most units on duty in any one period. `sites`: most open sites. `periods`: see
    :mod:`beredt.siting.periods`; None for the whole week as one. Give None for no limit; with no limit at all,
    capacities must be the limit.

    Raises:
        OutOfRangeError: a limit below 0.
    """

    units: int | None = None
    sites: int | None = None
    periods: Periods | None = None

    def __post_init__(self) -> None:
        """Refuse numbers that mean nothing."""
        for name, limit in (("units", self.units), ("sites", self.sites)):
            if limit is not None and limit < 0:
                raise OutOfRangeError(name, limit, "give a whole number, 0 or more")

    def periods_of(self, problem: SitingProblem) -> Periods:
        """The periods, or the whole week as one."""
        return one_period(problem) if self.periods is None else self.periods


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """The numbers of the columns. S sites, T periods.

    `open`: int64 (S,). `units`: int64 (T, S); the same as `open` where no site takes more than one unit and there is
    one period. `most`: int64 (S,), most units of each site. `periods`: of the columns. `cost`: what answers cost.
    """

    open: I8
    units: I8
    most: I8
    periods: Periods
    problem: SitingProblem

    def units_of(self, x: F8) -> I8:
        """Units of a solution: int64 (T, S)."""
        return np.asarray(np.rint(x[self.units]).astype(np.int64))

    def cost_of(self, units: I8) -> float:
        """What units (T, S) cost, in the problem's unit of budget; see :class:`SitingProblem` for the formula."""
        problem, is_open = self.problem, units.any(axis=0)
        running = float(self.periods.share @ (units @ problem.unit_cost))
        opened = float(problem.opening_cost[is_open & ~problem.existing].sum())
        return running + opened + float(problem.moving_cost[~is_open & problem.existing].sum())


def place(assembly: Assembly, problem: SitingProblem, purse: Purse) -> Placement:
    """Add the columns and rows of a placement.

    Args:
        assembly: gets them.
        problem: sites, locks, capacities, costs and budget.
        purse: further limits.

    Raises:
        SitingError: nothing limits the number of units, or a locked site can have none.
    """
    periods = purse.periods_of(problem)
    most = most_units(problem, purse)
    locked_open = (problem.locked == OPEN) & (most == 0)
    if locked_open.any():
        site = problem.site_ids[int(np.argmax(locked_open))]
        raise SitingError(f"site {site} is locked open, but its capacity or the budget leaves it no unit")
    low = (problem.locked == OPEN).astype(np.float64)
    s, t = problem.sites, periods.count
    is_open = assembly.add_columns(s, low=low, high=(most > 0).astype(np.float64), integer=True)
    if t == 1 and most.max(initial=0) <= 1:
        units = is_open[None]
    else:
        units = assembly.add_columns(t * s, high=np.tile(most, t), integer=True).reshape(t, s)
        for row in units:
            assembly.add_rows((diagonal(1.0, s), row), (diagonal(-most, s), is_open), high=0.0)
        assembly.add_rows((diagonal(1.0, s), is_open), *((diagonal(-1.0, s), row) for row in units), high=0.0)
    placement = Placement(is_open, units, most, periods, problem)
    _limit(assembly, problem, purse, placement)
    return placement


def most_units(problem: SitingProblem, purse: Purse) -> I8:
    """Most units that each site can have: by capacity, locks, budget and number of units. int64 (S,).

    Raises:
        SitingError: some site has no limit.
    """
    share = purse.periods_of(problem).share.min()
    with np.errstate(divide="ignore", invalid="ignore"):
        paid = np.where(problem.unit_cost > 0.0, problem.budget / (share * problem.unit_cost), inf)
    most = np.minimum(problem.capacity.astype(np.float64), np.floor(paid * (1.0 + 1e-12)))
    most = np.minimum(most, inf if purse.units is None else purse.units)
    most[problem.locked == CLOSED] = 0.0
    if most.max(initial=0.0) > MOST_AT_A_SITE:
        site = problem.site_ids[int(np.argmax(most))]
        raise SitingError(f"nothing limits the units at site {site}: give a number of units, a budget or a capacity")
    return np.asarray(most.astype(np.int64))


MOST_AT_A_SITE = 10_000
"""More units at one site than this are taken for no limit."""


def _limit(assembly: Assembly, problem: SitingProblem, purse: Purse, placement: Placement) -> None:
    """Rows for the number of units and sites, and for the budget."""
    s, units = problem.sites, placement.units
    if purse.units is not None:
        for row in units:
            assembly.add_rows((one_row(np.ones(s)), row), high=float(purse.units))
    if purse.sites is not None:
        assembly.add_rows((one_row(np.ones(s)), placement.open), high=float(purse.sites))
    if isfinite(problem.budget):
        matrices, constant = cost_terms(placement)
        # A budget that is met to the last digit is met.
        room = problem.budget * (1.0 + 1e-12) - constant
        assembly.add_rows(*matrices, high=room)


def cost_terms(placement: Placement) -> tuple[list[tuple[csr_array, I8]], float]:
    """What a placement costs, as one row over its columns and a constant: see :class:`SitingProblem`."""
    problem, periods = placement.problem, placement.periods
    opening = np.where(problem.existing, -problem.moving_cost, problem.opening_cost)
    terms = [(one_row(opening), placement.open)]
    terms += [
        (one_row(share * problem.unit_cost), row) for share, row in zip(periods.share, placement.units, strict=True)
    ]
    return terms, float(problem.moving_cost[problem.existing].sum())
