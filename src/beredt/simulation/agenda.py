"""What is still to come: answers of other centres, new decisions, planned tasks, and patients at hospitals."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.compiled import compiled, leaf, part, whole
from beredt.dispatch.roads import Records
from beredt.dispatch.world import I8

ENTRY = np.dtype(
    [("t", "f8"), ("order", "i8"), ("incident", "i4"), ("answered", "i4"), ("ask", "i4"), ("mission", "i4")]
)


PLAIN, WAITED, CALLED = -1, -2, -3
"""Instead of a centre that answers: a new decision; one for an incident that has waited for a nearer unit; a first unit
at the scene calls, by its `mission`, for the unit of an `ask`, or for a carrier (-1)."""

TASK_OPENS, LEAVES, ARRIVES, LET_GO, RISES, MEETS = -4, -5, -6, -7, -8, -9
"""No decision about an incident: a planned task (its number in `incident`) may be begun; the unit of a `mission` leaves
the scene with a patient, or is with the patient at a hospital; a patient leaves a place at a hospital (its number in
`incident`); a hospital has more places than in the hour before; the patient's unit has left without the unit of a
`mission`, which may meet it on its way."""


ROOM = 64
"""Entries beyond those that are reckoned with: for calls from the scene of the first incidents."""


class Agenda(NamedTuple):
    """A binary heap by (t, order)."""

    rows: Records  # [4I + 64 and more] ENTRY; `answered` is the centre that answers, or one of those above
    size: I8  # [2] entries now, entries ever


def empty_agenda(incidents: int, calendar: int = 0) -> Agenda:
    """Room for all incidents, four times, and for what is known beforehand.

    The end of a wait stays here when a unit came before, and an incident that is bumped may wait again: with at most
    2I bumps in all (see `new_state`) there are 3I ends of waits, beside an answer or a new decision for each. For calls
    from the scene, and for patients at hospitals, it grows when it must (`grown_state`).
    """
    return Agenda(np.empty(4 * incidents + calendar + ROOM, ENTRY), np.zeros(2, np.int64))


@compiled
def put_on_agenda(a: Agenda, t: float, incident: int, answered: int, ask: int = -1, mission: int = -1) -> None:
    """Add an entry; equal times keep the order in which they were put."""
    i = a.size[0]
    order = a.size[1]
    a.size[0] += 1
    a.size[1] += 1
    while i > 0:
        parent = (i - 1) // 2
        if a.rows[parent].t <= t:  # an older entry of the same time comes first
            break
        a.rows[i] = a.rows[parent]
        i = parent
    a.rows[i].t = t
    a.rows[i].order = order
    a.rows[i].incident = incident
    a.rows[i].answered = answered
    a.rows[i].ask = ask
    a.rows[i].mission = mission


@part
def note_for_later(a: Agenda, t: float, number: int, what: int, mission: int) -> None:
    """`put_on_agenda` for what is no decision; called, so that its code is there once."""
    put_on_agenda(a, t, number, what, -1, mission)


@leaf
def _earlier(a: Agenda, i: int, j: int) -> bool:
    return a.rows[i].t < a.rows[j].t or (a.rows[i].t == a.rows[j].t and a.rows[i].order < a.rows[j].order)


@compiled
def take_from_agenda(a: Agenda) -> tuple[int, int, int, int]:
    """Remove the first entry: its incident, the centre that answers, and the ask and mission of a call."""
    incident, answered = whole(a.rows[0].incident), whole(a.rows[0].answered)
    ask, mission = whole(a.rows[0].ask), whole(a.rows[0].mission)
    n = a.size[0] - 1
    a.size[0] = n
    i = 0
    while True:
        child = 2 * i + 1
        if child >= n:
            break
        if child + 1 < n and _earlier(a, child + 1, child):
            child += 1
        if not _earlier(a, child, n):
            break
        a.rows[i] = a.rows[child]
        i = child
    a.rows[i] = a.rows[n]
    return incident, answered, ask, mission
