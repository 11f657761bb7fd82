"""Edit: move a unit to another station."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveUnit(Edit):
    """Move a unit to another station; it then belongs to that station's organisation and centre."""

    kind: ClassVar[str] = "move_unit"

    unit: str
    station: str

    def apply(self, service: Service) -> Service:
        """The service with the unit at its new station."""
        units = tuple(replace(unit, station=self.station) if unit.id == self.unit else unit for unit in service.units)
        return replace(service, units=units)
