"""Edit: change the hours of a roster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.field import clock_seconds
from beredt.model.roster_overlap import find_overlaps
from beredt.model.roster_row import RosterRow
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRosterHours(Edit):
    """Give every shift of a roster the same new hours (`HH:MM`); its weekdays stay."""

    kind: ClassVar[str] = "set_roster_hours"

    roster: str
    start: str
    end: str

    def objections(self, service: Service) -> Iterator[Objection]:
        """The shift would have no length, or shifts of the roster would overlap."""
        if self.start == self.end:
            yield Objection("end", f"a shift from {self.start} to {self.end} never starts", "write 00:00 and 24:00")
            return
        if find_overlaps(self._changed(service)):
            yield Objection(
                "roster",
                f"shifts of roster {self.roster} would overlap when all begin at {self.start} and end at {self.end}",
                "choose hours that leave each shift its own time, or another roster",
            )

    def _changed(self, service: Service) -> tuple[RosterRow, ...]:
        start_s, end_s = clock_seconds(self.start), clock_seconds(self.end)
        return tuple(replace(row, start_s=start_s, end_s=end_s) for row in service.rosters if row.id == self.roster)

    def apply(self, service: Service) -> Service:
        """The service with the roster's new hours, rows in their old order."""
        changed = iter(self._changed(service))
        rosters = tuple(next(changed) if row.id == self.roster else row for row in service.rosters)
        return replace(service, rosters=rosters)
