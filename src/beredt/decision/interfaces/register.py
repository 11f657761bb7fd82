"""Who meets whom: of every place and role the counterparts, today and under every alternative."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from beredt.model.alternative import TODAY
from beredt.model.service import Service

FROM_TABLE, FROM_ORGANISATIONS = "table", "organisations"
OWN_TABLES = ""
"""The source of what follows from the study's areas and the alternative's edits."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One row of the register. `status` is measured, simulated or input; `source` is an id of
    `evidence_sources`, or empty.
    """

    place: str
    role: str
    alternative: str
    counterpart: str
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class Register:
    """The whole register, today and the alternatives that were run.

    `places`: municipalities, or districts where the register tells those of a municipality apart, in the study's order.
    `municipality_of`: of every place. `roles`: in the order of their table. `meetings`: by alternative, role and place;
    none where nobody has stated any.
    """

    places: tuple[str, ...]
    municipality_of: Mapping[str, str]
    roles: tuple[str, ...]
    meetings: Mapping[tuple[str, str, str], tuple[Meeting, ...]]

    def counterparts(self, alternative: str, role: str, place: str) -> frozenset[str]:
        """Whom a place meets; empty where it is not known."""
        return frozenset(one.counterpart for one in self.meetings.get((alternative, role, place), ()))

    def changes(self, alternative: str, role: str, place: str) -> bool:
        """Whether an alternative has other counterparts than today."""
        return self.counterparts(alternative, role, place) != self.counterparts(TODAY, role, place)


def make_register(roles: pl.DataFrame, interfaces: pl.DataFrame, services: Mapping[str, Service]) -> Register:
    """Put the register together.

    A row of a municipality speaks for those of its districts that have no row of their own for the role. Rows of an
    alternative stand in the place of today's for the same place and role.

    Args:
        roles: table `interface_roles`.
        interfaces: table `interfaces`.
        services: by alternative id, today first; those that are read from it are the same for all.
    """
    municipality_of = _places(interfaces, services[TODAY])
    stated = _stated(interfaces)
    meetings: dict[tuple[str, str, str], tuple[Meeting, ...]] = {}
    for alternative, service in services.items():
        for role, read_from in roles.select("id", "read_from").iter_rows():
            for place, municipality in municipality_of.items():
                if read_from == FROM_TABLE:
                    found = _find_stated(stated, alternative, role, place, municipality)
                else:
                    found = tuple(_of_service(service, alternative, role, place, read_from == FROM_ORGANISATIONS))
                if found:
                    meetings[alternative, role, place] = found
    return Register(tuple(municipality_of), municipality_of, tuple(roles["id"].to_list()), meetings)


Stated = Mapping[tuple[str, str, str], tuple[Meeting, ...]]


def _places(interfaces: pl.DataFrame, service: Service) -> dict[str, str]:
    """Places of the register with their municipality: its districts where the table names any of them."""
    named = set(interfaces["place"].to_list())
    found: dict[str, str] = {}
    for municipality in service.municipalities:
        districts = [one.id for one in service.districts if one.municipality == municipality.id and one.id in named]
        for place in districts or ([municipality.id] if municipality.id in named else []):
            found[place] = municipality.id
    return found


def _stated(interfaces: pl.DataFrame) -> Stated:
    found: dict[tuple[str, str, str], list[Meeting]] = {}
    for row in interfaces.iter_rows(named=True):
        meeting = Meeting(
            row["place"], row["role"], row["alternative"], row["counterpart"], row["status"], row["source"]
        )
        found.setdefault((row["alternative"], row["role"], row["place"]), []).append(meeting)
    return {key: tuple(rows) for key, rows in found.items()}


def _find_stated(stated: Stated, alternative: str, role: str, place: str, municipality: str) -> tuple[Meeting, ...]:
    """The alternative's rows before today's, and a place's own before its municipality's."""
    for when in (alternative, TODAY):
        for where in (place, municipality):
            if (when, role, where) in stated:
                return stated[when, role, where]
    return ()


def _of_service(service: Service, alternative: str, role: str, place: str, organisations: bool) -> Iterator[Meeting]:
    """Those responsible for the areas of a place, in the order of their table."""
    areas = [area for area in service.areas if place in (area.district, area.municipality)]
    responsible = {area.organisation if organisations else area.centre for area in areas}
    rows = service.organisations if organisations else service.centres
    for one in rows:
        if one.id in responsible:
            yield Meeting(place, role, alternative, one.id, "input", OWN_TABLES)
