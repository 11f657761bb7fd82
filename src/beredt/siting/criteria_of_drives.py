"""Drives as criteria of a trade-off: columns that say how far the nearest open site is, on average and at most.

With the distinct drives D_1 < D_2 < … to an area and z_k saying that nothing is open within D_k, as in
:mod:`beredt.siting.radius_program`, its drive is D_1 + Σ_k (D_{k+1} − D_k)·z_k. The longest drive is counted in whole
minutes: with u_m saying that somebody is not reached within m minutes, every area has Σ_{s within m} open_s + u_m ≥ 1,
and the longest drive is Σ_m u_m.

A station is open all week, so both are the same in all periods.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from beredt.coverage.cover_sets import group_points
from beredt.errors import SitingError
from beredt.siting.assembly import Assembly
from beredt.siting.cover_rows import needed_rows
from beredt.siting.p_centre import serving_times
from beredt.siting.p_median import serving_costs
from beredt.siting.placement import Placement
from beredt.siting.program import Sense
from beredt.siting.radius_program import radius_program

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
B = NDArray[np.bool_]

Terms = tuple[I8, F8, Sense, float]
"""Columns, what they are worth, whether more or less of it is better, and a constant."""

MINUTE_S = 60.0


def add_mean_drive(assembly: Assembly, placement: Placement) -> Terms:
    """Mean seconds from the nearest open site to a call.

    Args:
        assembly: gets columns and rows.
        placement: the sites.

    Raises:
        SitingError: an area with demand can be served from nowhere.
    """
    problem, sites = placement.problem, placement.problem.sites
    costs, _ = serving_costs(problem)
    can = placement.most > 0
    pairs = _possible(placement)
    program = radius_program(costs, pairs, np.zeros(sites), can.astype(np.float64), [])
    columns = assembly.add_columns(program.cost.size - sites, integer=False)
    assembly.add_rows(
        (program.rows, np.concatenate([placement.open, columns])), low=program.row_low, high=program.row_high
    )
    calls = float(problem.demand.sum())
    return columns, program.cost[sites:] / calls, "min", program.constant / calls


def add_longest_drive(assembly: Assembly, placement: Placement) -> Terms:
    """Whole minutes within which an open site reaches everybody.

    Args:
        assembly: gets columns and rows.
        placement: the sites.

    Raises:
        SitingError: an area with demand can be served from nowhere.
    """
    times, _ = serving_times(placement.problem)
    can: B = np.asarray(_possible(placement).any(axis=1))
    minutes = np.ceil(times / MINUTE_S - 1e-9)
    most = int(minutes[np.isfinite(minutes) & can[:, None]].max(initial=0.0))
    least = int(minutes[can].min(axis=0).max())
    later = assembly.add_columns(most - least, integer=True)  # u_m for m = least … most − 1
    for number, column in enumerate([*later, None]):
        reached = (minutes <= least + number) & can[:, None]
        sets = csr_array(group_points(reached, np.ones(times.shape[1])).covers.astype(np.float64))
        rows = csr_array(sets[np.flatnonzero(needed_rows(sets))])
        terms = [(rows, placement.open)]
        if column is not None:  # within the longest of all drives everybody is reached
            terms.append((csr_array(np.ones((rows.shape[0], 1))), np.array([column])))
        assembly.add_rows(*terms, low=1.0)
    return later, np.ones(later.size), "min", float(least)


def _possible(placement: Placement) -> B:
    """Whether each site may have a unit and serve each area with demand: bool (S, N').

    Raises:
        SitingError: an area with demand can be served from nowhere.
    """
    times, areas = serving_times(placement.problem)
    pairs = np.isfinite(times) & (placement.most > 0)[:, None]
    lonely = ~pairs.any(axis=0)
    if lonely.any():
        name = placement.problem.area_ids[areas[int(np.argmax(lonely))]]
        raise SitingError(f"area {name!r} has demand, but no site may serve it ({int(lonely.sum())} such areas)")
    return np.asarray(pairs)
