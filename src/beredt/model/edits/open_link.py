"""Edit: open a road."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from beredt.model.edits.edit import Edit, Objection
from beredt.model.edits.on_links import known_links, two_ways_of_naming
from beredt.model.road_change import OpenedLink
from beredt.model.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLink(Edit):
    """Open a road between two places, or on a map along a `line` of places such as `59.83 10.44`."""

    kind: ClassVar[str] = "open_link"

    name: str
    kmh: float
    year: int | None = None
    from_place: str | None = None
    to_place: str | None = None
    line: tuple[str, ...] = ()
    km: float | None = None
    factor: float | None = None
    join_km: float | None = None
    road_class: str | None = None
    tunnel: str | None = None
    direction: str | None = None

    def objections(self, service: Service) -> Iterator[Objection]:
        """Nobody knows where the road lies or how long it is, or there is one of that name already."""
        wrong = list(two_ways_of_naming(self, "line"))
        yield from wrong
        if wrong:
            return
        if self.line:
            yield from _line_objections(self.line)
            yield from self._not_here("on roads of a map", "factor", "join_km")
            return
        yield from self._not_here("on links of the study's own", "road_class", "tunnel", "direction")
        if self.km is None:
            yield Objection("km", "nobody knows how long the road is", "give km")
        if any(link.road == self.name and set(self._places()) == {link.from_place, link.to_place}
               for link in known_links(service)):  # fmt: skip
            yield Objection("name", f"{self.name} joins these places already", "give the new road another name")

    def _not_here(self, where: str, *keys: str) -> Iterator[Objection]:
        for key in keys:
            if key in self.given():
                yield Objection(key, f"{key} means nothing {where}", "leave it out")

    def _places(self) -> tuple[str, ...]:
        return (self.from_place, self.to_place) if self.from_place and self.to_place else ()

    def apply(self, service: Service) -> Service:
        """The service with the new road."""
        new = OpenedLink(
            name=self.name,
            kmh=self.kmh,
            year=self.year,
            places=self._places(),
            line=parse_line(self.line),
            km=self.km,
            factor=1.25 if self.factor is None else self.factor,
            join_km=self.join_km or 0.0,
            road_class=self.road_class or "secondary",
            tunnel=self.tunnel == "yes",
            both_ways=self.direction != "one_way",
        )
        return replace(service, road_changes=(*service.road_changes, new))


def parse_line(texts: Sequence[str]) -> tuple[tuple[float, float], ...]:
    """Latitudes and longitudes, degrees, of texts such as `59.83 10.44`. Raises ValueError with the text at fault."""
    places = []
    for text in texts:
        try:
            lat, lon = (float(part) for part in text.replace(",", " ").split())
        except ValueError:
            raise ValueError(text) from None
        if not (-90.0 <= lat <= 90.0 and -180.0 <= lon <= 180.0):
            raise ValueError(text)
        places.append((lat, lon))
    return tuple(places)


def _line_objections(texts: Sequence[str]) -> Iterator[Objection]:
    try:
        places = parse_line(texts)
    except ValueError as fault:
        yield Objection("line", f"{fault} is not a latitude and a longitude", "write each place as 59.83 10.44")
        return
    if len(set(places)) < 2:
        yield Objection("line", "a road needs two places or more", "give both ends")
