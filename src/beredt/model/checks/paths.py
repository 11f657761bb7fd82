"""What pathways, triage and closed departments of a service lack, whether read from tables or made by edits."""

from __future__ import annotations

from collections.abc import Iterator

from beredt.model.checks.lack import Lack
from beredt.model.pathway import SCENE
from beredt.model.service import Service
from beredt.model.triage import Matrix, NotInvertibleError, triage_matrix, true_rates
from beredt.model.urgency import URGENCIES, urgency_code
from beredt.model.week_hours import week_hours

TOLERANCE = 1e-6


def check_paths(service: Service) -> Iterator[Lack]:
    """Triage that does not belong to the rates, patients whom no department takes, nobody left at the scene."""
    yield from _triage(service)
    yield from _departments(service)
    transported = {need.urgency for need in service.needs if need.transport_share > 0.0}
    for pathway in service.pathways:
        asked = set(URGENCIES) if pathway.urgency == "*" else {pathway.urgency}
        if pathway.stage == SCENE and service.needs and not asked & transported:
            message = f"pathway {pathway.id} takes patients who would be transported, and none is"
            yield Lack("pathways", pathway.id, "urgency", message, "correct its urgency", "warning")


def _triage(service: Service) -> Iterator[Lack]:
    if not service.triage:
        if service.triage_now:
            message = "urgencies are given otherwise, and nobody knows how they are given today"
            yield Lack("triage", None, "share", message, "give the study a table triage", "error")
        return
    for name, shares in (("triage", service.triage), ("set_triage", service.triage_now)):
        if shares:
            yield from _rows_that_are_no_whole(name, triage_matrix(shares))
    regions: dict[str, list[float]] = {}
    for rate in service.rates:
        regions.setdefault(rate.rate_region, [0.0] * len(URGENCIES))[urgency_code(rate.urgency)] += rate.per_1000
    matrix = triage_matrix(service.triage)
    for region, given in regions.items():
        try:
            true_rates(matrix, given)
        except NotInvertibleError as error:
            message = f"the rates of {region} cannot have been given by this triage: {error}"
            yield Lack("triage", None, "share", message, "correct the shares, or the rates", "error")


def _rows_that_are_no_whole(name: str, matrix: Matrix) -> Iterator[Lack]:
    for urgency, row in zip(URGENCIES, matrix, strict=True):
        if abs(sum(row) - 1.0) > TOLERANCE:
            message = f"{name}: the shares of true urgency {urgency} add up to {sum(row):.6g}, not to 1"
            yield Lack("triage", None, "share", message, "give every true urgency shares that add up to 1", "error")


def _departments(service: Service) -> Iterator[Lack]:
    """Hours in which nobody is left who would take the patients of a closed department."""
    closed: dict[tuple[str, str], set[int]] = {}
    for row in service.closed_departments:
        hours = set(week_hours(row.weekdays, row.start_s, row.end_s))
        for urgency in URGENCIES if row.urgency == "*" else (row.urgency,):
            closed.setdefault((row.hospital, urgency), set()).update(hours)
    takes = {hospital.id: hospital.emergency for hospital in service.hospitals}
    for row in service.closed_departments:
        others = row.instead or [one for one in takes if one != row.hospital and takes[one] == takes.get(row.hospital)]
        hours = set(week_hours(row.weekdays, row.start_s, row.end_s))
        for urgency in URGENCIES if row.urgency == "*" else (row.urgency,):
            alone = hours.intersection(*(closed.get((one, urgency), set()) for one in others)) if others else hours
            if alone:
                message = (
                    f"in {len(alone)} hours of the week nobody takes patients of {row.hospital}, urgency {urgency}"
                )
                remedy = "name hospitals that are open then, or close it in fewer hours"
                yield Lack("closed_departments", None, "instead", message, remedy, "error")
                break
