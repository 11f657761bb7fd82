"""Edit: change a pathway that is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.edits.path_objections import stage_objections
from beredt.model.pathway import Pathway
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPathway(Edit):
    """Change the share of a pathway, what it costs, or where it leads; what is not given stays."""

    kind: ClassVar[str] = "set_pathway"

    pathway: str
    share: float | None = None
    operator_min: float | None = None
    again_share: float | None = None
    again_h: float | None = None
    on_scene_factor: float | None = None
    deliver_to: tuple[str, ...] = ()
    handover_factor: float | None = None
    crew_min: float | None = None

    def objections(self, service: Service) -> Iterator[Objection]:
        """Nothing changes, or what changes means nothing at the pathway's stage."""
        keys = [key for key in self.values() if key != "pathway"]
        if not self.given().keys() & set(keys):
            yield from self.needs_one_of(*keys)
        for pathway in service.pathways:
            if pathway.id == self.pathway:
                yield from stage_objections(self._changed(pathway))

    def apply(self, service: Service) -> Service:
        """The service with the changed pathway in its place."""
        pathways = tuple(self._changed(one) if one.id == self.pathway else one for one in service.pathways)
        return replace(service, pathways=pathways)

    def _changed(self, pathway: Pathway) -> Pathway:
        changes = {key: value for key, value in self.given().items() if key != "pathway"}
        return replace(pathway, **changes)  # type: ignore[arg-type]  # the keys are the pathway's own
