"""The two trips of every visit, with the place and time that bind them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.decision.patient_travel.points import Drives
from beredt.decision.patient_travel.visits import HOME, OUT, Visits

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
B = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Trips:
    """2n trips: all trips to hospitals, then all trips home, both in the order of the visits.

    `day`, `area`, `hospital`, `seats`, `wheelchair`, `stretcher`: of the visit. `home`: whether it goes home. `time_s`:
    to be at the hospital by then, or ready to leave it. `km`, `direct_s`: of the drive alone, without doors.
    """

    day: I8
    area: I8
    hospital: I8
    home: B
    time_s: F8
    seats: I8
    wheelchair: B
    stretcher: B
    km: F8
    direct_s: F8

    def __len__(self) -> int:
        return int(self.day.size)


def trips_of(visits: Visits, out: Drives, home: Drives, margin_s: float) -> Trips:
    """Both trips of every visit.

    Args:
        visits: n of them.
        out: from areas to destinations.
        home: from destinations to areas.
        margin_s: how long before the appointment a patient must be at the hospital.
    """
    area, hospital = visits.area, visits.destination
    return Trips(
        day=np.tile(visits.day, 2),
        area=np.tile(area, 2),
        hospital=np.tile(hospital, 2),
        home=np.repeat(np.array([OUT, HOME]) == HOME, len(visits)),
        time_s=np.concatenate([visits.appointment_s - margin_s, visits.ready_s]),
        seats=np.tile(visits.seats, 2),
        wheelchair=np.tile(visits.wheelchair, 2),
        stretcher=np.tile(visits.stretcher, 2),
        km=np.concatenate([out.km[area, hospital], home.km[hospital, area]]),
        direct_s=np.concatenate([out.s[area, hospital], home.s[hospital, area]]),
    )
