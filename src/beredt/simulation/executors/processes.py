"""Replications run in worker processes of this machine."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed

from beredt.model.study import Study
from beredt.simulation.case import TimedYear
from beredt.simulation.executors.executor import Task
from beredt.simulation.study_roads import AnyRoads
from beredt.simulation.worker import (
    Counter,
    NamedService,
    T,
    Worker,
    observe_in_worker,
    run_in_worker,
    start_worker,
)

AHEAD = 2
"""Whole years in the making per process: more would only fill the memory of whoever reads them."""


class Processes:
    """The `Executor` of one machine with several cores."""

    def __init__(self, worker: Worker, study: Study, network: AnyRoads, jobs: int, *, check_laws: bool) -> None:
        """Note what the workers will need; they begin when first needed.

        Args:
            worker: of this process, to warm up with.
            study: the study.
            network: its roads.
            jobs: processes, at least 2.
            check_laws: as in `Worker`.
        """
        self._worker = worker
        self._shared = study, network, check_laws
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def warm_up(self, named: NamedService, count: Counter[T]) -> None:
        """As in `Executor`, in this process: workers then find the kernels compiled, and none compiles for itself."""
        self._worker.warm_up(named, count)

    def count(self, tasks: Sequence[Task], count: Counter[T], *, km: bool) -> Iterator[tuple[int, list[T]]]:
        """As in `Executor`."""
        pool = self._started()
        running: dict[Future[list[T]], int] = {
            pool.submit(run_in_worker, task.services, task.replication, count, km): number
            for number, task in enumerate(tasks)
        }
        for future in as_completed(running):
            yield running[future], future.result()

    def observe(self, named: NamedService, replications: int) -> Iterator[TimedYear]:
        """As in `Executor`."""
        pool = self._started()
        waiting = iter(range(replications))
        running: deque[Future[TimedYear]] = deque()
        while True:
            while len(running) < AHEAD * self._jobs and (replication := next(waiting, None)) is not None:
                running.append(pool.submit(observe_in_worker, named, replication))
            if not running:
                return
            yield running.popleft().result()

    def close(self) -> None:
        """As in `Executor`."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")  # polars does not survive a fork
            self._pool = ProcessPoolExecutor(self._jobs, spawn, initializer=start_worker, initargs=self._shared)
        return self._pool
