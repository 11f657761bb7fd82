"""Edit: add a unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit
from beredt.model.service import Service
from beredt.model.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class AddUnit(Edit):
    """Add a unit at a station."""

    kind: ClassVar[str] = "add_unit"
    creates: ClassVar[str | None] = "units"

    id: str
    station: str
    # The key of the table is `kind`, which is taken here by the kind of edit.
    unit_kind: str
    roster: str
    basis: str = "assumed"

    def apply(self, service: Service) -> Service:
        """The service with the new unit at the end."""
        new = Unit(self.id, self.station, self.unit_kind, self.roster, self.basis)
        return replace(service, units=(*service.units, new))
