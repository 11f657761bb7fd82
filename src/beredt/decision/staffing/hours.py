"""From hours on duty to full-time equivalents.

    FTE = people on duty · hours on duty in a year / net hours of a full-time equivalent

A year has 365 days and no weekday comes more often than another, so that a roster gives the same in every year: round
the clock is 8,760 hours, and with two people and 1,460 net hours 12 full-time equivalents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from beredt.decision.ranges import Range
from beredt.model.roster_row import RosterRow
from beredt.model.service import Service

DAYS = 365
YEAR_H = 24 * DAYS
WEEKS = DAYS / 7
HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class StaffedUnit:
    """A unit with what it takes: hours on duty and hours of people on duty in a year.

    `person_h` is None where nobody has said how many people are in a unit of that kind.
    """

    unit: str
    station: str
    organisation: str
    kind: str
    duty_h: float
    person_h: float | None


def roster_hours(rows: Iterable[RosterRow]) -> dict[str, float]:
    """Hours on duty in a year by roster; shifts of one roster do not overlap."""
    found: dict[str, float] = {}
    for row in rows:
        found[row.id] = found.get(row.id, 0.0) + len(row.weekdays) * row.length_s / HOUR_S * WEEKS
    return found


def staffed_units(service: Service, people: Mapping[str, float]) -> tuple[StaffedUnit, ...]:
    """Every unit of a service, in its order.

    Args:
        service: today's, or an alternative's after its edits.
        people: on duty in a unit, by kind; kinds may be missing.
    """
    hours = roster_hours(service.rosters)
    owner = {station.id: station.organisation for station in service.stations}
    return tuple(
        StaffedUnit(
            unit=unit.id,
            station=unit.station,
            organisation=owner[unit.station],
            kind=unit.kind,
            duty_h=hours.get(unit.roster, 0.0),
            person_h=people[unit.kind] * hours.get(unit.roster, 0.0) if unit.kind in people else None,
        )
        for unit in service.units
    )


def fte_of(person_h: float, net_hours: Range | None) -> Range | None:
    """Full-time equivalents; more net hours mean fewer. None where nobody has said how many they are."""
    if net_hours is None:
        return None
    ends = person_h / net_hours.high, person_h / net_hours.low
    return Range(min(ends), person_h / net_hours.likely, max(ends))
