"""What a unit drives and when it stands at its station, as a row of events: what a battery sees of a year."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.indicators.observed import ACUTE, STANDBY, Frame, Year

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
B = NDArray[np.bool_]

HOUR_S = 3600.0


class RangeEvents(NamedTuple):
    """[E, U] each: the k-th event of every unit; a unit with fewer events has empty ones at its end.

    An event is a mission, or a stint between missions with the drive that begins it.
    """

    mission: B
    counted: B  # a mission that was not diverted, to an incident in the period
    acute: B
    km: F8
    home: B  # a stint that ends at the home station
    driving_h: F8  # of a stint: until it arrives
    lasting_h: F8  # from its beginning to the beginning of the next event of the unit


def range_events(frame: Frame, year: Year) -> RangeEvents:
    """The events of a year, unit by unit in order of time.

    Args:
        frame: units and the period.
        year: what happened, with kilometres.
    """
    m, s = year.missions, year.stints
    lots = len(m.unit), len(s.unit)
    unit = np.concatenate([m.unit, s.unit]).astype(np.int64)
    start = np.concatenate([m.assign_t, s.start_t])
    end = np.concatenate([m.free_t, s.end_t])
    arrive = np.concatenate([m.free_t, np.minimum(s.arrive_t, s.end_t)])
    km = np.nan_to_num(np.concatenate([m.drive_km + m.transport_km, s.km]))
    mission = np.arange(len(unit)) < lots[0]
    call = year.incidents.call_t[m.incident]
    counted = (m.diverted == 0) & (call >= frame.start_s) & (call < frame.end_s)
    home = np.concatenate([np.zeros(lots[0], np.bool_), (s.kind != STANDBY) & (s.arrive_t <= s.end_t)])
    order = np.lexsort((end, start, unit))
    unit, place = unit[order], _place(unit[order], len(frame.unit_ids))
    after = np.append(start[order][1:], np.nan)
    last = np.append(unit[1:] != unit[:-1], True)
    lasting = np.where(last, end[order], after) - start[order]

    def laid(values: NDArray[Any]) -> NDArray[Any]:
        table = np.zeros((int(place.max(initial=-1)) + 1, len(frame.unit_ids)), values.dtype)
        table[place, unit] = values[order]
        return table

    none = np.zeros(lots[1], np.bool_)
    acute = np.concatenate([year.incidents.urgency[m.incident] == ACUTE, none])
    hours = np.empty_like(lasting)
    hours[order] = np.maximum(lasting, 0.0) / HOUR_S
    return RangeEvents(
        mission=laid(mission),
        counted=laid(np.concatenate([counted, none])),
        acute=laid(acute),
        km=laid(km),
        home=laid(home),
        driving_h=laid(np.maximum(arrive - start, 0.0) / HOUR_S),
        lasting_h=laid(hours),
    )


def _place(unit: I8, units: int) -> I8:
    """How many events of the same unit came before, for units in ascending order."""
    first = np.searchsorted(unit, np.arange(units))
    return np.asarray(np.arange(len(unit)) - first[unit])
