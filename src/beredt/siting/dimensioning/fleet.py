"""A fleet as a number of units per station and band, and the service that has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from beredt.errors import SitingError
from beredt.model.roster_row import RosterRow
from beredt.model.service import Service
from beredt.model.unit import Unit
from beredt.siting.dimensioning.rule import DAY_H, Band, DimensionRule
from beredt.siting.roster_design import on_duty_of, today_shifts

I8 = NDArray[np.int64]
F8 = NDArray[np.float64]

EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
HOUR_S = 3600
PREFIX = "dimensioned"


@dataclass(frozen=True, slots=True)
class Fleet:
    """Units on duty per station and band, every day alike: `counts[station][band]`, each 0 or more."""

    counts: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, counts: I8) -> Fleet:
        """A fleet of an array (stations, bands)."""
        return cls(tuple(tuple(int(one) for one in row) for row in counts))

    def array(self) -> I8:
        """int64 (stations, bands)."""
        return np.array(self.counts, np.int64)

    def changed(self, cell: tuple[int, int], by: int) -> Fleet:
        """The fleet with `by` units more, or fewer below 0, in one cell of station and band."""
        counts = self.array()
        counts[cell] += by
        return Fleet.of(counts)

    @property
    def units(self) -> int:
        """Units that it takes: for every station those of its fullest band."""
        return sum(max(row) for row in self.counts)

    def around_the_clock(self, rule: DimensionRule) -> F8:
        """Units round the clock with the same hours on duty, float64 (stations,)."""
        found: F8 = self.array() @ np.array(rule.band_hours, np.float64) / DAY_H
        return found

    def fte(self, rule: DimensionRule) -> float:
        """Full-time positions: Σ units·hours·365·crew / net hours."""
        return float(self.around_the_clock(rule).sum()) * fte_of_unit(rule)


def fte_of_unit(rule: DimensionRule) -> float:
    """Full-time positions of one unit round the clock."""
    return DAY_H * 365 * rule.crew / rule.net_hours_per_fte


def service_with(service: Service, stations: Sequence[str], fleet: Fleet, rule: DimensionRule) -> Service:
    """The service with this fleet in the place of all its units that may go first.

    Units that never go first, such as single responders, stay as they are. The n-th unit of a station is on duty in
    all bands that have n units or more.

    Raises:
        SitingError: no kind of unit can go first and transport.
    """
    primary = {kind.id for kind in service.unit_kinds if kind.primary}
    kind = next((one.id for one in service.unit_kinds if one.primary and one.transports), None)
    if kind is None:
        raise SitingError("no kind of unit goes first and transports: give one in unit_kinds")
    rosters: dict[tuple[int, ...], str] = {}
    units = []
    for name, row in zip(stations, fleet.counts, strict=True):
        for number in range(1, max(row) + 1):
            on = tuple(band for band, count in enumerate(row) if count >= number)
            roster = rosters.setdefault(on, f"{PREFIX}-{'-'.join(rule.bands[band].id for band in on)}")
            units.append(Unit(f"{PREFIX}-{name}-{number}", name, kind, roster, "assumed"))
    rows = [row for on, name in rosters.items() for row in _roster(name, on, rule)]
    kept = tuple(unit for unit in service.units if unit.kind not in primary)
    return replace(service, units=(*units, *kept), rosters=(*service.rosters, *rows))


def _roster(name: str, on: Sequence[int], rule: DimensionRule) -> list[RosterRow]:
    """Shifts of a unit that is on duty in some bands; one row where that is all of them."""
    if len(on) == len(rule.bands):
        return [RosterRow(name, EVERY_DAY, 0, DAY_H * HOUR_S)]
    return [_shift(name, rule.bands[band]) for band in on]


def _shift(name: str, band: Band) -> RosterRow:
    first, length = band.hours[0], len(band.hours)
    end = first + length
    return RosterRow(name, EVERY_DAY, first * HOUR_S, (end if end <= DAY_H else end - DAY_H) * HOUR_S)


def fleet_of(service: Service, stations: Sequence[str], rule: DimensionRule) -> F8:
    """Units that a service has on duty per station and band, mean over the hours of all days; float64 (S, bands)."""
    found = np.zeros((len(stations), len(rule.bands)))
    for place, name in enumerate(stations):
        by_hour = on_duty_of(today_shifts(service, name)).reshape(7, DAY_H)
        for number, band in enumerate(rule.bands):
            found[place, number] = by_hour[:, list(band.hours)].mean()
    return found
