"""Edit: close a hospital to patients, in some hours or for good."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.closed_department import ClosedDepartment
from beredt.model.edits.edit import Edit, Objection
from beredt.model.edits.path_objections import hour_objections
from beredt.model.field import clock_seconds
from beredt.model.reading.weekdays import parse_weekdays
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDepartment(Edit):
    """Take the patients of an urgency elsewhere: all or a share, always or in some hours of the call."""

    kind: ClassVar[str] = "close_department"

    hospital: str
    urgency: str
    share: float | None = None
    instead: tuple[str, ...] = ()
    weekdays: str | None = None
    start: str | None = None
    end: str | None = None

    def objections(self, service: Service) -> Iterator[Objection]:
        """Hours that are not whole, itself in its own stead, or nobody else who takes such patients."""
        yield from hour_objections(self.start, self.end)
        if self.hospital in self.instead:
            yield Objection("instead", f"{self.hospital} stands in for itself", "name other hospitals, or none")
        alike = {one.id: one.emergency for one in service.hospitals}
        if not self.instead and not any(
            one != self.hospital and takes == alike[self.hospital] for one, takes in alike.items()
        ):
            message = f"no other hospital takes patients as {self.hospital} does"
            yield Objection("hospital", message, "name those that take them in instead")

    def apply(self, service: Service) -> Service:
        """The service with the hours in which the department is closed."""
        row = ClosedDepartment(
            self.hospital,
            self.urgency,
            1.0 if self.share is None else self.share,
            self.instead,
            parse_weekdays(self.weekdays or "mon-sun"),
            clock_seconds(self.start or "00:00"),
            clock_seconds(self.end or "24:00"),
        )
        return replace(service, closed_departments=(*service.closed_departments, row))
