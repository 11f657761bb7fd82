"""The chance that a unit which can reach an area in time is free later on.

A unit is free then if its present mission is over and no other has taken it since. The first is told by
`mission_end.chance_of_end`. For the second a unit is taken by incidents to which it is the nearest one, λ a second,
each of which keeps it for T seconds in the mean (mobilisation and drive, scene, and for those who are transported the
drive to hospital and handover); after w seconds of being free it is on a mission with probability [1]_

    b = λT/(1 + λT)·(1 − exp(−w·(λ + 1/T)))

That units further off are taken when nearer ones are busy is left out. Units are taken to be independent: an area is
reached in time with probability 1 − Π_u (1 − f_u·(1 − b_u)) over units u that come in time.

References:
    .. [1] Karlin, S., Taylor, H. M. (1975). A First Course in Stochastic Processes, 2nd ed., chapter 4 (two states).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.world import F8, I4
from beredt.live.ground.ground import Ground
from beredt.simulation.incident_rules import HANDOVER, ON_SCENE

TRANSPORT = 3


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
    nearest: I4 = seconds.argmin(axis=0).astype(np.int32)
    mean_s = rules.median_s * np.exp(rules.sigma**2 / 2.0)
    away_s = rules.transport_share * (_transport_s(ground, at_ms) + mean_s[HANDOVER]) + mean_s[ON_SCENE]
    away_s += seconds.min(axis=0)[:, np.newaxis]
    per_s = calls * (1.0 + rules.second_unit_share) / 3600.0
    n = len(seconds)
    rate = np.bincount(nearest, weights=per_s.sum(axis=1), minlength=n)
    load = np.bincount(nearest, weights=(per_s * away_s).sum(axis=1), minlength=n)
    mean_away_s = np.divide(load, rate, out=np.ones(n), where=rate > 0.0)
    gone = np.exp(-np.maximum(np.array(free_s), 0.0) * (rate + 1.0 / mean_away_s))
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
