"""The event loop: one alternative, one replication. The rules: docs/explanation/simulation-rules.md.

It draws nothing and asks nobody: all chance is in `Incidents`. There are no events for merely reaching a place; the
times of a mission are known when it is assigned, and a unit on its way is found by looking.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from beredt.dispatch.by_reference import lay_down
from beredt.dispatch.compiled import entry_point, leaf, part, whole
from beredt.dispatch.crossing import demand_of, land_of
from beredt.dispatch.picture import BUSY, GOING_OFF, OFF, ON_TASK
from beredt.dispatch.plain_asks import first_asks
from beredt.dispatch.policies import COMPLIANCE, ZHANG
from beredt.dispatch.records import Demand, Land, Near
from beredt.dispatch.roads import Records
from beredt.dispatch.world import HOME, I1, OFF_HOME, TASK, Incidents, Missions, Outcome, Stints, World
from beredt.errors import CancelledError
from beredt.simulation.agenda import CALLED, TASK_OPENS, WAITED, take_from_agenda
from beredt.simulation.complying import next_move, set_goals
from beredt.simulation.crises import close_crises, look_for_crises
from beredt.simulation.deciding import decide, stop_waiting
from beredt.simulation.happening import begin_calendar, happen
from beredt.simulation.kilometres import mission_kilometres, stint_kilometres, transport_kilometres
from beredt.simulation.missions import call_for_carrier, no_order, send, send_for
from beredt.simulation.releasing import from_queue, take_over, where_to
from beredt.simulation.reserves import keeps_reserves, look_for_reserves
from beredt.simulation.state import (
    HOLDING_BACK,
    MISSION_COUNT,
    MOST_ASKS,
    NEXT_DUTY,
    NEXT_FREE_UNIT,
    NEXT_READY,
    STARTED,
    STINT_COUNT,
    State,
    grown_state,
    new_state,
)
from beredt.simulation.staying import note_free_time
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
from beredt.simulation.tasks import end_task, settle_at_task, take_task
from beredt.simulation.unit_tally import UNIT_TALLY, tally_units

CANCELLED, DONE, FULL = 0, 1, 2
"""How `run_until` ends: stopped from outside · everything before the time has happened · room for rows is used up."""


@leaf
def _end_mission(w: Land, s: State, u: int, t: float) -> bool:
    """The mission or the planned task of unit u ends; False when its shift is over."""
    p = s.picture
    if p[u].status == ON_TASK:
        end_task(w, s, u, t)
    p[u].status = OFF
    note_free_time(s, u, np.inf)
    return p[u].on_shift == 1


@part
def _change_duty(w: Land, s: State, u: int, on: int, off_t: float, t: float) -> tuple[bool, Move]:
    """The shift of unit u begins, until off_t, or ends: whether it is now free at home, with no stint yet; else its way
    home.
    """
    p = s.picture
    if on == p[u].on_shift:
        return False, no_move()
    p[u].on_shift = on
    if on:
        p[u].on_t, p[u].moves_day, p[u].moves, p[u].moved_km, p[u].off_t = t, 0, 0, 0.0, off_t
    status = p[u].status
    if status == BUSY or status == ON_TASK:
        return False, no_move()
    if not on:
        return False, come_off_duty(w, s, u, t)
    if status == GOING_OFF and t < p[u].arrive_t:
        change_kind(w, s, u, t, whole(HOME))
        return False, no_move()
    if status == GOING_OFF:
        end_stint(w, s, u, whole(p[u].mode), p[u].arrive_t)
        p[u].status = OFF
    return True, no_move()


@leaf
def _start(w: Land, s: State, inc: Demand) -> None:
    for u in range(w.units.size):
        s.picture[u].base = w.units[u].station
        if w.units[u].on_at_start:
            s.picture[u].on_shift, s.picture[u].off_t = 1, w.units[u].off_t
            stand_at_home(w, s, u, 0.0)
    begin_calendar(s, inc)


@entry_point
def run_until(w: Land, s: State, inc: Demand, until: float, cancel: I1) -> int:
    """Run all events before `until`; the state can be run on from there.

    Args:
        w: the alternative.
        s: the state, changed in place.
        inc: the incidents.
        until: s; `World.end_s` for all.
        cancel: [1], polled; when it is set from another thread the run stops where it is.

    Returns:
        CANCELLED, DONE, or FULL: then run on with `grown_state`.
    """
    w, s, inc = lay_down(w), lay_down(s), lay_down(inc)
    if s.at[STARTED] == 0:
        s.at[STARTED] = 1
        _start(w, s, inc)
    incidents, changes, most = inc.incidents.size, w.duty.size, 2 * w.units.size + 8
    has_tasks, has_crises = inc.tasks.size > 0, w.crises.size > 0
    most_entries = MOST_ASKS  # a crisis puts all that waits on the agenda, and so does a reserve that is whole again
    if has_crises or keeps_reserves(w):
        most_entries += incidents
    complies, rebooks = w.policies.relocation == COMPLIANCE, np.isfinite(w.policies.rebook_gain_s)
    weighs = w.policies.relocation == ZHANG
    while cancel[0] == 0:
        if s.at[STINT_COUNT] + most > s.stints.size or s.at[MISSION_COUNT] + MOST_ASKS > s.missions.size:
            return FULL
        if s.agenda.size[0] + most_entries > s.agenda.rows.size:
            return FULL
        at_agenda = s.agenda.rows[0].t if s.agenda.size[0] > 0 else np.inf
        at_free = s.next_free_t[0]
        n, m = s.at[NEXT_READY], s.at[NEXT_DUTY]
        at_ready = inc.ready[n].t if n < incidents else np.inf
        at_duty = w.duty[m].t if m < changes else np.inf
        t = min(min(at_agenda, at_free), min(at_duty, at_ready))
        if t >= until:
            return DONE
        # One place each for deciding, releasing, sending and driving: the compiler writes their code once.
        decides = at_agenda == t or (at_free != t and at_duty != t)
        order, move = no_order(), no_move()
        first_ask, last_ask = whole(0), whole(0)
        if decides:
            if at_agenda == t:
                i, answered, ask, mission = take_from_agenda(s.agenda)
                if answered == WAITED and not stop_waiting(s, i):
                    continue
                if mission >= 0 and s.missions[mission].diverted:
                    continue
                if answered == CALLED and ask < 0:
                    call_for_carrier(s, inc, i)
            else:
                i, answered, ask, mission = whole(inc.ready[n].incident), whole(-1), whole(-1), whole(-1)
                s.at[NEXT_READY] = n + 1
            if answered <= TASK_OPENS:
                move = happen(w, s, inc, i, answered, mission, t)
            elif ask >= 0:
                first_ask, last_ask = ask, ask + 1
            else:
                order = decide(w, s, inc, i, max(answered, -1), t)
        else:
            at_home = at_free != t
            if at_home:
                s.at[NEXT_DUTY] = m + 1
                u = whole(w.duty[m].unit)
                free, move = _change_duty(w, s, u, w.duty[m].on, w.duty[m].off_t, t)
                base = w.bases[s.picture[u].base]
                node, leg = whole(base.node), base.leg
            else:
                u = s.at[NEXT_FREE_UNIT]
                free = _end_mission(w, s, u, t)
                node, leg = whole(s.picture[u].free_node), s.picture[u].free_leg
            if free:
                order = from_queue(w, s, inc, u, node, leg, at_home, t)
                if order.unit < 0 and rebooks:  # asked here: to call it with all there is costs more than to send
                    order, move = take_over(w, s, inc, u, node, leg, at_home, t)
                if order.unit < 0 and has_tasks:
                    move = take_task(w, s, inc, u, node, leg, t)
                if order.unit < 0 and move.unit < 0:
                    move = where_to(w, s, u, node, leg, at_home, t)
            elif not at_home:
                home = w.bases[w.units[u].station]
                s.picture[u].base = w.units[u].station
                move = move_from_standing(w, u, t, OFF_HOME, -1, node, leg, home.node, home.leg, s.picture[u].free_near)
        if order.unit >= 0:
            first_ask, last_ask = send(w, s, inc, order, t)
        for j in range(first_ask, last_ask):
            send_for(w, s, inc, whole(j), order, t)
        listed, first = -1, whole(0)
        while True:
            if move.unit >= 0:
                drive(w, s, move, t)
                if move.kind == TASK:
                    settle_at_task(s, inc, move.unit)
            # A table is looked into after everything, the programme solved when units were sent or became free.
            if not complies and not (weighs and (not decides or order.unit >= 0 or last_ask > first_ask)):
                break
            if listed < 0:
                listed = set_goals(w, s, t)
            first, move = next_move(w, s, listed, first, t)
            if move.unit < 0:
                break
        if has_crises:
            look_for_crises(w, s, t)
        if s.at[HOLDING_BACK] > 0:
            look_for_reserves(w, s, t)
    return CANCELLED


def _columns(names: tuple[str, ...], rows: Records, own: dict[str, Any]) -> list[Any]:
    return [own[name] if name in own else rows[name] for name in names]


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
        transport_kilometres(land.roads, missions, demand.incidents, demand.wards, transport_km)
        stint_kilometres(land.roads, stints, stint_km)
    units = np.zeros(land.units.size, UNIT_TALLY)
    last_stint = np.full(land.units.size, -1, np.int64)
    tally_units(missions, stints, drive_km, transport_km, stint_km, last_stint, units)
    marks = s.marks
    columns = {"drive_km": drive_km, "transport_km": transport_km, "met": np.maximum(missions["met"], -1)}
    return Outcome(
        missions=Missions(*_columns(Missions._fields, missions, columns)),
        mission_count=missions.size,
        stints=Stints(*_columns(Stints._fields, stints, {"km": stint_km})),
        stint_count=stints.size,
        asked=marks["asked"],
        queued=marks["queued"],
        held=marks["held"],
        bumped=marks["bumped"],
        second_missing=marks["second_missing"],
        units=units,
        tasks=s.tasks,
        crises=s.crises,
    )


class Prepared(NamedTuple):
    """A service and the incidents it meets, as records."""

    land: Land
    demand: Demand
    end_s: float


def prepare(world: World, incidents: Incidents, near: Near | None = None) -> Prepared:
    """Make one replication ready.

    Args:
        world: the alternative, from `pack`.
        incidents: the demand, from `pack_incidents` or `pack_trace`.
        near: ways to and from each scene, where they were worked out beforehand.
    """
    return Prepared(land_of(world), demand_of(incidents, world, near), world.end_s)


def first_incidents(incidents: Incidents, most: int) -> Incidents:
    """The first so many incidents, in order of the call."""
    order = incidents.ready_order[incidents.ready_order < most]
    columns = {name: column[:most] for name, column in incidents._asdict().items() if isinstance(column, np.ndarray)}
    asks = None if incidents.asks is None else first_asks(incidents.asks, most)
    columns |= {"ready_order": order}
    return Incidents(**columns, asks=asks)  # type: ignore[arg-type]  # by name, and of a trace: nothing is planned


def simulate_prepared(
    prepared: Prepared, *, km: bool = True, state: State | None = None, cancel: I1 | None = None
) -> Outcome:
    """Run one replication of one alternative to its end.

    Args:
        prepared: what is run; it is not changed.
        km: whether kilometres are looked up; otherwise they are NaN.
        state: memory for this run alone, from `new_state` or `taken_state`; made here when there is none.
        cancel: [1], looked at before every event: when somebody sets it, from wherever, the run stops.

    Raises:
        CancelledError: the run was stopped before its end.
    """
    land, demand, end_s = prepared
    state, cancel = state or new_state(land, demand), np.zeros(1, np.int8) if cancel is None else cancel
    while (ended := run_until(land, state, demand, end_s, cancel)) == FULL:
        state = grown_state(state)
    if ended == CANCELLED:
        raise CancelledError("the run was stopped before its end")
    close_stints(land, state, end_s)
    close_crises(state, end_s)
    return outcome_of(land, demand, state, km=km)


def simulate(world: World, incidents: Incidents, *, km: bool = True) -> Outcome:
    """`prepare` and `simulate_prepared` in one."""
    return simulate_prepared(prepare(world, incidents), km=km)
