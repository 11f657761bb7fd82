"""A permitted shift: when it begins, how long it lasts, on which weekdays, and how many people it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from beredt.model.roster_row import RosterRow

DAY_MIN: Final = 24 * 60
WEEK_MIN: Final = 7 * DAY_MIN


@dataclass(frozen=True, slots=True)
class ShiftForm:
    """One car that works the same shift on each of some weekdays, every week.

    `weekdays`: 1 = Monday to 7, ascending, those on which the shift begins. `start_min`: minutes after midnight, 0 to
    1,439. `length_min`: above 0, at most 1,440. `crew`: people in the car. `most`: cars with a shift of this `family`,
    whenever it begins and on whatever weekdays; 0: no limit.
    """

    id: str
    weekdays: tuple[int, ...]
    start_min: int
    length_min: int
    crew: int
    family: str = ""
    most: int = 0

    def spans(self) -> list[tuple[int, int]]:
        """On and off in minutes of the week, Monday 00:00 first; the end may lie in the week after."""
        starts = ((day - 1) * DAY_MIN + self.start_min for day in self.weekdays)
        return [(start, start + self.length_min) for start in starts]

    def paid_min(self, handover_min: int) -> int:
        """Paid minutes of all people in a week, with `handover_min` (≥ 0) for every shift and person."""
        return len(self.weekdays) * (self.length_min + handover_min) * self.crew

    def as_roster(self, name: str) -> RosterRow:
        """The shift as a row of a study's table of rosters, under a name."""
        end = self.start_min + self.length_min
        end_s = 60 * (end if end <= DAY_MIN else end - DAY_MIN)
        return RosterRow(name, self.weekdays, 60 * self.start_min, end_s)
