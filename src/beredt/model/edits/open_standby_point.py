"""Edit: open a standby point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.field import clock_seconds
from beredt.model.reading.weekdays import parse_weekdays
from beredt.model.service import Service
from beredt.model.standby_point import StandbyPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStandbyPoint(Edit):
    """Open a standby point for free units of the home stations, at all hours or at some."""

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
    weekdays: str = "mon-sun"
    start: str = "00:00"
    end: str = "24:00"

    def objections(self, service: Service) -> Iterator[Objection]:
        """It would never be open."""
        del service
        if self.start == self.end:
            message = f"a point open from {self.start} to {self.end} is never open"
            yield Objection("end", message, "correct the hours; a whole day is 00:00 to 24:00")

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
            weekdays=parse_weekdays(self.weekdays),
            start_s=clock_seconds(self.start),
            end_s=clock_seconds(self.end),
        )
        return replace(service, standby_points=(*service.standby_points, new))
