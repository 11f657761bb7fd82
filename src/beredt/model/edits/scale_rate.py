"""Edit: make incidents more or less frequent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.area import Area
from beredt.model.edits.edit import Edit, Objection
from beredt.model.rate import Rate
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleRate(Edit):
    """Multiply incident rates everywhere, in rate regions, or in municipalities and districts.

    Rates hold for whole rate regions. In municipalities and districts the areas' own `need_factor` is multiplied
    instead, which is about all urgencies at once, so that `urgency` must be `*` there.
    """

    kind: ClassVar[str] = "scale_rate"

    urgency: str
    factor: float
    municipalities: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    rate_regions: tuple[str, ...] = ()

    def objections(self, service: Service) -> Iterator[Objection]:
        """Places of two sorts, one urgency only in places smaller than a rate region, or nothing meant."""
        if self._by_area():
            yield from self._area_objections(service)
        elif not any(self._means_rate(rate) for rate in service.rates):
            yield Objection("rate_regions", "no rate is meant", "name rate regions of the table rates")
        if any(rate.per_1000 * self.factor > MOST_PER_1000 for rate in service.rates if self._means_rate(rate)):
            yield Objection("factor", f"times {self.factor:g} gives over 5,000 incidents per 1,000 people", "lower it")

    def _area_objections(self, service: Service) -> Iterator[Objection]:
        if self.rate_regions:
            yield Objection("rate_regions", "stands beside municipalities or districts", "use two edits, one for each")
        if self.urgency != "*":
            yield Objection(
                "urgency",
                f"{self.urgency} alone cannot be scaled in municipalities or districts",
                'write urgency = "*", or name rate_regions',
            )
        if not any(self._means_area(area) for area in service.areas):
            yield Objection("municipalities", "no area of the study lies there", "name places that have areas")

    def _by_area(self) -> bool:
        return bool(self.municipalities or self.districts)

    def _means_area(self, area: Area) -> bool:
        return area.municipality in self.municipalities or area.district in self.districts

    def _means_rate(self, rate: Rate) -> bool:
        if self._by_area() or self.urgency not in {"*", rate.urgency}:
            return False
        return not self.rate_regions or rate.rate_region in self.rate_regions

    def apply(self, service: Service) -> Service:
        """The service with the changed need."""
        areas = tuple(
            replace(area, need_factor=area.need_factor * self.factor) if self._means_area(area) else area
            for area in service.areas
        )
        rates = tuple(
            replace(rate, per_1000=rate.per_1000 * self.factor) if self._means_rate(rate) else rate
            for rate in service.rates
        )
        return replace(service, areas=areas, rates=rates)


MOST_PER_1000 = 5_000.0
"""The table's own limit on a rate."""
