"""What hospitals have room for at an hour: a closed department takes nobody, a by-passed one its part."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.world import ACUTE, I8
from beredt.model.week_hours import WEEK_HOURS
from beredt.simulation.paths.closed_hours import OPEN, ClosedHours

HALF_A_PATIENT = 0.5e-6
"""Below what any share of a patient is; a tenth of ten patients is one patient, whatever floating point makes of it."""


def room_at(capacity: I8, closed: ClosedHours | None, hour: int) -> I8:
    """Patients by severity that each hospital takes in an event whose alarm goes in an hour, [H, 3].

    Patients of a major incident are acute, so what closes to acute patients closes to them. Of a hospital by which a
    share is taken elsewhere the rest is left, rounded down.

    Args:
        capacity: [H, 3] patients by severity that each takes when it is open.
        closed: the alternative's closed departments; None for none.
        hour: of the week, 0 (Monday 00:00) to 167.
    """
    if closed is None:
        return capacity
    row = closed.row[:, ACUTE, hour % WEEK_HOURS]
    elsewhere = np.where(row == OPEN, 0.0, closed.share[row])
    room: I8 = np.floor(capacity * (1.0 - elsewhere[:, np.newaxis]) + HALF_A_PATIENT).astype(np.int64)
    return room
