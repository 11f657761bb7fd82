"""Edit: remove a unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveUnit(Edit):
    """Remove a unit."""

    kind: ClassVar[str] = "remove_unit"

    unit: str

    def apply(self, service: Service) -> Service:
        """The service without the unit."""
        return replace(service, units=tuple(unit for unit in service.units if unit.id != self.unit))
