"""Edit: move a standby point."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveStandbyPoint(Edit):
    """Move a standby point to another place (degrees, WGS84); who may wait there, and when, stays."""

    kind: ClassVar[str] = "move_standby_point"

    standby_point: str
    lat: float
    lon: float

    def apply(self, service: Service) -> Service:
        """The service with the standby point in its new place."""
        points = tuple(
            replace(point, lat=self.lat, lon=self.lon) if point.id == self.standby_point else point
            for point in service.standby_points
        )
        return replace(service, standby_points=points)
