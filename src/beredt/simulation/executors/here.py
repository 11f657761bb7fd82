"""Replications run in this process, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beredt.simulation.case import TimedYear
from beredt.simulation.executors.executor import Task
from beredt.simulation.worker import Counter, NamedService, T, Worker


class Here:
    """The `Executor` without any other process."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def warm_up(self, named: NamedService, count: Counter[T]) -> None:
        """As in `Executor`."""
        self._worker.warm_up(named, count)

    def count(self, tasks: Sequence[Task], count: Counter[T], *, km: bool) -> Iterator[tuple[int, list[T]]]:
        """As in `Executor`, in the order of the tasks."""
        for number, task in enumerate(tasks):
            yield number, self._worker.run(task.services, task.replication, count, km)

    def observe(self, named: NamedService, replications: int) -> Iterator[TimedYear]:
        """As in `Executor`."""
        yield from (self._worker.observe(named, replication) for replication in range(replications))

    def close(self) -> None:
        """Nothing to stop."""
