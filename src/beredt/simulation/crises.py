"""When a centre has a crisis: it then follows rules of its own, and all that waits there is looked at anew."""

from __future__ import annotations

from beredt.dispatch.compiled import leaf, part, whole
from beredt.dispatch.nearest import free_units
from beredt.dispatch.queues import leave_queue
from beredt.dispatch.records import Land
from beredt.dispatch.world import ORDINARY
from beredt.simulation.agenda import PLAIN, note_for_later
from beredt.simulation.state import State


@leaf
def _urgent_waiting(w: Land, s: State, c: int) -> int:
    """Acute and urgent incidents in the queues of a centre."""
    wants = w.may.shape[0]
    n = 0
    for row in range(c * 3 * wants, (c * 3 + ORDINARY) * wants):
        n += s.queues.length[row]
    return n


@leaf
def _decide_anew(w: Land, s: State, c: int, t: float) -> None:
    """All that is queued at a centre gets a new decision: the most urgent first, by want, in order of the call."""
    wants = w.may.shape[0]
    for row in range(c * 3 * wants, (c + 1) * 3 * wants):
        while s.queues.length[row] > 0:
            note_for_later(s.agenda, t, whole(leave_queue(s.queues, row)), whole(PLAIN), whole(-1))


@part
def look_for_crises(w: Land, s: State, t: float) -> None:
    """After an event: crises begin and end."""
    centres = w.crises.size
    for c in range(centres):
        rule, now = w.crises[c], s.crises[c]
        free = free_units(w, s.picture, c)
        if now.on:
            if free < rule.ends_free or t < now.since_t + rule.least_s:
                continue
            now.on, s.ruled[c] = 0, c
            now.in_s += t - now.since_t
        else:
            if free > rule.begins_free and _urgent_waiting(w, s, c) < rule.begins_waiting:
                continue
            now.on, s.ruled[c], now.since_t = 1, centres + c, t
            now.begun += 1
        _decide_anew(w, s, c, t)


def close_crises(s: State, end_s: float) -> None:
    """At the end of a run: crises that go on have lasted until then."""
    under_way = s.crises["on"] == 1
    s.crises["in_s"][under_way] += end_s - s.crises["since_t"][under_way]
    s.crises["on"][under_way] = 0
