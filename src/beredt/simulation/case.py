"""One service of a study made ready to be run any number of times."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

import numpy as np

from beredt.demand.generate import Demand, GeneratedCalls, demand_of
from beredt.demand.intensity import period_of
from beredt.dispatch.records import Near
from beredt.dispatch.roads import F8, I1, I4, I8, Records
from beredt.dispatch.world import Incidents, World
from beredt.errors import NetworkError
from beredt.indicators.area_groups import targets_of
from beredt.indicators.deliveries import ObservedDeliveries
from beredt.indicators.observed import Frame, Year
from beredt.indicators.paths.observed_paths import ObservedPaths
from beredt.model.road_change import RoadState, road_state
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.simulation.ask_rules import plan_asks
from beredt.simulation.conservation import check_conservation
from beredt.simulation.frame import frame_of
from beredt.simulation.incident_kinds import plan_incident_kinds
from beredt.simulation.incident_rules import IncidentRules, prepare_incident_rules
from beredt.simulation.kernel import Prepared, first_incidents, prepare, simulate_prepared
from beredt.simulation.pack import pack
from beredt.simulation.pack_roads import near_places
from beredt.simulation.pack_rules import pack_rules
from beredt.simulation.pack_trace import pack_trace
from beredt.simulation.paths.meet_calls import meet_calls
from beredt.simulation.paths.path_rules import plan_paths
from beredt.simulation.state import State, taken_state
from beredt.simulation.study_roads import StudyRoads, TableRoads
from beredt.simulation.task_rules import plan_tasks
from beredt.simulation.unpack import crises_of, taken_to, with_hospitals, year_of
from beredt.simulation.ward_rules import plan_wards


@dataclass(frozen=True, slots=True, eq=False)
class Generated:
    """Incidents that are drawn anew in every replication."""

    demand: Demand
    rules: IncidentRules


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """Incidents that are given, the same in every replication. I incidents."""

    incidents: Incidents
    area: I4  # [I] area of each scene
    hospital: I4  # [I] where each patient is taken, -1 for nobody
    own_id: I8  # [I] the trace's number of each
    near: Near | None  # where the roads are a graph
    checksum: str


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A service with all that does not depend on the replication worked out."""

    world: World
    source: Generated | Trace
    frame: Frame
    run_key: str  # equal for services that differ in nothing the kernel or the demand looks at, such as the owner
    hospitals: int

    @property
    def generated(self) -> Generated:
        """Where its incidents are drawn from. Raises ValueError for a trace."""
        if not isinstance(self.source, Generated):
            raise ValueError("the incidents of this service are those of a trace: nothing is drawn")
        return self.source


class Met(NamedTuple):
    """The incidents of one replication as a service meets them."""

    incidents: Incidents
    area: I4  # [I] area of each scene
    prepared: Prepared
    hospital: I4  # [I] where each patient is to be taken, -1 for nobody and for transfers home
    paths: ObservedPaths | None = None


def prepare_case(study: Study, roads: StudyRoads, service: Service) -> Case:
    """Make a service of a study ready.

    Args:
        study: whose period, people and groups hold for every service.
        roads: of the study, with a place for every site of the service.
        service: today's, or an alternative's after its edits.

    Raises:
        StudyError: tables without what the service asks for, all of it as issues.
        UnknownIdError: a place that is not in the network.
        NetworkError: the roads are not those of the service in the study's year.
    """
    _refuse_other_roads(study, roads, service)
    period = period_of(study.settings)
    target_s = targets_of(study.settings, service)
    demand = None if study.trace is not None else demand_of(study, service)
    policies = pack_rules(study, service, roads, demand, period, target_s)
    world = pack(service, roads, period, policies)
    source: Generated | Trace
    if demand is None:
        source = _trace(study, service, roads, world, target_s)
    else:
        rules = prepare_incident_rules(service, roads, target_s)
        ready = replace(
            rules,
            paths=plan_paths(study, service, roads),
            asks=plan_asks(service, period.first_day, roads, plan_incident_kinds(study.demand.get("incident_kinds"))),
            tasks=plan_tasks(study, service, roads, period),
            wards=plan_wards(service, roads, int(world.first_hour)),
        )
        source = Generated(demand, ready)
    frame = frame_of(study, service, roads, world, period)
    return Case(
        world=world,
        source=source,
        frame=frame,
        run_key=_run_key(world, source, roads.state),
        hospitals=len(service.hospitals),
    )


def _refuse_other_roads(study: Study, roads: StudyRoads, service: Service) -> None:
    """A service that is simulated on roads of another one would get wrong times in silence."""
    if road_state(service.road_changes, study.settings.study.year) != roads.state:
        raise NetworkError(
            f"the service changes roads ({len(service.road_changes)} edits), and these times are of other roads: "
            "this analysis knows only one state of the roads. Ask it about an alternative on the roads of today, "
            "or simulate this one with beredt simulate or beredt study run"
        )


def _trace(study: Study, service: Service, roads: StudyRoads, world: World, target_s: F8) -> Trace:
    """The call trace of a study, with what is known of ways where travel modes never change."""
    if isinstance(roads, TableRoads):
        raise ValueError("a call trace gives places, and a table of times only knows areas: give it a road graph")
    found = pack_trace(study, service, roads.graph)
    columns = found.kernel_columns(target_s)
    incidents = Incidents(**{name: columns[name] for name in Incidents._fields if name in columns})  # type: ignore[arg-type]  # by name
    near = None
    if len(world.mode_t) == 1:
        near = near_places(world, found.scene, found.dest, found.urgency)
    return Trace(incidents, found.area, found.hospital, found.incident, near, _digest(incidents._asdict()))


def incidents_key(source: Generated) -> str:
    """SHA-256 over all that makes incidents of a replication's draws: services with the same key meet the same."""
    columns = {field.name: getattr(source.rules, field.name) for field in fields(source.rules)}
    return _digest(columns, source.demand.checksum())


ROADS = "roads"
"""Field of `World` that is the same for all services of a study with the same changes of roads."""


def _run_key(world: World, source: Generated | Trace, state: RoadState) -> str:
    """SHA-256 over all that a replication depends on; of roads only what is different about them."""
    columns = {name: value for name, value in world._asdict().items() if name != ROADS}
    roads = repr(state) if state else ""
    if isinstance(source, Generated):
        columns |= {field.name: getattr(source.rules, field.name) for field in fields(source.rules)}
        return _digest(columns, source.demand.checksum() + roads)
    return _digest(columns, source.checksum + roads)


def _digest(columns: dict[str, Any], begin: str = "") -> str:
    digest = hashlib.sha256(begin.encode())
    for name, array in _arrays(columns):
        digest.update(f"{name} {array.dtype} {array.shape}\n".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()


def _arrays(columns: dict[str, Any]) -> list[tuple[str, np.ndarray[Any, Any]]]:
    """Every number and array of a tuple of arrays, those of tuples within it too."""
    found: list[tuple[str, np.ndarray[Any, Any]]] = []
    for name, value in columns.items():
        if value is None:
            continue
        if isinstance(value, tuple):
            numbered = {str(number): one for number, one in enumerate(value)}
            inner: dict[str, Any] = value._asdict() if hasattr(value, "_asdict") else numbered
            found += [(f"{name}.{key}", array) for key, array in _arrays(inner)]
        else:
            found.append((name, np.ascontiguousarray(value)))
    return found


class TimedYear(NamedTuple):
    """A year of service, and the seconds that the event loop took with all its results in memory."""

    year: Year
    simulate_s: float
    units: Records  # [U] UNIT_TALLY: what each unit did


def meet(case: Case, calls: GeneratedCalls | None, most: int | None = None) -> Met:
    """Make the incidents of a replication ready for the kernel.

    Args:
        case: the service.
        calls: the replication; None for a trace.
        most: only so many incidents, the first ones, of a trace; None for all.

    Raises:
        ValueError: no calls, though the case does not hold a trace.
    """
    source = case.source
    if isinstance(source, Trace):
        incidents, area, near, hospital = source.incidents, source.area, source.near, source.hospital
        if most is not None:
            incidents, area, hospital = first_incidents(incidents, most), area[:most], hospital[:most]
            near = None if near is None else Near._make(column[:most] for column in near)
        return Met(incidents, area, prepare(case.world, incidents, near), hospital)
    if calls is None:
        raise ValueError("this service meets generated calls, and none were given")
    incidents, area, hospital, paths = meet_calls(source.rules, calls)
    return Met(incidents, area, prepare(case.world, incidents), hospital, paths)


def observe_case(
    case: Case,
    calls: GeneratedCalls | None,
    *,
    km: bool = True,
    check_laws: bool = False,
    most: int | None = None,
) -> TimedYear:
    """Simulate one replication and lay it out as a year of service.

    Args:
        case: the service.
        calls: the replication; None for a trace.
        km: whether kilometres are looked up; otherwise they are NaN.
        check_laws: whether the run is held to the laws of `conservation`.
        most: only so many incidents of a trace; None for all.

    Raises:
        BrokenLawError: a law is broken; only with `check_laws`.
    """
    return observe_met(case, meet(case, calls, most), km=km, check_laws=check_laws)


def observe_met(
    case: Case,
    met: Met,
    *,
    km: bool = True,
    check_laws: bool = False,
    state: State | None = None,
    cancel: I1 | None = None,
) -> TimedYear:
    """Simulate one replication whose incidents are ready.

    Args:
        case: the service.
        met: the incidents as it meets them.
        km: whether kilometres are looked up; otherwise they are NaN.
        check_laws: whether the run is held to the laws of `conservation`.
        state: memory of the run, which the year then looks into; None for new memory.
        cancel: as in `simulate_prepared`.

    Raises:
        BrokenLawError: a law is broken; only with `check_laws`.
        CancelledError: the run was stopped before its end.
    """
    state = state or taken_state(met.prepared.land, met.prepared.demand)
    began = time.perf_counter()
    outcome = simulate_prepared(met.prepared, km=km, state=state, cancel=cancel)
    simulate_s = time.perf_counter() - began
    if check_laws:
        check_conservation(case.world, met.incidents, outcome)
    crises = crises_of(outcome, case.world.end_s)
    year = year_of(met.incidents, met.area, outcome)._replace(crises=crises)
    hospital = taken_to(met.hospital, outcome)
    paths = None if met.paths is None else with_hospitals(met.paths, hospital)
    year = year._replace(paths=paths, deliveries=ObservedDeliveries(hospital, case.hospitals))
    return TimedYear(year, simulate_s, outcome.units)
