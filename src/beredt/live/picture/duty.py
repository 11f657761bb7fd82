"""When a unit is on duty: by the study's roster, and by what a feed has said of single days in its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from beredt.live.known import LOCAL
from beredt.live.picture.picture import Data
from beredt.model.roster_row import RosterRow
from beredt.model.service import Service

DAY_S = 86_400
ROSTER = "roster "


class Duty:
    """The rosters of a service on the clock on the wall."""

    def __init__(self, service: Service) -> None:
        rows: dict[str, list[RosterRow]] = {}
        for row in service.rosters:
            rows.setdefault(row.id, []).append(row)
        self._rows: Mapping[str, tuple[RosterRow, ...]] = {
            unit.id: tuple(rows.get(unit.roster, ())) for unit in service.units
        }

    def is_on(self, unit: str, data: Data, at_ms: int) -> bool:
        """Whether a unit is on duty.

        Args:
            unit: its id.
            data: what is known of it; `roster DAY` holds the shifts that begin on that day.
            at_ms: when.
        """
        moment = datetime.fromtimestamp(at_ms / 1000, LOCAL)
        today = moment.date()
        return any(
            begins <= at_ms < ends
            for day in (today - timedelta(days=1), today)
            for begins, ends in self._shifts(unit, data, day)
        )

    def shift_began_ms(self, unit: str, data: Data, at_ms: int) -> int | None:
        """When the shift began in which a unit is, ms since 1970; None where it is in none."""
        today = datetime.fromtimestamp(at_ms / 1000, LOCAL).date()
        days = (today - timedelta(days=1), today)
        found = [begins for day in days for begins, ends in self._shifts(unit, data, day) if begins <= at_ms < ends]
        return max(found, default=None)

    def shifts(self, unit: str, first: date, days: int) -> list[tuple[int, int]]:
        """The roster's shifts that begin on some days, as beginnings and ends, ms since 1970.

        Args:
            unit: its id.
            first: the first day.
            days: how many.
        """
        return [shift for day in range(days) for shift in self._shifts(unit, {}, first + timedelta(days=day))]

    def _shifts(self, unit: str, data: Data, day: date) -> list[tuple[int, int]]:
        """Shifts that begin on a day, ms. The hours of a roster are those of the clock on the wall."""
        said = data.get(f"{ROSTER}{day.isoformat()}")
        if said is not None:
            return [(begins, ends) for begins, ends in said.value]
        return [
            (_ms(day, row.start_s), _ms(day, row.start_s + row.length_s))
            for row in self._rows.get(unit, ())
            if day.isoweekday() in row.weekdays
        ]


def _ms(day: date, seconds: int) -> int:
    """A time of the clock on the wall, so many seconds after the midnight of a day, as ms since 1970."""
    moment = datetime(day.year, day.month, day.day, tzinfo=LOCAL) + timedelta(seconds=seconds)
    return round(moment.timestamp() * 1000)
