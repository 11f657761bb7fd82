"""Incidents that wait for a unit: a binary heap per centre, urgency and want, the earliest call first.

Incidents are numbered in order of their call, so the number is the key.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.compiled import compiled, part
from beredt.dispatch.nearest import free_units
from beredt.dispatch.records import Land
from beredt.dispatch.roads import Records
from beredt.dispatch.world import I4, ORDINARY, OWN_FIRST, OWN_ONLY, SEAMLESS


class Queues(NamedTuple):
    """Heaps in the rows of `waiting`: row (centre * 3 + urgency) * W + want, of W wants."""

    waiting: I4  # [C * 3 * W, I]
    length: I4  # [C * 3 * W]


def empty_queues(centres: int, wants: int, incidents: int) -> Queues:
    """Room for every incident in every queue (memory is only touched where used)."""
    rows = centres * 3 * wants
    return Queues(np.empty((rows, max(incidents, 1)), np.int32), np.zeros(rows, np.int32))


@compiled
def join_queue(q: Queues, row: int, incident: int) -> None:
    """Add an incident to a queue."""
    heap = q.waiting[row]
    i = q.length[row]
    q.length[row] = i + 1
    while i > 0:
        parent = (i - 1) // 2
        if heap[parent] <= incident:
            break
        heap[i] = heap[parent]
        i = parent
    heap[i] = incident


@compiled
def leave_queue(q: Queues, row: int) -> int:
    """Take the earliest incident out of a queue that is not empty."""
    heap = q.waiting[row]
    first = heap[0]
    n = q.length[row] - 1
    q.length[row] = n
    last = heap[n]
    i = 0
    while True:
        child = 2 * i + 1
        if child >= n:
            break
        if child + 1 < n and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= last:
            break
        heap[i] = heap[child]
        i = child
    heap[i] = last
    return first


PASSED_OVER = -2
"""Instead of a row: an ordinary incident that the unit would serve waits on, for the reserve."""


@part
def next_in_queues(w: Land, p: Records, q: Queues, ruled: I4, unit: int) -> int:
    """Row of the queue whose head a unit becoming free serves; -1 for none, or `PASSED_OVER`.

    The most urgent first; own and seamless centres before those that must ask for it. `ruled` as in `whom_to_ask`.
    """
    owner = w.units[unit].centre
    centres = w.borders.shape[1]
    for urgency in range(3):
        if not np.isfinite(w.policies.price_s[urgency, unit]):
            continue
        own, asked = -1, -1
        for c in range(centres):
            policy = SEAMLESS if c == owner else w.borders[ruled[c], owner, urgency].policy
            if policy == OWN_ONLY or (policy == OWN_FIRST and not w.rulings[ruled[owner]].lends):
                continue
            for j in range(w.first_wants.size):
                want = w.first_wants[j]
                row = (c * 3 + urgency) * w.may.shape[0] + want
                if q.length[row] == 0 or not w.may[want, urgency, unit]:
                    continue
                if policy == OWN_FIRST:
                    if asked < 0 or q.waiting[row, 0] < q.waiting[asked, 0]:
                        asked = row
                elif own < 0 or q.waiting[row, 0] < q.waiting[own, 0]:
                    own = row
        row = own if own >= 0 else asked
        if row < 0:
            continue
        if urgency == ORDINARY and free_units(w, p, owner) + 1 <= w.rulings[ruled[owner]].reserve:
            return PASSED_OVER
        return row
    return -1
