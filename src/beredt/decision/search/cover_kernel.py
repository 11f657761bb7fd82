"""The compiled part of the cover model: how often sites are blocked, and what areas are worth then."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

NEGLIGIBLE = 1e-9
"""Share of an area's incidents that is not followed to further sites."""


@njit(cache=True, nogil=True)
def blocked_sites(order: I8, load: F8, units: I8, turns: int) -> F8:
    """[S] how often all units of a site are busy, by load and blocking in turns.

    Args:
        order: [A, J] sites of each area by rank.
        load: [A] units' worth of work that comes up in an area.
        units: [S] on duty.
        turns: of load and blocking.
    """
    blocked = np.ones(units.size)
    busy = min(0.9, load.sum() / max(units.sum(), 1))
    for s in range(units.size):
        if units[s] > 0:
            blocked[s] = busy ** units[s]
    for _ in range(turns):
        offered = np.zeros(units.size)
        for a in range(order.shape[0]):
            before = load[a]
            least = NEGLIGIBLE * before
            for j in range(order.shape[1]):
                site = order[a, j]
                offered[site] += before
                before *= blocked[site]
                if before <= least:
                    break
        for s in range(units.size):
            blocked[s] = _erlang_loss(units[s], offered[s])
    return blocked


@njit(cache=True, nogil=True)
def served_worth(order: I8, worth: F8, blocked: F8, unserved: float) -> F8:
    """[A] what an area is worth when sites are blocked with these probabilities.

    Args:
        order: [A, J] sites of each area by rank.
        worth: [A, J] of being served from there.
        blocked: [S] probabilities.
        unserved: worth of being served by none of them.
    """
    total = np.zeros(order.shape[0])
    for a in range(order.shape[0]):
        before = 1.0
        for j in range(order.shape[1]):
            there = blocked[order[a, j]]
            total[a] += before * (1.0 - there) * worth[a, j]
            before *= there
            if before <= NEGLIGIBLE:
                break
        total[a] += before * unserved
    return total


@njit(cache=True, nogil=True)
def _erlang_loss(units: int, offered: float) -> float:
    """B(n, ρ) by the recursion B(k) = ρ·B(k−1) / (k + ρ·B(k−1)); 1 without units."""
    loss = 1.0
    for k in range(1, units + 1):
        loss = offered * loss / (k + offered * loss)
    return loss
