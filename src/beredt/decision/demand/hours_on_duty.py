"""How many units are on duty in each hour of the week, by the rosters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.model.service import Service
from beredt.siting.plans.hours_on_duty import HOUR_S, SLOT_S, WEEK_S, shifts_of, slots_of

F8 = NDArray[np.float64]


def hours_on_duty(service: Service) -> F8:
    """Units on duty in every hour of the week, float64 (168,), Monday 00:00 first; a part of an hour counts as that.

    Rosters that overlap on one unit count once.
    """
    rows: dict[str, list[int]] = {}
    for number, row in enumerate(service.rosters):
        rows.setdefault(row.id, []).append(number)
    on_duty = np.zeros(WEEK_S // SLOT_S)
    for unit in service.units:
        shifts = shifts_of(service.rosters[number] for number in rows.get(unit.roster, ()))
        on_duty[list(slots_of(shifts))] += 1.0
    by_hour: F8 = on_duty.reshape(-1, HOUR_S // SLOT_S).mean(axis=1)
    return by_hour
