"""Models with p stations have p of them, even where fewer would do as well."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.siting.problem import SitingProblem
from beredt.siting.site_rows import open_bounds, spending_row

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


def fill_up(problem: SitingProblem, chosen: I8, stations: int, worth: F8) -> I8:
    """Add sites to a choice until it has as many as were asked for, or the sites or the budget give no more.

    Args:
        problem: sites, locks and budget.
        chosen: numbers of open sites.
        stations: wanted.
        worth: (S,) the site with the highest comes first, of equals the first.

    Returns:
        Numbers of the sites, ascending.
    """
    may = open_bounds(problem)[1] > 0.0
    row = spending_row(problem)
    picked = list(np.sort(chosen))
    for site in np.argsort(-worth, kind="stable"):
        if len(picked) >= stations:
            break
        if not may[site] or site in picked:
            continue
        if row is not None and float(row.coefficient[[*picked, site]].sum()) > row.high:
            continue
        picked.append(site)
    return np.sort(np.array(picked, np.int64))
