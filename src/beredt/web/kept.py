"""Answers that are worked out once and kept: by one thread, while the others who ask wait for it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """The last `most` answers by key. What fails is not kept, and is tried again at the next asking."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._slots: OrderedDict[K, _Slot[V]] = OrderedDict()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The answer for a key, made by the first who asks."""
        with self._lock:
            slot = self._slots.setdefault(key, _Slot())
            self._slots.move_to_end(key)
            while len(self._slots) > self._most:
                self._slots.popitem(last=False)
        return slot.get(make)


class _Slot(Generic[V]):
    """Room for one answer."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answers: list[V] = []

    def get(self, make: Callable[[], V]) -> V:
        with self._lock:
            if not self._answers:
                self._answers.append(make())
            return self._answers[0]
