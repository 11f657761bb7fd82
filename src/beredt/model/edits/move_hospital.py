"""Edit: move a place where patients are delivered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveHospital(Edit):
    """Move a hospital or an out-of-hours service to another place (degrees, WGS84)."""

    kind: ClassVar[str] = "move_hospital"

    hospital: str
    lat: float
    lon: float

    def apply(self, service: Service) -> Service:
        """The service with the hospital in its new place."""
        hospitals = tuple(
            replace(one, lat=self.lat, lon=self.lon) if one.id == self.hospital else one for one in service.hospitals
        )
        return replace(service, hospitals=hospitals)
