"""Who rides the bus: stories along one road, and the best of all ways on small cases."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.decision.patient_travel.board import board_buses, is_allowed, leg_loads
from beredt.decision.patient_travel.bus_rides import Rides, find_rides
from beredt.decision.patient_travel.trips import Trips
from tests.decision.patient_travel import made_trips as made

HOUR = 3600.0
MONDAY = np.array([1])
STOPS = [(30.0, 7.0 * HOUR), (20.0, 7.25 * HOUR), (10.0, 7.5 * HOUR), (0.0, 8.0 * HOUR)]


def rides_of(trips: Trips, places: list[float], stops: list[tuple[float, float]], seats: int, **line: int) -> Rides:
    bus = made.line(stops, seats, **line)  # type: ignore[arg-type]
    owner = np.ones((1, len(trips)), bool)
    return find_rides(trips, MONDAY, (bus,), (made.stop_drives(places, stops),), owner, made.rules())


def test_a_bus_at_the_door_at_the_right_time_saves_the_whole_drive() -> None:
    rides = rides_of(made.trips([20.0], [8.5 * HOUR]), [20.0], STOPS, 5)
    assert (rides.board.tolist(), rides.alight.tolist()) == ([1], [3])
    assert rides.saved_km.tolist() == [20.0]
    assert rides.wait_s.tolist() == [1800.0]
    assert rides.feeders.tolist() == [0]


@pytest.mark.parametrize(
    ("time_s", "fits"), [(7.99 * HOUR, False), (8.0 * HOUR, True), (9.0 * HOUR, True), (9.01 * HOUR, False)]
)
def test_it_must_be_there_in_time_and_not_too_long_before(time_s: float, fits: bool) -> None:
    assert (len(rides_of(made.trips([20.0], [time_s]), [20.0], STOPS, 5)) > 0) == fits


def test_a_taxi_feeds_the_bus_from_near_by_and_not_from_afar() -> None:
    near = rides_of(made.trips([22.0], [8.5 * HOUR]), [22.0], STOPS, 5)
    assert near.saved_km.tolist() == [20.0]
    assert near.feeder_km.tolist() == [2.0]
    assert near.feeders.tolist() == [1]
    assert len(rides_of(made.trips([25.0], [8.5 * HOUR]), [25.0], STOPS, 5)) == 0


def test_the_way_home_begins_after_the_visit() -> None:
    stops = [(0.0, 14.0 * HOUR), (20.0, 14.5 * HOUR)]
    for ready, fits in ((13.5, True), (14.1, False), (12.9, False)):
        trips = made.trips([20.0], [ready * HOUR], home=[True])
        assert (len(rides_of(trips, [20.0], stops, 5, out=False)) > 0) == fits


def test_stretchers_never_ride_and_wheelchairs_need_a_place() -> None:
    trips = made.trips([20.0, 20.0], [8.5 * HOUR] * 2, wheelchair=[True, False], stretcher=[False, True])
    assert len(rides_of(trips, [20.0, 20.0], STOPS, 5)) == 0
    assert rides_of(trips, [20.0, 20.0], STOPS, 5, wheelchairs=1).trip.tolist() == [0]


def test_only_those_ride_for_whom_the_organisation_is_responsible() -> None:
    trips = made.trips([20.0, 20.0], [8.5 * HOUR] * 2)
    drives = (made.stop_drives([20.0, 20.0], STOPS),)
    owner = np.array([[True, False]])
    found = find_rides(trips, MONDAY, (made.line(STOPS, 5),), drives, owner, made.rules())
    assert found.trip.tolist() == [0]


def test_a_seat_is_free_again_where_somebody_gets_off() -> None:
    # One seat. The patient from 30 km alights at a hospital at 20 km; the one from 20 km can have the seat from there.
    trips = made.trips([30.0, 20.0], [8.5 * HOUR] * 2)
    rides = Rides(
        np.array([0, 1]), np.array([0, 0]), np.array([0, 1]), np.array([1, 3]), np.array([10.0, 20.0]), np.zeros(2),
        np.zeros(2, np.int64), np.zeros(2),
    )  # fmt: skip
    assert board_buses(rides, trips, (made.line(STOPS, 1),)).tolist() == [0, 1]


def test_two_short_rides_may_be_worth_more_than_the_longest() -> None:
    # Whoever takes the longest ride first keeps two others out: 12 km against 10 + 10.
    trips = made.trips([30.0, 30.0, 30.0], [8.5 * HOUR] * 3)
    rides = Rides(
        np.array([0, 1, 2]), np.zeros(3, np.int64), np.array([0, 0, 1]), np.array([3, 1, 3]),
        np.array([12.0, 10.0, 10.0]), np.zeros(3), np.zeros(3, np.int64), np.zeros(3),
    )  # fmt: skip
    buses = (made.line(STOPS, 1),)
    assert board_buses(rides, trips, buses).tolist() == [1, 2]
    assert greedy(rides, trips, 1) == 12.0


def greedy(rides: Rides, trips: Trips, seats: int) -> float:
    """First come, most saved, first served."""
    chosen: list[int] = []
    for ride in np.argsort(-rides.saved_km, kind="stable").tolist():
        if is_allowed(np.array([*chosen, ride]), rides, trips, (made.line(STOPS, seats),)):
            chosen.append(ride)
    return float(rides.saved_km[chosen].sum())


@st.composite
def crowded(draw: st.DrawFn) -> tuple[Rides, Trips, int]:
    n = draw(st.integers(1, 7))
    trip = sorted(draw(st.lists(st.integers(0, 4), min_size=n, max_size=n)))
    board = draw(st.lists(st.integers(0, 2), min_size=n, max_size=n))
    alight = [draw(st.integers(one + 1, 3)) for one in board]
    saved = [draw(st.integers(1, 40)) / 2 for _ in range(n)]
    rides = Rides(
        np.array(trip), np.zeros(n, np.int64), np.array(board), np.array(alight), np.array(saved), np.zeros(n),
        np.zeros(n, np.int64), np.zeros(n),
    )  # fmt: skip
    seats = [draw(st.integers(1, 2)) for _ in range(5)]
    return rides, made.trips([30.0] * 5, [8.5 * HOUR] * 5, seats=seats), draw(st.integers(1, 3))


@settings(max_examples=30)
@given(crowded())
def test_it_is_the_best_of_all_ways_and_never_worse_than_greed(case: tuple[Rides, Trips, int]) -> None:
    rides, trips, seats = case
    buses = (made.line(STOPS, seats),)
    chosen = board_buses(rides, trips, buses)
    assert is_allowed(chosen, rides, trips, buses)
    assert (leg_loads(chosen, rides, trips, 0, 3) <= seats).all()
    best = max(
        float(rides.saved_km[list(some)].sum())
        for size in range(len(rides) + 1)
        for some in combinations(range(len(rides)), size)
        if is_allowed(np.array(some, np.int64), rides, trips, buses)
    )
    assert rides.saved_km[chosen].sum() == pytest.approx(best)
    assert rides.saved_km[chosen].sum() >= greedy(rides, trips, seats) - 1e-9
