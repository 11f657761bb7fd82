"""How likely each pair of a small group is to be right, counted over all worlds in which nobody is in two pairs.

Sources are gone through one by one; what has to be known of those before is only which targets are taken. So the
worlds of S sources and T targets are summed in S · T · 2^T steps, forwards and backwards, as in a hidden Markov chain.
"""

from __future__ import annotations

import numpy as np

from beredt.indicators.observed import F8, I8


def exact_probabilities(source: I8, target: I8, odds: F8) -> F8:
    """Exact probability of each pair of a group.

    Args:
        source: [P] numbers from 0 of records of one log.
        target: [P] numbers from 0 of records of the other; each doubles the work.
        odds: [P] as in `pair_probabilities`.

    Returns:
        [P]; not finite where odds are too far apart for floating point.
    """
    sources, masks = int(source.max()) + 1, 1 << (int(target.max()) + 1)
    taken = np.arange(masks)
    own = [np.flatnonzero(source == one) for one in range(sources)]
    free = [taken[taken >> one & 1 == 0] for one in target.tolist()]
    bit = np.left_shift(1, target)
    after = np.ones((sources + 1, masks))  # weight of all that the sources from this one on can still do
    for one in reversed(range(sources)):
        after[one] = after[one + 1]
        for pair in own[one].tolist():
            after[one, free[pair]] += odds[pair] * after[one + 1, free[pair] | bit[pair]]
        after[one] /= after[one].max()
    found, before = np.zeros(odds.size), np.zeros(masks)
    before[0] = 1.0
    for one in range(sources):
        next_before = before.copy()
        weights = np.zeros(odds.size)
        for pair in own[one].tolist():
            given = odds[pair] * before[free[pair]]
            next_before[free[pair] | bit[pair]] += given
            weights[pair] = given @ after[one + 1, free[pair] | bit[pair]]
        with np.errstate(invalid="ignore", divide="ignore"):
            found[own[one]] = weights[own[one]] / (before @ after[one + 1] + weights.sum())
        before = next_before / next_before.max()
    return found
