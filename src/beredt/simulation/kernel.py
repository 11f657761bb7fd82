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
    I4,
    OFF_HOME,
    OWN_FIRST,
    PRIMARY,
    Incidents,
    Missions,
    Outcome,
    Stints,
    World,
)
from beredt.simulation.agenda import put_on_agenda, take_from_agenda
from beredt.simulation.kilometres import mission_kilometres, stint_kilometres, transport_kilometres
from beredt.simulation.missions import AFTER_ASKING, AT_ONCE, note_free_time, send, send_from_queue
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
    change_kind,
    close_stints,
    come_off_duty,
    end_stint,
    go_home,
    go_to_point,
    stand_at_home,
)


@compiled
def _decide(w: Land, s: State, inc: Demand, i: int, answered: int, t: float) -> None:
    """Choose a unit for incident i, ask a neighbour for one, or let it wait."""
    p = s.picture
    c, k = inc.incidents[i].centre, inc.incidents[i].urgency
    row = c * 3 + k
    if answered < 0 and is_held(w, p, c, k):
        s.marks[i].held = 1
        join_queue(s.queues, row, i)
        return
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
            return
    if unit >= 0:
        send(w, s, inc, unit, i, answered, AT_ONCE if answered < 0 else AFTER_ASKING, t, expected_s)
    else:
        s.marks[i].queued = 1
        join_queue(s.queues, row, i)


@compiled
def _release(w: Land, s: State, inc: Demand, u: int, node: int, leg: float, at_home: bool, t: float) -> None:
    """A unit becomes free at a place: a waiting incident, a standby point, or home."""
    p = s.picture
    if w.units[u].roles & (1 << PRIMARY):
        row = next_in_queues(w, p, s.queues, u)
        if row >= 0:
            i = leave_queue(s.queues, row)
            c, k = inc.incidents[i].centre, inc.incidents[i].urgency
            owner = w.units[u].centre
            asks = c != owner and w.borders[c, owner, k].policy == OWN_FIRST
            wait_s = w.borders[c, owner, k].ask_s if asks else 0.0
            expected_s = standing_s(w, inc, i, node, leg, at_home, t)
            send_from_queue(w, s, inc, u, i, node, leg, at_home, t, wait_s, expected_s)
            return
    point = standby_point_for(w, p, s.at_point, u, node, leg, t)
    if point >= 0:
        go_to_point(w, s, u, t, node, leg, point)
    elif at_home:
        stand_at_home(w, s, u, t)
    else:
        go_home(w, s, u, t, node, leg, HOME)


@compiled
def _end_mission(w: Land, s: State, u: int, t: float) -> bool:
    """The mission of unit u ends; False when its shift is over and it goes home."""
    p = s.picture
    p[u].status = OFF
    note_free_time(s, u, np.inf)
    if p[u].on_shift:
        return True
    p[u].base = w.units[u].station
    go_home(w, s, u, t, p[u].free_node, p[u].free_leg, OFF_HOME)
    return False


@compiled
def _change_duty(w: Land, s: State, u: int, on: int, t: float) -> bool:
    """The shift of unit u begins or ends; True when it is now free at home, with no stint yet."""
    p = s.picture
    if on == p[u].on_shift:
        return False
    p[u].on_shift = on
    status = p[u].status
    if status == BUSY:
        return False
    if not on:
        come_off_duty(w, s, u, t)
        return False
    if status == GOING_OFF and t < p[u].arrive_t:
        change_kind(w, s, u, t, HOME)
        return False
    if status == GOING_OFF:
        end_stint(w, s, u, p[u].mode, p[u].arrive_t)
        p[u].status = OFF
    return True


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
        # One place each for deciding and releasing: the compiler writes their code once.
        decides = at_agenda == t or (at_free != t and at_duty != t)
        if decides:
            if at_agenda == t:
                i, answered = take_from_agenda(s.agenda)
            else:
                i, answered = inc.ready[n].incident, -1
                s.at[NEXT_READY] = n + 1
            _decide(w, s, inc, i, answered, t)
            continue
        at_home = at_free != t
        if at_home:
            s.at[NEXT_DUTY] = m + 1
            u = w.duty[m].unit
            free = _change_duty(w, s, u, w.duty[m].on, t)
        else:
            u = s.at[NEXT_FREE_UNIT]
            free = _end_mission(w, s, u, t)
        if free:
            node, leg = s.picture[u].free_node, s.picture[u].free_leg
            if at_home:
                base = w.bases[s.picture[u].base]
                node, leg = base.node, base.leg
            _release(w, s, inc, u, node, leg, at_home, t)
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
