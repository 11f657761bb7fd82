"""An electric car's charge: a day by hand, and a loop over one unit at a time."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beredt.decision.cost.electric import ElectricCar, drive_electric
from beredt.decision.cost.range_events import RangeEvents, range_events
from beredt.indicators.observed import (
    HOME,
    STANDBY,
    Frame,
    ObservedIncidents,
    ObservedMissions,
    ObservedStints,
    Year,
)

Event = tuple[bool, float, bool, float, float]
"""mission, km, home, driving_h, lasting_h."""


def events_of(units: list[list[Event]]) -> RangeEvents:
    length = max((len(one) for one in units), default=0)
    shape = (length, len(units))
    columns = {name: np.zeros(shape) for name in RangeEvents._fields}
    for u, one in enumerate(units):
        for k, (mission, km, home, driving_h, lasting_h) in enumerate(one):
            for name, value in (
                ("mission", mission), ("counted", mission), ("acute", mission), ("km", km), ("home", home),
                ("driving_h", driving_h), ("lasting_h", lasting_h),
            ):  # fmt: skip
                columns[name][k, u] = value
    flags = ("mission", "counted", "acute", "home")
    return RangeEvents._make(v.astype(bool) if k in flags else v for k, v in columns.items())


def test_a_day_of_one_car() -> None:
    """Range 100, reserve 10, 20 km an hour at the station."""
    day: list[Event] = [
        (True, 70.0, False, 0.0, 1.0),  # 30 left
        (False, 15.0, True, 0.5, 1.5),  # 15 left; an hour at the station: 35
        (True, 30.0, False, 0.0, 1.0),  # would leave 5: another car takes it, and this one charges for an hour: 55
        (False, 20.0, True, 0.5, 2.0),  # the way home of the other car; two hours at the station: 95
        (True, 85.0, False, 0.0, 1.0),  # 10 left, which is the reserve
        (False, 10.0, True, 0.5, 0.5),  # 0 left
    ]
    found = drive_electric(events_of([day]), ElectricCar(100.0, 20.0, 10.0))
    assert (found.missions[0], found.missed[0]) == (3.0, 1.0)
    assert found.electric_km[0] == 70 + 15 + 85 + 10
    assert found.least_km[0] == 0.0


def one_by_one(day: list[Event], car: ElectricCar) -> tuple[int, float]:
    """The slow twin: the same rules as sentences, for a single unit."""
    left, at_home, missed, driven = car.range_km, True, 0, 0.0
    for mission, km, home, driving_h, lasting_h in day:
        if mission:
            if left - km >= car.reserve_km:
                left -= km
                driven += km
                at_home = False
            else:
                missed += 1
                if at_home:
                    left = min(car.range_km, left + lasting_h * car.charge_km_per_h)
        elif home and at_home:
            left = min(car.range_km, left + lasting_h * car.charge_km_per_h)
        else:
            goes = km > 0
            step = min(km, left) if goes else 0.0
            left -= step
            driven += step
            if home:
                waits = max(0.0, lasting_h - driving_h) if goes else lasting_h
                left = min(car.range_km, left + waits * car.charge_km_per_h)
                at_home = True
            elif goes:
                at_home = False
    return missed, driven


EVENT = st.one_of(
    st.tuples(st.just(True), st.floats(1.0, 120.0), st.just(False), st.just(0.0), st.floats(0.1, 3.0)),
    st.tuples(st.just(False), st.floats(0.0, 60.0), st.booleans(), st.floats(0.0, 1.0), st.floats(0.0, 6.0)),
)
CAR = st.builds(ElectricCar, st.floats(20.0, 300.0), st.floats(0.0, 150.0), st.floats(0.0, 20.0))


@given(units=st.lists(st.lists(EVENT, max_size=15), min_size=1, max_size=4), car=CAR)
@settings(max_examples=80, deadline=None)
def test_all_units_at_once_are_one_unit_at_a_time(units: list[list[Event]], car: ElectricCar) -> None:
    found = drive_electric(events_of(units), car)
    for u, day in enumerate(units):
        missed, driven = one_by_one(day, car)
        assert found.missed[u] == missed
        assert found.electric_km[u] == pytest.approx(driven)


@given(units=st.lists(st.lists(EVENT, max_size=15), min_size=1, max_size=4), car=CAR)
@settings(max_examples=40, deadline=None)
def test_charge_is_never_made_of_nothing(units: list[list[Event]], car: ElectricCar) -> None:
    found = drive_electric(events_of(units), car)
    assert (found.least_km >= 0.0).all()
    assert (found.missed <= found.missions).all()
    assert (found.electric_km <= found.km + 1e-9).all()
    endless = drive_electric(events_of(units), ElectricCar(1e9, car.charge_km_per_h, car.reserve_km))
    assert endless.missed.sum() == 0


def test_events_come_in_order_of_time_with_the_hours_until_the_next() -> None:
    hour = 3600.0
    missions = ObservedMissions(
        incident=np.array([1, 0], np.int32), unit=np.array([0, 0], np.int32), role=np.zeros(2, np.int8),
        diverted=np.array([0, 0], np.int8), assign_t=np.array([5 * hour, 0.0]), roll_t=np.array([5 * hour, 0.0]),
        scene_t=np.array([5 * hour, 0.0]), leave_t=np.array([6 * hour, 1 * hour]),
        dest_t=np.array([6 * hour, 1 * hour]), free_t=np.array([6 * hour, 1 * hour]),
        drive_km=np.array([8.0, 5.0]), transport_km=np.array([2.0, 0.0]),
    )  # fmt: skip
    stints = ObservedStints(
        unit=np.array([0, 0, 1], np.int32), kind=np.array([HOME, STANDBY, HOME], np.int8),
        start_t=np.array([1 * hour, 6 * hour, 0.0]), arrive_t=np.array([1.5 * hour, 6.2 * hour, 9 * hour]),
        end_t=np.array([5 * hour, 8 * hour, 2 * hour]), km=np.array([7.0, 3.0, 4.0]),
    )  # fmt: skip
    incidents = ObservedIncidents(
        call_t=np.array([0.0, 5 * hour]), ready_t=np.zeros(2), urgency=np.array([0, 2], np.int8),
        area=np.zeros(2, np.int32), queued=np.zeros(2, np.int8), held=np.zeros(2, np.int8),
        bumped=np.zeros(2, np.int32), asked=np.zeros(2, np.int32), second_missing=np.zeros(2, np.int8),
    )  # fmt: skip
    known = {"unit_ids": ("a", "b"), "start_date": date(2026, 1, 1), "start_s": 0.0, "end_s": 86_400.0}
    frame = Frame._make(known.get(name, np.zeros(0)) for name in Frame._fields)
    found = range_events(frame, Year(incidents, missions, stints))
    assert found.km[:, 0].tolist() == [5.0, 7.0, 10.0, 3.0]
    assert found.mission[:, 0].tolist() == [True, False, True, False]
    assert found.acute[:, 0].tolist() == [True, False, False, False]
    assert found.home[:, 0].tolist() == [False, True, False, False], "a standby point is no charger"
    assert found.lasting_h[:, 0].tolist() == [1.0, 4.0, 1.0, 2.0]
    assert found.driving_h[1, 0] == 0.5
    assert not found.home[0, 1], "broken off before it was home"
