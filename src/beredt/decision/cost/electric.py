"""Whether electric cars would do: the charge of every unit through a simulated year.

A car begins full. It drives what its unit drove, mission by mission, and charges whenever it stands at its station, as
fast as the charger gives, up to its range. A mission that would leave less than the reserve is not begun: another car
takes it, and this one stays where it is, charging if that is at its station. On a standby point it does not charge.

What this leaves out: cold days and slow ones are in the range only, fast charging at hospitals and on the way is not
reckoned with, and other units do not become busier by the missions that are left to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.decision.cost.range_events import RangeEvents

F8 = NDArray[np.float64]
B = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ElectricCar:
    """`range_km` on a full charge, `charge_km_per_h` that an hour at the station gives, `reserve_km` kept; all ≥ 0."""

    range_km: float
    charge_km_per_h: float
    reserve_km: float


class Driven(NamedTuple):
    """[U] by unit: missions, those that it could not do, the acute ones of both, km, km that it could do, least charge.

    Missions are those that count; kilometres are all. `least_km` is the range that was left at the worst moment.
    """

    missions: F8
    missed: F8
    acute: F8
    acute_missed: F8
    km: F8
    electric_km: F8
    least_km: F8


def drive_electric(events: RangeEvents, car: ElectricCar) -> Driven:
    """Follow every unit's charge through the year; all units a step at a time.

    Args:
        events: [E, U].
        car: the same for every unit.
    """
    units = events.km.shape[1]
    left, at_home = np.full(units, car.range_km), np.ones(units, np.bool_)
    least = left.copy()
    missed_all, acute_missed, electric_km = np.zeros(units), np.zeros(units), np.zeros(units)
    for mission, counted, acute, km, home, driving_h, lasting_h in zip(*events, strict=True):
        able = left - km >= car.reserve_km
        missed = mission & ~able
        # A car that has left a mission to another is still at home: the way home of that mission is not its own.
        drives = np.where(mission, able, ~(home & at_home)) & (km > 0.0)
        electric = np.where(drives, np.minimum(km, left), 0.0)
        left = left - electric
        stands = np.where(mission, missed & at_home, home)
        waits_h = np.where(drives | ~stands, np.maximum(lasting_h - driving_h, 0.0), lasting_h)
        least = np.minimum(least, left)
        left = np.where(stands, np.minimum(car.range_km, left + waits_h * car.charge_km_per_h), left)
        at_home = np.where(mission, missed & at_home, np.where(drives | home, home, at_home))
        missed_all += missed & counted
        acute_missed += missed & counted & acute
        electric_km += electric
    return Driven(
        missions=events.counted.sum(axis=0).astype(np.float64),
        missed=missed_all,
        acute=(events.counted & events.acute).sum(axis=0).astype(np.float64),
        acute_missed=acute_missed,
        km=events.km.sum(axis=0),
        electric_km=electric_km,
        least_km=least,
    )
