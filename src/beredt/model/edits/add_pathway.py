"""Edit: deal with a share of incidents in another way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.edits.path_objections import hour_objections, stage_objections
from beredt.model.field import clock_seconds
from beredt.model.pathway import Pathway
from beredt.model.reading.weekdays import parse_weekdays
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPathway(Edit):
    """Add a pathway at the call, at the scene or at delivery, below those that are there; see `Pathway`."""

    kind: ClassVar[str] = "add_pathway"
    creates: ClassVar[str | None] = "pathways"

    id: str
    name: str
    stage: str
    urgency: str
    share: float
    kinds: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    weekdays: str | None = None
    start: str | None = None
    end: str | None = None
    callers: str | None = None
    origin: str | None = None
    operator_min: float | None = None
    again_share: float | None = None
    again_h: float | None = None
    again_urgency: str | None = None
    on_scene_factor: float | None = None
    deliver_to: tuple[str, ...] = ()
    handover_factor: float | None = None
    crew_min: float | None = None

    def objections(self, service: Service) -> Iterator[Objection]:
        """Hours that are not whole, or what means nothing at its stage."""
        del service
        yield from hour_objections(self.start, self.end)
        yield from stage_objections(self._pathway())

    def apply(self, service: Service) -> Service:
        """The service with the new pathway at the end."""
        return replace(service, pathways=(*service.pathways, self._pathway()))

    def _pathway(self) -> Pathway:
        values: dict[str, Any] = self.given()
        if self.weekdays:
            values["weekdays"] = parse_weekdays(self.weekdays)
        for key in ("start", "end"):
            if key in values:
                values[f"{key}_s"] = clock_seconds(values.pop(key))
        return Pathway(**values)
