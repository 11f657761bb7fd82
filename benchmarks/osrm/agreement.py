"""How far two tables of times agree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST_S = 60.0
"""Of shorter trips a relative error says nothing: they are left out of it, but not of who finds a way."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Relative differences |ours − theirs| / theirs over `pairs` trips of a minute and more that both find.

    `only_ours`, `only_theirs`: pairs that only one of them joins. `median`, `p90`, `p99`, `most`; `middle`: median
    of (ours − theirs) / theirs, with its sign; `above_1_percent`: share of the pairs.
    """

    pairs: int
    only_ours: int
    only_theirs: int
    median: float
    p90: float
    p99: float
    most: float
    middle: float
    above_1_percent: float


def agreement(ours_s: NDArray[np.float64], theirs_s: NDArray[np.float64]) -> Agreement:
    """Compare times between the same places, float64 (k, k), inf where no way leads; nobody drives to himself."""
    apart = ~np.eye(len(ours_s), dtype=bool)
    ours, theirs = ours_s[apart], theirs_s[apart]
    found, peer = np.isfinite(ours), np.isfinite(theirs)
    told = found & peer & (theirs >= LEAST_S)
    signed = ours[told] / theirs[told] - 1.0
    error = np.abs(signed)
    return Agreement(
        pairs=int(told.sum()),
        only_ours=int((found & ~peer).sum()),
        only_theirs=int((peer & ~found).sum()),
        median=float(np.median(error)),
        p90=float(np.quantile(error, 0.9)),
        p99=float(np.quantile(error, 0.99)),
        most=float(error.max()),
        middle=float(np.median(signed)),
        above_1_percent=float((error > 0.01).mean()),
    )
