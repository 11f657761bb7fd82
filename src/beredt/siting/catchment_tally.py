"""What one replication says about catchments: who was there for acute calls, and how much work calls made.

An acute call counts when it comes in the period and in an area. It belongs to the catchment of its area and to the
clock hour in which it came.

* **free**: just before a unit could be chosen (`ready_t`), a unit of the catchment's station that may go first was on
  duty and had no mission. Where it stood does not matter: on its way home and at a standby point it is free.
* **answered**: the unit that stopped the clock belongs to the catchment's station.
* **held**: free or answered. A unit that was not sent because another one happened to be nearer was free all the same;
  one that was taken from something less urgent was not free, and answered.
* **work**: seconds of all units that may go first or second, from when they were chosen until they were free again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.indicators.first_unit import first_units
from beredt.indicators.moments import MS_PER_S, NEVER, Moments, moments_of
from beredt.indicators.observed import ACUTE, NONE, RESPONDER, URGENCY_COUNT, Frame, Year, contiguous
from beredt.indicators.response import Responses, responses_of, target_ms
from beredt.siting.left_to_parent import leave_stopping_to_parent

I4 = NDArray[np.int32]
I8 = NDArray[np.int64]
B = NDArray[np.bool_]

DAY_H = 24


class Acute(IntEnum):
    """Last axis of `CatchmentTally.acute`."""

    CALLS = 0
    FREE = 1
    ANSWERED = 2
    HELD = 3
    WITH_TARGET = 4
    WITHIN_TARGET = 5


class CatchmentTally(NamedTuple):
    """Counts of one replication, by catchment. S catchments."""

    acute: I4  # [S, 24, len(Acute)] by clock hour of the call
    calls: I8  # [S, 3] calls of each urgency that got a unit
    work_ms: I8  # [S, 3] what units did for them


@dataclass(frozen=True, slots=True, eq=False)
class CatchmentCounter:
    """Counts years by the catchments of one set of stations; it can be sent to a worker, and lets it live on Ctrl-C.

    `of_area`: int32 (A,), place of each area's station in `station_ids`.
    """

    station_ids: tuple[str, ...]
    of_area: I4

    def __call__(self, frame: Frame, year: Year) -> CatchmentTally:
        """Count one replication.

        Args:
            frame: areas, units and the period; its stations need not stand in the order of `station_ids`.
            year: what happened, warm-up and cool-down included.
        """
        leave_stopping_to_parent()
        year = contiguous(year)
        moments = moments_of(frame, year)
        first = first_units(frame, year, moments)
        responses = responses_of(frame, year, moments, first)
        home = self._home(frame)
        catchment = self.of_area[np.maximum(year.incidents.area, 0)]
        acute = np.flatnonzero((responses.counted != 0) & (year.incidents.urgency == ACUTE))
        answered = np.zeros(len(acute), np.bool_)
        sent = first.mission[acute] != NONE
        answered[sent] = home[year.missions.unit[first.mission[acute[sent]]]] == catchment[acute[sent]]
        free = _free_before(frame, year, moments, home, catchment, acute)
        limit = target_ms(frame.area_target_s)[year.incidents.area[acute], ACUTE]
        marks = np.stack(
            [
                np.ones(len(acute), np.bool_),
                free,
                answered,
                free | answered,
                limit < NEVER,
                (limit < NEVER) & (responses.ms[acute] <= limit),
            ],
            axis=1,
        )
        return CatchmentTally(
            _by_cell(len(self.station_ids), catchment[acute], responses.hour[acute].astype(np.int64), marks),
            *self._work(year, moments, responses, catchment),
        )

    def _home(self, frame: Frame) -> I4:
        """Place of every unit's station in `station_ids`, -1 for a unit of another station."""
        place = {name: number for number, name in enumerate(self.station_ids)}
        of_station = np.array([place.get(name, NONE) for name in frame.station_ids], np.int32)
        return of_station[frame.unit_station]

    def _work(self, year: Year, moments: Moments, responses: Responses, catchment: I4) -> tuple[I8, I8]:
        missions = year.missions
        done = (moments.free < NEVER) & (missions.role != RESPONDER) & (responses.counted[missions.incident] != 0)
        incident = missions.incident[done]
        cell = catchment[incident].astype(np.int64) * URGENCY_COUNT + year.incidents.urgency[incident]
        size = len(self.station_ids) * URGENCY_COUNT
        # Sums of whole milliseconds stay far below 2^53, where a float64 is still exact.
        work = np.bincount(cell, (moments.free - moments.assign)[done], size).astype(np.int64)
        got_one = np.zeros(len(catchment), np.bool_)
        got_one[incident] = True
        served = np.flatnonzero(got_one)
        of_served = catchment[served].astype(np.int64) * URGENCY_COUNT + year.incidents.urgency[served]
        calls = np.bincount(of_served, minlength=size).astype(np.int64)
        return calls.reshape(-1, URGENCY_COUNT), work.reshape(-1, URGENCY_COUNT)


def _by_cell(stations: int, catchment: I4, hour: I8, marks: B) -> I4:
    cell = catchment.astype(np.int64) * DAY_H + hour
    counts = [np.bincount(cell, column, stations * DAY_H) for column in marks.T]
    return np.stack(counts, axis=1).reshape(stations, DAY_H, len(Acute)).astype(np.int32)


def _free_before(frame: Frame, year: Year, moments: Moments, home: I4, catchment: I4, acute: I8) -> B:
    """Whether a unit of the catchment's station was free just before each acute call was ready, bool (n,)."""
    ready = moments.ready[acute]
    free = np.zeros(len(acute), np.bool_)
    for unit in np.flatnonzero((home != NONE) & frame.unit_primary):
        asked = np.flatnonzero((catchment[acute] == home[unit]) & (ready < NEVER))
        t = ready[asked]
        duty, mission = frame.duty_unit == unit, year.missions.unit == unit
        on = _inside(t, moments.duty_on[duty], moments.duty_off[duty])
        busy = _inside(t, moments.assign[mission], moments.free[mission])
        free[asked] |= on & ~busy
    return free


def _inside(t: I8, begin: I8, end: I8) -> B:
    """Whether each moment lies in one of some stretches, after its beginning and up to its end; they never overlap."""
    if not len(begin):
        return np.zeros(len(t), np.bool_)
    order = np.argsort(begin, kind="stable")
    last = np.searchsorted(begin[order], t, side="left") - 1
    inside: B = (last >= 0) & (end[order][np.maximum(last, 0)] >= t)
    return inside


def mean_work_s(tallies: list[CatchmentTally]) -> NDArray[np.float64]:
    """Mean seconds of work that a call makes, float64 (S, 3); where a catchment had no such call, that of all calls."""
    work = np.sum([tally.work_ms for tally in tallies], axis=0) / MS_PER_S
    calls = np.sum([tally.calls for tally in tallies], axis=0)
    everywhere = work.sum(axis=0) / np.maximum(calls.sum(axis=0), 1)
    own: NDArray[np.float64] = np.where(calls > 0, work / np.maximum(calls, 1), everywhere)
    return own
