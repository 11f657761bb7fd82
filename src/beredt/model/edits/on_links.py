"""What edits of roads have in common: which road they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beredt.model.edits.edit import Edit, Objection
from beredt.model.link import Link
from beredt.model.road_change import OpenedLink, is_about
from beredt.model.service import Service


def known_links(service: Service) -> tuple[Link, ...]:
    """Main roads of today, and those that edits have opened in some year."""
    opened = [one.as_link() for one in service.road_changes if isinstance(one, OpenedLink) and one.places]
    return (*service.links, *opened)


def two_ways_of_naming(edit: Edit, drawn: str) -> Iterator[Objection]:
    """An objection unless a road is named either by two places or by the key `drawn` of a map, never by both."""
    given = edit.given()
    ends = [key for key in ("from_place", "to_place") if key in given]
    if drawn in given and ends:
        message = f"the road is named by {ends[0]} and by {drawn}"
        yield Objection(drawn, message, f"give places in a study on links of its own, {drawn} in one on a map")
    elif drawn not in given and len(ends) < 2:
        missing = "to_place" if "from_place" in ends else "from_place"
        message = "nobody knows which road is meant"
        yield Objection(missing, message, f"give from_place and to_place, or on roads of a map {drawn}")
    elif len(ends) == 2 and given["from_place"] == given["to_place"]:
        yield Objection("to_place", "the road ends where it begins", "name another place")


def one_known_link(service: Service, places: Sequence[str], road: str | None) -> Iterator[Objection]:
    """An objection unless exactly one main road joins two places (that is `road`, if that is given)."""
    between = [link for link in known_links(service) if is_about(tuple(places), None, link)]
    meant = [link for link in between if road in (None, link.road)]
    if not between:
        neighbours = sorted(_neighbours(service, places[0]))
        remedy = f"{places[0]} is joined with {', '.join(neighbours)}" if neighbours else "name places that are joined"
        yield Objection("to_place", f"no main road joins {places[0]} and {places[1]}", remedy)
    elif len(meant) != 1:
        roads = ", ".join(sorted({link.road for link in between}))
        message = f"{len(between)} main roads join {places[0]} and {places[1]}"
        yield Objection("road", message, f"give road: {roads}")


def line_numbers(texts: Sequence[str]) -> tuple[int, ...]:
    """Ids of lines of a map as numbers. Raises ValueError with the text that is none."""
    for text in texts:
        if not text.lstrip("-").isdigit():
            raise ValueError(text)
    return tuple(int(text) for text in texts)


def line_objections(texts: Sequence[str]) -> Iterator[Objection]:
    """An objection for the first id of a line that is no whole number."""
    try:
        line_numbers(texts)
    except ValueError as fault:
        message = f"{fault} is not the id of a line"
        yield Objection("lines", message, 'give ids as in the source of the map, such as ["4711"]')


def _neighbours(service: Service, place: str) -> set[str]:
    ends = [{link.from_place, link.to_place} for link in known_links(service)]
    return {other for pair in ends if place in pair for other in pair - {place}}
