"""What a worker process of a cluster does: open its luggage once, compile once per machine, run replications.

Importing this module imports neither numba nor anything compiled: a worker is a plain `dask worker`, and its kernel
cache must be prepared before a kernel is imported.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from beredt.errors import ClusterError
from beredt.simulation.executors.build import differences, this_build
from beredt.simulation.executors.luggage import Luggage, Unpacked
from beredt.simulation.executors.one_at_a_time import one_at_a_time
from beredt.simulation.kernel_cache import prepare_kernel_cache

if TYPE_CHECKING:
    from beredt.simulation.case import TimedYear
    from beredt.simulation.worker import Worker

LOCK = "compiling.lock"

_unpacked = Unpacked()
"""What this process has opened: a cluster hands a function no other way to keep what it was sent."""

_mine = threading.local()
"""The `Worker` of this thread and the digest of the study it is for: a worker process may have several threads."""

_warm: set[tuple[str, str]] = set()
"""Digests of study and counter whose kernels this process has loaded; guarded by `_warming`."""

_warming = threading.Lock()


def run_on_worker(
    address: str, build: Mapping[str, str], study: Luggage, part: Luggage, counter: Luggage, replication: int, km: bool
) -> list[Any]:
    """Run one replication of a part of the services and count it.

    Args:
        address: of the cluster, for messages.
        build: of the process that wants the counts.
        study: arguments of `Worker`.
        part: services by checksum.
        counter: what is kept of each year.
        replication: its number.
        km: whether the counter reads kilometres.
    """
    worker = _worker_of(address, build, study)
    services, count = _unpacked.get(part), _unpacked.get(counter)
    _warm_up(worker, study, services[0], counter)
    return worker.run(services, replication, count, km)


def observe_on_worker(
    address: str, build: Mapping[str, str], study: Luggage, named: Luggage, counter: Luggage, replication: int
) -> TimedYear:
    """Run one replication of one service and hand over the whole year. Arguments as in `run_on_worker`."""
    worker = _worker_of(address, build, study)
    service = _unpacked.get(named)
    _warm_up(worker, study, service, counter)
    return worker.observe(service, replication)


def warm_up_on_worker(address: str, build: Mapping[str, str], study: Luggage, named: Luggage, counter: Luggage) -> None:
    """Have the kernels compiled on this machine and loaded in this process. Arguments as in `run_on_worker`."""
    _warm_up(_worker_of(address, build, study), study, _unpacked.get(named), counter)


def _worker_of(address: str, build: Mapping[str, str], study: Luggage) -> Worker:
    """The worker of this thread, made with its first task and again for another study."""
    if different := differences(build, this_build()):
        raise ClusterError(address, f"a worker that joined the cluster at {address} has {'; '.join(different)}")
    if getattr(_mine, "digest", None) != study[0]:
        prepare_kernel_cache(after_numba=True)  # before the study is opened: what lies inside imports kernels
        from beredt.simulation.worker import Worker

        _mine.worker = Worker(*_unpacked.get(study))
        _mine.digest = study[0]
    worker: Worker = _mine.worker
    return worker


def _warm_up(worker: Worker, study: Luggage, named: Any, counter: Luggage) -> None:
    """Compile what is not compiled yet, one process of this machine at a time: the others then find it."""
    key = study[0], counter[0]
    with _warming:
        if key not in _warm:
            with one_at_a_time(prepare_kernel_cache(after_numba=True) / LOCK):
                worker.warm_up(named, _unpacked.get(counter))
            _warm.add(key)
