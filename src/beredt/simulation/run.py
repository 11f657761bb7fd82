"""Replications of services, on one core, on several or on a cluster, the same numbers either way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from types import TracebackType

from beredt.indicators.observed import Frame
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.simulation.case import Case, TimedYear
from beredt.simulation.conservation import is_debug_wanted
from beredt.simulation.executors.executor import Executor, Task, label
from beredt.simulation.executors.here import Here
from beredt.simulation.executors.processes import Processes
from beredt.simulation.study_roads import AnyRoads
from beredt.simulation.worker import Counter, T, Worker

OnReplication = Callable[[int, Mapping[str, T]], None]
"""Called when a replication of all services is done, with its number and counts; they get done in any order."""

SERVICES_PER_TASK = 8
"""A task is one replication of at most so many services."""


def nobody_watches(replication: int, counts: Mapping[str, object]) -> None:
    """An `OnReplication` for callers that only want the result."""


def default_jobs() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Simulator(AbstractContextManager["Simulator"]):
    """Simulates services of one study; holds its workers until it is left."""

    def __init__(
        self,
        study: Study,
        network: AnyRoads,
        jobs: int,
        *,
        cluster: str | None = None,
        check_laws: bool = False,
    ) -> None:
        """Note what the workers will need.

        Args:
            study: the study.
            network: its roads.
            jobs: worker processes; 1 runs in this process.
            cluster: address of a Dask scheduler whose workers do the work instead; None for this machine.
            check_laws: whether every run is held to the laws of `conservation`, which takes time; `BEREDT_DEBUG` in
                the environment asks for it, too.

        Raises:
            ClusterError: the cluster cannot be used; the message says why and what to do.
        """
        check_laws = check_laws or is_debug_wanted()
        self._worker = Worker(study, network, check_laws)
        self._executor = self._choose(study, network, jobs, cluster, check_laws)

    def warm_up(self, service: Service, count: Counter[T]) -> None:
        """Have all kernels compiled, or loaded from the cache, before the work begins."""
        self._executor.warm_up(label(service), count)

    def case_of(self, service: Service) -> Case:
        """A service made ready in this process."""
        return self._worker.case_of(label(service))

    def frame_of(self, service: Service) -> Frame:
        """What years of a service are counted by."""
        return self._worker.frame_of(label(service))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the workers; what has not begun is dropped."""
        self._executor.close()

    def simulate(
        self,
        services: Mapping[str, Service],
        replications: int,
        count: Counter[T],
        on_replication: OnReplication[T] = nobody_watches,
        *,
        km: bool = True,
    ) -> dict[str, tuple[T, ...]]:
        """Run replications 0, 1, … of every service.

        Services that are equal in everything are run once.

        Args:
            services: by name.
            replications: how many, at least 1.
            count: what is kept of each year, such as `tally`.
            on_replication: is told when a replication of all services is done.
            km: whether `count` reads kilometres, which take time to look up; otherwise they are NaN.

        Returns:
            By name, the counts in order of the replication.
        """
        names = {name: service.checksum() for name, service in services.items()}
        distinct = list({names[name]: service for name, service in services.items()}.items())
        parts = [tuple(distinct[i : i + SERVICES_PER_TASK]) for i in range(0, len(distinct), SERVICES_PER_TASK)]
        tasks = [Task(part, replication) for replication in range(replications) for part in parts]
        done: dict[int, dict[str, T]] = {r: {} for r in range(replications)}
        for number, counts in self._executor.count(tasks, count, km=km):
            task = tasks[number]
            found = done[task.replication]
            found.update({checksum: one for (checksum, _), one in zip(task.services, counts, strict=True)})
            if len(found) == len(distinct):
                on_replication(task.replication, {name: found[names[name]] for name in services})
        return {name: tuple(done[r][names[name]] for r in range(replications)) for name in services}

    def observe(self, service: Service, replications: int) -> Iterator[TimedYear]:
        """Run replications 0, 1, … of one service and hand over each whole year, in order."""
        yield from self._executor.observe(label(service), replications)

    def _choose(self, study: Study, network: AnyRoads, jobs: int, cluster: str | None, check_laws: bool) -> Executor:
        if cluster is not None:
            from beredt.simulation.executors.cluster import join_cluster

            return join_cluster(cluster, study, network, check_laws=check_laws)
        if jobs == 1:
            return Here(self._worker)
        return Processes(self._worker, study, network, jobs, check_laws=check_laws)
