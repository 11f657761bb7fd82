"""Everything that changes while the kernel runs: it can stop at any time and go on from here."""

from __future__ import annotations

import mmap
from typing import NamedTuple

import numpy as np

from beredt.dispatch.compliance import ComplianceRoom, compliance_room
from beredt.dispatch.cover import FreeNow, nobody_free
from beredt.dispatch.picture import empty_picture
from beredt.dispatch.policies import COMPLIANCE, ZHANG
from beredt.dispatch.queues import Queues, empty_queues
from beredt.dispatch.records import MISSION, MOVING, STINT, Demand, Land
from beredt.dispatch.roads import Records
from beredt.dispatch.world import F8, I4, I8
from beredt.simulation.agenda import Agenda, empty_agenda

MOST_ASKS = 32
"""Of one incident, so that there is room for all of them before anything happens."""

MISSION_COUNT, STINT_COUNT, NEXT_READY, NEXT_DUTY, NEXT_FREE_UNIT, STARTED, HOLDING_BACK = range(7)
"""Cells of `State.at`; the last one counts `holds_back`."""

MARK = np.dtype(
    [
        ("asked", "i4"),
        ("bumped", "i4"),
        ("main", "i4"),  # row of the first unit's mission, -1 for none
        ("patients", "i4"),  # row of the mission of the patient's unit, -1 for none
        ("queued", "i1"),
        ("held", "i1"),
        ("second_missing", "i1"),
        ("supported", "i1"),  # support has been sent, or looked for
        ("want", "i1"),  # what it wants now
        ("calls", "i1"),  # a carrier has been called for
        ("stayers", "i1"),  # units have been sent to it that stay with the patient
        ("waits", "i1"),  # for a nearer unit
    ],
    align=True,
)
"""What happened to an incident, beside its missions."""

PLANNED, OPEN, BEGUN, DONE = range(4)
"""State of a planned task: not open yet · waits for a unit · a unit is on the way or there · done."""

TASK_MARK = np.dtype(
    [
        ("begun_t", "f8"),  # when its unit is there, NaN without a unit
        ("unit", "i4"),  # that is at it or did it, -1 for none
        ("given_up", "i4"),  # times that a unit left it for an incident
        ("state", "i1"),
    ],
    align=True,
)
"""What became of a planned task."""


CRISIS_NOW = np.dtype([("since_t", "f8"), ("in_s", "f8"), ("begun", "i4"), ("on", "i1")], align=True)
"""What a centre has had of crises so far: since when and whether it has one, how many there were, and how long."""


class State(NamedTuple):
    """The kernel's whole memory."""

    picture: Records  # [U] UNIT_NOW
    queues: Queues
    agenda: Agenda
    missions: Records  # MISSION
    stints: Records  # STINT
    marks: Records  # [I] MARK
    at: I8  # [7] counters
    next_free_t: F8  # [1] earliest end of a mission
    free_t: F8  # [U] end of the unit's mission, infinite when none
    at_point: I4  # [P] free units at each standby point, or on their way to it
    moving: Records  # [U] MOVING: room to note units on the move
    on_the_way: I4  # [U + 1] units that may be diverted, after their number
    waiting: I4  # [I + 1] incidents that wait for a nearer unit, after their number
    free_at: I4  # [B] free units by base, of those that are moved
    cover_now: FreeNow  # what they cover
    left_now: FreeNow  # what all free units cover
    goals: ComplianceRoom
    goal: I4  # [U] base that a compliance table wants each of `listed` at
    listed: I4  # [U] room for numbers of free units
    their_home: I4  # [U] room for their home bases
    drive_ms: I8  # [U, B] room for their drives
    tasks: Records  # [N] TASK_MARK
    open_tasks: I4  # [N + 1] planned tasks that wait for a unit, after their number
    taken: I4  # [H] places that patients have at each hospital
    doors: I4  # [H, U + 1] units that wait there with a patient, in order of arrival, after their number
    ruled: I4  # [C] the row of rules that holds at each centre just now
    crises: Records  # [C] CRISIS_NOW, or none
    holds_back: I4  # [C] whether ordinary incidents wait for the reserve of a centre


def new_state(land: Land, demand: Demand) -> State:
    """Memory for one run, with room for a quarter more missions than incidents; see `grown_state` for more."""
    n, units = demand.incidents.size, land.units.size
    rows = n + n // 4 + 64
    most = 1
    if land.policies.relocation in (COMPLIANCE, ZHANG):
        most = max(units, land.policies.slots.base.size)
    bases = land.bases.size
    marks = np.zeros(n, MARK)
    for name in ("asked", "main", "patients"):
        marks[name] = -1
    marks["want"] = demand.incidents["first_want"]
    tasks = np.zeros(demand.tasks.size, TASK_MARK)
    tasks["begun_t"], tasks["unit"] = np.nan, -1
    return State(
        picture=empty_picture(units),
        queues=empty_queues(land.borders.shape[1], land.may.shape[0], n),
        agenda=empty_agenda(n, demand.tasks.size + demand.rises.size),
        missions=np.empty(rows, MISSION),
        stints=np.empty(rows + land.duty.size + 8 * units + 2 * tasks.size, STINT),
        marks=marks,
        at=np.zeros(7, np.int64),
        next_free_t=np.full(1, np.inf),
        free_t=np.full(units, np.inf),
        at_point=np.zeros(land.standby.size, np.int32),
        moving=np.zeros(units, MOVING),
        on_the_way=np.zeros(units + 1, np.int32),
        waiting=np.zeros(n + 1, np.int32),
        free_at=np.zeros(bases, np.int32),
        cover_now=nobody_free(land.policies.cover),
        left_now=nobody_free(land.policies.cover_left),
        goals=compliance_room(most),
        goal=np.zeros(units, np.int32),
        listed=np.zeros(units, np.int32),
        their_home=np.zeros(units, np.int32),
        drive_ms=np.zeros((units, bases), np.int64),
        tasks=tasks,
        open_tasks=np.zeros(tasks.size + 1, np.int32),
        taken=np.zeros(demand.wards.size, np.int32),
        doors=np.zeros((demand.wards.size, units + 1), np.int32),
        ruled=np.arange(land.borders.shape[1], dtype=np.int32),
        crises=np.zeros(land.crises.size, CRISIS_NOW),
        holds_back=np.zeros(land.borders.shape[1], np.int32),
    )


def taken_state(land: Land, demand: Demand) -> State:
    """`new_state` whose memory the operating system has really given: it gives every page at its first use only.

    That takes a third as long as a run that then finds every page in place.
    """
    state = new_state(land, demand)
    for rows in (state.missions, state.stints):
        rows.view(np.uint8)[:: mmap.PAGESIZE] = 0
    return state


def state_in(land: Land, demand: Demand, memory: State) -> State:
    """`new_state` that writes its missions and stints where an earlier run did, whose results are then gone."""
    state = new_state(land, demand)
    if memory.missions.size < state.missions.size or memory.stints.size < state.stints.size:
        return taken_state(land, demand)
    return state._replace(missions=memory.missions, stints=memory.stints)


def grown_state(state: State) -> State:
    """The same state with twice the room for missions, stints and what is on the agenda."""
    agenda = state.agenda._replace(rows=_doubled(state.agenda.rows))
    return state._replace(missions=_doubled(state.missions), stints=_doubled(state.stints), agenda=agenda)


def _doubled(rows: Records) -> Records:
    larger = np.empty(2 * rows.size + MOST_ASKS, rows.dtype)
    larger[: rows.size] = rows
    return larger
