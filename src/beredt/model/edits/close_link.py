"""Edit: close a road."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.edits.on_links import line_numbers, line_objections, one_known_link, two_ways_of_naming
from beredt.model.road_change import ClosedLink
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseLink(Edit):
    """Close the road between two places, or on a map the lines with these ids, for good or before a year."""

    kind: ClassVar[str] = "close_link"

    from_place: str | None = None
    to_place: str | None = None
    road: str | None = None
    lines: tuple[str, ...] = ()
    year: int | None = None
    until: int | None = None

    def objections(self, service: Service) -> Iterator[Objection]:
        """There is no such road, several are meant, or it would be closed for no time."""
        wrong = list(two_ways_of_naming(self, "lines"))
        yield from wrong
        if self.until is not None and self.year is not None and self.until <= self.year:
            yield Objection("until", "the road would be open again before it closes", "give a year after year")
        if wrong:
            return
        if self.from_place and self.to_place:
            yield from one_known_link(service, (self.from_place, self.to_place), self.road)
        else:
            yield from line_objections(self.lines)

    def apply(self, service: Service) -> Service:
        """The service with the road closed."""
        places = (self.from_place, self.to_place) if self.from_place and self.to_place else ()
        closed = ClosedLink(places, self.road, line_numbers(self.lines), self.year, self.until)
        return replace(service, road_changes=(*service.road_changes, closed))
