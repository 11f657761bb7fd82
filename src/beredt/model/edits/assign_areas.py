"""Edit: change who is responsible for areas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.area import Area
from beredt.model.edits.edit import Edit, Objection
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignAreas(Edit):
    """Give the areas of municipalities, districts or a list to another centre, organisation or hospital zone.

    An area is meant when its municipality, its district or the area itself is named.
    """

    kind: ClassVar[str] = "assign_areas"

    municipalities: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    centre: str | None = None
    organisation: str | None = None
    hospital_zone: str | None = None

    def objections(self, service: Service) -> Iterator[Objection]:
        """No areas are named or meant, or nothing changes."""
        yield from self.needs_one_of("centre", "organisation", "hospital_zone")
        nowhere = list(self.needs_one_of("municipalities", "districts", "areas"))
        yield from nowhere
        if not nowhere and not any(self.means(area) for area in service.areas):
            yield Objection("municipalities", "no area of the study lies there", "name places that have areas")

    def means(self, area: Area) -> bool:
        """Whether the edit is about this area."""
        return area.municipality in self.municipalities or area.district in self.districts or area.id in self.areas

    def apply(self, service: Service) -> Service:
        """The service with the areas in their new hands."""
        areas = tuple(
            replace(
                area,
                centre=self.centre or area.centre,
                organisation=self.organisation or area.organisation,
                hospital_zone=self.hospital_zone or area.hospital_zone,
            )
            if self.means(area)
            else area
            for area in service.areas
        )
        return replace(service, areas=areas)
