"""Replications run by the workers of a Dask cluster: any machines that have the same Beredt installed.

What the scheduler is given are functions made of plain Python, and bytes: it need not have Beredt. The study goes out
once, as a task of its own that every other task depends on, so a worker that joins or is restarted fetches it from
another one, or has it made again when none is left. Whose task is lost with a worker runs it again elsewhere: each
task has one result, however often it was begun.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from beredt.errors import BeredtError, ClusterError
from beredt.model.study import Study
from beredt.simulation.case import TimedYear
from beredt.simulation.executors.build import Build, differences, this_build
from beredt.simulation.executors.executor import Task
from beredt.simulation.executors.luggage import Luggage, pack_luggage
from beredt.simulation.missions_table import responses
from beredt.simulation.study_roads import AnyRoads
from beredt.simulation.worker import Counter, NamedService, T

if TYPE_CHECKING:
    from distributed import Client, Future

ANSWER_S = 15.0
"""How long a scheduler may take to answer, and its first worker to be there."""

LOOK_S = 5.0
"""How often to look whether anybody still works while no result comes."""

PAUSE_S = 0.02
"""Between two looks for results."""

LOST_S = 120.0
"""How long a run waits for a worker when there is none any more: time to start one again."""

AHEAD = 2
"""Whole years in the making per thread of the cluster: they wait in the workers' memory to be read in order."""


def join_cluster(
    address: str, study: Study, network: AnyRoads, *, check_laws: bool, answer_s: float = ANSWER_S
) -> Cluster:
    """Become a client of a cluster whose workers all have this build of Beredt.

    Args:
        address: of the scheduler, such as `tcp://10.0.0.5:8786`.
        study: the study.
        network: its roads.
        check_laws: as in `Worker`.
        answer_s: how long to wait for an answer and for a first worker.

    Raises:
        ClusterError: the extra is not installed, nobody answers, nobody works there, or a worker has another build.
    """
    client = _connect(address, answer_s)
    try:
        _refuse_other_builds(client, address, answer_s)
        return Cluster(client, address, study, network, check_laws=check_laws)
    except BaseException:
        client.close()
        raise


class Cluster:
    """The `Executor` of many machines.

    `lost_s` is how long it waits for a worker when there is none any more.
    """

    lost_s = LOST_S

    def __init__(self, client: Client, address: str, study: Study, network: AnyRoads, *, check_laws: bool) -> None:
        """Send the study out.

        Args:
            client: of the cluster; closed by `close`, while the cluster lives on.
            address: for messages.
            study: the study.
            network: its roads.
            check_laws: as in `Worker`.
        """
        self._client = client
        self._address = address
        self._sent: dict[str, Future[Any]] = {}
        self._common = address, dict(this_build()), self._send(pack_luggage((study, network, check_laws)))

    def warm_up(self, named: NamedService, count: Counter[T]) -> None:
        """As in `Executor`: every worker there is; one that joins later does it with its first task."""
        service, counter = self._send(pack_luggage(named)), self._send(pack_luggage(count))
        workers = list(_workers(self._client, self._address))
        futures = [
            self._submit("warm_up_on_worker", service, counter, workers=[worker], allow_other_workers=True)
            for worker in workers
        ]
        for _ in self._finished(futures):
            pass

    def count(self, tasks: Sequence[Task], count: Counter[T], *, km: bool) -> Iterator[tuple[int, list[T]]]:
        """As in `Executor`."""
        counter = self._send(pack_luggage(count))
        parts = {id(task.services): task.services for task in tasks}
        sent = {key: self._send(pack_luggage(services)) for key, services in parts.items()}
        futures = [
            self._submit("run_on_worker", sent[id(task.services)], counter, task.replication, km) for task in tasks
        ]
        yield from self._finished(futures)

    def observe(self, named: NamedService, replications: int) -> Iterator[TimedYear]:
        """As in `Executor`."""
        service, counter = self._send(pack_luggage(named)), self._send(pack_luggage(responses))
        waiting = iter(range(replications))
        running: deque[Future[Any]] = deque()
        while True:
            ahead = AHEAD * sum(worker["nthreads"] for worker in _workers(self._client, self._address).values())
            while len(running) < max(ahead, 1) and (replication := next(waiting, None)) is not None:
                running.append(self._submit("observe_on_worker", service, counter, replication))
            if not running:
                return
            for _, year in self._finished([running.popleft()]):
                yield year

    def close(self) -> None:
        """As in `Executor`. The cluster itself lives on; the study is forgotten there."""
        self._client.close()

    def _send(self, luggage: Luggage) -> Future[Any]:
        """Hand luggage over once; a task that depends on the result finds it in its worker's memory."""
        digest = luggage[0]
        if digest not in self._sent:
            self._sent[digest] = self._submit_plain(_carrier(), luggage, key=f"beredt-luggage-{digest}")
        return self._sent[digest]

    def _submit(self, function: str, *arguments: Any, **options: Any) -> Future[Any]:
        """Have a function of `on_worker` run with what is common to all tasks, and these arguments."""
        address, build, study = self._common
        return self._submit_plain(_launcher(), function, address, build, study, *arguments, **options)

    def _submit_plain(self, function: Callable[..., Any], *arguments: Any, **options: Any) -> Future[Any]:
        import dask

        # A study may be large, and is sent once: no advice is needed.
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TiB"}):
            return self._client.submit(function, *arguments, pure=False, **options)

    def _finished(self, futures: Sequence[Future[Any]]) -> Iterator[tuple[int, Any]]:
        """Numbers and results of futures as they come, each once.

        Raises:
            ClusterError: there has been no worker for a while, the scheduler is gone, or a task fails everywhere.
        """
        from distributed import as_completed

        number = {future.key: place for place, future in enumerate(futures)}
        coming = as_completed(futures, loop=self._client.loop, with_results=True, raise_errors=False)
        watch = _Watch(self._client, self._address, self.lost_s)
        while not coming.is_empty():
            batch = coming.next_batch(block=False)
            for future, result in batch:
                if future.status != "finished":
                    raise self._error(future.status, result)
                yield number[future.key], result
            if not batch:
                watch.look()
                time.sleep(PAUSE_S)

    def _error(self, status: str, result: Any) -> BaseException:
        """What to raise for a future that has no result."""
        from distributed import KilledWorker

        error: BaseException = result[1] if status == "error" else result
        if isinstance(error, BeredtError):
            return error
        if isinstance(error, KilledWorker):
            why = "several workers died at the same replication. They may be short of memory: see their logs"
        elif isinstance(error, ImportError):
            why = f"a worker that joined cannot import Beredt ({error}): install the same version there"
        elif status != "error":
            why = f"the scheduler was lost ({error}). Start it again, and the run"
        else:
            return error
        return ClusterError(self._address, f"the cluster at {self._address} did not finish: {why}")


class _Watch:
    """Looks now and then whether anybody still works."""

    def __init__(self, client: Client, address: str, lost_s: float) -> None:
        self._client, self._address, self._lost_s = client, address, lost_s
        self._looked_t = self._seen_t = time.monotonic()

    def look(self) -> None:
        """Raise ClusterError when there has been no worker for too long."""
        now = time.monotonic()
        if now - self._looked_t < LOOK_S:
            return
        self._looked_t = now
        if _workers(self._client, self._address):
            self._seen_t = now
        elif now - self._seen_t > self._lost_s:
            raise ClusterError(
                self._address,
                f"the cluster at {self._address} has had no worker for {now - self._seen_t:.0f} s. Start some with "
                f"`dask worker {self._address}`, and the run again",
            )


def _connect(address: str, answer_s: float) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError(
            address,
            f"a cluster needs the library distributed, which is not installed ({error}). "
            "Install Beredt with its extra: pip install 'beredt[cluster]'",
        ) from error
    try:
        return Client(address, timeout=answer_s, set_as_default=False, name="beredt")
    except (OSError, ValueError) as error:
        raise ClusterError(
            address,
            f"no Dask scheduler answers at {address} within {answer_s:g} s. Start one with `dask scheduler`, which "
            "tells its address, or correct --cluster",
        ) from error


def _refuse_other_builds(client: Client, address: str, answer_s: float) -> None:
    try:
        client.wait_for_workers(1, timeout=answer_s)
    except TimeoutError as error:
        raise ClusterError(
            address,
            f"the scheduler at {address} has no workers. Start some with `dask worker {address}`, one per core",
        ) from error
    answers: dict[str, Build | Exception] = client.run(_build_asker(), on_error="return")
    faults = []
    for worker, build in sorted(answers.items()):
        if isinstance(build, OSError):
            continue  # it left meanwhile
        if isinstance(build, Exception):
            faults.append(f"{worker} does not answer: {build!r}")
        elif not build:
            faults.append(f"{worker} has no Beredt, or one that knows no clusters")
        elif different := differences(this_build(), build):
            faults.append(f"{worker} has {', '.join(different)}")
    if faults:
        raise ClusterError(
            address,
            f"{len(faults)} of {len(answers)} workers of the cluster at {address} would not give the same results; "
            "install the same Beredt and libraries there:\n  " + "\n  ".join(faults),
        )


def _workers(client: Client, address: str) -> dict[str, dict[str, Any]]:
    """Workers there are now, by address."""
    try:
        found: dict[str, dict[str, Any]] = client.scheduler_info()["workers"]
    except (OSError, AttributeError) as error:  # AttributeError: a client that has given up has no scheduler
        raise ClusterError(address, f"the scheduler at {address} was lost. Start it again, and the run") from error
    return found


# Functions inside functions travel as what they are, not by name: a scheduler without Beredt can hand them on.


def _build_asker() -> Callable[[], dict[str, str]]:
    def ask() -> dict[str, str]:
        try:
            from beredt.simulation.executors.build import this_build
        except ImportError:
            return {}
        return dict(this_build())

    return ask


def _carrier() -> Callable[[Luggage], Luggage]:
    def carry(luggage: Luggage) -> Luggage:
        return luggage

    return carry


def _launcher() -> Callable[..., Any]:
    def launch(function: str, *arguments: Any) -> Any:
        from beredt.simulation.executors import on_worker

        return getattr(on_worker, function)(*arguments)

    return launch
