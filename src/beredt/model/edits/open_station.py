"""Edit: open a station."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit
from beredt.model.service import Service
from beredt.model.station import Station


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStation(Edit):
    """Open a station; units are added or moved to it by edits of their own."""

    kind: ClassVar[str] = "open_station"
    creates: ClassVar[str | None] = "stations"

    id: str
    name: str
    lat: float
    lon: float
    organisation: str
    centre: str
    basis: str = "assumed"

    def apply(self, service: Service) -> Service:
        """The service with the new station at the end."""
        new = Station(self.id, self.name, self.lat, self.lon, self.organisation, self.centre, self.basis)
        return replace(service, stations=(*service.stations, new))
