"""Patients at hospitals: who has a place, who waits for one, and who is taken past a crowded hospital."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.compiled import leaf, part, whole
from beredt.dispatch.paths import way_between
from beredt.dispatch.records import Demand, Land
from beredt.dispatch.travel import true_factor
from beredt.dispatch.world import NO_END, NOT_DONE, SPEED_TRANSPORT
from beredt.simulation.agenda import ARRIVES, LET_GO, note_for_later
from beredt.simulation.state import State
from beredt.simulation.staying import finish, plan_stayers

HOUR_S, WEEK_HOURS = 3600.0, 168


@part
def _places(w: Land, inc: Demand, h: int, t: float) -> int:
    """Places for patients at hospital h now."""
    hour = (w.first_hour + whole(np.floor(t / HOUR_S))) % WEEK_HOURS
    return whole(inc.places[h, hour])


@part
def leave_scene(w: Land, s: State, inc: Demand, i: int, r: int, t: float) -> None:
    """The unit of mission r leaves the scene with its patient: to the hospital meant, or past it."""
    row, patient = s.missions[r], inc.incidents[i]
    h = whole(inc.patients[i].hospital)
    ward = inc.wards[h]
    other = whole(ward.by_pass_to)
    waiting = s.doors[h, 0]
    passes = other >= 0 and (ward.by_passed >> patient.urgency) & 1 == 1 and waiting >= ward.by_pass_from
    if passes and s.doors[other, 0] < waiting:
        u, m = whole(row.unit), whole(row.leave_mode)
        pace, f = w.roads.off_pace[m], true_factor(w, u, SPEED_TRANSPORT, t) * patient.noise
        node, leg = whole(inc.wards[other].node), inc.wards[other].leg
        way = way_between(w.roads, m, whole(patient.scene), node)
        row.leave_on, row.enter_on, row.by_on = way.leave, way.enter, way.out_by + 2 * way.in_by
        row.hospital = other
        dest_t = t + (patient.scene_leg * pace + way.seconds + leg * pace) * f
        finish(s, u, t, dest_t, dest_t + patient.handover_s, node, leg, -1)
        if s.marks[i].stayers:
            plan_stayers(s, inc, i)
    note_for_later(s.agenda, row.dest_t, i, whole(ARRIVES), r)


@leaf
def _hospital_of(s: State, inc: Demand, r: int) -> int:
    row = s.missions[r]
    return whole(row.hospital) if row.hospital >= 0 else whole(inc.patients[row.incident].hospital)


@part
def _plan_end(s: State, inc: Demand, r: int, free_t: float) -> None:
    """When the unit of mission r is free, which is where it shall be; and those who came along."""
    row = s.missions[r]
    now = s.picture[row.unit]
    finish(
        s, whole(row.unit), row.leave_t, row.dest_t, free_t, whole(now.free_node), now.free_leg, whole(now.free_near)
    )
    if s.marks[row.incident].stayers:
        plan_stayers(s, inc, whole(row.incident))


@part
def arrive(w: Land, s: State, inc: Demand, r: int, t: float) -> None:
    """The unit of mission r is at a hospital: the patient gets a place, or they wait."""
    h = _hospital_of(s, inc, r)
    places = _places(w, inc, h, t)
    if places == NO_END:
        return
    if s.taken[h] < places:  # nobody waits then; the unit is free when it was expected to be
        _give_place(s, inc, h, r, t)
        return
    s.doors[h, 0] += 1
    s.doors[h, s.doors[h, 0]] = s.missions[r].unit
    _plan_end(s, inc, r, NOT_DONE)


@part
def _give_place(s: State, inc: Demand, h: int, r: int, t: float) -> None:
    s.taken[h] += 1
    stay_s = inc.patients[s.missions[r].incident].stay_s
    note_for_later(s.agenda, t + stay_s, h, whole(LET_GO), whole(-1))


@leaf
def _most_urgent(s: State, inc: Demand, h: int) -> int:
    """Place in the line of the most urgent patient who waits, of those the first to come."""
    best = 1
    for k in range(2, s.doors[h, 0] + 1):
        mine, first = s.picture[s.doors[h, k]].incident, s.picture[s.doors[h, best]].incident
        if inc.incidents[mine].urgency < inc.incidents[first].urgency:
            best = k
    return whole(best)


@part
def let_in(w: Land, s: State, inc: Demand, h: int, t: float) -> None:
    """Patients who wait at hospital h get the places that there are."""
    while s.doors[h, 0] > 0 and s.taken[h] < _places(w, inc, h, t):
        at = _most_urgent(s, inc, h)
        r = whole(s.picture[s.doors[h, at]].mission)
        for k in range(at, s.doors[h, 0]):
            s.doors[h, k] = s.doors[h, k + 1]
        s.doors[h, 0] -= 1
        _give_place(s, inc, h, r, t)
        _plan_end(s, inc, r, t + inc.incidents[s.missions[r].incident].handover_s)
