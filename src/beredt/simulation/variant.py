"""Many services that meet the same incidents: what they share is made ready once.

Whoever tries hundreds of fleets on the same calls would otherwise work out the demand, the hospitals and the groups of
areas for each of them, which takes longer than simulating a month.
"""

from __future__ import annotations

from dataclasses import fields
from typing import NamedTuple

from beredt.demand.generate import GeneratedCalls
from beredt.demand.intensity import period_of
from beredt.dispatch.crossing import demand_of, land_of
from beredt.dispatch.records import Demand as DemandRecords
from beredt.dispatch.world import I4, Incidents, World
from beredt.indicators.observed import Frame, Year
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.simulation.case import Case
from beredt.simulation.frame import frame_of_fleet
from beredt.simulation.kernel import Prepared, simulate_prepared
from beredt.simulation.pack import pack
from beredt.simulation.pack_rules import pack_rules
from beredt.simulation.paths.meet_calls import meet_calls
from beredt.simulation.state import taken_state
from beredt.simulation.study_roads import StudyRoads
from beredt.simulation.unpack import year_of

FLEET = frozenset({"stations", "standby_points", "units", "rosters", "relocation", "compliance", "priority_list"})
"""Fields of `Service` that no incident depends on."""


class MetOnce(NamedTuple):
    """One replication of incidents, made ready for every fleet that meets it."""

    incidents: Incidents
    area: I4  # [I] area of each scene
    records: DemandRecords


class Variant(NamedTuple):
    """A fleet made ready: the part of a `Case` that differs between fleets."""

    world: World
    frame: Frame


def meet_once(case: Case, calls: GeneratedCalls) -> MetOnce:
    """Make a replication of generated calls ready for a service and all that differ from it only in the fleet.

    Args:
        case: the service.
        calls: the replication.

    Raises:
        ValueError: the service meets a trace.
    """
    met = meet_calls(case.generated.rules, calls)
    return MetOnce(met.incidents, met.area, demand_of(met.incidents, case.world))


def vary(study: Study, roads: StudyRoads, base: Service, case: Case, service: Service) -> Variant:
    """Make a service ready that differs from another one only in the fleet.

    Args:
        study: of both; its period is that of the case.
        roads: of the study, with a place for every site of the service.
        base: the other service.
        case: the other service, made ready.
        service: with the same incidents: it may differ in the fields that `FLEET` names, and in no other.

    Raises:
        ValueError: it differs in something that incidents depend on, named in the message; or the case is of a trace.
        UnknownIdError: a place that is not in the network.
    """
    other = [name for name in _shared() if not _same(getattr(base, name), getattr(service, name))]
    if other:
        raise ValueError(f"the services differ in {', '.join(other)}: make each ready with prepare_case")
    period = period_of(study.settings)
    target_s = case.frame.area_target_s
    world = pack(service, roads, period, pack_rules(study, service, roads, case.generated.demand, period, target_s))
    return Variant(world, frame_of_fleet(case.frame, study, service, roads, world, period))


def observe_variant(variant: Variant, met: MetOnce) -> Year:
    """Simulate one replication of a fleet, without kilometres.

    Equal to `observe_case` of the same service and calls, number by number.
    """
    prepared = Prepared(land_of(variant.world), met.records, variant.world.end_s)
    outcome = simulate_prepared(prepared, km=False, state=taken_state(prepared.land, prepared.demand))
    return year_of(met.incidents, met.area, outcome)


def _shared() -> list[str]:
    return [field.name for field in fields(Service) if field.name not in FLEET]


def _same(one: object, other: object) -> bool:
    return one is other or one == other
