"""Writing down what units do between missions."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.by_reference import lay_down
from beredt.dispatch.compiled import entry_point, leaf, part, whole
from beredt.dispatch.cover import count_free
from beredt.dispatch.flight import flight_mode
from beredt.dispatch.paths import way_between
from beredt.dispatch.picture import BUSY, FREE, GOING_OFF, OFF, ON_TASK
from beredt.dispatch.place import place_and_km
from beredt.dispatch.records import Land
from beredt.dispatch.travel import mode_at, true_factor
from beredt.dispatch.world import HOME, MOVE, NOT_DONE, OFF_HOME, SPEED_RETURN, STANDBY, TASK
from beredt.simulation.drives import lay_route, stand_at
from beredt.simulation.state import STINT_COUNT, State


class Move(NamedTuple):
    """A unit to be sent to a place between missions."""

    unit: int  # -1: nobody moves
    kind: int  # of the stint
    point: int  # standby point or planned task, -1 for other kinds
    node: int  # where it joins the road
    rest_s: float  # until then
    begin_km: float
    to_node: int
    to_leg: float
    mode: int
    near: int  # column in `Demand.near` of the place where it sets out, -1 for none


@leaf
def no_move() -> Move:
    """Nobody moves."""
    return Move(-1, 0, -1, -1, 0.0, 0.0, -1, 0.0, 0, -1)


@leaf
def _count(w: Land, s: State, u: int, change: int) -> None:
    """Unit u becomes free, or is no longer."""
    if not w.units[u].ready:
        return
    base = s.picture[u].base
    count_free(w.policies.cover_left, s.left_now, base, change)
    if w.policies.is_moved[u]:
        s.free_at[base] += change
        count_free(w.policies.cover, s.cover_now, base, change)


@part
def end_stint(w: Land, s: State, u: int, m: int, t: float) -> tuple[int, float, float]:
    """Close the stint of unit u at time t.

    The road node where it is or will be next, and the seconds and kilometres until then for a drive by mode m.
    """
    p, rows, r = s.picture, s.stints, s.picture[u].stint
    rows[r].end_t = t
    if p[u].kind == STANDBY and p[u].point >= 0:
        s.at_point[p[u].point] -= 1
    if p[u].status == FREE:
        _count(w, s, u, -1)
    if t >= p[u].arrive_t:
        rows[r].end_node, rows[r].end_km = p[u].to_node, 0.0
        if p[u].arrive_t > p[u].start_t:
            rows[r].end_km = p[u].to_leg * w.roads.leg_km
        return p[u].to_node, 0.0, 0.0
    node, rest, end_km, begin_km = place_and_km(w.roads, p, u, m, t)
    rows[r].end_node, rows[r].end_km = node, end_km
    return node, rest, begin_km


@part
def _note_stint(w: Land, s: State, u: int, t: float, kind: int, point: int) -> None:
    """A new row for what unit u does from time t on, from the picture."""
    p, rows = s.picture, s.stints
    r = s.at[STINT_COUNT]
    s.at[STINT_COUNT] = r + 1
    p[u].status = FREE
    if kind == OFF_HOME:
        p[u].status = GOING_OFF
    elif kind == TASK:
        p[u].status = ON_TASK
    p[u].kind, p[u].point = kind, point
    rows[r].unit, rows[r].kind, rows[r].point, rows[r].base = u, kind, point, p[u].base
    rows[r].from_node, rows[r].to_node, rows[r].to_leg = p[u].from_node, p[u].to_node, p[u].to_leg
    rows[r].start_t, rows[r].road_t, rows[r].arrive_t, rows[r].end_t = t, p[u].road_t, p[u].arrive_t, np.inf
    rows[r].begin_node = rows[r].end_node = p[u].from_node
    rows[r].begin_km, rows[r].end_km = p[u].begin_km, 0.0
    rows[r].mode, rows[r].factor = p[u].mode, p[u].factor
    rows[r].leave, rows[r].enter, rows[r].by = p[u].leave, p[u].enter, p[u].out_by + 2 * p[u].in_by
    if kind == STANDBY and point >= 0:
        s.at_point[point] += 1
    if kind != OFF_HOME and kind != TASK:
        _count(w, s, u, 1)
    rows[r].previous = p[u].stint
    p[u].stint = r


@leaf
def drive(w: Land, s: State, move: Move, t: float) -> None:
    """A unit sets out as it was told."""
    u = move.unit
    road_t = t + move.rest_s
    factor = true_factor(w, u, SPEED_RETURN, t)
    goal, leg, km = move.to_node, move.to_leg, move.begin_km
    way = way_between(w.roads, move.mode, move.node, goal)
    lay_route(w, s.picture, u, move.mode, factor, move.node, goal, leg, t, road_t, km, move.near, way)
    _note_stint(w, s, u, t, move.kind, move.point)


@part
def change_kind(w: Land, s: State, u: int, t: float, kind: int) -> None:
    """A unit under way goes on with the same route as another kind of stint (its shift ends or begins)."""
    p, rows = s.picture, s.stints
    node, _, begin_km = end_stint(w, s, u, whole(p[u].mode), t)
    turns = p[u].mode >= flight_mode(w.roads) and t > p[u].road_t and node == p[u].from_node
    if t >= p[u].off_road_t or turns:  # it does not turn back: so much was driven before
        begin_km = -begin_km
    _note_stint(w, s, u, t, kind, -1)
    rows[p[u].stint].begin_node, rows[p[u].stint].begin_km = node, begin_km


@entry_point
def close_stints(w: Land, s: State, end_s: float) -> None:
    """End of the run: stints under way end now, or when the unit came home with its shift over.

    Whoever stays with a patient who has no unit is written down as leaving now.
    """
    w, s = lay_down(w), lay_down(s)
    p = s.picture
    for u in range(p.size):
        if p[u].status == BUSY and s.missions[p[u].mission].free_t == NOT_DONE:
            row = s.missions[p[u].mission]
            if row.leave_t == NOT_DONE:
                row.leave_t = row.dest_t = max(row.scene_t, end_s)
            row.free_t = max(row.dest_t, end_s)  # it may wait at a hospital
        if p[u].status == FREE or p[u].status == ON_TASK:
            end_stint(w, s, u, whole(p[u].mode), end_s)
        elif p[u].status == GOING_OFF:
            end_stint(w, s, u, whole(p[u].mode), min(end_s, p[u].arrive_t))


@leaf
def move_from_standing(
    w: Land, u: int, t: float, kind: int, point: int, o: int, o_leg: float, d: int, d_leg: float, near: int
) -> Move:
    """The move from a place where the unit stands to another."""
    m = mode_at(w, u, SPEED_RETURN, t)
    rest_s = o_leg * w.roads.off_pace[m] * true_factor(w, u, SPEED_RETURN, t)
    km = o_leg * w.roads.leg_km
    return Move(whole(u), whole(kind), whole(point), whole(o), rest_s, km, whole(d), d_leg, whole(m), whole(near))


@leaf
def stand_at_home(w: Land, s: State, u: int, t: float) -> None:
    """HOME stint that begins at its base."""
    base = w.bases[s.picture[u].base]
    stand_at(w, s.picture, u, base.node, base.leg, t)
    _note_stint(w, s, u, t, HOME, -1)


@leaf
def stay_put(w: Land, s: State, u: int, node: int, leg: float, t: float) -> None:
    """A stint where the unit became free: STANDBY at no point."""
    stand_at(w, s.picture, u, node, leg, t)
    _note_stint(w, s, u, t, STANDBY, -1)


@part
def come_off_duty(w: Land, s: State, u: int, t: float) -> Move:
    """The shift of a unit that is not on a mission ends at time t."""
    p = s.picture
    home = w.units[u].station
    at_home = (p[u].kind == HOME or p[u].kind == MOVE) and p[u].base == home
    if at_home and t < p[u].arrive_t:
        change_kind(w, s, u, t, whole(OFF_HOME))
        return no_move()
    standing, leg = t >= p[u].arrive_t, p[u].to_leg
    m = mode_at(w, u, SPEED_RETURN, t)
    node, rest_s, begin_km = end_stint(w, s, u, m, t)
    p[u].base = home
    if at_home:
        p[u].status = OFF
        return no_move()
    base = w.bases[home]
    if standing:
        return move_from_standing(w, u, t, OFF_HOME, -1, node, leg, base.node, base.leg, -1)
    return Move(whole(u), OFF_HOME, -1, whole(node), rest_s, begin_km, whole(base.node), base.leg, whole(m), -1)
