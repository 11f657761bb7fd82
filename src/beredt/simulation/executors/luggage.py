"""What travels to the workers of a cluster, packed so that it is sent once and opened only by a worker.

Luggage is a tuple of plain bytes: a scheduler can hand it on without knowing Beredt, and a worker has time to prepare
its kernel cache before anything inside is imported.
"""

from __future__ import annotations

import hashlib
import pickle
import threading
from collections import OrderedDict
from typing import Any

Luggage = tuple[str, bytes, tuple[bytearray, ...]]
"""SHA-256 of the contents, the pickled object, and its arrays beside it, which are used where they lie."""

MOST_KEPT = 32
"""Opened pieces that a worker process keeps: of a study, of its services and of its counters, not of many studies."""


def pack_luggage(contents: Any) -> Luggage:
    """Pack an object for the journey; equal bytes get equal digests."""
    arrays: list[pickle.PickleBuffer] = []
    head = pickle.dumps(contents, protocol=5, buffer_callback=arrays.append)
    beside = tuple(bytearray(array.raw()) for array in arrays)
    digest = hashlib.sha256(head)
    for array in beside:
        digest.update(b"%d " % len(array))
        digest.update(array)
    return digest.hexdigest(), head, beside


class Unpacked:
    """The luggage that a process has opened, each piece once, the last used of them kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Any] = OrderedDict()

    def get(self, luggage: Luggage) -> Any:
        """The object that was packed: the same one for all threads, which must not change it."""
        digest, head, arrays = luggage
        with self._lock:
            if digest not in self._kept:
                while len(self._kept) >= MOST_KEPT:
                    self._kept.popitem(last=False)
                self._kept[digest] = pickle.loads(head, buffers=arrays)
            self._kept.move_to_end(digest)
            return self._kept[digest]
