"""The queue that the hypercube describes, call by call, in plain Python: shares no line with the formulas."""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

F8 = NDArray[np.float64]

STUDENT_999 = {19: 3.883, 29: 3.659}
"""Two-sided 99.9 % quantiles of Student's t by degrees of freedom."""


class Simulated(NamedTuple):
    """Means of batches, and half the width of their 99.9 % intervals."""

    utilisation: F8  # [S] of each unit of the station
    utilisation_half: F8
    dispatches: F8  # [S, J] share of all calls
    dispatches_half: F8
    nobody: float
    nobody_half: float


def simulate_queue(
    calls: Sequence[float],
    lists: Sequence[Sequence[int]],
    units: Sequence[int],
    mission_s: F8,
    *,
    queue: bool,
    seed: int,
    batches: int = 30,
    calls_per_batch: int = 4_000,
    draw: Callable[[np.random.Generator, int], F8] = lambda rng, n: rng.exponential(size=n),
) -> Simulated:
    """One long run, cut into batches; the first is thrown away.

    Args:
        calls: by area, per second.
        lists: by area, stations that may serve it, the first choice first.
        units: by station.
        mission_s: [S, J].
        queue: whether those who find all busy wait, earliest first.
        seed: of the draws.
        batches: that count.
        calls_per_batch: how many calls make one.
        draw: durations with mean 1.
    """
    rng = np.random.default_rng(seed)
    rates, stations, areas = np.asarray(calls, float), len(units), len(calls)
    n = (batches + 1) * calls_per_batch
    at = np.cumsum(rng.exponential(1.0 / rates.sum(), n)).tolist()
    area_of = rng.choice(areas, size=n, p=rates / rates.sum()).tolist()
    length = draw(rng, n).tolist()
    free, ends = list(units), [(math.inf, -1)]  # (end, station)
    waiting: deque[int] = deque()
    worked, sent = np.zeros((batches + 1, stations)), np.zeros((batches + 1, stations, areas))
    lost = np.zeros(batches + 1)
    edges = [at[(b + 1) * calls_per_batch - 1] for b in range(batches + 1)]

    def start(call: int, station: int, now: float) -> None:
        end = now + length[call] * mission_s[station, area_of[call]]
        heapq.heappush(ends, (end, station))
        sent[call // calls_per_batch, station, area_of[call]] += 1
        batch = call // calls_per_batch
        begin = now
        while begin < end and batch <= batches:  # the work is put into the batches in which it is done
            until = min(end, edges[batch])
            if until > begin:
                worked[batch, station] += until - begin
                begin = until
            batch += 1

    for call in range(n):
        now = at[call]
        while ends[0][0] <= now:
            end, station = heapq.heappop(ends)
            if waiting:
                start(waiting.popleft(), station, end)
            else:
                free[station] += 1
        for station in lists[area_of[call]]:
            if free[station]:
                free[station] -= 1
                start(call, station, now)
                break
        else:
            lost[call // calls_per_batch] += 1
            if queue:
                waiting.append(call)
    spans = np.diff([0.0, *edges])
    use = worked / spans[:, None] / np.maximum(np.asarray(units), 1)
    return Simulated(
        *_interval(use[1:]), *_interval(sent[1:] / calls_per_batch), *map(float, _interval(lost[1:] / calls_per_batch))
    )


def _interval(batches: F8) -> tuple[F8, F8]:
    count = len(batches)
    half = STUDENT_999[count - 1] * batches.std(axis=0, ddof=1) / math.sqrt(count)
    return np.asarray(batches.mean(axis=0)), np.asarray(half)
