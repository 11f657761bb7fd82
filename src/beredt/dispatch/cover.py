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

Nothing drifts over a long run: a sum is never corrected but formed anew, sets in ascending order, and only where a
count in it has changed. Equal counts give equal bits, and so do bases that cover the same sets. A city has some hundred
sets, and a decision then takes less than a microsecond.

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

from beredt.dispatch.compiled import apart, leaf
from beredt.dispatch.roads import F8, I1, I4


class Cover(NamedTuple):
    """Which base covers which sets of demand. B bases, G sets, U units, E pairs of a base and a set that it covers."""

    set_weight: F8  # [G] > 0, demand of the set: expected incidents a day
    base_first: I4  # [B + 1] where the sets of a base begin in base_sets
    base_sets: I4  # [E] sets that the base covers, ascending
    near_first: I4  # [B + 1] where the neighbours of a base begin in near_bases
    near_bases: I4  # [·] bases that cover a set which the base covers too, itself among them, ascending
    power: F8  # [U + 2] (1 - q)·q^k for k = 0, 1, …
    offered: I1  # [B] 1 when a freed unit may be sent to the base


class FreeNow(NamedTuple):
    """How many free units cover each set now, and what follows from it."""

    k: I4  # [G] free units whose base covers the set
    value: F8  # [G] what one more unit there is worth: set_weight·power[k]
    gain: F8  # [B] sum of `value` over the base's sets, where not stale
    stale: I1  # [B] 1 when a count has changed since `gain` was formed


def empty_cover(bases: int) -> Cover:
    """The cover of a service that does not ask for it: no sets, so that counting costs next to nothing; no offers.

    Args:
        bases: number of bases.
    """
    first, none = np.zeros(bases + 1, np.int32), np.zeros(0, np.int32)
    return Cover(np.zeros(0), first, none, first, none, np.zeros(2), np.zeros(bases, np.int8))


def nobody_free(c: Cover) -> FreeNow:
    """The beginning: no unit is free."""
    bases = c.base_first.size - 1
    k = np.zeros(c.set_weight.size, np.int32)
    return FreeNow(k, c.set_weight * c.power[0], np.zeros(bases), np.ones(bases, np.int8))


@leaf
def count_free(c: Cover, now: FreeNow, base: int, change: int) -> None:
    """A free unit of a base comes or goes.

    Args:
        c: cover.
        now: changed.
        base: number of the base.
        change: 1 when it comes, -1 when it goes.
    """
    for j in range(c.base_first[base], c.base_first[base + 1]):
        g = c.base_sets[j]
        now.k[g] += change
        now.value[g] = c.set_weight[g] * c.power[now.k[g]]
    for j in range(c.near_first[base], c.near_first[base + 1]):
        now.stale[c.near_bases[j]] = 1


@apart
def best_base(c: Cover, now: FreeNow) -> int:
    """The offered base where one more free unit adds most, though it be nothing; the first on a tie; -1 without offers.

    Args:
        c: cover.
        now: without the unit that is to be sent. Afterwards `gain` of offered bases holds, in the unit of `set_weight`.
    """
    best = -1
    for b in range(now.gain.size):
        if not c.offered[b]:
            continue
        if now.stale[b]:
            added = 0.0
            for j in range(c.base_first[b], c.base_first[b + 1]):
                added += now.value[c.base_sets[j]]
            now.gain[b] = added
            now.stale[b] = 0
        if best < 0 or now.gain[b] > now.gain[best]:
            best = b
    return best


@leaf
def loss(c: Cover, now: FreeNow, base: int) -> float:
    """What is lost when a free unit of a base goes, in the unit of `set_weight`.

    Args:
        c: cover; only its busy fraction may differ from that which `now` was counted with.
        now: with that unit.
        base: number of its base.
    """
    lost = 0.0
    for j in range(c.base_first[base], c.base_first[base + 1]):
        g = c.base_sets[j]
        lost += c.set_weight[g] * c.power[now.k[g] - 1]
    return lost
