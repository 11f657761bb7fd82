"""How busy the units of a placement are and whom they reach in time, by the hypercube: the judge of models that guess
it.

A placement and the calls of a problem make a queue for each period: the nearest free unit that may serve an area is
sent, calls that find nobody are served by somebody else. With at most 12 units, missions equally long and no closed
border it is solved exactly, otherwise approximately (:mod:`beredt.coverage.approximate_hypercube`, with its error).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from beredt.coverage.approximate_hypercube import approximate_hypercube
from beredt.coverage.dispatch_lists import NOBODY
from beredt.coverage.hypercube import hypercube
from beredt.errors import OutOfRangeError
from beredt.siting.periods import Periods
from beredt.siting.problem import SitingProblem

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

MOST_EXACT_UNITS = 12
"""Up to so many units the exact model is solved: it takes seconds with more."""


@dataclass(frozen=True, slots=True, eq=False)
class BusyUnits:
    """What the hypercube says of a placement. T periods, S sites, N areas, K classes.

    `utilisation`: float64 (T, S), share of time that each unit of the site is busy; 0 without units. `served`: float64
    (T, S, N), share of the calls of an area that the site serves. `in_time`: float64 (K, N), share of the calls of an
    area that a unit within the target serves. `covered`: calls a year, with a cover across a priced border in part.
    `exact`: whether all periods were solved exactly.
    """

    utilisation: F8
    served: F8
    in_time: F8
    covered: float
    exact: bool


def busy_units(
    problem: SitingProblem,
    periods: Periods,
    units: I8,
    mission_s: ArrayLike,
    *,
    drive_share: float = 0.0,
) -> BusyUnits:
    """Solve the queue of a placement.

    Args:
        problem: sites, areas, calls, borders.
        periods: with their hours.
        units: (T, S), at least one in each period.
        mission_s: mean seconds that a call keeps a unit busy: (K,) or one number, above 0.
        drive_share: how often the drive from site to area comes on top: 0 if it is part of `mission_s` already, 1 for
            the way out, 2 for out and back.

    Raises:
        OutOfRangeError: an argument is outside its range, or a period has no unit.
    """
    seconds = np.broadcast_to(np.asarray(mission_s, np.float64), (problem.classes,))
    if not np.all((seconds > 0.0) & np.isfinite(seconds)):
        raise OutOfRangeError("mission_s", mission_s, "give mean seconds that a call keeps a unit busy, above 0")
    if not drive_share >= 0.0:
        raise OutOfRangeError("drive_share", drive_share, "give how many drives come on top, 0 or more")
    if not units.any(axis=1).all():
        raise OutOfRangeError("units", units.tolist(), "every period needs a unit")
    t, s, n = periods.count, problem.sites, problem.areas
    utilisation, served, exact = np.zeros((t, s)), np.zeros((t, s, n)), True
    for period in range(t):
        chosen = np.flatnonzero(units[period])
        mine = periods.of_class == period
        found = _one_period(
            problem, problem.demand[mine] / (3600.0 * periods.hours[period]), seconds[mine], chosen,
            units[period, chosen], drive_share,
        )  # fmt: skip
        utilisation[period, chosen], served[period, chosen], was_exact = found
        exact &= was_exact
    in_time = np.empty(problem.demand.shape)
    covered = 0.0
    for k in range(problem.classes):
        mine = served[periods.of_class[k]] * problem.covers(k)
        in_time[k] = np.clip(mine.sum(axis=0), 0.0, 1.0)
        covered += float(problem.demand[k] @ (mine * problem.permitted).sum(axis=0))
    return BusyUnits(utilisation, served, in_time, covered, exact)


def _one_period(
    problem: SitingProblem, calls: F8, seconds: F8, chosen: I8, units: I8, drive_share: float
) -> tuple[F8, F8, bool]:
    """Utilisation of the chosen sites, the share (C, N) of each area's calls that they serve, whether exact."""
    rate = calls.sum(axis=0)
    permitted = problem.permitted[chosen]
    with np.errstate(divide="ignore"):
        way = np.where(permitted > 0.0, problem.travel_s[chosen] / permitted, np.inf)
    reached = np.isfinite(way)
    asked = np.flatnonzero((rate > 0.0) & reached.any(axis=0))
    served = np.zeros((chosen.size, problem.areas))
    if not asked.size:
        return np.zeros(chosen.size), served, True
    order = np.argsort(way[:, asked], axis=0, kind="stable").T
    lists = np.where(np.take_along_axis(reached[:, asked].T, order, axis=1), order, NOBODY)
    # Areas with the same list are served alike; only their mean work counts.
    lists, group = np.unique(lists, axis=0, return_inverse=True)
    group = group.reshape(-1)
    wanted = np.bincount(group, rate[asked])
    drives = drive_share * np.where(reached[:, asked], problem.travel_s[np.ix_(chosen, asked)], 0.0)
    work = (calls[:, asked] * seconds[:, None]).sum(axis=0) + rate[asked] * drives
    mission = np.array([np.bincount(group, row) for row in work]) / wanted
    alike = bool(np.ptp(mission) <= 1e-9 * mission.max())
    if alike and units.sum() <= MOST_EXACT_UNITS and (lists != NOBODY).all():
        first = np.cumsum(units) - units
        found = hypercube(wanted, _one_by_one(lists, units, first), 1.0 / float(mission[0, 0]), queue=False)
        busy = np.asarray(np.add.reduceat(found.utilisation, first) / units)
        sent, exact = np.add.reduceat(found.dispatches, first, axis=0), True
    else:
        near = approximate_hypercube(wanted, lists, units, mission, queue=False)
        busy, sent, exact = near.utilisation, near.dispatches, False
    served[:, asked] = (sent * wanted.sum() / wanted)[:, group]
    return busy, served, exact


def _one_by_one(lists: I8, units: I8, first: I8) -> I8:
    """Lists of units instead of sites: those of a site one after the other."""
    return np.array([[first[s] + i for s in wanted for i in range(units[s])] for wanted in lists], np.int64)
