"""Edit: make a part of the mission longer or shorter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.interval import Interval
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleInterval(Edit):
    """Multiply the median of an interval, and so all its draws, for one urgency or all (`*`)."""

    kind: ClassVar[str] = "scale_interval"

    interval: str
    urgency: str
    factor: float

    def objections(self, service: Service) -> Iterator[Objection]:
        """The service has no such interval, or it would become longer than a day."""
        meant = [row for row in service.intervals if self.means(row)]
        if not meant:
            yield Objection(
                "interval",
                f"the study has no interval {self.interval} for urgency {self.urgency}",
                "add the row to the table intervals, or name another urgency",
            )
        if any(row.median_s * self.factor > LONGEST_S for row in meant):
            yield Objection(
                "factor", f"times {self.factor:g} makes a median longer than a day", "give a smaller factor"
            )

    def means(self, row: Interval) -> bool:
        """Whether the edit is about this interval."""
        return self.interval in {"*", row.interval} and self.urgency in {"*", row.urgency}

    def apply(self, service: Service) -> Service:
        """The service with the changed intervals."""
        intervals = tuple(
            replace(row, median_s=row.median_s * self.factor) if self.means(row) else row for row in service.intervals
        )
        return replace(service, intervals=intervals)


LONGEST_S = 86_400.0
"""The table's own limit on a median."""
