"""Rate limits: how often somebody may do what costs the server or guesses at a password."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from beredt.web.access.users import Clock

MOST_KEYS = 50_000
"""Callers remembered at a time; the longest unheard of are forgotten, so that many addresses cannot fill the memory."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once (`burst`), and one more every `refill_s` seconds."""

    burst: int
    refill_s: float


class Allowance:
    """A token bucket per key, in the memory of this process.

    A restart gives everybody a full bucket; that costs a guesser nothing less than a restart of the server.
    """

    def __init__(self, rate: Rate, clock: Clock, most_keys: int = MOST_KEYS) -> None:
        self._rate, self._clock, self._most_keys = rate, clock, most_keys
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait_s(self, key: str) -> float:
        """Seconds until this key may do it again; 0 if it may now. Takes nothing."""
        with self._lock:
            return self._wait(self._now_left(key))

    def take(self, key: str) -> float:
        """Take one for this key and return 0; if none is left, take none and return the seconds until there is one."""
        with self._lock:
            left = self._now_left(key)
            if (wait := self._wait(left)) > 0:
                return wait
            self._left[key] = (left - 1, self._clock())
            self._left.move_to_end(key)
            while len(self._left) > self._most_keys:
                self._left.popitem(last=False)
            return 0.0

    def forgive(self, key: str) -> None:
        """Forget what a key has taken."""
        with self._lock:
            self._left.pop(key, None)

    def _now_left(self, key: str) -> float:
        left, at = self._left.get(key, (float(self._rate.burst), self._clock()))
        return min(float(self._rate.burst), left + max(0.0, self._clock() - at) / self._rate.refill_s)

    def _wait(self, left: float) -> float:
        return 0.0 if left >= 1 else (1 - left) * self._rate.refill_s
