"""Edit: open a landing point for boats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit
from beredt.model.landing_point import LandingPoint
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLandingPoint(Edit):
    """Let boats land at a place."""

    kind: ClassVar[str] = "open_landing_point"
    creates: ClassVar[str | None] = "landing_points"

    id: str
    name: str
    lat: float
    lon: float

    def apply(self, service: Service) -> Service:
        """The service with the landing point at the end."""
        new = LandingPoint(self.id, self.name, self.lat, self.lon)
        return replace(service, landing_points=(*service.landing_points, new))
