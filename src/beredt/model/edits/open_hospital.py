"""Edit: open a place where patients are delivered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit
from beredt.model.hospital import Hospital
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHospital(Edit):
    """Open a hospital, an out-of-hours service or a care home; pathways and closed departments say who goes there."""

    kind: ClassVar[str] = "open_hospital"
    creates: ClassVar[str | None] = "hospitals"

    id: str
    name: str
    lat: float
    lon: float
    organisation: str
    emergency: str

    def apply(self, service: Service) -> Service:
        """The service with the new place at the end."""
        new = Hospital(self.id, self.name, self.lat, self.lon, self.organisation, self.emergency == "yes")
        return replace(service, hospitals=(*service.hospitals, new))
