"""Edit: add a roster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.reading.shift_text import parse_shift
from beredt.model.roster_overlap import find_overlaps
from beredt.model.roster_row import RosterRow
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRoster(Edit):
    """Add a roster that units may be given after this; `shifts` are written `mon-fri 08:00-20:00`."""

    kind: ClassVar[str] = "add_roster"
    creates: ClassVar[str | None] = "rosters"

    id: str
    shifts: tuple[str, ...]

    def objections(self, service: Service) -> Iterator[Objection]:
        """Shifts would overlap."""
        del service
        overlaps = find_overlaps(self.rows())
        if overlaps:
            one, other = (self.shifts[position] for position in overlaps[0])
            message = f"shift {other} would begin while {one} still runs"
            yield Objection("shifts", message, "let a shift begin when the other ends, or make two rosters of them")

    def rows(self) -> tuple[RosterRow, ...]:
        """The rows of the new roster, one per shift."""
        return tuple(RosterRow(self.id, *parse_shift(shift)) for shift in self.shifts)

    def apply(self, service: Service) -> Service:
        """The service with the rows of the new roster at the end."""
        return replace(service, rosters=(*service.rosters, *self.rows()))
