"""Edit: move a station."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveStation(Edit):
    """Move a station to another place (degrees, WGS84), its units with it."""

    kind: ClassVar[str] = "move_station"

    station: str
    lat: float
    lon: float

    def apply(self, service: Service) -> Service:
        """The service with the station in its new place."""
        stations = tuple(
            replace(station, lat=self.lat, lon=self.lon) if station.id == self.station else station
            for station in service.stations
        )
        return replace(service, stations=stations)
