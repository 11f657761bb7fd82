"""Sending units: the times of a mission from its assignment to the unit being free again."""

from __future__ import annotations

from typing import NamedTuple

from beredt.dispatch.compiled import leaf, part, whole
from beredt.dispatch.nearest import at_own_base, nearest_free, note_on_the_way, way_to_scene
from beredt.dispatch.paths import way_between
from beredt.dispatch.picture import BUSY
from beredt.dispatch.place import place_and_km
from beredt.dispatch.records import Demand, Land
from beredt.dispatch.travel import mode_at, true_factor
from beredt.dispatch.world import ACUTE, NOT_DONE, PRIMARY, RESPONDER, SECOND, SPEED_TRANSPORT
from beredt.simulation.agenda import PLAIN, put_on_agenda
from beredt.simulation.drives import lay_route
from beredt.simulation.state import MISSION_COUNT, NEXT_FREE_UNIT, State
from beredt.simulation.stints import end_stint

AT_ONCE, AFTER_ASKING, FROM_QUEUE, TAKEN_OFF, TAKEN_OVER = range(5)
"""Causes of an assignment."""


class Order(NamedTuple):
    """A primary unit to be sent to an incident."""

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
def break_off(w: Land, s: State, u: int, m: int, t: float) -> tuple[int, float, float]:
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
    return node, rest, begin_km


@part
def _begin(w: Land, s: State, inc: Demand, u: int, i: int, role: int, cause: int, t: float, wait_s: float) -> float:
    """Send unit u to incident i from what it is doing: route and mission row up to the arrival, which is returned."""
    p = s.picture
    k = inc.incidents[i].urgency
    if p[u].status == BUSY:
        roll_t = t + wait_s
        m, f = mode_at(w, k, roll_t), true_factor(w, k, roll_t) * inc.incidents[i].noise
        node, rest, begin_km = break_off(w, s, u, m, t)
        s.marks[p[u].incident].bumped += 1
        put_on_agenda(s.agenda, t, p[u].incident, PLAIN)  # the patient gets a new decision at once
        cause, near = whole(TAKEN_OFF), whole(-1)
        return _assign(w, s, inc, u, i, role, cause, t, m, f, roll_t, roll_t + rest, node, begin_km, near)
    standing = t >= p[u].arrive_t
    at_home = standing and at_own_base(p[u])
    roll_t = t + wait_s + (inc.incidents[i].mobilisation_s if at_home else inc.incidents[i].out_s)
    m, f = mode_at(w, k, roll_t), true_factor(w, k, roll_t) * inc.incidents[i].noise
    leg = p[u].to_leg
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
    p[u].status, p[u].incident, p[u].role, p[u].mission = BUSY, i, role, r
    rows[r].incident, rows[r].unit, rows[r].role, rows[r].cause = i, u, role, cause
    rows[r].diverted, rows[r].from_node, rows[r].begin_km = 0, node, begin_km
    rows[r].assign_t, rows[r].roll_t, rows[r].road_t, rows[r].scene_t = assign_t, roll_t, road_t, scene_t
    rows[r].end_node, rows[r].end_km = scene, leg * w.roads.leg_km
    rows[r].mode = rows[r].leave_mode = m
    rows[r].leave, rows[r].enter, rows[r].by = p[u].leave, p[u].enter, p[u].out_by + 2 * p[u].in_by
    return scene_t


@leaf
def _finish(s: State, u: int, leave_t: float, dest_t: float, free_t: float, node: int, leg: float, near: int) -> None:
    """Fill in the rest of the mission of unit u."""
    p, rows, r = s.picture, s.missions, s.picture[u].mission
    rows[r].leave_t, rows[r].dest_t, rows[r].free_t = leave_t, dest_t, free_t
    p[u].free_node, p[u].free_leg, p[u].free_near = node, leg, near
    note_free_time(s, u, free_t)


@leaf
def _care(w: Land, s: State, inc: Demand, u: int, i: int, scene_t: float) -> None:
    """The primary unit's work from the scene on: transport and handover where somebody is transported."""
    scene, leg, dest = inc.incidents[i].scene, inc.incidents[i].scene_leg, inc.incidents[i].dest
    leave_t = scene_t + inc.incidents[i].on_scene_s
    if dest < 0:
        _finish(s, u, leave_t, leave_t, leave_t, scene, leg, -1)
        return
    m = mode_at(w, SPEED_TRANSPORT, leave_t)
    pace, f = w.roads.off_pace[m], true_factor(w, SPEED_TRANSPORT, leave_t) * inc.incidents[i].noise
    dest_leg = inc.incidents[i].dest_leg
    row, known = s.missions[s.picture[u].mission], inc.incidents[i]
    row.leave_mode = m
    if known.on_s >= 0.0:
        road_s = known.on_s
        row.leave_on, row.enter_on, row.by_on = known.on_leave, known.on_enter, known.on_by
    else:
        way = way_between(w.roads, m, scene, dest)
        road_s = way.seconds
        row.leave_on, row.enter_on, row.by_on = way.leave, way.enter, way.out_by + 2 * way.in_by
    dest_t = leave_t + (leg * pace + road_s + dest_leg * pace) * f
    _finish(s, u, leave_t, dest_t, dest_t + inc.incidents[i].handover_s, dest, dest_leg, inc.incidents[i].dest_near)


@leaf
def _support(w: Land, s: State, inc: Demand, order: Order, t: float, primary_t: float) -> None:
    """Second unit and single responder, looked for once, right after the first primary unit."""
    i = order.incident
    if s.marks[i].supported:
        return
    s.marks[i].supported = 1
    k = inc.incidents[i].urgency
    for role in (SECOND, RESPONDER):
        if (role == SECOND and not inc.incidents[i].second) or (role == RESPONDER and k != ACUTE):
            continue
        u, value = nearest_free(w, s.picture, s.moving, inc, i, order.answered, whole(role), t)
        if role == SECOND and u < 0:
            s.marks[i].second_missing = 1
        if u < 0 or (role == RESPONDER and value >= order.expected_s):
            continue
        scene_t = _begin(w, s, inc, u, i, whole(role), order.cause, t, 0.0)
        free_t = scene_t + inc.incidents[i].second_on_scene_s
        if role == RESPONDER:
            free_t = max(scene_t, primary_t) + w.responder_release_s
        _finish(s, u, free_t, free_t, free_t, inc.incidents[i].scene, inc.incidents[i].scene_leg, -1)


@leaf
def send(w: Land, s: State, inc: Demand, order: Order, t: float) -> None:
    """Send the primary unit, with its support: a free one, one on its way to something else, or one just released."""
    u, i = order.unit, order.incident
    if order.stands:
        k = inc.incidents[i].urgency
        roll_t = t + order.wait_s + (inc.incidents[i].mobilisation_s if order.at_home else inc.incidents[i].out_s)
        m, f = mode_at(w, k, roll_t), true_factor(w, k, roll_t) * inc.incidents[i].noise
        road_t = roll_t + order.leg * w.roads.off_pace[m] * f
        begin_km = order.leg * w.roads.leg_km
        near = whole(s.picture[u].base) if order.at_home else whole(s.picture[u].free_near)
        primary = whole(PRIMARY)
        scene_t = _assign(w, s, inc, u, i, primary, order.cause, t, m, f, roll_t, road_t, order.node, begin_km, near)
    else:
        scene_t = _begin(w, s, inc, u, i, whole(PRIMARY), order.cause, t, order.wait_s)
    if inc.incidents[i].urgency != ACUTE:
        note_on_the_way(s.on_the_way, u)
    _care(w, s, inc, u, i, scene_t)
    _support(w, s, inc, order, t, scene_t)


__all__ = [
    "AFTER_ASKING",
    "AT_ONCE",
    "FROM_QUEUE",
    "TAKEN_OFF",
    "TAKEN_OVER",
    "Order",
    "break_off",
    "no_order",
    "note_free_time",
    "send",
]
