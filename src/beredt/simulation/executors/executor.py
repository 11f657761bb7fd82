"""What all places where replications are run have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from beredt.model.service import Service
from beredt.simulation.case import TimedYear
from beredt.simulation.worker import Counter, NamedService, T


class Task(NamedTuple):
    """One replication of a few services, by checksum: small enough to share out, large enough to share the calls."""

    services: tuple[NamedService, ...]
    replication: int


class Executor(Protocol):
    """Runs replications of services of one study.

    A replication gives the same counts wherever it runs and however often it is begun, so whoever loses a worker on
    the way may run its tasks again elsewhere.
    """

    def warm_up(self, named: NamedService, count: Counter[T]) -> None:
        """Have all kernels that a service and a counter need compiled or loaded before any replication is run."""
        ...

    def count(self, tasks: Sequence[Task], count: Counter[T], *, km: bool) -> Iterator[tuple[int, list[T]]]:
        """Run every task and yield its number in `tasks` with the counts of its services, in any order, each once."""
        ...

    def observe(self, named: NamedService, replications: int) -> Iterator[TimedYear]:
        """Run replications 0, 1, … of one service and yield each whole year, in order."""
        ...

    def close(self) -> None:
        """Stop; what has not begun is dropped."""
        ...


def label(service: Service) -> NamedService:
    """A service with its checksum, by which workers know it again."""
    return service.checksum(), service
