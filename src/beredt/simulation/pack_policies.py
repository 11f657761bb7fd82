"""From a service's rules of dispatch and relocation to the arrays that the compiled rules read.

Bases are numbered as `service.stations`, units as `service.units`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.compliance import ComplianceTable, compliance_table
from beredt.dispatch.move_limits import NO_LIMIT, MoveLimits
from beredt.dispatch.opening import WEEK_H
from beredt.dispatch.priority_list import earlier_entries
from beredt.dispatch.world import F8, I1, I4
from beredt.model.relocation_tables import configurations, find_followed, ranked_stations
from beredt.model.service import Service
from beredt.model.urgency import URGENCIES, urgency_code


class Moved(NamedTuple):
    """Who is moved, and where to. U units, B bases."""

    units: I1  # [U] 1 when the rule of relocation holds for the unit; the others keep to standby
    bases: I1  # [B] 1 when units may be moved there


def pack_moved(service: Service) -> Moved:
    """The units and stations that the rule of relocation is about."""
    centre = service.relocation.only_centre
    bases = {station.id: not centre or station.centre == centre for station in service.stations}
    units = [bases[unit.station] for unit in service.units]
    return Moved(np.array(units, np.int8), np.array(list(bases.values()), np.int8))


def pack_limits(service: Service) -> MoveLimits:
    """The limits on moves."""
    rules = service.relocation
    return MoveLimits(
        most_moves=int(min(rules.most_moves, NO_LIMIT)),
        most_move_s=float(rules.most_move_s),
        most_move_km=float(rules.most_move_km),
        most_shift_km=float(rules.most_shift_km),
        quiet_start_s=rules.quiet_start_s,
        quiet_end_s=rules.quiet_end_s,
    )


def pack_priority_list(service: Service) -> tuple[I4, I4]:
    """The ranked bases of the list that is followed and, for each entry, how often its base stands before it.

    Both are empty where none is followed.
    """
    number = _numbers(service)
    followed = find_followed(service) if service.relocation.rule == "priority_list" else None
    ranked = np.array([number[station] for station in ranked_stations(service, followed or "")], np.int32)
    return ranked, earlier_entries(ranked)


def pack_compliance(service: Service) -> ComplianceTable:
    """The compliance table that is followed; without any configuration where none is."""
    number = _numbers(service)
    followed = find_followed(service) if service.relocation.rule == "compliance" else None
    by_free = {
        free: [[number[station] for station in slots] for slots in several]
        for free, several in configurations(service, followed or "").items()
    }
    return compliance_table(by_free, len(service.units))


def pack_unit_prices(service: Service) -> F8:
    """Seconds added to a unit in the choice of the main unit, float64[U, 3] by urgency; infinite: never sent."""
    prices = {
        (row.kind, row.urgency): np.inf if row.price_s is None else float(row.price_s) for row in service.unit_prices
    }
    rows = [[prices.get((unit.kind, urgency), 0.0) for urgency in URGENCIES] for unit in service.units]
    return np.array(rows, np.float64).reshape(len(service.units), len(URGENCIES))


def pack_travel_hours(service: Service) -> F8:
    """Factors on driving times, float64[2, 168]: true, believed; by hour of the week, 0 for Monday 00:00–01:00."""
    factors = np.ones((2, WEEK_H))
    for row in service.travel_hours:
        factors[:, row.hour_of_week] = row.true_factor, row.believed_factor
    return factors


def pack_standby_hours(service: Service) -> I4:
    """When standby points are open, int32[P, 3]: bit mask of days (1 Monday … 64 Sunday), start and end (s)."""
    rows = [
        (sum(1 << (day - 1) for day in point.weekdays), point.start_s, point.end_s) for point in service.standby_points
    ]
    return np.array(rows, np.int32).reshape(len(rows), 3)


def pack_least_loss(service: Service) -> I1:
    """Urgencies to which the unit of least loss is sent rather than the nearest, int8[3]."""
    chosen = np.zeros(len(URGENCIES), np.int8)
    if service.dispatch.rule == "least_loss":
        chosen[[urgency_code(urgency) for urgency in service.dispatch.least_loss_for]] = 1
    return chosen


def _numbers(service: Service) -> dict[str, int]:
    return {station.id: number for number, station in enumerate(service.stations)}
