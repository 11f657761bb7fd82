"""Who rides: the seats of every bus and day given so that the most kilometres of taxi are saved.

    maximise    Σ saved_km(r)·x(r)
    subject to  Σ x(r) ≤ 1                    over the rides of a trip
                Σ seats(r)·x(r) ≤ seats       on every leg of every line, over the rides that use it
                Σ wheelchair(r)·x(r) ≤ places likewise,   x(r) ∈ {0, 1}

Days do not meet, so each is solved for itself. Where everybody can have the ride that saves most, that is the answer.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array

from beredt.decision.patient_travel.bus_rides import Rides
from beredt.decision.patient_travel.timetable import Line
from beredt.decision.patient_travel.trips import Trips
from beredt.siting.program import Program, solve

I8 = NDArray[np.int64]
B = NDArray[np.bool_]


def board_buses(rides: Rides, trips: Trips, lines: tuple[Line, ...]) -> I8:
    """Indices of the rides taken, ascending; the most kilometres saved, proved."""
    day = trips.day[rides.trip]
    order = np.argsort(day, kind="stable")
    cuts = np.flatnonzero(np.diff(day[order])) + 1
    taken = [_of_day(part, rides, trips, lines) for part in np.split(order, cuts) if part.size]
    return np.sort(np.concatenate(taken)) if taken else np.zeros(0, np.int64)


def leg_loads(chosen: I8, rides: Rides, trips: Trips, line: int, legs: int) -> I8:
    """Seats taken on every leg of a line by some rides, all of one day: int64 [legs]."""
    load = np.zeros(legs, np.int64)
    for ride in chosen[rides.line[chosen] == line].tolist():
        load[rides.board[ride] : rides.alight[ride]] += trips.seats[rides.trip[ride]]
    return load


def is_allowed(chosen: I8, rides: Rides, trips: Trips, lines: tuple[Line, ...]) -> bool:
    """Whether rides of one day can all be taken: one per trip, and room on every leg."""
    if np.unique(rides.trip[chosen]).size < chosen.size:
        return False
    for number, line in enumerate(lines):
        if (leg_loads(chosen, rides, trips, number, len(line.stops) - 1) > line.seats).any():
            return False
        chairs = chosen[trips.wheelchair[rides.trip[chosen]] & (rides.line[chosen] == number)]
        used = np.zeros(len(line.stops) - 1, np.int64)
        for ride in chairs.tolist():
            used[rides.board[ride] : rides.alight[ride]] += 1
        if (used > line.wheelchairs).any():
            return False
    return True


def _of_day(part: I8, rides: Rides, trips: Trips, lines: tuple[Line, ...]) -> I8:
    best = _best_of_each(part, rides)
    if is_allowed(best, rides, trips, lines):
        return best
    solved = solve(_program(part, rides, trips, lines))
    return part[solved.x > 0.5]


def _best_of_each(part: I8, rides: Rides) -> I8:
    """The ride that saves most of every trip."""
    order = part[np.lexsort((part, -rides.saved_km[part], rides.trip[part]))]
    first = np.ones(order.size, bool)
    first[1:] = np.diff(rides.trip[order]) != 0
    return order[first]


def _program(part: I8, rides: Rides, trips: Trips, lines: tuple[Line, ...]) -> Program:
    keys: dict[tuple[str, int, int], int] = {}
    limits: list[float] = []
    rows: list[int] = []
    columns: list[int] = []
    amounts: list[float] = []

    def add(key: tuple[str, int, int], limit: float, column: int, amount: float) -> None:
        if key not in keys:
            keys[key] = len(limits)
            limits.append(limit)
        rows.append(keys[key])
        columns.append(column)
        amounts.append(amount)

    for column, ride in enumerate(part.tolist()):
        trip, number = int(rides.trip[ride]), int(rides.line[ride])
        add(("trip", trip, 0), 1.0, column, 1.0)
        for leg in range(int(rides.board[ride]), int(rides.alight[ride])):
            add(("seats", number, leg), float(lines[number].seats), column, float(trips.seats[trip]))
            if trips.wheelchair[trip]:
                add(("wheelchairs", number, leg), float(lines[number].wheelchairs), column, 1.0)
    n, m = part.size, len(limits)
    return Program(
        cost=rides.saved_km[part],
        low=np.zeros(n),
        high=np.ones(n),
        integer=np.ones(n, bool),
        rows=coo_array((amounts, (rows, columns)), shape=(m, n)).tocsr(),
        row_low=np.full(m, -np.inf),
        row_high=np.array(limits),
        sense="max",
    )
