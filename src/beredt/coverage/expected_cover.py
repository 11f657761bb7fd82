"""How much demand a deployment is expected to cover when every unit may be busy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.coverage.cover_sets import CoverSets

F8 = NDArray[np.float64]


def marginal_cover(busy_fraction: float, units: int) -> F8:
    """What one more unit adds to the cover of a point that k units cover already, as a share of its demand.

    If a unit is busy with probability q, independently of the others, the point finds one of k units free with
    probability 1 − q^k, and one unit more adds

        (1 − q^(k+1)) − (1 − q^k) = q^k·(1 − q)

    Args:
        busy_fraction: q in [0, 1). With 0 the first unit covers all, and a second adds nothing (maximal covering).
        units: largest number of units that can cover a point, at least 0.

    Returns:
        float64 (units + 2,) for k = 0, 1, …

    Raises:
        ValueError: a busy fraction outside its range: units that are always busy cover nothing.
    """
    if not 0.0 <= busy_fraction < 1.0:
        raise ValueError(f"the busy fraction is at least 0 and below 1, got {busy_fraction}")
    return _powers(busy_fraction, units + 2) * (1.0 - busy_fraction)


def expected_cover(sets: CoverSets, units_at: NDArray[np.integer], busy_fraction: float) -> float:
    """Demand that a deployment is expected to cover: the objective of MEXCLP [1]_, Σ_g w_g·(1 − q^k_g).

    Args:
        sets: G sets of demand, B bases.
        units_at: (B,) ≥ 0, units of each base.
        busy_fraction: q in [0, 1], the share of time for which a unit is busy, the same for all and independent.

    Returns:
        In the unit of the weights; at most their sum.

    References:
        .. [1] Daskin, M. S. (1983). A maximum expected covering location model: formulation, properties and heuristic
           solution. Transportation Science 17(1), 48-70. doi:10.1287/trsc.17.1.48
    """
    k = sets.covers.astype(np.int64) @ units_at
    return float(sets.weight @ (1.0 - _powers(busy_fraction, int(units_at.sum()) + 1)[k]))


def _powers(q: float, count: int) -> F8:
    """q^k for k = 0, 1, …: not by numpy, whose last bit depends on the processor."""
    return np.array([q**k for k in range(count)])
