"""Which patients could share a taxi.

A pool has one hospital, one day and one direction. On the way out it is there in time for the first appointment, and
nobody waits too long for the own one; on the way home it leaves when the last patient is ready. Nobody rides longer
than alone by more than the detour. If some may share, so may any of them without the others: pools are therefore
grown one patient at a time and none is missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from beredt.decision.patient_travel.figures import Rules
from beredt.decision.patient_travel.points import Drives
from beredt.decision.patient_travel.trips import Trips

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
B = NDArray[np.bool_]

SOME_KM = 1e-6
"""What no pool may save less than: rounding must not make one."""


@dataclass(frozen=True, slots=True, eq=False)
class Pools:
    """n pools of k patients each. `members` [n, k]: trips. `km` (n,): of the taxi. `extra_s` [n, k]: of each ride
    beyond the direct one. `wait_s` [n, k]: at the hospital. `saved_km` (n,): against everybody going alone.
    """

    members: I8
    km: F8
    saved_km: F8
    extra_s: F8
    wait_s: F8

    def __len__(self) -> int:
        return int(self.members.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Drives that pools are made of: `among` from area to area, `out` to hospitals, `back` from them; [start, end]."""

    among: Drives
    out: Drives
    back: Drives


def find_pools(who: I8, trips: Trips, ground: Ground, rules: Rules) -> tuple[Pools, ...]:
    """All pools worth having among some trips, by size from two patients on.

    A pool is worth having when it saves enough; one of three or more when it also saves more than any two of its
    patients in a taxi of their own.
    """
    who = who[~(trips.stretcher[who] | trips.wheelchair[who])]
    group = _group(who, trips)
    order = np.lexsort((who, trips.time_s[who], group))
    who, group = who[order], group[order]
    pairs = _evaluate(_pairs(who, group, trips, rules), trips, ground, rules)
    if not len(pairs):
        return ()
    rank = np.full(len(trips), -1, np.int64)
    rank[who] = np.arange(who.size)
    known, best = _pair_codes(pairs, rank, who.size)
    least = max(rules.least_saved_km, SOME_KM)
    found, grown = [_keep(pairs, pairs.saved_km >= least)], pairs
    for _ in range(3, rules.pool_patients + 1):
        grown = _evaluate(_grow(grown, who, rank, known), trips, ground, rules)
        if not len(grown):
            break
        more = grown.saved_km > _best_pair(grown, rank, who.size, known, best)
        found.append(_keep(grown, more & (grown.saved_km >= least)))
    return tuple(part for part in found if len(part))


def _group(who: I8, trips: Trips) -> I8:
    hospitals = int(trips.hospital.max(initial=0)) + 1
    return (trips.day[who] * 2 + trips.home[who]) * hospitals + trips.hospital[who]


def _pairs(who: I8, group: I8, trips: Trips, rules: Rules) -> I8:
    """Trips of the same group whose times lie close enough, [n, 2]; `who` is in the order of groups and times."""
    found = []
    time = trips.time_s[who]
    for step in range(1, who.size):
        close = (group[step:] == group[:-step]) & (time[step:] - time[:-step] <= rules.pool_wait_s)
        if not close.any():
            break
        first = np.flatnonzero(close)
        found.append(np.column_stack([who[first], who[first + step]]))
    return np.concatenate(found) if found else np.zeros((0, 2), np.int64)


def _grow(pools: Pools, who: I8, rank: I8, known: I8) -> I8:
    """Every pool with one more patient, later in order than all of its own, that may pair with each of them."""
    places = rank[pools.members]
    first, last = places[:, 0], places[:, -1]
    starts = np.searchsorted(known, first * who.size + last, side="right")
    ends = np.searchsorted(known, (first + 1) * who.size)
    counts = ends - starts
    which = np.repeat(np.arange(len(pools)), counts)
    offset = np.arange(which.size) - np.repeat(np.cumsum(counts) - counts, counts)
    new = known[np.repeat(starts, counts) + offset] % who.size
    fits = np.ones(which.size, bool)
    for column in range(1, places.shape[1]):
        fits &= _is_in(places[which, column] * who.size + new, known)
    return np.column_stack([pools.members[which[fits]], who[new[fits]]])


def _is_in(codes: I8, known: I8) -> B:
    at = np.minimum(np.searchsorted(known, codes), known.size - 1)
    return np.asarray(known[at] == codes)


def _pair_codes(pairs: Pools, rank: I8, n: int) -> tuple[I8, F8]:
    """Allowed pairs as one ascending number each, and what they save."""
    codes = rank[pairs.members[:, 0]] * n + rank[pairs.members[:, 1]]
    order = np.argsort(codes)
    return codes[order], pairs.saved_km[order]


def _best_pair(pools: Pools, rank: I8, n: int, known: I8, saved: F8) -> F8:
    places = rank[pools.members]
    best = np.zeros(len(pools))
    for one in range(places.shape[1]):
        for other in range(one + 1, places.shape[1]):
            best = np.maximum(best, saved[np.searchsorted(known, places[:, one] * n + places[:, other])])
    return best


def _evaluate(members: I8, trips: Trips, ground: Ground, rules: Rules) -> Pools:
    """The pools that the rules allow, each by the shortest order of doors that they allow."""
    members = members[trips.seats[members].sum(axis=1) <= rules.pool_seats]
    n, k = members.shape
    km = np.full(n, np.inf)
    extra = np.zeros((n, k))
    home = trips.home[members[:, 0]]
    for order in permutations(range(k)):
        order_km, ride_s = _drive(members[:, order], trips, ground, rules, home)
        more = ride_s - trips.direct_s[members[:, order]]
        better = (more <= rules.detour_s).all(axis=1) & (order_km < km - 1e-9)
        km[better] = order_km[better]
        extra[np.ix_(np.flatnonzero(better), np.array(order))] = more[better]
    time = trips.time_s[members]
    # Out: there when the first must be. Home: away when the last is ready.
    wait = np.where(home[:, None], time.max(axis=1, keepdims=True) - time, time - time.min(axis=1, keepdims=True))
    saved = trips.km[members].sum(axis=1) - km
    return _keep(Pools(members, km, saved, np.maximum(extra, 0.0), wait), np.isfinite(km))


def _drive(doors: I8, trips: Trips, ground: Ground, rules: Rules, home: B) -> tuple[F8, F8]:
    """Kilometres of the taxi, and seconds that each patient rides, for doors in this order: (n,) and [n, k]."""
    area, hospital = trips.area[doors], trips.hospital[doors[:, 0]]
    k = doors.shape[1]
    legs_km = ground.among.km[area[:, :-1], area[:, 1:]]
    legs_s = ground.among.s[area[:, :-1], area[:, 1:]] + rules.stop_s
    out_km, out_s = ground.out.km[area[:, -1], hospital], ground.out.s[area[:, -1], hospital]
    back_km, back_s = ground.back.km[hospital, area[:, 0]], ground.back.s[hospital, area[:, 0]]
    km = legs_km.sum(axis=1) + np.where(home, back_km, out_km)
    ride = np.empty(doors.shape)
    later, sooner = np.zeros(len(doors)), np.zeros(len(doors))
    for place in range(k):
        ride[:, place] = np.where(home, back_s + sooner, 0.0)
        if place < k - 1:
            sooner = sooner + legs_s[:, place]
    for place in range(k - 1, -1, -1):
        ride[:, place] = np.where(home, ride[:, place], out_s + later)
        if place > 0:
            later = later + legs_s[:, place - 1]
    return km, ride


def _keep(pools: Pools, some: B) -> Pools:
    return Pools(pools.members[some], pools.km[some], pools.saved_km[some], pools.extra_s[some], pools.wait_s[some])
