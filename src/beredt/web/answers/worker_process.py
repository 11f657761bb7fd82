"""A worker process: it keeps studies warm, and simulates what it is told to until the server is gone."""

from __future__ import annotations

import signal
import traceback
from collections import OrderedDict
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from beredt.errors import BeredtError, CancelledError
from beredt.simulation.executors.one_at_a_time import one_at_a_time
from beredt.simulation.kernel_cache import prepare_kernel_cache

if TYPE_CHECKING:
    from beredt.simulation.warm_study import WarmStudy
    from beredt.web.answers.orders import Order, Reply

LOCK = "compiling.lock"
MOST_STUDIES = 3
"""Studies kept warm in a process, each state of a study's roads for itself; that asked for longest ago goes first."""

INCIDENT_BYTES = 400_000_000
"""Memory for incidents of a study in one process: ten replications of a region of a million people take half of it."""


def work(connection: Connection, cancel: Any) -> None:
    """Carry out orders until the other end is closed.

    Args:
        connection: to the server.
        cancel: shared memory of one byte; what runs is stopped when the server sets it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server is told to stop, and closes the connection
    prepare_kernel_cache()
    import numpy as np

    bench = Bench(np.frombuffer(cancel, np.int8))
    while True:
        try:
            order = connection.recv()
        except (EOFError, OSError):
            return
        reply = bench.carry_out(order)
        try:
            connection.send(reply)
        except OSError:
            return


class Bench:
    """The studies that a process keeps warm."""

    def __init__(self, cancel: Any) -> None:
        self._cancel = cancel
        self._warm: OrderedDict[str, WarmStudy] = OrderedDict()

    def carry_out(self, order: Order) -> Reply:
        """The reply to an order; whatever goes wrong becomes one, too."""
        from beredt.web.answers.orders import Failed, KeepWarm, Stopped

        try:
            return self._open(order) if isinstance(order, KeepWarm) else self._run(order)
        except CancelledError:
            return Stopped()
        except BeredtError as error:
            return Failed(str(error), on_purpose=True)
        except Exception as error:  # the worker lives on: the next order may be sound
            return Failed("".join(traceback.format_exception(error)), on_purpose=False)

    def _open(self, order: Any) -> Reply:
        from beredt.simulation.warm_study import WarmStudy
        from beredt.web.answers.orders import Opened

        while len(self._warm) >= MOST_STUDIES:
            self._warm.popitem(last=False)
        warm = WarmStudy(order.study, order.network, order.ground, INCIDENT_BYTES, order.state)
        with one_at_a_time(prepare_kernel_cache() / LOCK):  # the first one compiles, the others find it
            warm.warm_up()
        self._warm[order.study_key] = warm
        return Opened()

    def _run(self, order: Any) -> Reply:
        from beredt.web.answers.orders import Counted

        warm = self._warm[order.study_key]
        self._warm.move_to_end(order.study_key)
        tally = warm.tally(order.service_key, order.edits, order.replication, self._cancel)
        frame = warm.frame(order.service_key, order.edits) if order.with_frame else None
        return Counted(tally, frame)
