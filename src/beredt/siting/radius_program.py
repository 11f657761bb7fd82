"""The p-median problem as a programme of radii: how far each area's nearest station is, step by step.

With the distinct costs D_1 < D_2 < … of serving area i, z_ik says that nothing is open within D_k [1]_ [2]_:

    minimise    Σ_i ( D_i1 + Σ_k (D_i,k+1 − D_ik)·z_ik )
    subject to  z_ik + Σ_{j: c_ji = D_ik} open_j ≥ z_i,k−1    (z_i0 = 1, and no z for the last step)

Every site stands once in the rows of an area, and costs that are the same make one step: for whole minutes that is
far smaller than a column for every pair of site and area, and the linear relaxation is as strong.

References:
    .. [1] García, S., Labbé, M. & Marín, A. (2011). Solving large p-median problems with a radius formulation. INFORMS
       Journal on Computing 23(4), 546–556. doi:10.1287/ijoc.1100.0418
    .. [2] Elloumi, S. (2010). A tighter formulation of the p-median problem. Journal of Combinatorial Optimization
       19(1), 69–83. doi:10.1007/s10878-008-9162-0
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from beredt.siting.program import Program
from beredt.siting.site_rows import SiteRow

F8 = NDArray[np.float64]
B = NDArray[np.bool_]


def radius_program(costs: F8, pairs: B, low: F8, high: F8, limits: Sequence[SiteRow]) -> Program:
    """Build the programme.

    Args:
        costs: (S, N) of serving each area from each site.
        pairs: (S, N), which sites may turn out to be the nearest open one of an area; at least one for each area.
        low, high: (S,) least and most of the site columns, which are the first S.
        limits: rows over the site columns.

    Returns:
        A programme with a column for each site, and one for each step of each area but the last.
    """
    sites = costs.shape[0]
    area, site = np.nonzero(pairs.T)
    cost = costs[site, area]
    order = np.lexsort((cost, area))
    area, site, cost = area[order], site[order], cost[order]
    begins = np.ones(area.size, np.bool_)
    begins[1:] = (area[1:] != area[:-1]) | (cost[1:] != cost[:-1])
    step = np.cumsum(begins) - 1  # of each pair
    step_area, step_cost = area[begins], cost[begins]
    steps = step_area.size
    first = np.ones(steps, np.bool_)
    first[1:] = step_area[1:] != step_area[:-1]
    last = np.append(first[1:], True)
    column = sites + np.cumsum(~last) - 1  # of each step that is not the last
    further = np.flatnonzero(~last)
    columns = sites + further.size
    after_first = np.flatnonzero(~first)
    row = np.concatenate([step, further, after_first])
    col = np.concatenate([site, column[further], column[after_first - 1]])
    value = np.concatenate([np.ones(step.size + further.size), -np.ones(after_first.size)])
    for number, limit in enumerate(limits):
        row = np.concatenate([row, np.full(sites, steps + number)])
        col = np.concatenate([col, np.arange(sites)])
        value = np.concatenate([value, limit.coefficient])
    return Program(
        cost=np.concatenate([np.zeros(sites), step_cost[further + 1] - step_cost[further]]),
        low=np.concatenate([low, np.zeros(further.size)]),
        high=np.concatenate([high, np.ones(further.size)]),
        integer=np.arange(columns) < sites,
        rows=csr_array((value, (row, col)), shape=(steps + len(limits), columns)),
        row_low=np.concatenate([first.astype(np.float64), [limit.low for limit in limits]]),
        row_high=np.concatenate([np.full(steps, inf), [limit.high for limit in limits]]),
        constant=float(step_cost[first].sum()),
    )
