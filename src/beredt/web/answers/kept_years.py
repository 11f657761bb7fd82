"""Counted years that are kept, so that what was simulated once is never simulated again."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any

import numpy as np

from beredt.indicators.observed import Frame
from beredt.indicators.tally import Tally
from beredt.web.answers.rounds import Key

MOST_BYTES = 300_000_000
"""Some twenty services of a study with twenty replications each."""


class KeptYears:
    """Tallies by study, service and replication, and frames by service. Those asked for longest ago go first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._lock = Lock()
        self._tallies: OrderedDict[Key, tuple[Tally, int]] = OrderedDict()
        self._frames: OrderedDict[tuple[str, str], Frame] = OrderedDict()
        self._bytes, self._most = 0, most_bytes

    def put(self, key: Key, tally: Tally, frame: Frame | None) -> None:
        """Keep a replication."""
        size = bytes_of(tally)
        with self._lock:
            if frame is not None:
                self._frames[key.study, key.service] = frame
            if key not in self._tallies:
                self._tallies[key] = tally, size
                self._bytes += size
            while self._bytes > self._most and len(self._tallies) > 1:
                self._bytes -= self._tallies.popitem(last=False)[1][1]
            self._let_frames_go()

    def find(self, key: Key) -> Tally | None:
        """A replication, None when it is not kept."""
        with self._lock:
            found = self._tallies.get(key)
            if found is None:
                return None
            self._tallies.move_to_end(key)
            return found[0]

    def find_frame(self, study: str, service: str) -> Frame | None:
        """What the years of a service are counted by, None when no year of it is kept."""
        with self._lock:
            return self._frames.get((study, service))

    def _let_frames_go(self) -> None:
        kept = {(key.study, key.service) for key in self._tallies}
        for name in [name for name in self._frames if name not in kept]:
            del self._frames[name]


def bytes_of(value: Any) -> int:
    """Bytes of all arrays in tuples of tuples."""
    if isinstance(value, np.ndarray):
        return int(value.nbytes)
    if isinstance(value, tuple):
        return sum(map(bytes_of, value))
    return 0
