"""Edit: change how many units a centre keeps for urgent incidents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class SetReserve(Edit):
    """Set the number of free units at or below which a centre lets ordinary missions wait."""

    kind: ClassVar[str] = "set_reserve"

    centre: str
    reserve_units: int

    def apply(self, service: Service) -> Service:
        """The service with the centre's new reserve."""
        centres = tuple(
            replace(centre, reserve_units=self.reserve_units) if centre.id == self.centre else centre
            for centre in service.centres
        )
        return replace(service, centres=centres)
