"""What a service needs so that every incident can be served, whether read from tables or made by edits."""

from __future__ import annotations

from collections.abc import Iterator

from beredt.model.border_rule import BorderRule
from beredt.model.checks.asks import check_asks
from beredt.model.checks.boats import check_boats, check_crisis_rules
from beredt.model.checks.lack import Lack
from beredt.model.checks.paths import check_paths
from beredt.model.checks.relocation import check_relocation
from beredt.model.checks.standby_tasks import check_by_passes, check_planned_tasks
from beredt.model.issue import Severity
from beredt.model.service import Service
from beredt.model.urgency import URGENCIES


def check_service(service: Service, patients: bool = False) -> Iterator[Lack]:
    """Missing capabilities (errors) and stations nobody works at (warnings).

    `patients` says that a call trace has patients who are taken to hospital; other studies say so in their needs.
    """
    yield from _capabilities(service, patients)
    yield from _centres(service)
    based = {unit.station for unit in service.units}
    for station in service.stations:
        if station.id not in based:
            message = f"no unit is based at station {station.id}"
            yield Lack("stations", station.id, "id", message, "give it a unit, or remove it", "warning")
    yield from check_relocation(service)
    yield from check_asks(service)
    yield from check_paths(service)
    yield from check_planned_tasks(service)
    yield from check_by_passes(service)
    yield from check_boats(service)
    yield from check_crisis_rules(service)


def _capabilities(service: Service, patients: bool) -> Iterator[Lack]:
    used = {unit.kind for unit in service.units}
    kinds = [kind for kind in service.unit_kinds if kind.id in used]
    if not any(kind.primary for kind in kinds):
        yield _no_unit("primary", "no unit may be sent as the main unit of a mission", "error")
    transport = patients or any(need.transport_share > 0 for need in service.needs)
    if transport and not any(kind.primary and kind.transports for kind in kinds):
        yield _no_unit("transports", "patients need transport and no main unit can take them", "error")
    if not any(kind.stops_clock for kind in kinds):
        yield _no_unit("stops_clock", "no unit ends the response time", "error")
    if any(need.second_unit_share > 0 for need in service.needs) and not any(kind.second for kind in kinds):
        yield _no_unit("second", "second units are asked for and no unit may be one", "warning")


def _no_unit(field: str, message: str, severity: Severity) -> Lack:
    return Lack("unit_kinds", None, field, message, f"add a unit of a kind with {field} = 1", severity)


def _centres(service: Service) -> Iterator[Lack]:
    """Centres whose incidents no unit would ever be sent to."""
    primary = {kind.id for kind in service.unit_kinds if kind.primary}
    centre_of = {station.id: station.centre for station in service.stations}
    sending = {centre_of.get(unit.station) for unit in service.units if unit.kind in primary}
    for centre in sorted({area.centre for area in service.areas} - sending - {None}):
        alone = [u for u in URGENCIES if not any(_may_ask(rule, centre, u) for rule in service.border_rules
                 if rule.owning_centre in sending)]  # fmt: skip
        if alone:
            listed = ", ".join(alone)
            message = f"centre {centre} has areas but can send nobody for urgency {listed}"
            remedy = "give one of its stations a unit, or a border rule that lets it ask"
            yield Lack("centres", centre, "id", message, remedy, "error")


def _may_ask(rule: BorderRule, centre: str, urgency: str) -> bool:
    return rule.asking_centre == centre and rule.urgency == urgency and rule.policy != "own_only"
