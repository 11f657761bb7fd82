"""Which trips could go by which health bus, between which stops, and what that would save.

A patient walks to a stop that is near, and is fed to one that is further off by taxi; the same at the other end. A
ride fits when it is at the hospital in time and not too long before, or leaves it after the patient is ready and not
too long after. It saves the kilometres of the direct taxi less those of the feeding ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.decision.patient_travel.figures import Rules
from beredt.decision.patient_travel.points import Drives
from beredt.decision.patient_travel.timetable import Line
from beredt.decision.patient_travel.trips import Trips

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
B = NDArray[np.bool_]

WALK_S_PER_KM = 720.0
"""5 km/h."""


@dataclass(frozen=True, slots=True, eq=False)
class Rides:
    """n possible rides: a trip (index), a line (index), the stops where the patient boards and alights.

    `saved_km`: kilometres of taxi that it saves, above 0. `feeder_km`: those that it keeps. `feeders`: taxi drives to
    and from the bus. `wait_s`: at the hospital.
    """

    trip: I8
    line: I8
    board: I8
    alight: I8
    saved_km: F8
    feeder_km: F8
    feeders: I8
    wait_s: F8

    def __len__(self) -> int:
        return int(self.trip.size)


@dataclass(frozen=True, slots=True, eq=False)
class StopDrives:
    """Drives between the stops of a line and everything else; [start, end] as in `Drives`."""

    from_areas: Drives
    to_areas: Drives
    from_hospitals: Drives
    to_hospitals: Drives


def find_rides(
    trips: Trips, weekday: I8, lines: tuple[Line, ...], drives: tuple[StopDrives, ...], owner: B, rules: Rules
) -> Rides:
    """All rides worth taking; of two of a trip and line, one that takes more seats and saves no more is left out.

    Args:
        trips: of the year.
        weekday: [days] 1 Monday … 7 Sunday.
        lines: of one alternative.
        drives: of the stops of each line.
        owner: [lines, trips] whether the line's organisation is responsible for the patient.
        rules: of travel.
    """
    parts = [
        _rides_of(number, line, drives[number], trips, _eligible(line, trips, weekday, owner[number]), rules)
        for number, line in enumerate(lines)
    ]
    parts = [part for part in parts if len(part)]
    if not parts:
        nothing, none = np.zeros(0), np.zeros(0, np.int64)
        return Rides(none, none, none, none, nothing, nothing, none, nothing)
    names = ("trip", "line", "board", "alight", "saved_km", "feeder_km", "feeders", "wait_s")
    return Rides(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _eligible(line: Line, trips: Trips, weekday: I8, owner: B) -> I8:
    fits = (trips.home != line.out) & np.isin(weekday[trips.day], line.weekdays) & ~trips.stretcher
    fits &= trips.seats <= line.seats
    fits &= ~trips.wheelchair | (line.wheelchairs > 0)
    return np.flatnonzero(fits if line.everybody else fits & owner)


def _rides_of(number: int, line: Line, drives: StopDrives, trips: Trips, who: I8, rules: Rules) -> Rides:
    found: list[Rides] = []
    stops = len(line.stops)
    # Short rides first: a longer one must save more to be worth its seats.
    pairs = sorted(((b, a) for b in range(stops) for a in range(b + 1, stops)), key=lambda pair: pair[1] - pair[0])
    for board, alight in pairs:
        found.append(_between_stops(number, line, board, alight, drives, trips, who, rules))
    return _worth_taking(found)


def _between_stops(
    number: int, line: Line, board: int, alight: int, drives: StopDrives, trips: Trips, who: I8, rules: Rules
) -> Rides:
    area, hospital = trips.area[who], trips.hospital[who]
    if line.out:
        before = _feeding(drives.from_areas.km[area, board], drives.from_areas.s[area, board], rules)
        after = _feeding(drives.to_hospitals.km[alight, hospital], drives.to_hospitals.s[alight, hospital], rules)
        wait = trips.time_s[who] - (line.stops[alight].time_s + after[1])
    else:
        before = _feeding(drives.from_hospitals.km[hospital, board], drives.from_hospitals.s[hospital, board], rules)
        after = _feeding(drives.to_areas.km[alight, area], drives.to_areas.s[alight, area], rules)
        wait = line.stops[board].time_s - (trips.time_s[who] + before[1])
    feeder = before[0] + after[0]
    saved = trips.km[who] - feeder
    fits = (
        before[2]
        & after[2]
        & (wait >= 0.0)
        & (wait <= rules.bus_wait_s)
        & (saved > 0.0)
        & (saved >= rules.least_saved_km)
    )
    some = np.flatnonzero(fits)
    size = some.size
    drives_of_taxis = (before[0] > 0.0).astype(np.int64) + (after[0] > 0.0).astype(np.int64)
    return Rides(
        trip=who[some],
        line=np.full(size, number, np.int64),
        board=np.full(size, board, np.int64),
        alight=np.full(size, alight, np.int64),
        saved_km=saved[some],
        feeder_km=feeder[some],
        feeders=drives_of_taxis[some],
        wait_s=wait[some],
    )


def _feeding(km: F8, seconds: F8, rules: Rules) -> tuple[F8, F8, B]:
    """Kilometres by taxi, seconds, and whether it is near enough: on foot where it can be, else by taxi."""
    foot = km <= rules.walk_km
    return (
        np.where(foot, 0.0, km),
        np.where(foot, km * WALK_S_PER_KM, seconds + rules.stop_s),
        foot | (km <= rules.feeder_km),
    )


def _worth_taking(found: list[Rides]) -> Rides:
    """Drop rides that contain another of the same trip and save no more than it."""
    kept: dict[int, list[tuple[int, int, float]]] = {}
    masks = []
    for part in found:
        mask = np.zeros(len(part), bool)
        for row, (trip, board, alight, saved) in enumerate(
            zip(part.trip.tolist(), part.board.tolist(), part.alight.tolist(), part.saved_km.tolist(), strict=True)
        ):
            others = kept.setdefault(trip, [])
            if not any(b >= board and a <= alight and s >= saved for b, a, s in others):
                mask[row] = True
                others.append((board, alight, saved))
        masks.append(mask)
    names = ("trip", "line", "board", "alight", "saved_km", "feeder_km", "feeders", "wait_s")
    return Rides(
        *(
            np.concatenate([getattr(part, name)[mask] for part, mask in zip(found, masks, strict=True)])
            for name in names
        )
    )
