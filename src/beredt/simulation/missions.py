"""Sending units: the times of a mission from its assignment to the unit being free again."""

from __future__ import annotations

from beredt.dispatch.compiled import compiled
from beredt.dispatch.nearest import nearest_free, note_on_the_way
from beredt.dispatch.picture import BUSY
from beredt.dispatch.place import place_of
from beredt.dispatch.records import Demand, Land
from beredt.dispatch.world import (
    ACUTE,
    HOME,
    NOT_DONE,
    PRIMARY,
    RESPONDER,
    SECOND,
    SPEED_TRANSPORT,
)
from beredt.simulation.agenda import put_on_agenda
from beredt.simulation.state import MISSION_COUNT, NEXT_FREE_UNIT, State
from beredt.simulation.stints import end_stint

AT_ONCE, AFTER_ASKING, FROM_QUEUE, TAKEN_OFF = 0, 1, 2, 3
"""Causes of an assignment."""


@compiled
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


@compiled
def _break_off(w: Land, s: State, u: int, t: float) -> tuple[int, float]:
    """Take unit u off the mission it drives to; the patient gets a new decision at once. Its place, as `place_of`."""
    p, rows, r = s.picture, s.missions, s.picture[u].mission
    node, rest = place_of(w.seconds, w.hop, p, u, t)
    rows[r].diverted = 1
    rows[r].scene_t = rows[r].leave_t = rows[r].dest_t = NOT_DONE
    rows[r].free_t = t
    rows[r].end_node = node
    if rows[r].roll_t > t:
        rows[r].roll_t = NOT_DONE
    s.marks[p[u].incident].bumped += 1
    put_on_agenda(s.agenda, t, p[u].incident, -1)
    return node, rest


@compiled
def _set_out(w: Land, s: State, inc: Demand, u: int, i: int, t: float, wait_s: float) -> tuple[float, float, int, int]:
    """Leave what unit u is doing: when it rolls, when it is on the road, from where, and 1 when it was on a mission."""
    p = s.picture
    f = w.speed[inc.incidents[i].urgency] * inc.incidents[i].noise
    if p[u].status == BUSY:
        node, rest = _break_off(w, s, u, t)
        roll_t = t + wait_s
        return roll_t, roll_t + rest, node, 1
    at_home = p[u].kind == HOME and t >= p[u].arrive_t
    standing = t >= p[u].arrive_t
    node, rest = end_stint(w, s, u, t)
    roll_t = t + wait_s + (inc.incidents[i].mobilisation_s if at_home else inc.incidents[i].out_s)
    return roll_t, roll_t + (w.leg_s[node] * f if standing else rest), node, 0


@compiled
def _assign(
    w: Land,
    s: State,
    inc: Demand,
    u: int,
    i: int,
    role: int,
    cause: int,
    assign_t: float,
    roll_t: float,
    road_t: float,
    node: int,
) -> float:
    """Begin the mission: route and mission row up to the arrival, which is returned."""
    p, rows = s.picture, s.missions
    scene = inc.incidents[i].scene
    f = w.speed[inc.incidents[i].urgency] * inc.incidents[i].noise
    off_road_t = road_t + w.seconds[scene, node] * f
    scene_t = off_road_t + w.leg_s[scene] * f
    r = s.at[MISSION_COUNT]
    s.at[MISSION_COUNT] = r + 1
    p[u].status, p[u].incident, p[u].role, p[u].mission = BUSY, i, role, r
    p[u].from_node, p[u].to_node, p[u].cursor = node, scene, node
    p[u].road_t, p[u].off_road_t, p[u].arrive_t, p[u].factor = road_t, off_road_t, scene_t, f
    rows[r].incident, rows[r].unit, rows[r].role, rows[r].cause = i, u, role, cause
    rows[r].diverted, rows[r].from_node = 0, node
    rows[r].assign_t, rows[r].roll_t, rows[r].scene_t = assign_t, roll_t, scene_t
    rows[r].end_node = scene
    return scene_t


@compiled
def _finish(s: State, u: int, leave_t: float, dest_t: float, free_t: float, node: int) -> None:
    """Fill in the rest of the mission of unit u."""
    p, rows, r = s.picture, s.missions, s.picture[u].mission
    rows[r].leave_t, rows[r].dest_t, rows[r].free_t = leave_t, dest_t, free_t
    p[u].free_node = node
    note_free_time(s, u, free_t)


@compiled
def _care(w: Land, s: State, inc: Demand, u: int, i: int, scene_t: float) -> None:
    """The primary unit's work from the scene on: transport and handover where somebody is transported."""
    scene, dest = inc.incidents[i].scene, inc.incidents[i].dest
    leave_t = scene_t + inc.incidents[i].on_scene_s
    if dest < 0:
        _finish(s, u, leave_t, leave_t, leave_t, scene)
        return
    drive_s = (w.leg_s[scene] + w.seconds[dest, scene] + w.leg_s[dest]) * (
        w.speed[SPEED_TRANSPORT] * inc.incidents[i].noise
    )
    dest_t = leave_t + drive_s
    _finish(s, u, leave_t, dest_t, dest_t + inc.incidents[i].handover_s, dest)


@compiled
def _support(
    w: Land, s: State, inc: Demand, i: int, answered: int, cause: int, t: float, primary_s: float, primary_t: float
) -> None:
    """Second unit and single responder, looked for once, right after the first primary unit."""
    if s.marks[i].supported:
        return
    s.marks[i].supported = 1
    k, d, c = inc.incidents[i].urgency, inc.incidents[i].scene, inc.incidents[i].centre
    if inc.incidents[i].second:
        u, _ = nearest_free(w, s.picture, s.moving, d, c, k, answered, SECOND, t)
        if u < 0:
            s.marks[i].second_missing = 1
        else:
            roll_t, road_t, node, _ = _set_out(w, s, inc, u, i, t, 0.0)
            scene_t = _assign(w, s, inc, u, i, SECOND, cause, t, roll_t, road_t, node)
            free_t = scene_t + inc.incidents[i].second_on_scene_s
            _finish(s, u, free_t, free_t, free_t, d)
    if k == ACUTE:
        u, value = nearest_free(w, s.picture, s.moving, d, c, k, answered, RESPONDER, t)
        if u >= 0 and value < primary_s:
            roll_t, road_t, node, _ = _set_out(w, s, inc, u, i, t, 0.0)
            scene_t = _assign(w, s, inc, u, i, RESPONDER, cause, t, roll_t, road_t, node)
            free_t = max(scene_t, primary_t) + w.responder_release_s
            _finish(s, u, free_t, free_t, free_t, d)


@compiled
def send(
    w: Land, s: State, inc: Demand, u: int, i: int, answered: int, cause: int, t: float, expected_s: float
) -> None:
    """Send a free unit, or one on its way to something less urgent, as the primary unit, with its support."""
    roll_t, road_t, node, taken = _set_out(w, s, inc, u, i, t, 0.0)
    scene_t = _assign(w, s, inc, u, i, PRIMARY, TAKEN_OFF if taken else cause, t, roll_t, road_t, node)
    if inc.incidents[i].urgency != ACUTE:
        note_on_the_way(s.on_the_way, u)
    _care(w, s, inc, u, i, scene_t)
    _support(w, s, inc, i, answered, cause, t, expected_s, scene_t)


@compiled
def send_from_queue(
    w: Land, s: State, inc: Demand, u: int, i: int, node: int, at_home: bool, t: float, wait_s: float, expected_s: float
) -> None:
    """Send a unit that becomes free at a node as the primary unit of a waiting incident, with its support."""
    f = w.speed[inc.incidents[i].urgency] * inc.incidents[i].noise
    roll_t = t + wait_s + (inc.incidents[i].mobilisation_s if at_home else inc.incidents[i].out_s)
    scene_t = _assign(w, s, inc, u, i, PRIMARY, FROM_QUEUE, t, roll_t, roll_t + w.leg_s[node] * f, node)
    if inc.incidents[i].urgency != ACUTE:
        note_on_the_way(s.on_the_way, u)
    _care(w, s, inc, u, i, scene_t)
    _support(w, s, inc, i, -1, FROM_QUEUE, t, expected_s, scene_t)


__all__ = ["AFTER_ASKING", "AT_ONCE", "FROM_QUEUE", "TAKEN_OFF", "note_free_time", "send", "send_from_queue"]
