"""Sending units: the times of a mission from its assignment to the unit being free again."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.compiled import leaf, part, whole
from beredt.dispatch.flight import flight_mode
from beredt.dispatch.nearest import at_own_base, nearest_free, note_on_the_way, way_to_scene
from beredt.dispatch.paths import way_between
from beredt.dispatch.picture import BUSY, ON_TASK
from beredt.dispatch.place import place_and_km
from beredt.dispatch.records import Demand, Land
from beredt.dispatch.travel import mode_at, true_factor
from beredt.dispatch.world import (
    ACUTE,
    AFTER,
    AHEAD,
    CARRIER,
    NOT_DONE,
    PRIMARY,
    RESPONDER,
    SECOND,
    SPEED_TRANSPORT,
)
from beredt.simulation.agenda import CALLED, LEAVES, PLAIN, note_for_later, put_on_agenda
from beredt.simulation.drives import lay_route
from beredt.simulation.state import MISSION_COUNT, State
from beredt.simulation.staying import finish, forget_patients_unit, plan_stay, plan_stayers
from beredt.simulation.stints import end_stint
from beredt.simulation.tasks import give_up_task

AT_ONCE, AFTER_ASKING, FROM_QUEUE, TAKEN_OFF, TAKEN_OVER = range(5)
"""Causes of an assignment."""


class Order(NamedTuple):
    """A first unit, or a carrier, to be sent to an incident."""

    unit: int  # -1: nobody is sent
    incident: int
    answered: int  # centre that was asked and has answered, -1 for none
    cause: int
    expected_s: float  # from the decision to the scene
    wait_s: float  # before it may roll
    stands: bool  # it was just released at the place (node, leg), and is in no stint
    node: int
    leg: float
    at_home: bool


@leaf
def no_order() -> Order:
    """Nobody is sent."""
    return Order(-1, -1, -1, 0, 0.0, 0.0, False, -1, 0.0, False)


@part
def break_off(w: Land, s: State, inc: Demand, u: int, m: int, t: float) -> tuple[int, float, float]:
    """Take unit u off the mission it drives to.

    Its next road node, and the seconds and kilometres until then for a drive by mode m.
    """
    p, rows, r = s.picture, s.missions, s.picture[u].mission
    node, rest, end_km, begin_km = place_and_km(w.roads, p, u, m, t)
    rows[r].diverted = 1
    rows[r].scene_t = rows[r].leave_t = rows[r].dest_t = NOT_DONE
    rows[r].free_t = t
    rows[r].end_node, rows[r].end_km = node, end_km
    if rows[r].roll_t > t:
        rows[r].roll_t = NOT_DONE
    forget_patients_unit(s, inc, whole(p[u].incident), r)
    return node, rest, begin_km


@part
def _begin(w: Land, s: State, inc: Demand, u: int, i: int, role: int, cause: int, t: float, wait_s: float) -> float:
    """Send unit u to incident i from what it is doing: route and mission row up to the arrival, which is returned."""
    p = s.picture
    k = inc.incidents[i].urgency
    if p[u].status == BUSY:
        roll_t = t + wait_s
        m, f = mode_at(w, u, k, roll_t), true_factor(w, u, k, roll_t) * inc.incidents[i].noise
        node, rest, begin_km = break_off(w, s, inc, u, m, t)
        s.marks[p[u].incident].bumped += 1
        put_on_agenda(s.agenda, t, p[u].incident, PLAIN)  # the patient gets a new decision at once
        cause, near = whole(TAKEN_OFF), whole(-1)
        return _assign(w, s, inc, u, i, role, cause, t, m, f, roll_t, roll_t + rest, node, begin_km, near)
    standing = t >= p[u].arrive_t
    at_home = standing and at_own_base(p[u])
    start_s = w.units[u].start_s if standing else 0.0
    roll_t = t + wait_s + ((inc.incidents[i].mobilisation_s if at_home else inc.incidents[i].out_s) + start_s)
    m, f = mode_at(w, u, k, roll_t), true_factor(w, u, k, roll_t) * inc.incidents[i].noise
    leg = p[u].to_leg
    if p[u].status == ON_TASK:
        give_up_task(s, u, t)
    node, rest, begin_km = end_stint(w, s, u, m, t)
    if standing:
        rest, begin_km = leg * w.roads.off_pace[m] * f, leg * w.roads.leg_km
    near = whole(p[u].base) if at_home else whole(-1)
    return _assign(w, s, inc, u, i, role, cause, t, m, f, roll_t, roll_t + rest, node, begin_km, near)


@part
def _assign(
    w: Land,
    s: State,
    inc: Demand,
    u: int,
    i: int,
    role: int,
    cause: int,
    assign_t: float,
    m: int,
    f: float,
    roll_t: float,
    road_t: float,
    node: int,
    begin_km: float,
    near: int,
) -> float:
    """Begin the mission: route and mission row up to the arrival, which is returned."""
    p, rows = s.picture, s.missions
    scene, leg = whole(inc.incidents[i].scene), inc.incidents[i].scene_leg
    way = way_to_scene(w, inc, i, m, node, near)
    scene_t = lay_route(w, p, u, m, f, node, scene, leg, roll_t, road_t, begin_km, near, way)
    r = s.at[MISSION_COUNT]
    s.at[MISSION_COUNT] = r + 1
    p[u].status, p[u].incident, p[u].role, p[u].mission, p[u].stays = BUSY, i, role, r, 0
    rows[r].incident, rows[r].unit, rows[r].role, rows[r].cause, rows[r].ask = i, u, role, cause, -1
    rows[r].diverted, rows[r].from_node, rows[r].begin_km, rows[r].hospital = 0, node, begin_km, -1
    rows[r].met = -1
    rows[r].assign_t, rows[r].roll_t, rows[r].road_t, rows[r].scene_t = assign_t, roll_t, road_t, scene_t
    rows[r].end_node, rows[r].end_km = scene, leg * w.roads.leg_km
    rows[r].mode = rows[r].leave_mode = m
    rows[r].leave, rows[r].enter, rows[r].by = p[u].leave, p[u].enter, p[u].out_by + 2 * p[u].in_by
    return scene_t


@leaf
def _care(w: Land, s: State, inc: Demand, u: int, i: int, role: int, scene_t: float) -> None:
    """The work of the patient's unit from the scene on: transport and handover where somebody is transported."""
    scene, leg, dest = inc.incidents[i].scene, inc.incidents[i].scene_leg, inc.incidents[i].dest
    leave_t = scene_t + inc.incidents[i].on_scene_s
    if role == CARRIER:  # the first unit has begun
        begun_t = s.missions[s.marks[i].main].scene_t
        leave_t = max(scene_t + inc.incidents[i].load_s, begun_t + inc.incidents[i].on_scene_s)
    if dest < 0:
        finish(s, u, leave_t, leave_t, leave_t, scene, leg, -1)
        return
    m = mode_at(w, u, SPEED_TRANSPORT, leave_t)
    pace, f = w.roads.off_pace[m], true_factor(w, u, SPEED_TRANSPORT, leave_t) * inc.incidents[i].noise
    dest_leg = inc.incidents[i].dest_leg
    row, known = s.missions[s.picture[u].mission], inc.incidents[i]
    row.leave_mode = m
    if known.on_s >= 0.0 and m < flight_mode(w.roads):
        road_s = known.on_s
        row.leave_on, row.enter_on, row.by_on = known.on_leave, known.on_enter, known.on_by
    else:
        way = way_between(w.roads, m, scene, dest)
        road_s = way.seconds
        row.leave_on, row.enter_on, row.by_on = way.leave, way.enter, way.out_by + 2 * way.in_by
    dest_t = leave_t + (leg * pace + road_s + dest_leg * pace) * f
    finish(s, u, leave_t, dest_t, dest_t + inc.incidents[i].handover_s, dest, dest_leg, inc.incidents[i].dest_near)
    if inc.patients.size > 0 and inc.patients[i].hospital >= 0:
        note_for_later(s.agenda, leave_t, whole(i), whole(LEAVES), whole(s.picture[u].mission))


@leaf
def _begin_care(w: Land, s: State, inc: Demand, u: int, i: int, role: int, scene_t: float, t: float) -> None:
    """What a first unit or a carrier does for the patient, and what that means for those who stay there."""
    mark, r = s.marks[i], s.picture[u].mission
    if role == PRIMARY:
        mark.main = r
    if role == PRIMARY and inc.incidents[i].dest >= 0 and not w.units[u].carries:
        mark.stayers, s.picture[u].stays = 1, 1
        plan_stay(s, inc, u)
        put_on_agenda(s.agenda, scene_t + inc.incidents[i].assess_s, i, CALLED, -1, r)
        return
    _care(w, s, inc, u, i, role, scene_t)
    mark.patients = r
    if mark.stayers:
        plan_stayers(s, inc, i)


@leaf
def call_for_carrier(s: State, inc: Demand, i: int) -> None:
    """The first unit of incident i calls for a unit that takes the patient along."""
    s.marks[i].calls, s.marks[i].want = 1, inc.incidents[i].carrier_want


@leaf
def _asks_now(s: State, inc: Demand, i: int, scene_t: float) -> tuple[int, int]:
    """The rows of an incident's asks that may be looked for now; those for later are put on the agenda.

    Those for now are looked for once, right after the first unit was sent for the first time.
    """
    first, last = whole(inc.incidents[i].first_ask), whole(inc.incidents[i].last_ask)
    for j in range(first, last):
        if inc.asks[j].when == AFTER:
            put_on_agenda(s.agenda, scene_t + inc.asks[j].after_s, i, CALLED, j, s.marks[i].main)
    if s.marks[i].supported:
        return whole(0), whole(0)
    s.marks[i].supported = 1
    return first, last


@leaf
def send_for(w: Land, s: State, inc: Demand, j: int, order: Order, t: float) -> None:
    """Look for the unit that row j of the asks wants, beside the first unit of an order or later, and send it."""
    ask = inc.asks[j]
    if ask.when == AFTER and order.unit >= 0:
        return
    i = whole(ask.incident)
    rules = whole(s.ruled[inc.incidents[i].centre])
    u, value = nearest_free(w, s.picture, s.moving, inc, i, rules, order.answered, whole(ask.want), False, t)
    if u < 0 and ask.when != AHEAD:
        s.marks[i].second_missing += 1
    if u < 0 or (ask.when == AHEAD and value >= order.expected_s):
        return
    role = RESPONDER if ask.when == AHEAD else SECOND
    _begin(w, s, inc, u, i, whole(role), order.cause, t, 0.0)
    s.missions[s.picture[u].mission].ask = j
    escorts = ask.escorts and inc.incidents[i].dest >= 0
    if escorts or (s.marks[i].patients < 0 and ask.release_s < np.inf):
        s.marks[i].stayers, s.picture[u].stays = 1, 1
    plan_stay(s, inc, u)


@leaf
def send(w: Land, s: State, inc: Demand, order: Order, t: float) -> tuple[int, int]:
    """Send a first unit or a carrier: a free one, one on its way to something else, or one just released.

    Rows of the incident's asks are looked for next: from the first of the two numbers until before the second.
    """
    u, i = order.unit, order.incident
    role = whole(CARRIER) if s.marks[i].calls else whole(PRIMARY)
    if order.stands:
        k = inc.incidents[i].urgency
        mobilisation_s = inc.incidents[i].mobilisation_s if order.at_home else inc.incidents[i].out_s
        roll_t = t + order.wait_s + (mobilisation_s + w.units[u].start_s)
        m, f = mode_at(w, u, k, roll_t), true_factor(w, u, k, roll_t) * inc.incidents[i].noise
        road_t = roll_t + order.leg * w.roads.off_pace[m] * f
        begin_km = order.leg * w.roads.leg_km
        near = whole(s.picture[u].base) if order.at_home else whole(s.picture[u].free_near)
        scene_t = _assign(w, s, inc, u, i, role, order.cause, t, m, f, roll_t, road_t, order.node, begin_km, near)
    else:
        scene_t = _begin(w, s, inc, u, i, role, order.cause, t, order.wait_s)
    if inc.incidents[i].urgency != ACUTE:
        note_on_the_way(s.on_the_way, u)
    _begin_care(w, s, inc, u, i, role, scene_t, t)
    if role == CARRIER:
        return whole(0), whole(0)
    return _asks_now(s, inc, i, scene_t)


__all__ = [
    "AFTER_ASKING",
    "AT_ONCE",
    "FROM_QUEUE",
    "TAKEN_OFF",
    "TAKEN_OVER",
    "Order",
    "break_off",
    "call_for_carrier",
    "no_order",
    "send",
    "send_for",
]
