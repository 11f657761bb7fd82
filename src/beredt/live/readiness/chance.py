"""The chance that a unit which can reach an area in time is free later on.

A unit is free then if its present mission is over and no other has taken it since. The first is told by
`mission_end.chance_of_end`. For the second a unit is taken by incidents that come to it, λ a second: those to which it
is the nearest, and those whose nearer units are all busy. Each keeps it for T seconds in the mean (drive, scene, and
for those who are transported the drive to hospital and handover). After w seconds of being free it is on a mission
with probability [1]_

    b = λT/(1 + λT)·(1 − exp(−w·(λ + 1/T)))

What comes to the unit of rank j of an area is what the nearer ones leave, c·Π_{i<j} b_i, which is found by repeating
it, as in Larson's approximation [2]_; of units at the same place every area has another one first. Units are taken to
be independent: an area is reached in time with probability 1 − Π_u (1 − f_u·(1 − b_u)) over units u that come in time.

References:
    .. [1] Karlin, S., Taylor, H. M. (1975). A First Course in Stochastic Processes, 2nd ed., chapter 4 (two states).
    .. [2] Larson, R. C. (1975). Approximating the performance of urban emergency service systems. Operations Research
       23(5), 845-868. doi:10.1287/opre.23.5.845
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.world import F8, I4
from beredt.live.ground.ground import Ground
from beredt.simulation.incident_rules import HANDOVER, ON_SCENE

TRANSPORT = 3
ROUNDS, FIRST_GUESS = 6, 0.2
MOST_RANKS = 6
"""Units of an area to which its incidents may come; what is left after them is next to nothing."""


def taken_chances(ground: Ground, seconds: F8, calls: F8, free_s: Sequence[float], at_ms: int) -> F8:
    """B of each of n units, float64[n].

    Args:
        ground: the study.
        seconds: [n, A] from a decision until each unit is there; infinite for one that is not expected to be free.
        calls: [A, 3] incidents an hour.
        free_s: [n] how long each will have been free, w.
        at_ms: the moment.
    """
    rules = ground.rules
    mean_s = rules.median_s * np.exp(rules.sigma**2 / 2.0)
    away_s = rules.transport_share * (_transport_s(ground, at_ms) + mean_s[HANDOVER]) + mean_s[ON_SCENE]
    away_s += seconds.min(axis=0)[:, np.newaxis]
    per_s = calls * (1.0 + rules.second_unit_share) / 3600.0
    calls_s, loads = per_s.sum(axis=1), (per_s * away_s).sum(axis=1)
    ranks, free = _ranks(seconds), np.maximum(np.array(free_s), 0.0)
    busy: F8 = np.full(len(seconds), FIRST_GUESS)
    for _ in range(ROUNDS):
        busy = _taken(ranks, calls_s, loads, free, busy)
    return busy


def _ranks(seconds: F8) -> I4:
    """Units of every area from the nearest on, int32[ranks, A]; equals in another order in every area."""
    n, areas = seconds.shape
    turn = (np.arange(n)[:, np.newaxis] + np.arange(areas)) % n
    order = np.lexsort((turn, np.round(seconds)), axis=0)
    expected = int(np.isfinite(seconds[:, 0]).sum())
    found: I4 = order[: min(MOST_RANKS, expected)].astype(np.int32)
    return found


def _taken(ranks: I4, calls_s: F8, loads: F8, free_s: F8, busy: F8) -> F8:
    """B once more, from what nearer units leave by the b before."""
    n, left = len(busy), np.ones(len(calls_s))
    rate, load = np.zeros(n), np.zeros(n)
    for unit in ranks:
        rate += np.bincount(unit, weights=calls_s * left, minlength=n)
        load += np.bincount(unit, weights=loads * left, minlength=n)
        left *= busy[unit]
    mean_away_s = np.divide(load, rate, out=np.ones(n), where=rate > 0.0)
    gone = np.exp(-free_s * (rate + 1.0 / mean_away_s))
    found: F8 = load / (1.0 + load) * (1.0 - gone)
    return found


def reached_chances(in_time: NDArray[np.bool_], free: F8) -> F8:
    """The chance that an area is reached in time, float64[A].

    Args:
        in_time: [n, A] whether a unit comes in time.
        free: [n] probability that it is free.
    """
    none = np.prod(np.where(in_time, 1.0 - free[:, np.newaxis], 1.0), axis=0)
    found: F8 = 1.0 - none
    return found


def _transport_s(ground: Ground, at_ms: int) -> F8:
    """Drive from every area to the hospital where most patients of an urgency are taken, float64[A, 3]."""
    rules = ground.rules
    share = np.diff(rules.choice_below[rules.area_zone], axis=2, prepend=0.0)
    row = share.argmax(axis=2)
    hospital = np.take_along_axis(rules.nearest, row[:, :, np.newaxis], axis=2)[:, :, 0]
    road_s = ground.world.roads.seconds[0][rules.hospital_node[hospital], ground.area_node[:, np.newaxis]]
    legs = ground.area_leg[:, np.newaxis] + rules.hospital_leg[hospital]
    found: F8 = (road_s + legs) * ground.factor(TRANSPORT, at_ms)
    return found
