"""How likely each pair is to be right, when every record belongs to one other at most.

A pair with a high score is less sure when either record has another that fits as well, and surer when that other fits
somebody else better. Both are weighed by belief propagation: records tell each other in turn how free they are, until
nothing moves. J. L. Williams and R. A. Lau, *Approximate evaluation of marginal association probabilities with belief
propagation*, IEEE Transactions on Aerospace and Electronic Systems 50 (2014) 2942–2959; it always comes to rest.

It is exact where rivals make no circle, and may be far off where they do: small groups with one are counted exactly.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from beredt.indicators.observed import F8, I8
from beredt.indicators.pathway.exact_belief import exact_probabilities

ROUNDS = 200
STILL = 1e-9

MOST_EXACT = 10
"""Records of the log of which a group has fewer, up to which it is counted exactly; each more doubles the work."""


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
    found = np.asarray(claims / (1 + np.bincount(left, claims, minlength=one.size)[left]), np.float64)
    for pairs in _small_circles(left, right, one.size, other.size) if odds.size else ():
        counted = _counted(left[pairs], right[pairs], odds[pairs])
        if np.isfinite(counted).all():  # odds so far apart that no world is left in floating point are weighed
            found[pairs] = counted
    return found


def _small_circles(left: I8, right: I8, lefts: int, rights: int) -> list[I8]:
    """Pairs [Q] of each group of records in which rivals make a circle, and that is small enough."""
    size = lefts + rights
    links = coo_array((np.ones(left.size, np.int8), (left, lefts + right)), shape=(size, size))
    number, group = connected_components(links, directed=False)
    of_pair = group[left]
    pairs = np.bincount(of_pair, minlength=number)
    fewer = np.minimum(np.bincount(group[:lefts], minlength=number), np.bincount(group[lefts:], minlength=number))
    # A group without a circle is a tree: it has a pair less than records.
    wanted = (pairs >= np.bincount(group, minlength=number)) & (fewer <= MOST_EXACT)
    order = np.argsort(of_pair, kind="stable")
    return [part for one, part in enumerate(np.split(order, np.cumsum(pairs)[:-1])) if wanted[one]]


def _counted(left: I8, right: I8, odds: F8) -> F8:
    """Exact probabilities of a group, the log with fewer records as targets."""
    one, source = np.unique(left, return_inverse=True)
    other, target = np.unique(right, return_inverse=True)
    if one.size < other.size:
        source, target = target, source
    return exact_probabilities(source, target, odds)
