"""Places as the table `published` writes them: `municipality:oslo+asker+district:ullern`, `place:slependen`, `all`.

A term is `kind:id`, or an id alone, which has the kind of the term before it; the first id without a kind is looked up
among groups, municipalities and districts, in this order. `place:<id>` means the surroundings of a named place.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from beredt.decision.today import zone_of_areas
from beredt.errors import UnknownIdError
from beredt.model.settings import StudySettings
from beredt.model.study import Study
from beredt.roads.flat import flat_km

B = NDArray[np.bool_]

SURROUNDINGS_KM = 1.5
"""How far the surroundings of a named place go, in a straight line to an area's people."""

KINDS = ("group", "municipality", "district", "place")


def areas_named(text: str, study: Study) -> B:
    """The areas of a place text, bool (areas,). Raises UnknownIdError with the term that nobody has."""
    areas = np.zeros(len(study.service.areas), dtype=np.bool_)
    for kind, name in _terms(text, study):
        areas |= _areas_of(kind, name, study)
    return areas


def zones_named(text: str, study: Study) -> frozenset[str]:
    """The zones of a place text. Raises UnknownIdError, also where it is not made of whole zones."""
    inside = areas_named(text, study)
    zones = np.array(zone_of_areas(study.service))
    within, without = set(zones[inside].tolist()), set(zones[~inside].tolist())
    if within & without:
        raise UnknownIdError("set of whole districts and municipalities", text)
    return frozenset(within)


def named_places(study: Study) -> tuple[str, ...]:
    """Ids of all groups, municipalities and districts, each once."""
    return tuple(dict.fromkeys(one for kind in ("group", "municipality", "district") for one in _ids(kind, study)))


def _terms(text: str, study: Study) -> Iterator[tuple[str, str]]:
    kind = ""
    for term in text.split("+"):
        given, colon, name = term.partition(":")
        if colon:
            kind = given
        yield kind or _kind_of(term, study), name if colon else term


def _kind_of(name: str, study: Study) -> str:
    if name == "all":
        return "all"
    for kind in ("group", "municipality", "district"):
        if name in _ids(kind, study):
            return kind
    raise UnknownIdError("group, municipality or district", name, named_places(study))


def _ids(kind: str, study: Study) -> list[str]:
    if kind == "group":
        return [group.id for group in study.settings.groups]
    if kind == "place":
        ids: list[str] = study.places["id"].to_list()
        return ids
    rows = study.service.municipalities if kind == "municipality" else study.service.districts
    return [row.id for row in rows]


def _areas_of(kind: str, name: str, study: Study) -> B:
    if kind == "all":
        return np.ones(len(study.service.areas), dtype=np.bool_)
    if kind not in KINDS:
        raise UnknownIdError("kind of place", kind, KINDS)
    if name not in _ids(kind, study):
        raise UnknownIdError(kind, name, _ids(kind, study))
    if kind == "place":
        return _surroundings(name, study)
    municipalities, districts = _members(kind, name, study.settings)
    return np.array(
        [area.municipality in municipalities or area.district in districts for area in study.service.areas],
        dtype=np.bool_,
    )


def _members(kind: str, name: str, settings: StudySettings) -> tuple[frozenset[str], frozenset[str]]:
    if kind == "group":
        group = settings.get_group(name)
        return frozenset(group.municipalities), frozenset(group.districts)
    return (frozenset([name]), frozenset()) if kind == "municipality" else (frozenset(), frozenset([name]))


def _surroundings(name: str, study: Study) -> B:
    index = study.places["id"].to_list().index(name)
    lat, lon = float(study.places["lat"][index]), float(study.places["lon"][index])
    east, north = flat_km(
        np.array([area.lat for area in study.service.areas]),
        np.array([area.lon for area in study.service.areas]),
        (lat, lon),
    ).T
    near: B = np.hypot(east, north) <= SURROUNDINGS_KM
    return near
