"""Edit: set how fast units drive."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSpeed(Edit):
    """Set the factor on ordinary car minutes for one purpose."""

    kind: ClassVar[str] = "set_speed"

    purpose: str
    factor: float

    def apply(self, service: Service) -> Service:
        """The service with the new speed."""
        speeds = tuple(
            replace(speed, factor=self.factor) if speed.purpose == self.purpose else speed for speed in service.speeds
        )
        return replace(service, speeds=speeds)
