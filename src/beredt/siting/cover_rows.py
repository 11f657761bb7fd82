"""Demand put together by the sites that cover it, with what cannot matter left out.

A model of cover never asks where an area is, only which sites cover it. So areas (and classes of demand) with the same
sites become one row with their demand in sum; what a site that is locked open covers is covered anyway; and a site
is left out when another covers all that it covers and costs no more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from beredt.coverage.cover_sets import CoverSets, group_points, join_sets
from beredt.siting.problem import SitingProblem
from beredt.siting.site_rows import open_bounds

F8 = NDArray[np.float64]
B = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class CoverRows:
    """G rows of demand over S sites.

    `weight`: float64 (G,) > 0, calls a year. `sites`: sparse (G, S) of ones, the sites that cover the row, all of which
    may be open and none of which must be. `always`: demand that the sites locked open cover. `total`: all demand,
    reachable or not.
    """

    weight: F8
    sites: csr_array
    always: float
    total: float


def cover_rows(problem: SitingProblem) -> CoverRows:
    """Put the demand of a problem together.

    A border that is priced (`permitted` between 0 and 1) makes steps: with the shares v_1 > v_2 > … of the sites that
    reach an area, the area is a row of weight demand·(v_l − v_{l+1}) for each l, covered by the sites with at least
    v_l. The sum over the steps is the largest share among the open sites (Berman & Krass 2002, [1]_).

    References:
        .. [1] Berman, O. & Krass, D. (2002). The generalized maximal covering location problem. Computers & Operations
           Research 29(6), 563–581. doi:10.1016/S0305-0548(01)00079-X
    """
    low, high = open_bounds(problem)
    may, must = high > 0.0, low > 0.0
    steps = np.unique(problem.permitted) if _is_priced(problem) else np.ones(1)
    groups: list[CoverSets] = []
    for number in range(problem.classes):
        reached = problem.covers(number) & may[:, None]
        demand = problem.demand[number]
        if steps.size == 1 and steps[0] == 1.0:
            groups.append(group_points(reached, demand))
            continue
        shares = steps[steps > 0.0]
        for share, below in zip(shares, np.concatenate([[0.0], shares[:-1]]), strict=True):
            groups.append(group_points(reached & (problem.permitted >= share), demand * (share - below)))
    sets = join_sets(*groups) if len(groups) > 1 else groups[0]
    held = sets.covers[:, must].any(axis=1)
    return CoverRows(
        weight=sets.weight[~held],
        sites=csr_array(sets.covers[~held].astype(np.float64)),
        always=float(sets.weight[held].sum()),
        total=float(problem.demand.sum()),
    )


def merge_rows(rows: CoverRows, kept: B) -> CoverRows:
    """Put rows together that become alike when sites are left out; none is left without a site by that.

    Args:
        rows: over S sites.
        kept: bool (S,); another site covers at least what each of the others covers.
    """
    numbers = np.flatnonzero(kept)
    sets = group_points(rows.sites[:, numbers].toarray().T > 0.0, rows.weight)
    group, column = np.nonzero(sets.covers)
    sites = csr_array((np.ones(group.size), (group, numbers[column])), shape=(sets.weight.size, kept.size))
    return replace(rows, weight=sets.weight, sites=sites)


def dominated_sites(sites: csr_array, cost: F8, free: B) -> B:
    """Sites that are never needed: another free one covers at least the same rows and costs no more.

    Of sites that cover the same and cost the same the first stays.

    Args:
        sites: (G, S) of ones, as in :class:`CoverRows`.
        cost: (S,) of opening the site.
        free: (S,) whether the site is neither locked open nor closed.

    Returns:
        bool (S,): whether the site is left out.
    """
    shared = (sites.T @ sites).tocoo()
    size = np.asarray(sites.sum(axis=0)).ravel()
    by, out = shared.col, shared.row  # "out" is put out by "by"
    inside = (shared.data == size[out]) & (by != out) & free[by] & free[out]
    by, out = by[inside], out[inside]
    larger = (size[by] > size[out]) & (cost[by] <= cost[out])
    alike = size[by] == size[out]
    first = alike & ((cost[by] < cost[out]) | ((cost[by] == cost[out]) & (by < out)))
    dominated = np.zeros(size.size, np.bool_)
    dominated[out[larger | first]] = True
    dominated[(size == 0.0) & free & (cost >= 0.0)] = True
    return dominated


def needed_rows(sites: csr_array) -> B:
    """Rows that must be looked at: the others are covered whenever one of these is, since more sites cover them.

    Args:
        sites: (G, S) of ones; no two rows are the same.

    Returns:
        bool (G,).
    """
    shared = (sites @ sites.T).tocoo()
    size = np.asarray(sites.sum(axis=1)).ravel()
    implied = (shared.data == size[shared.col]) & (shared.row != shared.col)
    needed = np.ones(size.size, np.bool_)
    needed[shared.row[implied]] = False
    return needed


def _is_priced(problem: SitingProblem) -> bool:
    permitted = problem.permitted
    if permitted.strides == (0, 0):  # one value for all
        return bool(permitted.flat[0] not in (0.0, 1.0))
    return bool(((permitted > 0.0) & (permitted < 1.0)).any())
