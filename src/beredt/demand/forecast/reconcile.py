"""Forecasts of parts and of sums made to agree, so that areas add up to the total."""

from __future__ import annotations

import numpy as np

from beredt.demand.forecast.counts import F8

LEAST_SHARE = 0.2


def reconcile(parts: F8, areas: F8, total: F8) -> F8:
    """Change expected counts of parts so that their sums come closest to forecasts of the sums.

    Least squares over all forecasts, each weighted by one over its variance, which for counts is as its mean: the
    minimum-trace reconciliation with a diagonal matrix. A part never falls below a fifth of what it was. Sums are
    then sums of parts, always.

    Args:
        parts: [H, A, U] above 0.
        areas: [H, A] forecasts of areas, all urgencies together.
        total: [H] forecast of everything.

    Returns:
        float64[H, A, U].

    Reference:
        S. L. Wickramasuriya, G. Athanasopoulos, R. J. Hyndman (2019), Optimal forecast reconciliation for hierarchical
        and grouped time series through trace minimization, Journal of the American Statistical Association 114(526).
    """
    out = np.empty_like(parts)
    for h, part in enumerate(parts):
        out[h] = _one_step(part, areas[h], float(total[h]))
    return np.maximum(out, LEAST_SHARE * parts)


def _one_step(part: F8, areas: F8, total: float) -> F8:
    """Parts [A, U] are corrected as in a Kalman filter that observes A sums over urgencies and the one of all."""
    own = part.sum(axis=1)
    gap = np.append(areas - own, total - own.sum())
    # Covariance of the sums of parts: areas are apart from one another, the total shares every one of them.
    shared = np.diag(np.append(own + areas, own.sum() + total))
    shared[:-1, -1] = shared[-1, :-1] = own
    pull = np.linalg.solve(shared, gap)
    corrected: F8 = part * (1.0 + pull[:-1, None] + pull[-1])
    return corrected
