"""One service of a study made ready to be run any number of times."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np

from beredt.demand.generate import Demand, GeneratedCalls, demand_of
from beredt.demand.intensity import period_of
from beredt.dispatch.world import World
from beredt.indicators.observed import Frame, Year
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.network import Network
from beredt.simulation.conservation import check_conservation
from beredt.simulation.frame import frame_of
from beredt.simulation.incident_rules import IncidentRules, prepare_incident_rules
from beredt.simulation.kernel import simulate
from beredt.simulation.pack import pack
from beredt.simulation.pack_incidents import pack_incidents, scene_areas
from beredt.simulation.unpack import year_of


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A service with all that does not depend on the replication worked out."""

    world: World
    demand: Demand
    rules: IncidentRules
    frame: Frame
    run_key: str  # equal for services that differ in nothing the kernel or the demand looks at, such as the owner


def prepare_case(study: Study, network: Network, service: Service) -> Case:
    """Make a service of a study ready.

    Args:
        study: whose period, people and groups hold for every service.
        network: of the study, with a node for every site of the service.
        service: today's, or an alternative's after its edits.

    Raises:
        StudyError: tables without what the service asks for, all of it as issues.
        UnknownIdError: a place that is not in the network.
    """
    period = period_of(study.settings)
    world = pack(service, network, period)
    demand = demand_of(study, service)
    rules = prepare_incident_rules(service, network)
    return Case(
        world=world,
        demand=demand,
        rules=rules,
        frame=frame_of(study, service, network, world, period),
        run_key=_run_key(world, rules, demand),
    )


ROADS = "roads"
"""Field of `World` that is the same for all services of a study."""


def _run_key(world: World, rules: IncidentRules, demand: Demand) -> str:
    """SHA-256 over all that a replication depends on beside the roads."""
    digest = hashlib.sha256(demand.checksum().encode())
    columns = {name: value for name, value in world._asdict().items() if name != ROADS}
    columns |= {field.name: getattr(rules, field.name) for field in fields(rules)}
    for name, value in columns.items():
        array = np.ascontiguousarray(value)
        digest.update(f"{name} {array.dtype} {array.shape}\n".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()


class TimedYear(NamedTuple):
    """A year of service, and the seconds that the event loop took with all its results in memory."""

    year: Year
    simulate_s: float


def observe_case(case: Case, calls: GeneratedCalls, *, km: bool = True, check_laws: bool = False) -> TimedYear:
    """Simulate one replication and lay it out as a year of service.

    Args:
        case: the service.
        calls: the replication.
        km: whether kilometres are looked up; otherwise they are NaN.
        check_laws: whether the run is held to the laws of `conservation`.

    Raises:
        BrokenLawError: a law is broken; only with `check_laws`.
    """
    incidents = pack_incidents(case.rules, calls)
    began = time.perf_counter()
    outcome = simulate(case.world, incidents, km=km)
    simulate_s = time.perf_counter() - began
    if check_laws:
        check_conservation(case.world, incidents, outcome)
    return TimedYear(year_of(incidents, scene_areas(case.rules, calls), outcome), simulate_s)
