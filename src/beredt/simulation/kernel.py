"""The event loop: one alternative, one replication. The rules: docs/explanation/simulation-rules.md.

It draws nothing and asks nobody: all chance is in `Incidents`. There are no events for merely reaching a place; the
times of a mission are known when it is assigned, and a unit on its way is found by looking.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from beredt.dispatch.border import whom_to_ask
from beredt.dispatch.compiled import compiled, entry_point
from beredt.dispatch.nearest import is_held, nearest_divertible, nearest_free, standing_s
from beredt.dispatch.picture import BUSY, GOING_OFF, OFF
from beredt.dispatch.queues import join_queue, leave_queue, next_in_queues
from beredt.dispatch.records import Demand, Land, Records, demand_of, land_of
from beredt.dispatch.relocation import standby_point_for
from beredt.dispatch.world import (
    F8,
    HOME,
    I1,
    OFF_HOME,
    OWN_FIRST,
    PRIMARY,
    STANDBY,
    Incidents,
    Missions,
    Outcome,
    Stints,
    World,
)
from beredt.simulation.agenda import put_on_agenda, take_from_agenda
from beredt.simulation.kilometres import mission_kilometres, stint_kilometres, transport_kilometres
from beredt.simulation.missions import (
    AFTER_ASKING,
    AT_ONCE,
    FROM_QUEUE,
    Order,
    no_order,
    note_free_time,
    send,
)
from beredt.simulation.state import (
    MISSION_COUNT,
    NEXT_DUTY,
    NEXT_FREE_UNIT,
    NEXT_READY,
    STARTED,
    STINT_COUNT,
    State,
    new_state,
)
from beredt.simulation.stints import (
    Move,
    change_kind,
    close_stints,
    come_off_duty,
    drive,
    end_stint,
    move_from_standing,
    no_move,
    stand_at_home,
)


@compiled
def _decide(w: Land, s: State, inc: Demand, i: int, answered: int, t: float) -> Order:
    """Choose a unit for incident i, ask a neighbour for one, or let it wait."""
    p = s.picture
    c, k = inc.incidents[i].centre, inc.incidents[i].urgency
    row = c * 3 + k
    if answered < 0 and is_held(w, p, c, k):
        s.marks[i].held = 1
        join_queue(s.queues, row, i)
        return no_order()
    unit, own_s = nearest_free(w, p, s.moving, inc, i, answered, PRIMARY, t)
    expected_s = own_s - w.price_s[k, unit] if unit >= 0 else own_s
    taken, taken_s = nearest_divertible(w, p, s.on_the_way, inc, i, answered, t, own_s)
    if taken >= 0 and (taken_s < own_s or (taken_s == own_s and taken < unit)):
        unit, own_s, expected_s = taken, taken_s, taken_s - w.divert_margin_s - w.price_s[k, taken]
    if answered < 0:
        neighbour, neighbour_s = whom_to_ask(w, p, s.stints, inc, i, t)
        if neighbour >= 0 and (unit < 0 or neighbour_s < own_s):
            s.marks[i].asked = neighbour
            put_on_agenda(s.agenda, t + w.borders[c, neighbour, k].ask_s, i, neighbour)
            return no_order()
    if unit < 0:
        s.marks[i].queued = 1
        join_queue(s.queues, row, i)
        return no_order()
    cause = AT_ONCE if answered < 0 else AFTER_ASKING
    return Order(np.int64(unit), np.int64(i), np.int64(answered), cause, expected_s, 0.0, False, -1, 0.0, False)


@compiled
def _from_queue(w: Land, s: State, inc: Demand, u: int, node: int, leg: float, at_home: bool, t: float) -> Order:
    """The waiting incident that a unit becoming free at a place serves, if any."""
    if not w.units[u].roles & (1 << PRIMARY):
        return no_order()
    row = next_in_queues(w, s.picture, s.queues, u)
    if row < 0:
        return no_order()
    i = leave_queue(s.queues, row)
    c, k = inc.incidents[i].centre, inc.incidents[i].urgency
    owner = w.units[u].centre
    asks = c != owner and w.borders[c, owner, k].policy == OWN_FIRST
    wait_s = w.borders[c, owner, k].ask_s if asks else 0.0
    expected_s = standing_s(w, inc, i, node, leg, at_home, t)
    return Order(np.int64(u), np.int64(i), -1, FROM_QUEUE, expected_s, wait_s, True, np.int64(node), leg, at_home)


@compiled
def _where_to(w: Land, s: State, u: int, node: int, leg: float, at_home: bool, t: float) -> Move:
    """Where a unit goes that becomes free at a place and is not needed: a standby point, or home."""
    point = standby_point_for(w, s.picture, s.at_point, u, node, leg, t)
    if point < 0 and at_home:
        stand_at_home(w, s, u, t)
        return no_move()
    kind, to = HOME, w.bases[s.picture[u].base].node
    to_leg = w.bases[s.picture[u].base].leg
    if point >= 0:
        kind, to, to_leg = STANDBY, w.standby[point].node, w.standby[point].leg
    return move_from_standing(w, u, t, kind, point, node, leg, to, to_leg)


@compiled
def _end_mission(w: Land, s: State, u: int, t: float) -> bool:
    """The mission of unit u ends; False when its shift is over."""
    p = s.picture
    p[u].status = OFF
    note_free_time(s, u, np.inf)
    return p[u].on_shift == 1


@compiled
def _change_duty(w: Land, s: State, u: int, on: int, t: float) -> tuple[bool, Move]:
    """The shift of unit u begins or ends: whether it is now free at home, with no stint yet; else its way home."""
    p = s.picture
    if on == p[u].on_shift:
        return False, no_move()
    p[u].on_shift = on
    status = p[u].status
    if status == BUSY:
        return False, no_move()
    if not on:
        return False, come_off_duty(w, s, u, t)
    if status == GOING_OFF and t < p[u].arrive_t:
        change_kind(w, s, u, t, HOME)
        return False, no_move()
    if status == GOING_OFF:
        end_stint(w, s, u, p[u].mode, p[u].arrive_t)
        p[u].status = OFF
    return True, no_move()


@compiled
def _start(w: Land, s: State) -> None:
    for u in range(w.units.size):
        s.picture[u].base = w.units[u].station
        if w.units[u].on_at_start:
            s.picture[u].on_shift = 1
            stand_at_home(w, s, u, 0.0)


@entry_point
def run_until(w: Land, s: State, inc: Demand, until: float, cancel: I1) -> bool:
    """Run all events before `until`; the state can be run on from there.

    Args:
        w: the alternative.
        s: the state, changed in place.
        inc: the incidents.
        until: s; `w.end_s` for all.
        cancel: [1], polled; when it is set from another thread the run stops where it is.

    Returns:
        False when it was cancelled.
    """
    if s.at[STARTED] == 0:
        s.at[STARTED] = 1
        _start(w, s)
    incidents, changes = inc.incidents.size, w.duty.size
    while cancel[0] == 0:
        at_agenda = s.agenda.rows[0].t if s.agenda.size[0] > 0 else np.inf
        at_free = s.next_free_t[0]
        n, m = s.at[NEXT_READY], s.at[NEXT_DUTY]
        at_ready = inc.ready[n].t if n < incidents else np.inf
        at_duty = w.duty[m].t if m < changes else np.inf
        t = min(min(at_agenda, at_free), min(at_duty, at_ready))
        if t >= until:
            return True
        # One place each for deciding, releasing, sending and driving: the compiler writes their code once.
        decides = at_agenda == t or (at_free != t and at_duty != t)
        order, move = no_order(), no_move()
        if decides:
            if at_agenda == t:
                i, answered = take_from_agenda(s.agenda)
            else:
                i, answered = inc.ready[n].incident, -1
                s.at[NEXT_READY] = n + 1
            order = _decide(w, s, inc, i, answered, t)
        else:
            at_home = at_free != t
            if at_home:
                s.at[NEXT_DUTY] = m + 1
                u = np.int64(w.duty[m].unit)
                free, move = _change_duty(w, s, u, w.duty[m].on, t)
                base = w.bases[s.picture[u].base]
                node, leg = np.int64(base.node), base.leg
            else:
                u = s.at[NEXT_FREE_UNIT]
                free = _end_mission(w, s, u, t)
                node, leg = np.int64(s.picture[u].free_node), s.picture[u].free_leg
            if free:
                order = _from_queue(w, s, inc, u, node, leg, at_home, t)
                if order.unit < 0:
                    move = _where_to(w, s, u, node, leg, at_home, t)
            elif not at_home:
                home = w.bases[w.units[u].station]
                s.picture[u].base = w.units[u].station
                move = move_from_standing(w, u, t, OFF_HOME, -1, node, leg, home.node, home.leg)
        if order.unit >= 0:
            send(w, s, inc, order, t)
        if move.unit >= 0:
            drive(w, s, move, t)
    return False


def _columns(names: tuple[str, ...], rows: Records, km: dict[str, F8]) -> list[Any]:
    return [km[name] if name in km else rows[name] for name in names]


def outcome_of(land: Land, demand: Demand, s: State, *, km: bool = True) -> Outcome:
    """What a run has left behind so far: columns are views of the kernel's records, with the kilometres added.

    Without `km` the kilometres are NaN: looking them up takes time that counting responses does not need.
    """
    missions = s.missions[: int(s.at[MISSION_COUNT])]
    stints = s.stints[: int(s.at[STINT_COUNT])]
    drive_km, transport_km = np.full(missions.size, np.nan), np.full(missions.size, np.nan)
    stint_km = np.full(stints.size, np.nan)
    if km:
        mission_kilometres(land.roads, missions, demand.incidents, drive_km)
        transport_kilometres(land.roads, missions, demand.incidents, transport_km)
        stint_kilometres(land.roads, stints, stint_km)
    marks = s.marks
    return Outcome(
        missions=Missions(
            *_columns(Missions._fields, missions, {"drive_km": drive_km, "transport_km": transport_km})
        ),
        mission_count=missions.size,
        stints=Stints(*_columns(Stints._fields, stints, {"km": stint_km})),
        stint_count=stints.size,
        asked=marks["asked"],
        queued=marks["queued"],
        held=marks["held"],
        bumped=marks["bumped"],
        second_missing=marks["second_missing"],
    )


def simulate(world: World, incidents: Incidents, *, km: bool = True) -> Outcome:
    """Run one replication of one alternative to its end.

    Args:
        world: the alternative, from `pack`.
        incidents: the demand, from `pack_incidents`.
        km: whether kilometres are looked up; otherwise they are NaN.
    """
    land, demand = land_of(world), demand_of(incidents, world.roads)
    state = new_state(land, demand)
    run_until(land, state, demand, world.end_s, np.zeros(1, np.int8))
    close_stints(land, state, world.end_s)
    return outcome_of(land, demand, state, km=km)
