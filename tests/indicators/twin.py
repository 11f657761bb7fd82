"""Every count of a tally a second time: in plain Python, slowly, from the definitions alone."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from beredt.indicators.observed import Frame, Year

DAY_MS, HOUR_MS = 86_400_000, 3_600_000
NEVER = math.inf
Interval = tuple[float, float]


class Incident(NamedTuple):
    """What counts of an incident; times in ms of the period, inf for what never came."""

    row: int
    urgency: int
    area: int
    hour: int
    response: float
    wait: float
    ready: float
    nearest: bool
    first: int  # mission row, -1
    second_wanted: bool


class Mission(NamedTuple):
    """A row of missions; times in ms of the period."""

    row: int
    incident: int
    unit: int
    diverted: bool
    assign: float
    scene: float
    free: float
    role: int


class SlowTally:
    """The definitions, one method each."""

    def __init__(self, frame: Frame, year: Year) -> None:
        self.frame, self.year = frame, year
        self.length = round((frame.end_s - frame.start_s) * 1000)
        self.missions = [self._mission(row) for row in range(len(year.missions.unit))]
        self.incidents = [one for row in range(len(year.incidents.call_t)) for one in self._incident(row)]

    def ms(self, t: float) -> float:
        """A time stamp in whole ms from the start of the period."""
        return round(t * 1000) - round(self.frame.start_s * 1000) if math.isfinite(t) else NEVER

    def _mission(self, row: int) -> Mission:
        m = self.year.missions
        return Mission(
            row=row,
            incident=int(m.incident[row]),
            unit=int(m.unit[row]),
            diverted=bool(m.diverted[row]),
            assign=self.ms(float(m.assign_t[row])),
            scene=self.ms(float(m.scene_t[row])),
            free=self.ms(float(m.free_t[row])),
            role=int(m.role[row]),
        )

    def _incident(self, row: int) -> Iterator[Incident]:
        """The incident, if it counts."""
        i, frame = self.year.incidents, self.frame
        call, ready, area = self.ms(float(i.call_t[row])), self.ms(float(i.ready_t[row])), int(i.area[row])
        if area < 0 or not 0 <= call < self.length:
            return
        mine = [m for m in self.missions if m.incident == row]
        there = [m for m in mine if not m.diverted and frame.unit_stops_clock[m.unit] and m.scene < NEVER]
        first = min(there, key=lambda m: (m.scene, m.row), default=None)
        assigned = min((m.assign for m in mine), default=NEVER)
        station = -1 if first is None else int(frame.unit_station[first.unit])
        yield Incident(
            row=row,
            urgency=int(i.urgency[row]),
            area=area,
            hour=int(call // HOUR_MS) % 24,
            response=NEVER if first is None else first.scene - call,
            wait=NEVER if NEVER in (assigned, ready) else assigned - ready,
            ready=ready,
            nearest=station >= 0 and station == frame.area_nearest_station[area],
            first=-1 if first is None else first.row,
            second_wanted=bool(i.second_missing[row]) or any(m.role == 1 for m in mine),
        )

    def cell(self, group: int, urgency: int, hour: int) -> list[Incident]:
        """Incidents of a group; urgency 3 and hour 24 stand for all."""
        return [
            one
            for one in self.incidents
            if self.frame.groups[group, one.area] and urgency in (one.urgency, 3) and hour in (one.hour, 24)
        ]

    def target(self, one: Incident) -> float:
        """Target of an incident, ms."""
        target_s = float(self.frame.area_target_s[one.area, one.urgency])
        return round(target_s * 1000) if math.isfinite(target_s) else NEVER

    def counts(self, cell: list[Incident]) -> list[int]:
        """In the order of `Count`."""
        i = self.year.incidents

        def number(holds: Callable[[Incident], object]) -> int:
            return sum(bool(holds(one)) for one in cell)

        return [
            len(cell),
            number(lambda one: one.response < NEVER),
            number(lambda one: one.response <= 12 * 60_000),
            number(lambda one: one.response <= 25 * 60_000),
            number(lambda one: self.target(one) < NEVER),
            number(lambda one: one.response <= self.target(one) < NEVER),
            number(lambda one: one.nearest),
            number(lambda one: one.wait < NEVER),
            number(lambda one: i.queued[one.row]),
            number(lambda one: i.held[one.row]),
            sum(int(i.bumped[one.row]) for one in cell),
            number(lambda one: i.asked[one.row] >= 0),
            number(lambda one: one.second_wanted),
            number(lambda one: i.second_missing[one.row]),
        ]

    def quantile(self, cell: list[Incident], q: Fraction) -> int:
        """Tenths of ms, by straight line between order statistics; 0 for none."""
        values = sorted(int(one.response) for one in cell if one.response < NEVER)
        if not values:
            return 0
        place = (len(values) - 1) * q
        lower = math.floor(place)
        upper = min(lower + 1, len(values) - 1)
        exact = 10 * (values[lower] + (place - lower) * (values[upper] - values[lower]))
        assert exact.denominator == 1
        return int(exact)

    def flow(self, holds: Callable[[int, int], bool], urgency: int, counting: int) -> int:
        """Missions whose unit and area fit, of all or of first units."""
        return sum(
            one.row == m.incident
            and not m.diverted
            and one.urgency == urgency
            and holds(m.unit, one.area)
            and (counting == 0 or one.first == m.row)
            for one in self.incidents
            for m in self.missions
        )

    def pieces(self, changes: list[float]) -> Iterator[tuple[int, int, int]]:
        """Hour by hour, the pieces of time between changes: hour of the period, begin, end."""
        for hour in range(self.length // HOUR_MS):
            begin, end = hour * HOUR_MS, (hour + 1) * HOUR_MS
            inside = sorted({begin, end, *(int(t) for t in changes if begin < t < end)})
            for low, high in itertools.pairwise(inside):
                yield hour, low, high

    def drawn_in(self) -> tuple[list[int], list[int]]:
        """Largest number of drawn-in units in every hour, and unit-ms by hour of the day."""
        return self._at_once(lambda unit, area: self.frame.area_local[area] and not self.frame.unit_local[unit])

    def drawn_in_to(self, municipality: int) -> list[int]:
        """Largest number of units of other municipalities in one, in every hour."""
        area, home = self.frame.area_municipality, self.frame.unit_municipality
        return self._at_once(lambda unit, place: area[place] == municipality and home[unit] not in (-1, municipality))[
            0
        ]

    def _at_once(self, counts: Callable[[int, int], bool]) -> tuple[list[int], list[int]]:
        """Of the missions whose unit and area count: largest number in every hour, and unit-ms by hour of the day."""
        areas = self.year.incidents.area
        drawn = [m for m in self.missions if areas[m.incident] >= 0 and counts(m.unit, int(areas[m.incident]))]
        most, unit_ms = [0] * (self.length // HOUR_MS), [0] * 24
        for hour, low, high in self.pieces([t for m in drawn for t in (m.assign, m.free)]):
            number = sum(m.assign <= low and m.free >= high for m in drawn)
            most[hour] = max(most[hour], number)
            unit_ms[hour % 24] += number * (high - low)
        return most, unit_ms

    def duty(self, unit: int) -> list[Interval]:
        """Duty intervals of a unit, ms."""
        f = self.frame
        rows = np.flatnonzero(f.duty_unit == unit).tolist()
        return [(self.ms(float(f.duty_on_t[row])), self.ms(float(f.duty_off_t[row]))) for row in rows]

    def busy(self, unit: int) -> list[Interval]:
        """Missions of a unit, ms."""
        return [(m.assign, m.free) for m in self.missions if m.unit == unit]

    def state(self, fleet: list[int], low: float, high: float) -> tuple[int, int]:
        """Units on duty and free units of a fleet, from low to high, between which nothing changes."""
        on = [u for u in fleet if any(begin <= low and end >= high for begin, end in self.duty(u))]
        free = [u for u in on if not any(begin <= low and end >= high for begin, end in self.busy(u))]
        return len(on), len(free)

    def free(self, fleet: list[int]) -> tuple[list[int], list[bool], list[list[int]]]:
        """By hour the least number of free units and whether there was a conflict; ms without free and in conflict."""
        hours = self.length // HOUR_MS
        least, conflict, ms = [len(self.frame.unit_ids)] * hours, [False] * hours, [[0, 0] for _ in range(24)]
        for hour, low, high in self.pieces(self._changes(fleet)):
            on, free = self.state(fleet, low, high)
            least[hour] = min(least[hour], free)
            conflict[hour] |= on > 0 and free == 0
            ms[hour % 24][0] += (high - low) * (free == 0)
            ms[hour % 24][1] += (high - low) * (on > 0 and free == 0)
        return least, conflict, ms

    def _changes(self, fleet: list[int]) -> list[float]:
        return [t for u in fleet for one in (*self.duty(u), *self.busy(u)) for t in one if t < NEVER]

    def local_calls(self, urgency: int) -> list[int]:
        """Local incidents ready for a unit, and those that met a true conflict just before."""
        fleet = [u for u in self.primary() if self.frame.unit_local[u]]
        calls = [
            one
            for one in self.incidents
            if one.urgency == urgency and self.frame.area_local[one.area] and one.ready < NEVER
        ]
        met = [self.state(fleet, one.ready - 0.5, one.ready) for one in calls]
        return [len(calls), sum(on > 0 and free == 0 for on, free in met)]

    def primary(self) -> list[int]:
        """Units that can be primary."""
        return np.flatnonzero(self.frame.unit_primary).tolist()

    def unit(self, u: int) -> list[int]:
        """In the order of `UnitSum`, but for idle time, which is worked out from stints that stand still."""
        s, duty = self.year.stints, [self.cut(one) for one in self.duty(u)]
        stints = [row for row in range(len(s.unit)) if s.unit[row] == u]
        spans = {row: self.cut((self.ms(float(s.start_t[row])), self.ms(float(s.end_t[row])))) for row in stints}
        missions = [self.cut(one) for one in self.busy(u)]
        outside = [length(one) - sum(shared(one, shift) for shift in duty) for one in (*missions, *spans.values())]
        driving = {row: self._driving(row, spans[row]) for row in stints if s.kind[row] not in (1, 4)}
        standing = sum(length(spans[row]) - driving[row] for row in driving)
        return [
            int(sum(map(length, duty))),
            int(sum(outside)),
            int(sum(map(length, missions))),
            int(sum(length(spans[row]) for row in stints if s.kind[row] == 1)),
            int(sum(driving.values())),
            int(standing),
            sum(
                m.unit == u and not m.diverted and m.incident in {i.row for i in self.incidents} for m in self.missions
            ),
            self._metres(u),
            int(sum(length(spans[row]) for row in stints if s.kind[row] == 4)),
        ]

    def _driving(self, row: int, span: Interval) -> float:
        arrive = self.ms(float(self.year.stints.arrive_t[row]))
        return max(0, min(arrive, span[1]) - span[0])

    def _metres(self, u: int) -> int:
        m, s = self.year.missions, self.year.stints
        on_missions = sum(
            round(float(m.drive_km[one.row]) * 1000) + round(float(m.transport_km[one.row]) * 1000)
            for one in self.missions
            if one.unit == u and 0 <= one.assign < self.length
        )
        return on_missions + sum(
            round(float(s.km[row]) * 1000)
            for row in range(len(s.unit))
            if s.unit[row] == u and 0 <= self.ms(float(s.start_t[row])) < self.length
        )

    def cut(self, one: Interval) -> Interval:
        """What of an interval lies in the period."""
        begin, end = max(one[0], 0), min(one[1], self.length)
        return (begin, end) if begin < end else (0, 0)


def length(one: Interval) -> float:
    return one[1] - one[0]


def shared(one: Interval, other: Interval) -> float:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
