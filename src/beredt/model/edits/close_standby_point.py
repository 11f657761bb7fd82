"""Edit: close a standby point."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseStandbyPoint(Edit):
    """Stop using a standby point."""

    kind: ClassVar[str] = "close_standby_point"

    standby_point: str

    def apply(self, service: Service) -> Service:
        """The service without the standby point."""
        points = tuple(point for point in service.standby_points if point.id != self.standby_point)
        return replace(service, standby_points=points)
