"""What the free units cover, and where one more would add most: the rule DMEXCLP, and the loss of sending one.

A demand point is *covered* by a base when a unit that stands there comes within the time allowed. Points that
the same bases cover form one *set*. Let a unit be busy with probability q, independently of the others. A set with
k free units then finds one of them free with probability 1 − q^k, so the expected demand covered is

    C = Σ_g w_g·(1 − q^k_g)

(Daskin's MEXCLP objective [1]_). One unit more at base b adds, and one unit less at base b takes away,

    gain(b) = Σ_{g∋b} w_g·(1 − q)·q^k_g            loss(b) = Σ_{g∋b} w_g·(1 − q)·q^(k_g − 1)

The two are the same side by side: the loss of a unit is the gain of bringing it back. DMEXCLP [2]_ sends a unit that
becomes free to the base with the greatest gain, where the units on missions, and itself, do not count. The leave-behind
rule [3]_ [4]_ sends to an incident, of the free units that come in time, the one with the least loss, and the nearest
where none comes in time.

Sums are formed anew at every call, sets in ascending order, so that nothing drifts over a long run: equal counts give
equal bits, and bases that cover the same sets are equal to the last bit. A city has some hundred sets, and a decision
then takes about a microsecond; keeping the gains up to date instead would touch as many numbers.

References:
    .. [1] Daskin, M. S. (1983). A maximum expected covering location model: formulation, properties and heuristic
       solution. Transportation Science 17(1), 48-70. doi:10.1287/trsc.17.1.48
    .. [2] Jagtenberg, C. J., Bhulai, S., van der Mei, R. D. (2015). An efficient heuristic for real-time ambulance
       redeployment. Operations Research for Health Care 4, 27-35. doi:10.1016/j.orhc.2015.01.001
    .. [3] Jagtenberg, C. J., Bhulai, S., van der Mei, R. D. (2017). Dynamic ambulance dispatching: is the closest-idle
       policy always optimal? Health Care Management Science 20(4), 517-531. doi:10.1007/s10729-016-9368-0
    .. [4] Jagtenberg, C. J., van den Berg, P. L., van der Mei, R. D. (2017). Benchmarking online dispatch algorithms
       for emergency medical services. European Journal of Operational Research 258(2), 715-725.
       doi:10.1016/j.ejor.2016.08.061
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.compiled import compiled
from beredt.dispatch.world import F8, I4


class Cover(NamedTuple):
    """Which base covers which sets of demand. B bases, G sets, U units, E pairs of a base and a set that it covers."""

    set_weight: F8  # [G] > 0, demand of the set: expected incidents a day
    base_first: I4  # [B + 1] where the sets of a base begin in base_sets
    base_sets: I4  # [E] sets that the base covers, ascending
    power: F8  # [U + 2] (1 - q)·q^k for k = 0, 1, …


def empty_cover(bases: int) -> Cover:
    """The cover of a service that does not ask for it: no sets, so that counting costs nothing.

    Args:
        bases: number of bases.
    """
    return Cover(np.zeros(0), np.zeros(bases + 1, np.int32), np.zeros(0, np.int32), np.zeros(2))


@compiled
def count_free(c: Cover, k: I4, base: int, change: int) -> None:
    """A free unit of a base comes (`change` 1) or goes (-1).

    Args:
        c: cover.
        k: [G] free units whose base covers the set; changed.
        base: number of the base.
        change: 1 or -1.
    """
    for j in range(c.base_first[base], c.base_first[base + 1]):
        k[c.base_sets[j]] += change


@compiled
def best_base(c: Cover, k: I4, value: F8) -> int:
    """The base where one more free unit adds most; the first of those on a tie, so 0 where nothing is covered.

    Args:
        c: cover.
        k: [G] free units whose base covers the set, without the unit that is to be sent.
        value: [G] room; what is in it means nothing.
    """
    for g in range(k.size):
        value[g] = c.set_weight[g] * c.power[k[g]]
    best, most = 0, -1.0
    for b in range(c.base_first.size - 1):
        added = 0.0
        for j in range(c.base_first[b], c.base_first[b + 1]):
            added += value[c.base_sets[j]]
        if added > most:
            best, most = b, added
    return best


@compiled
def gain(c: Cover, k: I4, base: int) -> float:
    """What one more free unit adds at a base, in the unit of `set_weight`.

    Args:
        c: cover.
        k: [G] free units whose base covers the set, without that unit.
        base: number of the base.
    """
    added = 0.0
    for j in range(c.base_first[base], c.base_first[base + 1]):
        g = c.base_sets[j]
        added += c.set_weight[g] * c.power[k[g]]
    return added


@compiled
def loss(c: Cover, k: I4, base: int) -> float:
    """What is lost when a free unit of a base goes, in the unit of `set_weight`.

    Args:
        c: cover.
        k: [G] free units whose base covers the set, with that unit.
        base: number of its base.
    """
    lost = 0.0
    for j in range(c.base_first[base], c.base_first[base + 1]):
        g = c.base_sets[j]
        lost += c.set_weight[g] * c.power[k[g] - 1]
    return lost
