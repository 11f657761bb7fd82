"""Whose turn it is: replications that several people wait for, shared out fairly among a few workers.

Errands take turns, one replication each, so that a long one never holds up a short one. What two of them want is run
once. Work in the background gets a turn only when nobody waits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Key(NamedTuple):
    """One replication of one service of one study."""

    study: str
    service: str
    replication: int


class Errand:
    """Replications that somebody waits for, in the order in which they are wanted."""

    def __init__(self, keys: Iterable[Key], *, in_background: bool = False) -> None:
        self.waiting = dict.fromkeys(keys)
        self.in_background = in_background


class Rounds:
    """What is to be run, and what is being run. Nothing here waits or knows of threads."""

    def __init__(self, workers: int) -> None:
        """Begin with nothing to do.

        Args:
            workers: how many share the work, numbered from 0.
        """
        self._workers = workers
        self._turns: deque[Errand] = deque()
        self._background: deque[Errand] = deque()
        self._running: dict[Key, int] = {}

    def add(self, errand: Errand) -> None:
        """Take an errand on; its turn comes after that of all others."""
        (self._background if errand.in_background else self._turns).append(errand)

    def drop(self, errand: Errand) -> list[int]:
        """Let an errand go. Returns the workers whose run nobody waits for any more."""
        for turns in (self._turns, self._background):
            if errand in turns:
                turns.remove(errand)
        errand.waiting.clear()
        return [worker for key, worker in self._running.items() if not any(key in one.waiting for one in self._all())]

    def take(self, worker: int) -> Key | None:
        """The next replication for a worker, None when there is nothing that nobody runs yet.

        A worker takes by preference the replications whose incidents it has: every so many, beginning with its number.
        """
        for turns in (self._turns, self._background):
            for errand in list(turns):
                free = [key for key in errand.waiting if key not in self._running]
                if free:
                    key = next((key for key in free if key.replication % self._workers == worker), free[0])
                    turns.remove(errand)
                    turns.append(errand)
                    self._running[key] = worker
                    return key
        return None

    def finish(self, key: Key) -> list[Errand]:
        """A replication is there, or cannot be had. Returns those who waited for it."""
        self._running.pop(key, None)
        waited = [errand for errand in self._all() if key in errand.waiting]
        for errand in waited:
            del errand.waiting[key]
            if not errand.waiting:
                (self._background if errand.in_background else self._turns).remove(errand)
        return waited

    def put_back(self, key: Key) -> None:
        """A run ended without a result: whoever still waits for it gets it from the next worker that is free."""
        self._running.pop(key, None)

    def _all(self) -> Iterator[Errand]:
        yield from self._turns
        yield from self._background
