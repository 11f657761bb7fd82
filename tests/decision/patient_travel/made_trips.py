"""Trips, buses and drives along a straight road, made up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.decision.patient_travel.bus_rides import StopDrives
from beredt.decision.patient_travel.figures import Rules
from beredt.decision.patient_travel.points import Drives
from beredt.decision.patient_travel.pools import Ground
from beredt.decision.patient_travel.timetable import Line, Stop
from beredt.decision.patient_travel.trips import Trips

F8 = NDArray[np.float64]
S_PER_KM = 60.0
HOSPITAL_KM = 0.0


def rules(**changes: float) -> Rules:
    given = {
        "margin_s": 0.0, "bus_wait_s": 3600.0, "walk_km": 0.5, "feeder_km": 3.0, "pool_patients": 3, "pool_seats": 4,
        "pool_wait_s": 1800.0, "detour_s": 900.0, "stop_s": 0.0, "least_saved_km": 0.0,
    } | changes  # fmt: skip
    return Rules(**given)  # type: ignore[arg-type]


def drives(start_km: F8, end_km: F8) -> Drives:
    km = np.abs(start_km[:, None] - end_km[None, :])
    return Drives(km, km * S_PER_KM)


def trips(
    places_km: list[float],
    times_s: list[float],
    *,
    home: list[bool] | None = None,
    seats: list[int] | None = None,
    wheelchair: list[bool] | None = None,
    stretcher: list[bool] | None = None,
    days: list[int] | None = None,
) -> Trips:
    """One trip per place on the road; area and trip have the same number; the hospital stands at 0 km."""
    n = len(places_km)
    km = np.abs(np.array(places_km, np.float64) - HOSPITAL_KM)
    return Trips(
        day=np.array(days or [0] * n, np.int64),
        area=np.arange(n),
        hospital=np.zeros(n, np.int64),
        home=np.array(home or [False] * n),
        time_s=np.array(times_s, np.float64),
        seats=np.array(seats or [1] * n, np.int64),
        wheelchair=np.array(wheelchair or [False] * n),
        stretcher=np.array(stretcher or [False] * n),
        km=km,
        direct_s=km * S_PER_KM,
    )


def ground(places_km: list[float]) -> Ground:
    areas, hospital = np.array(places_km, np.float64), np.array([HOSPITAL_KM])
    return Ground(drives(areas, areas), drives(areas, hospital), drives(hospital, areas))


def line(stops: list[tuple[float, float]], seats: int, *, out: bool = True, wheelchairs: int = 0) -> Line:
    """A bus with stops (km on the road, seconds after midnight)."""
    made = tuple(Stop(f"{km:g} km", 0.0, 0.0, time_s, None, True) for km, time_s in stops)
    return Line("bus", "vv", out, (1, 2, 3, 4, 5), seats, wheelchairs, False, made)


def stop_drives(places_km: list[float], stops: list[tuple[float, float]]) -> StopDrives:
    areas, hospital = np.array(places_km, np.float64), np.array([HOSPITAL_KM])
    there = np.array([km for km, _ in stops])
    return StopDrives(drives(areas, there), drives(there, areas), drives(hospital, there), drives(there, hospital))
