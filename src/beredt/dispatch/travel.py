"""Travel modes and factors: which of the roads' modes a drive takes, and how much longer it lasts."""

from __future__ import annotations

from beredt.dispatch.compiled import leaf, whole
from beredt.dispatch.records import Land


@leaf
def mode_at(w: Land, purpose: int, t: float) -> int:
    """Travel mode of a drive of this purpose (A, H, V, transport, return) that begins at time t."""
    low, high = 0, w.mode_t.size - 1
    while low < high:
        middle = (low + high + 1) // 2
        if w.mode_t[middle] <= t:
            low = middle
        else:
            high = middle - 1
    return whole(w.mode_of[low, purpose])


@leaf
def _hour(w: Land, t: float) -> int:
    if w.true_pace.size == 1:
        return 0
    return (w.first_hour + int(t / 3600.0)) % w.true_pace.size


@leaf
def true_factor(w: Land, purpose: int, t: float) -> float:
    """Factor on all seconds of a drive that begins at time t, but for the incident's own noise."""
    return w.speed[purpose] * w.true_pace[_hour(w, t)]


@leaf
def believed_factor(w: Land, purpose: int, t: float) -> float:
    """The factor that a dispatcher reckons with at time t."""
    return w.speed[purpose] * w.believed_pace[_hour(w, t)]
