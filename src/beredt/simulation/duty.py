"""When units are on duty: rosters laid out over the simulated period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from beredt.demand.intensity import Period
from beredt.model.roster_row import RosterRow
from beredt.model.service import Service
from beredt.model.shifts import DAY_S, Shift, lay_shifts


def shifts_of(rows: Iterable[RosterRow], period: Period) -> list[Shift]:
    """Stretches on duty of one roster, in seconds from simulated time 0, see `lay_shifts`.

    Args:
        rows: the shifts of the roster.
        period: what is simulated.
    """
    return lay_shifts(rows, period.first_day, period.all_days)


def unit_shifts(service: Service, period: Period) -> list[list[Shift]]:
    """Stretches on duty of every unit, in the order of `service.units`."""
    rosters: dict[str, list[RosterRow]] = defaultdict(list)
    for row in service.rosters:
        rosters[row.id].append(row)
    laid = {name: shifts_of(rows, period) for name, rows in rosters.items()}
    return [laid[unit.roster] for unit in service.units]


__all__ = ["DAY_S", "Shift", "shifts_of", "unit_shifts"]
