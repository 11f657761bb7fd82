"""What a layout costs, and what it may cost.

Full-time positions follow from hours on duty: hours a year × seats / net hours of one position. With 1,460 net hours a
two-person unit on duty around the clock takes 8,760 · 2 / 1,460 = 12 positions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from beredt.decision.search.layout import Layout, RosterHours
from beredt.errors import OptionError
from beredt.model.roster_row import RosterRow
from beredt.model.service import Service

BudgetUnit = Literal["units", "hours", "fte", "nok"]

BUDGET_UNITS: tuple[BudgetUnit, ...] = ("units", "hours", "fte", "nok")

NET_HOURS_PER_FTE = 1_460.0
"""Hours at work in a year of one full-time position, after holidays, sickness and training."""

DAYS_PER_YEAR, DAYS_PER_WEEK, HOUR_S = 365.0, 7.0, 3_600.0

ROUNDING = 1e-6
"""By so much, as a share, costs may pass the limit: sums of hours are not exact."""


@dataclass(frozen=True, slots=True)
class Prices:
    """Yearly prices of a study in NOK, all inputs; those left at 0 cost nothing."""

    fte: float = 0.0
    unit: float = 0.0
    station: float = 0.0


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that a layout may cost.

    `unit`: units, duty hours a week, full-time positions, or NOK a year. `limit`: in that unit. `seats`: people in a
    unit, by kind. `net_hours`: of one position in a year. `prices`: for `nok`.
    """

    unit: BudgetUnit
    limit: float
    seats: Mapping[str, int]
    net_hours: float = NET_HOURS_PER_FTE
    prices: Prices = field(default_factory=Prices)

    def cost_in(self, unit: BudgetUnit, layout: Layout, rosters: Sequence[RosterRow]) -> float:
        """What a layout costs in any unit.

        Args:
            unit: of the cost.
            layout: whose hours lie over those of the rosters.
            rosters: of the base.
        """
        return self.cost_of(unit, layout, weekly_hours(rosters, layout.hours))

    def cost_of(self, unit: BudgetUnit, layout: Layout, hours: Mapping[str, float]) -> float:
        """The same with the hours a week of every roster, as `weekly_hours` tells them for the layout."""
        units = sum(count for _, count in layout.units)
        if unit == "units":
            return float(units)
        if unit == "hours":
            return sum(count * hours[slot.roster] for slot, count in layout.units)
        seat_hours = sum(count * hours[slot.roster] * self.seats[slot.kind] for slot, count in layout.units)
        fte = seat_hours * DAYS_PER_YEAR / DAYS_PER_WEEK / self.net_hours
        if unit == "fte":
            return fte
        prices = self.prices
        return prices.fte * fte + prices.unit * units + prices.station * len(layout.sites())

    def allows(self, cost: float) -> bool:
        """Whether a cost is within the limit."""
        return cost <= self.limit * (1.0 + ROUNDING) + ROUNDING


def weekly_hours(rosters: Iterable[RosterRow], hours: Iterable[RosterHours] = ()) -> dict[str, float]:
    """Hours a week that a unit is on duty, by roster."""
    other = {one.roster: one for one in hours}
    total: dict[str, float] = {}
    for row in rosters:
        length_s = row.length_s if row.id not in other else length_of(other[row.id])
        total[row.id] = total.get(row.id, 0.0) + len(row.weekdays) * length_s / HOUR_S
    return total


def length_of(hours: RosterHours) -> int:
    """Seconds of one shift."""
    long = hours.end_s - hours.start_s
    return long if long > 0 else long + 86_400


def seats_of(service: Service) -> dict[str, int]:
    """People in a unit, by kind: two where patients are transported, else one."""
    return {kind.id: 2 if kind.transports else 1 for kind in service.unit_kinds}


def parse_budget(text: str) -> tuple[BudgetUnit, float]:
    """`UNIT:LIMIT`, such as `fte:450`. Raises OptionError."""
    name, _, number = text.partition(":")
    try:
        limit = float(number)
    except ValueError:
        limit = -1.0
    for unit in BUDGET_UNITS:
        if unit == name and 0.0 < limit < float("inf"):
            return unit, limit
    remedy = "write one of " + ", ".join(f"{unit}:LIMIT" for unit in BUDGET_UNITS) + ", such as fte:450"
    raise OptionError("--budget", text, "no such budget", remedy)
