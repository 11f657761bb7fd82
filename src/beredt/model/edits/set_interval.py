"""Edit: set how long a part of the mission takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.interval import Interval
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class SetInterval(Edit):
    """Set the median (seconds) or the spread of an interval, for one urgency or all (`*`)."""

    kind: ClassVar[str] = "set_interval"

    interval: str
    urgency: str
    median_s: float | None = None
    sigma: float | None = None

    def objections(self, service: Service) -> Iterator[Objection]:
        """Nothing changes, or the service has no such interval."""
        yield from self.needs_one_of("median_s", "sigma")
        if not any(self.means(row) for row in service.intervals):
            yield Objection(
                "interval",
                f"the study has no interval {self.interval} for urgency {self.urgency}",
                "add the row to the table intervals, or name another urgency",
            )

    def means(self, row: Interval) -> bool:
        """Whether the edit is about this interval."""
        return row.interval == self.interval and self.urgency in {"*", row.urgency}

    def apply(self, service: Service) -> Service:
        """The service with the changed intervals."""
        intervals = tuple(
            replace(
                row,
                median_s=row.median_s if self.median_s is None else self.median_s,
                sigma=row.sigma if self.sigma is None else self.sigma,
            )
            if self.means(row)
            else row
            for row in service.intervals
        )
        return replace(service, intervals=intervals)
