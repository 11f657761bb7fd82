"""Travel modes and factors: which of the roads' modes a drive takes, and how much longer it lasts."""

from __future__ import annotations

from beredt.dispatch.compiled import compiled, leaf, whole
from beredt.dispatch.flight import flight_mode
from beredt.dispatch.records import Land
from beredt.dispatch.roads import F8


@compiled
def _row_at(mode_t: F8, t: float) -> int:
    """Which of the changes of modes holds at time t."""
    low, high = 0, mode_t.size - 1
    while low < high:
        middle = (low + high + 1) // 2
        if mode_t[middle] <= t:
            low = middle
        else:
            high = middle - 1
    return low


@leaf
def road_mode(w: Land, purpose: int, t: float) -> int:
    """Travel mode of a drive on the road of this purpose (A, H, V, transport, return) that begins at time t."""
    return whole(w.mode_of[_row_at(w.mode_t, t), purpose])


@leaf
def mode_at(w: Land, u: int, purpose: int, t: float) -> int:
    """Travel mode of unit u for a drive of this purpose that begins at time t."""
    flies = whole(w.units[u].flies)
    return flight_mode(w.roads) + flies - 1 if flies else road_mode(w, purpose, t)


@compiled
def _hour(hours: int, first: int, t: float) -> int:
    """Which of the hours that paces are given for time t lies in."""
    if hours == 1:
        return 0
    return (first + int(t / 3600.0)) % hours


@leaf
def true_factor(w: Land, u: int, purpose: int, t: float) -> float:
    """Factor on all seconds of a drive of unit u that begins at time t, but for the incident's own noise."""
    if w.units[u].flies:
        return w.units[u].pace
    return w.speed[purpose] * w.true_pace[_hour(w.true_pace.size, w.first_hour, t)] * w.units[u].pace


@leaf
def road_belief(w: Land, purpose: int, t: float) -> float:
    """The factor that a dispatcher reckons with on the road at time t, for a unit with pace 1."""
    return w.speed[purpose] * w.believed_pace[_hour(w.believed_pace.size, w.first_hour, t)]


@leaf
def believed_factor(w: Land, u: int, purpose: int, t: float) -> float:
    """The factor that a dispatcher reckons with for unit u at time t."""
    return w.units[u].pace if w.units[u].flies else road_belief(w, purpose, t) * w.units[u].pace
