"""A good placement at once: the next unit goes where it adds most, until the purse is empty.

Expected cover is submodular: a unit adds the less the more there are. With a number of units as the only limit, greed
is therefore at least 1 − 1/e of the best (Nemhauser, Wolsey and Fisher [1]_), and mostly far nearer. Here it only gives
the solver something to begin with, so that there is an answer from the first moment on; the solver proves what it is
worth.

References:
    .. [1] Nemhauser, G. L., Wolsey, L. A., and Fisher, M. L. (1978). An analysis of approximations for maximizing
       submodular set functions I. Mathematical Programming 14(1), 265-294. doi:10.1007/BF01588971
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.siting.cover_columns import CoverColumns
from beredt.siting.demand_sets import DemandSets
from beredt.siting.placement import Placement, Purse
from beredt.siting.problem import OPEN

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


def greedy_units(placement: Placement, sets: DemandSets, busy: F8, purse: Purse) -> I8 | None:
    """Units (T, S) by greed, each where it adds most expected cover for its cost.

    Args:
        placement: sites, costs and most units of each.
        sets: the demand.
        busy: (G,) busy fraction of each set.
        purse: what limits units and sites besides the budget.

    Returns:
        None where greed does not find a placement that keeps locks and budget.
    """
    problem, periods = placement.problem, placement.periods
    units = np.zeros((periods.count, problem.sites), np.int64)
    count = np.zeros(sets.count, np.int64)
    price = periods.share[:, None] * problem.unit_cost
    room = problem.budget * (1.0 + 1e-12)
    must = set(np.flatnonzero(problem.locked == OPEN).tolist())
    while True:
        gain = _gains(sets, busy, count, periods.count)
        is_open = units.any(axis=0)
        extra = np.where(is_open, 0.0, np.where(problem.existing, -problem.moving_cost, problem.opening_cost))
        cost = price + extra
        may = (units < placement.most) & (gain > 0.0)
        if purse.units is not None:
            may &= units.sum(axis=1, keepdims=True) < purse.units
        if purse.sites is not None and is_open.sum() >= purse.sites:
            may &= is_open
        waiting = sorted(must - set(np.flatnonzero(is_open).tolist()))
        if waiting:  # those that must be open come first, whether they add anything or not
            forced = np.zeros_like(may)
            forced[:, waiting] = units[:, waiting] < placement.most[waiting]
            may = forced
        else:
            may &= (cost <= 0.0) | (placement.cost_of(units) + cost <= room)
        if not may.any():
            break
        value = np.where(may, gain / np.maximum(cost, 1e-9) if np.isfinite(problem.budget) else gain, -1.0)
        period, site = np.unravel_index(int(value.argmax()), value.shape)
        units[period, site] += 1
        count += sets.members[:, site] & (sets.period == period)
    return units if _keeps(placement, units, purse, must, room) else None


def start_of(columns: int, placement: Placement, sets: DemandSets, cover: CoverColumns, units: I8) -> F8:
    """The columns of a programme of expected cover for given units: float64 (columns,)."""
    x = np.zeros(columns)
    x[placement.open] = units.any(axis=0)
    x[placement.units] = units
    x[cover.columns] = sets.count_units(units)[cover.set_of] >= cover.level
    return x


def _gains(sets: DemandSets, busy: F8, count: I8, periods: int) -> F8:
    """What one more unit at each site in each period adds: float64 (T, S)."""
    adds = sets.weight * (1.0 - busy) * busy**count
    gain = np.zeros((periods, sets.members.shape[1]))
    for period in range(periods):
        here: NDArray[np.bool_] = np.asarray((sets.period == period) & (adds > 0.0))
        mine = np.flatnonzero(here)
        for start in range(0, mine.size, _ROWS_AT_ONCE):
            rows = mine[start : start + _ROWS_AT_ONCE]
            gain[period] += adds[rows] @ sets.members[rows].astype(np.float64)
    return gain


_ROWS_AT_ONCE = 4_096


def _keeps(placement: Placement, units: I8, purse: Purse, must: set[int], room: float) -> bool:
    """Whether units keep locks, numbers and budget."""
    is_open: NDArray[np.bool_] = np.asarray(units.any(axis=0))
    return (
        all(is_open[site] for site in must)
        and (purse.units is None or int(units.sum(axis=1).max(initial=0)) <= purse.units)
        and (purse.sites is None or int(is_open.sum()) <= purse.sites)
        and placement.cost_of(units) <= room
    )
