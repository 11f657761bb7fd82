"""How many people each service serves in each alternative: ambulances, centre and patient travel each for itself.

Ambulances and patient travel follow the responsible organisation of an area, calls its centre. One percentage for all
services of an organisation can therefore be wrong for two of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from beredt.demand.population import people_by_area
from beredt.model.service import Service
from beredt.model.study import Study

AMBULANCE, CENTRE, PATIENT_TRAVEL = "ambulance", "centre", "patient_travel"
SERVICES = (AMBULANCE, CENTRE, PATIENT_TRAVEL)


class Served(NamedTuple):
    """People of one owner of one service in the study's year; `outside` is None where nobody has said how many."""

    service: str
    owner: str
    inside: float
    outside: float | None


def people_served(study: Study, service: Service) -> tuple[Served, ...]:
    """People by service and owner, in the study's order; owners whom nobody belongs to are left out."""
    people = people_by_area(service.areas, study.population, study.settings.study.year)
    outside = people_outside(study.decision.get("people_outside"))
    found: dict[tuple[str, str], float] = {}
    for area, count in zip(service.areas, people.tolist(), strict=True):
        for kind in SERVICES:
            owner = area.centre if kind == CENTRE else area.organisation
            found[kind, owner] = found.get((kind, owner), 0.0) + count
    owners = {kind: service.centres if kind == CENTRE else service.organisations for kind in SERVICES}
    return tuple(
        Served(kind, one.id, found.get((kind, one.id), 0.0), outside.get((kind, one.id)))
        for kind in SERVICES
        for one in owners[kind]
        if (kind, one.id) in found or (kind, one.id) in outside
    )


def people_outside(frame: pl.DataFrame | None) -> Mapping[tuple[str, str], float]:
    """The table `people_outside`: (service, owner) → people."""
    if frame is None or frame.is_empty():
        return {}
    rows = frame.select("service", "owner", "people").iter_rows()
    return {(str(kind), str(owner)): float(people) for kind, owner, people in rows}
