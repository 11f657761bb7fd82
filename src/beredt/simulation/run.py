"""Replications of services, on one core or several, the same numbers either way."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager
from types import TracebackType

from beredt.model.service import Service
from beredt.model.study import Study
from beredt.roads.network import Network
from beredt.simulation.case import TimedYear
from beredt.simulation.worker import Counter, T, Worker, observe_in_worker, run_in_worker, start_worker

OnReplication = Callable[[int, Mapping[str, T]], None]
"""Called when a replication of all services is done, with its number and counts; they get done in any order."""

SERVICES_PER_TASK = 8
"""A task is one replication of at most so many services: small enough to share out, large enough to share the calls."""


def nobody_watches(replication: int, counts: Mapping[str, object]) -> None:
    """An `OnReplication` for callers that only want the result."""


def default_jobs() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Simulator(AbstractContextManager["Simulator"]):
    """Simulates services of one study; holds its worker processes until it is left."""

    def __init__(self, study: Study, network: Network, jobs: int) -> None:
        """Note what the workers will need.

        Args:
            study: the study.
            network: its roads.
            jobs: worker processes; 1 runs in this process.
        """
        self._worker = Worker(study, network)
        self._shared = study, network
        self._jobs = jobs
        self._pool: Executor | None = None

    def warm_up(self, service: Service, count: Counter[T]) -> T:
        """Run and count replication 0 of a service in this process: all kernels are compiled before any worker begins.

        Workers then find them compiled; otherwise each would compile them for itself.
        """
        (counted,) = self._worker.run(((service.checksum(), service),), 0, count, km=True)
        return counted

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the workers; what has not begun is dropped."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

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
        distinct = {names[name]: service for name, service in services.items()}
        done: dict[int, dict[str, T]] = {r: {} for r in range(replications)}
        for replication, found in self._run(list(distinct.items()), replications, count, km):
            done[replication].update(found)
            if len(done[replication]) == len(distinct):
                on_replication(replication, {name: done[replication][names[name]] for name in services})
        return {name: tuple(done[r][names[name]] for r in range(replications)) for name in services}

    def observe(self, service: Service, replications: int) -> Iterator[TimedYear]:
        """Run replications 0, 1, … of one service and hand over each whole year, in order."""
        named = service.checksum(), service
        pool = self._workers()
        if pool is None:
            yield from (self._worker.observe(named, replication) for replication in range(replications))
            return
        running = [pool.submit(observe_in_worker, named, replication) for replication in range(replications)]
        while running:
            yield running.pop(0).result()

    def _workers(self) -> Executor | None:
        """The worker processes, begun when first needed; None when this process does the work."""
        if self._jobs > 1 and self._pool is None:
            spawn = multiprocessing.get_context("spawn")  # polars does not survive a fork
            self._pool = ProcessPoolExecutor(self._jobs, spawn, initializer=start_worker, initargs=self._shared)
        return self._pool

    def _run(
        self, distinct: list[tuple[str, Service]], replications: int, count: Counter[T], km: bool
    ) -> Iterator[tuple[int, dict[str, T]]]:
        parts = [tuple(distinct[i : i + SERVICES_PER_TASK]) for i in range(0, len(distinct), SERVICES_PER_TASK)]
        tasks = [(part, replication) for replication in range(replications) for part in parts]
        pool = self._workers()
        if pool is None:
            for part, replication in tasks:
                yield replication, _named(part, self._worker.run(part, replication, count, km))
            return
        running: dict[Future[list[T]], tuple[tuple[tuple[str, Service], ...], int]] = {
            pool.submit(run_in_worker, part, replication, count, km): (part, replication) for part, replication in tasks
        }
        for future in as_completed(running):
            part, replication = running[future]
            yield replication, _named(part, future.result())


def _named(part: tuple[tuple[str, Service], ...], tallies: list[T]) -> dict[str, T]:
    return {checksum: tally for (checksum, _), tally in zip(part, tallies, strict=True)}
