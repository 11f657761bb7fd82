"""A worker's part: one replication of many services at a time, from a study it was given once.

Nothing here knows how many workers there are: the draws belong to (seed, replication, incident), so a replication
gives the same counts wherever it runs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from beredt.demand.generate import GeneratedCalls, first_calls, generate_calls
from beredt.indicators.observed import Frame, Year
from beredt.model.road_change import RoadState, road_state
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.simulation.case import Case, Generated, TimedYear, observe_case, prepare_case
from beredt.simulation.paused_collector import paused_collector
from beredt.simulation.study_roads import AnyRoads, StudyRoads, study_roads

T = TypeVar("T")

Counter = Callable[[Frame, Year], T]
"""What makes counts of a year; a function of a module, so that it can be sent to a worker."""

NamedService = tuple[str, Service]
"""A service with its checksum before it."""

MOST_CASES = 128
"""Prepared services that a worker keeps; each takes about a megabyte beside the network."""

WARM_UP_CALLS = 500
"""Calls of a warm-up: enough for the kernel to find its memory, too few to take time."""


class Worker:
    """Runs replications of services of one study; keeps prepared services and the last replication's calls."""

    def __init__(self, study: Study, network: AnyRoads, check_laws: bool = False) -> None:
        """Take what all services share.

        Args:
            study: the study.
            network: its roads.
            check_laws: whether every run is held to the laws of `conservation`, which takes time.
        """
        self._study = study
        self._network = network
        self._roads: dict[RoadState, StudyRoads] = {}
        self._check_laws = check_laws
        self._cases: dict[str, Case] = {}
        self._calls: dict[tuple[str, int], GeneratedCalls] = {}

    def warm_up(self, named: NamedService, count: Counter[T]) -> None:
        """Run and count the first calls of replication 0: every kernel is then compiled, or loaded from the cache.

        What is prepared for that, the replication itself finds ready.
        """
        with paused_collector():
            case = self._case_of(named)
            calls = self._calls_of(case, 0)
            first = None if calls is None else first_calls(calls, WARM_UP_CALLS)
            count(case.frame, observe_case(case, first, check_laws=self._check_laws, most=WARM_UP_CALLS).year)

    def case_of(self, named: NamedService) -> Case:
        """A service made ready."""
        return self._case_of(named)

    def frame_of(self, named: NamedService) -> Frame:
        """What years of a service are counted by."""
        return self._case_of(named).frame

    def run(self, services: tuple[NamedService, ...], replication: int, count: Counter[T], km: bool) -> list[T]:
        """Run one replication of each service; those that differ in nothing that matters to it are simulated once.

        Args:
            services: by checksum.
            replication: its number.
            count: what is kept of each year.
            km: whether it reads kilometres.
        """
        years: dict[str, Year] = {}
        tallies = []
        for case in map(self._case_of, services):
            if case.run_key not in years:
                calls = self._calls_of(case, replication)
                years[case.run_key] = observe_case(case, calls, km=km, check_laws=self._check_laws).year
            tallies.append(count(case.frame, years[case.run_key]))
        return tallies

    def observe(self, named: NamedService, replication: int) -> TimedYear:
        """Run one replication of one service and keep all of it, not only the counts."""
        case = self._case_of(named)
        return observe_case(case, self._calls_of(case, replication), check_laws=self._check_laws)

    def _case_of(self, named: NamedService) -> Case:
        checksum, service = named
        if checksum not in self._cases:
            while len(self._cases) >= MOST_CASES:
                del self._cases[next(iter(self._cases))]
            self._cases[checksum] = prepare_case(self._study, self._roads_of(service), service)
        return self._cases[checksum]

    def _roads_of(self, service: Service) -> StudyRoads:
        """The roads of a service, the same for all with the same changes; a process that runs nothing needs none."""
        state = road_state(service.road_changes, self._study.settings.study.year)
        if state not in self._roads:
            self._roads[state] = study_roads(self._study, self._network, service)
        return self._roads[state]

    def _calls_of(self, case: Case, replication: int) -> GeneratedCalls | None:
        if not isinstance(case.source, Generated):
            return None
        key = case.source.demand.checksum(), replication
        if key not in self._calls:
            self._calls = {name: calls for name, calls in self._calls.items() if name[1] == replication}
            self._calls[key] = generate_calls(case.source.demand, self._study.settings.simulation.seed, replication)
        return self._calls[key]


_mine: list[Worker] = []
"""The worker of this process: a pool hands a function no other way to keep what it was given at the start."""


def start_worker(study: Study, network: AnyRoads, check_laws: bool) -> None:
    """Begin a worker process."""
    _mine[:] = [Worker(study, network, check_laws)]


def run_in_worker(services: tuple[NamedService, ...], replication: int, count: Counter[T], km: bool) -> list[T]:
    """`Worker.run` in a process begun by `start_worker`."""
    return _mine[0].run(services, replication, count, km)


def observe_in_worker(named: NamedService, replication: int) -> TimedYear:
    """`Worker.observe` in a process begun by `start_worker`."""
    return _mine[0].observe(named, replication)
