"""Edit: set how fast a road is driven."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.edits.on_links import line_numbers, line_objections, one_known_link, two_ways_of_naming
from beredt.model.road_change import LinkSpeed
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLinkSpeed(Edit):
    """Set the speed on the road between two places, or on a map the limit on the lines with these ids."""

    kind: ClassVar[str] = "set_link_speed"

    kmh: float
    from_place: str | None = None
    to_place: str | None = None
    road: str | None = None
    lines: tuple[str, ...] = ()
    year: int | None = None

    def objections(self, service: Service) -> Iterator[Objection]:
        """There is no such road, or several are meant."""
        wrong = list(two_ways_of_naming(self, "lines"))
        yield from wrong
        if wrong:
            return
        if self.from_place and self.to_place:
            yield from one_known_link(service, (self.from_place, self.to_place), self.road)
        else:
            yield from line_objections(self.lines)

    def apply(self, service: Service) -> Service:
        """The service with the new speed."""
        places = (self.from_place, self.to_place) if self.from_place and self.to_place else ()
        speed = LinkSpeed(self.kmh, places, self.road, line_numbers(self.lines), self.year)
        return replace(service, road_changes=(*service.road_changes, speed))
