"""Edit: make units drive faster or slower."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.service import Service
from beredt.model.speed import Speed


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleSpeed(Edit):
    """Multiply the factor on car minutes for one purpose or all (`*`): above 1 is slower."""

    kind: ClassVar[str] = "scale_speed"

    purpose: str
    factor: float

    def objections(self, service: Service) -> Iterator[Objection]:
        """A factor would leave what the table allows."""
        for speed in service.speeds:
            if self.means(speed) and not SMALLEST <= speed.factor * self.factor <= LARGEST:
                yield Objection(
                    "factor",
                    f"times {self.factor:g} makes the factor for {speed.purpose} {speed.factor * self.factor:g}",
                    f"choose one that keeps it between {SMALLEST:g} and {LARGEST:g}",
                )

    def means(self, speed: Speed) -> bool:
        """Whether the edit is about this purpose."""
        return self.purpose in {"*", speed.purpose}

    def apply(self, service: Service) -> Service:
        """The service with the changed speeds."""
        speeds = tuple(
            replace(speed, factor=speed.factor * self.factor) if self.means(speed) else speed
            for speed in service.speeds
        )
        return replace(service, speeds=speeds)


SMALLEST, LARGEST = 0.1, 5.0
"""The table's own limits on a factor."""
