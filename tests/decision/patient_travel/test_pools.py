"""Shared taxis: stories along one road, and the best of all ways on small cases."""

from __future__ import annotations

from itertools import combinations, pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.decision.patient_travel.choose_pools import choose_pools, pack, pack_by_programme, pack_in_time
from beredt.decision.patient_travel.figures import Rules
from beredt.decision.patient_travel.pools import find_pools
from beredt.decision.patient_travel.trips import Trips
from tests.decision.patient_travel import made_trips as made

HOUR = 3600.0


def found(trips: Trips, places: list[float], rules: Rules) -> dict[tuple[int, ...], float]:
    parts = find_pools(np.arange(len(trips)), trips, made.ground(places), rules)
    return {
        tuple(sorted(members)): saved
        for part in parts
        for members, saved in zip(part.members.tolist(), part.saved_km.tolist(), strict=True)
    }


def test_neighbours_on_the_same_road_share_the_shorter_drive() -> None:
    places = [20.0, 15.0]
    trips = made.trips(places, [9 * HOUR, 9.25 * HOUR])
    assert found(trips, places, made.rules()) == {(0, 1): 15.0}
    (pool,) = choose_pools(find_pools(np.arange(2), trips, made.ground(places), made.rules()), trips.time_s)
    assert pool.km == 20.0
    assert dict(zip(pool.members, pool.wait_s, strict=True)) == {0: 0.0, 1: 900.0}
    assert pool.extra_s == (0.0, 0.0)


def test_nobody_shares_across_directions_days_or_too_long_a_wait() -> None:
    places = [20.0, 15.0]
    assert not found(made.trips(places, [9 * HOUR, 9.51 * HOUR]), places, made.rules())
    assert not found(made.trips(places, [9 * HOUR] * 2, days=[0, 1]), places, made.rules())
    assert not found(made.trips(places, [9 * HOUR] * 2, home=[False, True]), places, made.rules())
    assert not found(made.trips(places, [9 * HOUR] * 2, stretcher=[True, False]), places, made.rules())
    assert not found(made.trips(places, [9 * HOUR] * 2, wheelchair=[True, False]), places, made.rules())
    assert not found(made.trips(places, [9 * HOUR] * 2, seats=[2, 3]), places, made.rules())


def test_on_the_way_home_the_first_one_ready_waits() -> None:
    places = [20.0, 15.0]
    trips = made.trips(places, [14 * HOUR, 14.25 * HOUR], home=[True, True])
    (pool,) = choose_pools(find_pools(np.arange(2), trips, made.ground(places), made.rules()), trips.time_s)
    assert dict(zip(pool.members, pool.wait_s, strict=True)) == {0: 900.0, 1: 0.0}


def test_a_detour_beyond_the_limit_is_not_made() -> None:
    # The hospital lies between them: whoever is fetched first rides past it.
    places = [10.0, -10.0]
    trips = made.trips(places, [9 * HOUR] * 2)
    assert not found(trips, places, made.rules(detour_s=10_000.0)), "it saves nothing either"
    places = [10.0, 12.0, -1.0]
    trips = made.trips(places, [9 * HOUR] * 3)
    assert (0, 1) in found(trips, places, made.rules(detour_s=0.0))


def slow_best(pools: dict[tuple[int, ...], float], left: tuple[int, ...]) -> float:
    """The most that can be saved: the first patient goes alone, or in any pool of those who are left."""
    if not left:
        return 0.0
    best = slow_best(pools, left[1:])
    for some, saved in pools.items():
        if left[0] in some and set(some) <= set(left):
            best = max(best, saved + slow_best(pools, tuple(one for one in left if one not in some)))
    return best


@settings(max_examples=30)
@given(st.integers(0, 100_000), st.integers(2, 6), st.booleans())
def test_all_pools_are_found_and_the_best_of_all_ways_is_taken(seed: int, n: int, home: bool) -> None:
    rng = np.random.default_rng(seed)
    places = rng.integers(1, 40, n).astype(float).tolist()
    times = (9 * HOUR + 300.0 * rng.integers(0, 10, n)).tolist()
    rules = made.rules(pool_patients=3, detour_s=300.0, stop_s=60.0)
    trips = made.trips(places, times, home=[home] * n, seats=rng.integers(1, 3, n).tolist())
    quick = found(trips, places, rules)
    slow = slow_pools(trips, places, rules)
    assert set(quick) <= set(slow)
    for some, saved in quick.items():
        assert saved == pytest.approx(slow[some])
    chosen = choose_pools(find_pools(np.arange(n), trips, made.ground(places), rules), trips.time_s)
    gained = sum(float(trips.km[list(one.members)].sum()) - one.km for one in chosen)
    assert gained == pytest.approx(slow_best(slow, tuple(range(n))))


def slow_pools(trips: Trips, places: list[float], rules: Rules) -> dict[tuple[int, ...], float]:
    """Every set of trips, every order of doors, one at a time."""
    pools = {}
    for size in (2, 3):
        for some in combinations(range(len(places)), size):
            times = [float(trips.time_s[one]) for one in some]
            if (
                max(times) - min(times) > rules.pool_wait_s
                or sum(int(trips.seats[one]) for one in some) > rules.pool_seats
            ):
                continue
            best = min(
                (km for order in permutations(some) if (km := slow_km(order, trips, places, rules)) is not None),
                default=None,
            )
            if best is not None and sum(abs(places[one]) for one in some) - best > 1e-6:
                pools[some] = sum(abs(places[one]) for one in some) - best
    return pools


def slow_km(order: tuple[int, ...], trips: Trips, places: list[float], rules: Rules) -> float | None:
    doors = [places[one] for one in order]
    way = [0.0, *doors] if trips.home[order[0]] else [*doors, 0.0]
    for number, one in enumerate(order):
        part = way[: number + 2] if trips.home[one] else way[number:]
        km = sum(abs(a - b) for a, b in pairwise(part))
        ride = km * made.S_PER_KM + rules.stop_s * (len(part) - 2)
        if ride - abs(places[one]) * made.S_PER_KM > rules.detour_s + 1e-9:
            return None
    return sum(abs(a - b) for a, b in pairwise(way))


def test_an_odd_ring_of_pairs_cannot_be_had_by_halves() -> None:
    # Five patients in a ring, each pair saves 1: without whole numbers 2.5 would come out; the matching of a ring of
    # five has two edges (Edmonds 1965).
    ring = [[0, 1], [1, 2], [2, 3], [3, 4], [4, 0]]
    assert len(pack(ring, [1.0] * 5, np.arange(5.0))) == 2


@settings(max_examples=30)
@given(st.integers(0, 100_000))
def test_walking_through_time_is_the_integer_programme(seed: int) -> None:
    rng = np.random.default_rng(seed)
    members = [sorted(rng.choice(12, rng.integers(2, 5), replace=False).tolist()) for _ in range(rng.integers(1, 25))]
    saved = rng.integers(1, 50, len(members)).astype(float).tolist()
    time_s = rng.random(12)
    walked = pack_in_time(members, saved, time_s, 10**6)
    assert walked is not None
    for chosen in (walked, pack_by_programme(members, saved)):
        seats = [trip for pool in chosen for trip in members[pool]]
        assert len(set(seats)) == len(seats)
        assert sum(saved[pool] for pool in chosen) == pytest.approx(sum(saved[pool] for pool in walked))
    assert pack_in_time(members, saved, time_s, 0) is None
