"""Worker processes with a thread each that hands them work and takes what comes back."""

from __future__ import annotations

import multiprocessing
from collections import OrderedDict
from collections.abc import Callable
from multiprocessing.connection import Connection
from threading import Condition, Thread
from typing import Any, Protocol

from beredt.errors import BeredtError
from beredt.web.answers.orders import Counted, Failed, KeepWarm, Opened, Order, Reply, RunYear, Stopped
from beredt.web.answers.rounds import Errand, Key, Rounds
from beredt.web.answers.worker_process import MOST_STUDIES, work

TRIES = 2
"""A worker that dies is begun anew; what kills two of them is given up."""

LOST = "a worker process ended in the middle of a simulation, twice. This machine may be short of memory"


class Source(Protocol):
    """Where a crew finds what orders need, and leaves what comes of them. Called by the threads of the crew."""

    def study_to_open(self, study_key: str) -> KeepWarm:
        """What a worker needs to keep a study warm."""
        ...

    def year_to_run(self, key: Key) -> RunYear:
        """What a worker needs to simulate a replication."""
        ...

    def counted(self, key: Key, counted: Counted, waited: list[Errand]) -> None:
        """A replication is there."""
        ...

    def failed(self, key: Key, failed: Failed, waited: list[Errand]) -> None:
        """A replication cannot be had."""
        ...


class Crew:
    """Workers of one server. All methods may be called by any thread."""

    def __init__(self, workers: int, source: Source, on_stage: Callable[[int, str], None]) -> None:
        """Begin the threads; each begins its process.

        Args:
            workers: processes, at least 1.
            source: of orders.
            on_stage: told what a worker does: `starting`, `opening` a study, `running`, or `idle`.
        """
        self._source, self._on_stage = source, on_stage
        self._rounds = Rounds(workers)
        self._change = Condition()
        self._closed = False
        self._hands = [_Hand(number) for number in range(workers)]
        self._threads = [Thread(target=self._tend, args=(hand,), daemon=True) for hand in self._hands]
        for thread in self._threads:
            thread.start()

    def add(self, errand: Errand) -> None:
        """Have an errand run."""
        with self._change:
            self._rounds.add(errand)
            self._change.notify_all()

    def drop(self, errand: Errand) -> None:
        """Let an errand go: what only it waited for is stopped at once."""
        with self._change:
            for number in self._rounds.drop(errand):
                self._hands[number].stop()

    def close(self) -> None:
        """Stop all workers, in the middle of whatever they do."""
        with self._change:
            self._closed = True
            for hand in self._hands:
                hand.stop()
            self._change.notify_all()
        for thread in self._threads:
            thread.join(5.0)
        for hand in self._hands:
            hand.end()

    def _tend(self, hand: _Hand) -> None:
        """What the thread of a worker does: take a replication, have it run, hand it over."""
        self._on_stage(hand.number, "starting")
        hand.begin()
        while (key := self._next(hand)) is not None:
            reply = self._run(hand, key)
            if isinstance(reply, Stopped):
                with self._change:
                    self._rounds.put_back(key)
                    self._change.notify_all()
                continue
            with self._change:
                waited = self._rounds.finish(key)
            if isinstance(reply, Counted):
                self._source.counted(key, reply, waited)
            elif isinstance(reply, Failed):
                self._source.failed(key, reply, waited)

    def _next(self, hand: _Hand) -> Key | None:
        with self._change:
            while not self._closed:
                hand.let_go()
                if (key := self._rounds.take(hand.number)) is not None:
                    return key
                self._on_stage(hand.number, "idle")
                self._change.wait()
        return None

    def _run(self, hand: _Hand, key: Key) -> Reply:
        for _ in range(TRIES):
            try:
                if not hand.has(key.study):
                    self._on_stage(hand.number, "opening")
                    opened = hand.open(self._source.study_to_open(key.study))
                    if not isinstance(opened, Opened):
                        return opened
                self._on_stage(hand.number, "running")
                return hand.ask(self._source.year_to_run(key))
            except (EOFError, OSError):
                if self._closed:
                    return Stopped()
                hand.begin()
            except BeredtError as error:  # of the source: roads that cannot be made, and what to do
                return Failed(str(error), on_purpose=True)
            except Exception as error:  # of the source: told to whoever waits, and the thread lives on
                return Failed(f"{type(error).__name__}: {error}", on_purpose=False)
        return Failed(LOST, on_purpose=True)


class _Hand:
    """A worker process as its thread knows it."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._spawn = multiprocessing.get_context("spawn")  # polars does not survive a fork
        self._cancel: Any = self._spawn.RawArray("b", 1)
        self._process: Any = None
        self._connection: Connection | None = None
        self._open: OrderedDict[str, None] = OrderedDict()

    def begin(self) -> None:
        """Start the process; one that was there before is ended."""
        self.end()
        self._open.clear()
        here, there = self._spawn.Pipe()
        self._process = self._spawn.Process(
            target=work, args=(there, self._cancel), name=f"beredt-worker-{self.number}", daemon=True
        )
        self._process.start()
        there.close()
        self._connection = here

    def has(self, study_key: str) -> bool:
        """Whether the process keeps a study warm."""
        return study_key in self._open

    def open(self, order: KeepWarm) -> Reply:
        """Have a study kept warm. Raises EOFError or OSError when the process is gone."""
        reply = self.ask(order)
        if isinstance(reply, Opened):
            while len(self._open) >= MOST_STUDIES:
                self._open.popitem(last=False)
            self._open[order.study_key] = None
        return reply

    def ask(self, order: Order) -> Reply:
        """Give an order and wait for the reply. Raises EOFError or OSError when the process is gone."""
        assert self._connection is not None
        self._connection.send(order)
        if isinstance(order, RunYear):
            self._open.move_to_end(order.study_key)
        reply: Reply = self._connection.recv()
        return reply

    def stop(self) -> None:
        """Have what runs stopped; set by any thread."""
        self._cancel[0] = 1

    def let_go(self) -> None:
        """Nothing runs any more: the next order is not stopped."""
        self._cancel[0] = 0

    def end(self) -> None:
        """End the process."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.join(2.0)
            if self._process.is_alive():
                self._process.terminate()
                self._process.join(2.0)
