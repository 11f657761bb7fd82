"""Edit: open a standby point."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit
from beredt.model.service import Service
from beredt.model.standby_point import StandbyPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStandbyPoint(Edit):
    """Open a standby point for free units of the home stations."""

    kind: ClassVar[str] = "open_standby_point"
    creates: ClassVar[str | None] = "standby_points"

    id: str
    name: str
    lat: float
    lon: float
    centre: str
    home_stations: tuple[str, ...]
    keep_home: int = 0
    max_drive_min: float

    def apply(self, service: Service) -> Service:
        """The service with the new standby point at the end."""
        new = StandbyPoint(
            id=self.id,
            name=self.name,
            lat=self.lat,
            lon=self.lon,
            centre=self.centre,
            home_stations=self.home_stations,
            keep_home=self.keep_home,
            max_drive_min=self.max_drive_min,
        )
        return replace(service, standby_points=(*service.standby_points, new))
