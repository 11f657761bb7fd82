"""How likely each pair is to be right, when every record belongs to one other at most.

A pair with a high score is less sure when either record has another that fits as well, and surer when that other fits
somebody else better. Both are weighed by belief propagation: records tell each other in turn how free they are, until
nothing moves. J. L. Williams and R. A. Lau, *Approximate evaluation of marginal association probabilities with belief
propagation*, IEEE Transactions on Aerospace and Electronic Systems 50 (2014) 2942–2959; it always comes to rest.
"""

from __future__ import annotations

import numpy as np

from beredt.indicators.observed import F8, I8

ROUNDS = 200
STILL = 1e-9


def pair_probabilities(source: I8, target: I8, odds: F8) -> F8:
    """Probability of each pair.

    Args:
        source: [P] number of a record of one log.
        target: [P] number of a record of the other.
        odds: [P] that the pair belongs together rather than its source to nobody, if there were no other pair.

    Returns:
        [P] between 0 and 1; over all pairs of a record their sum is at most 1, or a hair more.
    """
    one, left = np.unique(source, return_inverse=True)
    other, right = np.unique(target, return_inverse=True)
    free = np.ones(odds.size)  # how free the target is for the source, as far as the target's other pairs tell
    for _ in range(ROUNDS):
        claims = odds * free
        claimed = np.bincount(left, claims, minlength=one.size)[left]
        wants = odds / (1 + np.maximum(claimed - claims, 0.0))
        wanted = np.bincount(right, wants, minlength=other.size)[right]
        before, free = free, 1 / (1 + np.maximum(wanted - wants, 0.0))
        if np.abs(free - before).max(initial=0.0) < STILL:
            break
    claims = odds * free
    return np.asarray(claims / (1 + np.bincount(left, claims, minlength=one.size)[left]), np.float64)
