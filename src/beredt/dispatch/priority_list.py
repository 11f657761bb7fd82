"""A ranked list of bases: its n-th entry is the place of the n-th free unit.

A unit that becomes free goes to the first entry that no other free unit fills. A base may stand in the list several
times; its first entry is filled by one free unit of that base, its second by another, and so on.
"""

from __future__ import annotations

import numpy as np

from beredt.dispatch.compiled import apart
from beredt.dispatch.roads import I4


def earlier_entries(ranked: I4) -> I4:
    """How often the base of each entry stands in the list before it.

    Args:
        ranked: [n] bases, the most important first.

    Returns:
        [n], each at least 0.
    """
    before = [int(np.count_nonzero(ranked[:n] == base)) for n, base in enumerate(ranked)]
    return np.array(before, np.int32)


@apart
def first_unfilled(ranked: I4, earlier: I4, free_at: I4, otherwise: int) -> int:
    """The base of the first entry that no other free unit fills.

    Args:
        ranked: [n] bases, the most important first.
        earlier: [n] from `earlier_entries`.
        free_at: [B] free units whose base it is, the unit in question left out.
        otherwise: the answer when every entry is filled.
    """
    for n in range(ranked.size):
        if free_at[ranked[n]] <= earlier[n]:
            return ranked[n]
    return otherwise
