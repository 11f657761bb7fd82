"""Edit: give a unit another roster."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class RerosterUnit(Edit):
    """Give a unit another roster of the study."""

    kind: ClassVar[str] = "reroster_unit"

    unit: str
    roster: str

    def apply(self, service: Service) -> Service:
        """The service with the unit on its new roster."""
        units = tuple(replace(unit, roster=self.roster) if unit.id == self.unit else unit for unit in service.units)
        return replace(service, units=units)
