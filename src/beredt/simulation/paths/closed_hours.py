"""Where patients go whose hospital does not take them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.world import F8, I1, I4
from beredt.model.service import Service
from beredt.model.urgency import URGENCIES
from beredt.model.week_hours import WEEK_HOURS, week_hours

I8 = NDArray[np.int64]

OPEN = -1


class ClosedHours(NamedTuple):
    """R rows of closed departments, H hospitals, A areas, L the most hospitals that stand in for one."""

    row: I4  # [H, 3, 168] the first row that closes a hospital for an urgency in an hour of the week, -1: open
    share: F8  # [R] of the patients who are taken elsewhere
    instead: I4  # [R, A, L] hospitals that stand in, nearest first, -1 where there are no more


def closed_hours(service: Service, trip_s: F8) -> ClosedHours:
    """Lay out the closed departments of a service.

    Args:
        service: with closed departments.
        trip_s: [A, H] car seconds from areas to hospitals.
    """
    rows, hospitals = service.closed_departments, service.hospitals
    number = {hospital.id: n for n, hospital in enumerate(hospitals)}
    row = np.full((len(hospitals), len(URGENCIES), WEEK_HOURS), OPEN, np.int32)
    listed: list[list[int]] = []
    for r, one in enumerate(rows):
        h, hours = number[one.hospital], list(week_hours(one.weekdays, one.start_s, one.end_s))
        for u, urgency in enumerate(URGENCIES):
            if one.urgency in ("*", urgency):
                closed = row[h, u, hours]
                row[h, u, hours] = np.where(closed == OPEN, r, closed)
        alike = [n for n, other in enumerate(hospitals) if n != h and other.emergency == hospitals[h].emergency]
        listed.append([number[name] for name in one.instead] or alike)
    instead = np.full((len(rows), len(trip_s), max(map(len, listed))), OPEN, np.int32)
    for r, names in enumerate(listed):
        order = np.argsort(trip_s[:, names], axis=1, kind="stable")
        instead[r, :, : len(names)] = np.array(names, np.int32)[order]
    return ClosedHours(row, np.array([one.share for one in rows]), instead)


def open_instead(closed: ClosedHours, hospital: I4, area: I4, urgency: I1, hour: I8, by_pass: F8) -> I4:
    """The hospital that takes each patient: the one meant, or the nearest that stands in for it and is open.

    Args:
        closed: when which is closed.
        hospital: [n] meant.
        area: [n]
        urgency: [n]
        hour: [n] of the week.
        by_pass: [n] draw of the patient: a row with a greater share takes the patient elsewhere. A row with share 1
            takes everybody, one with a smaller share the same patients as any row with that share or more.

    Returns:
        [n]; the one meant where all that stand in are closed as well.
    """

    def is_closed(which: I4, at: I8) -> NDArray[np.bool_]:
        row = closed.row[which, urgency[at], hour[at]]
        found: NDArray[np.bool_] = (row != OPEN) & (by_pass[at] < closed.share[row])
        return found

    taken = hospital.astype(np.int32, copy=True)
    left = np.flatnonzero(is_closed(taken, np.arange(len(taken))))
    row = closed.row[hospital[left], urgency[left], hour[left]]
    for place in range(closed.instead.shape[2]):
        other = closed.instead[row, area[left], place]
        takes = other != OPEN
        takes[takes] = ~is_closed(other[takes], left[takes])
        taken[left[takes]] = other[takes]
        left, row = left[~takes], row[~takes]
    return taken
