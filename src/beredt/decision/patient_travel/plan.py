"""How every trip of a year is made in one alternative: by bus where it saves taxis, in a shared taxi, or alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from beredt.decision.patient_travel.board import board_buses
from beredt.decision.patient_travel.bus_rides import Rides, StopDrives, find_rides
from beredt.decision.patient_travel.choose_pools import Chosen, choose_pools
from beredt.decision.patient_travel.figures import Rules
from beredt.decision.patient_travel.pools import Ground, find_pools
from beredt.decision.patient_travel.timetable import Line
from beredt.decision.patient_travel.trips import Trips

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
B = NDArray[np.bool_]

ALONE, BUS, POOL = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """How n trips are made. `mode` (n,): ALONE, BUS or POOL. `wait_s`, `extra_s` (n,): seconds of waiting at the
    hospital, and of riding beyond the direct drive (shared taxis only). `taxi_km` (n,): feeding a bus, alone, or the
    trip's part of a shared taxi. `drives`: how many taxis drive. `turned_away` (n,): could have taken a bus, did not.
    `rides`, `taken`: the bus rides there were, and which of them are taken.
    """

    mode: I8
    wait_s: F8
    extra_s: F8
    taxi_km: F8
    drives: int
    turned_away: B
    rides: Rides
    taken: I8


@dataclass(frozen=True, slots=True, eq=False)
class Planner:
    """Plans alternatives one after another; groups of trips that are as they were before are not planned again.

    `trips`: of the year; `weekday` [days]; `ground`: drives of taxis; `rules`: of travel.
    """

    trips: Trips
    weekday: I8
    ground: Ground
    rules: Rules
    _known: dict[tuple[int, bytes], tuple[Chosen, ...]] = field(default_factory=dict)

    def plan(self, lines: tuple[Line, ...], drives: tuple[StopDrives, ...], owner: B) -> Plan:
        """Plan all trips.

        Args:
            lines: that run.
            drives: of the stops of each line.
            owner: [lines, trips] whether the line's organisation is responsible for the patient.
        """
        trips, n = self.trips, len(self.trips)
        rides = find_rides(trips, self.weekday, lines, drives, owner, self.rules)
        taken = board_buses(rides, trips, lines)
        mode, wait, extra, km = np.zeros(n, np.int64), np.zeros(n), np.zeros(n), trips.km.copy()
        by_bus = rides.trip[taken]
        mode[by_bus], wait[by_bus], km[by_bus] = BUS, rides.wait_s[taken], rides.feeder_km[taken]
        turned_away = np.isin(np.arange(n), rides.trip) & (mode != BUS)
        drives_of_taxis = int(rides.feeders[taken].sum())
        chosen = self._pools(np.flatnonzero(mode != BUS))
        for one in chosen:
            members = np.array(one.members, np.int64)
            mode[members], wait[members], extra[members] = POOL, one.wait_s, one.extra_s
            km[members] = one.km * trips.km[members] / trips.km[members].sum()
        drives_of_taxis += int((mode == ALONE).sum()) + len(chosen)
        return Plan(mode, wait, extra, km, drives_of_taxis, turned_away, rides, taken)

    def _pools(self, left: I8) -> Sequence[Chosen]:
        """The pools of the trips that no bus takes."""
        hospitals = int(self.trips.hospital.max(initial=0)) + 1
        group = (self.trips.day * 2 + self.trips.home) * hospitals + self.trips.hospital
        order = left[np.argsort(group[left], kind="stable")]
        cuts = np.flatnonzero(np.diff(group[order])) + 1
        keys = {(int(group[part[0]]), part.tobytes()): part for part in np.split(order, cuts) if part.size}
        new = {key: part for key, part in keys.items() if key not in self._known}
        if new:
            who = np.concatenate(list(new.values()))
            found: dict[int, list[Chosen]] = {}
            for one in choose_pools(find_pools(who, self.trips, self.ground, self.rules), self.trips.time_s):
                found.setdefault(int(group[one.members[0]]), []).append(one)
            self._known.update({key: tuple(found.get(key[0], ())) for key in new})
        return [one for key in keys for one in self._known[key]]
