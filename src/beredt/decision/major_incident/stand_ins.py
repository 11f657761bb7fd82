"""In which order hospitals are asked to take patients: by distance, but for a closed one those named for it."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.world import ACUTE, F8, I4
from beredt.model.week_hours import WEEK_HOURS
from beredt.simulation.paths.closed_hours import OPEN, ClosedHours


def hospital_turns(drive_s: F8, closed: ClosedHours | None, area: I4, hour: int) -> F8:
    """When the turn of each hospital comes, float64 [N, H]: less is sooner.

    Hospitals come by their distance. In the place of one that is closed to acute patients come those that stand in for
    it, the nearest first; it comes last itself.

    Args:
        drive_s: [N, H] seconds from each scene to each hospital.
        closed: the alternative's closed departments; None for none.
        area: [N] of each scene.
        hour: of the week, 0 (Monday 00:00) to 167.
    """
    if closed is None:
        return drive_s
    turn = np.empty(drive_s.shape)
    for n, seconds in enumerate(drive_s):
        order: list[int] = []
        last: list[int] = []
        for hospital in np.argsort(seconds, kind="stable").tolist():
            row = int(closed.row[hospital, ACUTE, hour % WEEK_HOURS])
            if row == OPEN or closed.share[row] < 1.0:
                order.append(hospital)
                continue
            last.append(hospital)
            order += [other for other in closed.instead[row, area[n]].tolist() if other != OPEN]
        wanted = dict.fromkeys(one for one in order if one not in last)  # each at its first mention
        turn[n, [*wanted, *last]] = np.arange(drive_s.shape[1])
    return turn
