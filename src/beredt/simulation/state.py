"""Everything that changes while the kernel runs: it can stop at any time and go on from here."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.picture import empty_picture
from beredt.dispatch.queues import Queues, empty_queues
from beredt.dispatch.records import MISSION, STINT, Demand, Land, Records
from beredt.dispatch.world import F8, I4, I8
from beredt.simulation.agenda import Agenda, empty_agenda

MISSION_COUNT, STINT_COUNT, NEXT_READY, NEXT_DUTY, NEXT_FREE_UNIT, STARTED = range(6)
"""Cells of `State.at`."""

MARK = np.dtype(
    [
        ("asked", "i4"),
        ("bumped", "i4"),
        ("queued", "i1"),
        ("held", "i1"),
        ("second_missing", "i1"),
        ("supported", "i1"),  # support has been sent, or looked for
    ],
    align=True,
)
"""What happened to an incident, beside its missions."""


class State(NamedTuple):
    """The kernel's whole memory."""

    picture: Records  # [U] UNIT_NOW
    queues: Queues
    agenda: Agenda
    missions: Records  # MISSION
    stints: Records  # STINT
    marks: Records  # [I] MARK
    at: I8  # [6] counters
    next_free_t: F8  # [1] earliest end of a mission
    free_t: F8  # [U] end of the unit's mission, infinite when none
    at_point: I4  # [P] free units at each standby point, or on their way to it
    moving: I4  # [U] room to note units on the move
    on_the_way: I4  # [U + 1] units that may be diverted, after their number


def new_state(land: Land, demand: Demand) -> State:
    """Memory for one run. Pages that a run does not touch cost nothing.

    With a acute and h urgent of n incidents: an acute one takes at most one unit off another mission, an urgent one at
    most one each time it is assigned, h + a times in all, so missions are taken off 2a + h times at most. Each is
    assigned again; with the first assignments, a second unit each and a responder for the acute that is
    2n + 3a + h rows, at most 5n.
    """
    n, units = demand.incidents.size, land.units.size
    rows = 5 * n + 8
    marks = np.zeros(n, MARK)
    marks["asked"] = -1
    return State(
        picture=empty_picture(units),
        queues=empty_queues(land.reserve.size, n),
        agenda=empty_agenda(n),
        missions=np.empty(rows, MISSION),
        stints=np.empty(rows + 2 * land.duty.size + 2 * units, STINT),
        marks=marks,
        at=np.zeros(6, np.int64),
        next_free_t=np.full(1, np.inf),
        free_t=np.full(units, np.inf),
        at_point=np.zeros(land.standby.size, np.int32),
        moving=np.zeros(units, np.int32),
        on_the_way=np.zeros(units + 1, np.int32),
    )
