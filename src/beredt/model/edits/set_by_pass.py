"""Edit: take patients past a hospital when it is crowded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.by_pass import ByPass
from beredt.model.edits.edit import Edit, Objection
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class SetByPass(Edit):
    """Take the patients of some urgencies to another hospital when so many units wait at the one that is meant."""

    kind: ClassVar[str] = "set_by_pass"

    hospital: str
    to_hospital: str
    waiting: int
    urgencies: str = "AHV"

    def objections(self, service: Service) -> Iterator[Objection]:
        """The same hospital twice, or one at which nobody can wait."""
        if self.hospital == self.to_hospital:
            yield Objection("to_hospital", f"{self.hospital} stands in for itself", "name another hospital")
        if not any(row.hospital == self.hospital for row in service.hospital_places):
            message = f"nobody ever waits at {self.hospital}: it has no places that are counted"
            yield Objection("hospital", message, "give it places with set_hospital_places before this edit")

    def apply(self, service: Service) -> Service:
        """The service with the rule, in the place of an old one or at the end."""
        others = [one for one in service.by_passes if one.hospital != self.hospital]
        return replace(
            service, by_passes=(*others, ByPass(self.hospital, self.to_hospital, self.waiting, self.urgencies))
        )
