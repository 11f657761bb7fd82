"""When units at an incident leave it and are free: by their own time, or when the patient is taken care of."""

from __future__ import annotations

from beredt.dispatch.compiled import leaf, part, whole
from beredt.dispatch.picture import BUSY
from beredt.dispatch.records import Demand
from beredt.dispatch.world import NOT_DONE
from beredt.simulation.agenda import MEETS, note_for_later
from beredt.simulation.state import NEXT_FREE_UNIT, State

SOUGHT, TRIED = -2, -3
"""In `MISSION.met`: a place to meet will be looked for when the patient's unit leaves · and there was none."""


@part
def note_free_time(s: State, u: int, t: float) -> None:
    """Set when unit u is free again, keeping the earliest of all at hand (lowest unit first on a tie)."""
    free_t = s.free_t
    free_t[u] = t
    first = s.at[NEXT_FREE_UNIT]
    if u != first:
        if t < s.next_free_t[0] or (t == s.next_free_t[0] and u < first):
            s.at[NEXT_FREE_UNIT] = u
            s.next_free_t[0] = t
        return
    best = 0
    for v in range(1, free_t.size):
        if free_t[v] < free_t[best]:
            best = v
    s.at[NEXT_FREE_UNIT] = best
    s.next_free_t[0] = free_t[best]


@leaf
def finish(s: State, u: int, leave_t: float, dest_t: float, free_t: float, node: int, leg: float, near: int) -> None:
    """Fill in the rest of the mission of unit u."""
    p, rows, r = s.picture, s.missions, s.picture[u].mission
    rows[r].leave_t, rows[r].dest_t, rows[r].free_t = leave_t, dest_t, free_t
    p[u].free_node, p[u].free_leg, p[u].free_near = node, leg, near
    note_free_time(s, u, free_t)


@part
def plan_stay(s: State, inc: Demand, u: int) -> None:
    """When unit u leaves the scene: it was asked for, or is a first unit that does not take the patient along."""
    row = s.missions[s.picture[u].mission]
    i, scene_t = row.incident, row.scene_t
    to = inc.incidents[i]
    patients = s.marks[i].patients
    come_t = s.missions[patients].scene_t if patients >= 0 else NOT_DONE
    if row.ask < 0:
        leave_t = max(scene_t, come_t) + to.lone_release_s
    elif not inc.asks[row.ask].escorts or to.dest < 0:
        ask = inc.asks[row.ask]
        leave_t = min(scene_t + ask.stay_s, max(scene_t, come_t) + ask.release_s)
    elif patients < 0:
        leave_t, row.met = NOT_DONE, -1
    elif scene_t <= s.missions[patients].leave_t or row.met >= 0:
        other = s.missions[patients]
        row.leave_mode = other.leave_mode
        row.leave_on, row.enter_on, row.by_on = other.leave_on, other.enter_on, other.by_on
        row.hospital = other.hospital
        dest, dest_leg, dest_near = whole(to.dest), to.dest_leg, whole(to.dest_near)
        if other.hospital >= 0:
            dest, dest_leg = whole(inc.wards[other.hospital].node), inc.wards[other.hospital].leg
            dest_near = whole(-1)
        finish(s, u, max(scene_t, other.leave_t), other.dest_t, other.free_t, dest, dest_leg, dest_near)
        return
    else:  # it comes too late
        leave_t = scene_t
        if inc.asks[row.ask].meets and row.met == -1:
            row.met = SOUGHT
            note_for_later(
                s.agenda,
                max(s.missions[patients].leave_t, row.assign_t),
                whole(i),
                whole(MEETS),
                whole(s.picture[u].mission),
            )
    finish(s, u, leave_t, leave_t, leave_t, to.scene, to.scene_leg, -1)


@part
def plan_stayers(s: State, inc: Demand, i: int) -> None:
    """Plan anew for all who stay with the patient of incident i."""
    p = s.picture
    for u in range(p.size):
        if p[u].status == BUSY and p[u].stays and p[u].incident == i:
            plan_stay(s, inc, whole(u))


@leaf
def forget_patients_unit(s: State, inc: Demand, i: int, r: int) -> None:
    """Mission r to incident i is broken off."""
    if s.marks[i].main == r:
        s.marks[i].main = -1
    if s.marks[i].patients == r:
        s.marks[i].patients = -1
        if s.marks[i].stayers:
            plan_stayers(s, inc, i)


__all__ = ["SOUGHT", "TRIED", "finish", "forget_patients_unit", "note_free_time", "plan_stay", "plan_stayers"]
