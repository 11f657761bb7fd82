"""Planned tasks in standby time: who does which, and what becomes of it when a unit is needed elsewhere."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.compiled import leaf, part, whole
from beredt.dispatch.paths import path_s
from beredt.dispatch.picture import FREE
from beredt.dispatch.place import place_of
from beredt.dispatch.records import Demand, Land
from beredt.dispatch.roads import Records
from beredt.dispatch.travel import mode_at, true_factor
from beredt.dispatch.world import SPEED_RETURN, TASK
from beredt.simulation.agenda import TASK_OPENS, note_for_later
from beredt.simulation.state import BEGUN, DONE, OPEN, State
from beredt.simulation.staying import note_free_time
from beredt.simulation.stints import Move, end_stint, move_from_standing, no_move


@leaf
def _others_free(w: Land, p: Records, unit: int) -> int:
    """Other free units of the same station that are ready."""
    n, station = 0, w.units[unit].station
    for u in range(p.size):
        if u != unit and p[u].status == FREE and w.units[u].ready and w.units[u].station == station:
            n += 1
    return n


@part
def _drive_s(w: Land, s: State, inc: Demand, u: int, j: int, node: int, leg: float, rest_s: float, t: float) -> float:
    """Seconds of the drive of unit u to task j; infinite where it may not begin it now.

    Args:
        w: the alternative.
        s: the state.
        inc: the demand.
        u: the unit.
        j: the task.
        node: road node where the unit is, or that it reaches next.
        leg: from where it stands to the node; 0 on the move.
        rest_s: until the node; 0 when it stands.
        t: now, s.
    """
    task = inc.tasks[j]
    if not w.task_may[task.form, u] or not w.rulings[s.ruled[w.units[u].centre]].tasks:
        return np.inf
    m = mode_at(w, u, SPEED_RETURN, t)
    pace = w.roads.off_pace[m]
    way_s = leg * pace + path_s(w.roads, m, node, task.node) + task.leg * pace
    drive_s = rest_s + way_s * true_factor(w, u, SPEED_RETURN, t)
    if drive_s > task.max_drive_s or t + drive_s > task.last_t or t + drive_s + task.stay_s > s.picture[u].off_t:
        return np.inf
    if task.keep > 0 and _others_free(w, s.picture, u) < task.keep:
        return np.inf
    return drive_s


@part
def _end_stint(w: Land, s: State, u: int, m: int, t: float) -> tuple[int, float, float]:
    """`end_stint`, called, so that its code is here once."""
    return end_stint(w, s, u, m, t)


@leaf
def _strike_off(s: State, at: int) -> None:
    """Take an entry off the list of tasks that wait."""
    n = s.open_tasks[0]
    for k in range(at, n):
        s.open_tasks[k] = s.open_tasks[k + 1]
    s.open_tasks[0] = n - 1


@leaf
def put_on_list(s: State, j: int) -> None:
    """Task j waits for a unit."""
    s.tasks[j].state, s.tasks[j].unit, s.tasks[j].begun_t = OPEN, -1, np.nan
    s.open_tasks[0] += 1
    s.open_tasks[s.open_tasks[0]] = j


@part
def take_task(w: Land, s: State, inc: Demand, u: int, node: int, leg: float, t: float) -> Move:
    """The drive to the task that a unit takes which becomes free at a place and finds no incident; or none.

    Of the tasks that wait and that it may begin now, the one that is due first; the lowest number on a tie.
    """
    best, at, k = whole(-1), whole(0), whole(1)
    while k <= s.open_tasks[0]:
        j = whole(s.open_tasks[k])
        if inc.tasks[j].last_t < t:
            _strike_off(s, k)
            continue
        sooner = best < 0 or inc.tasks[j].due_t < inc.tasks[best].due_t
        sooner = sooner or (inc.tasks[j].due_t == inc.tasks[best].due_t and j < best)
        if sooner and np.isfinite(_drive_s(w, s, inc, u, j, node, leg, 0.0, t)):
            best, at = j, k
        k += 1
    if best < 0:
        return no_move()
    _strike_off(s, at)
    to = inc.tasks[best]
    return move_from_standing(w, u, t, TASK, best, node, leg, whole(to.node), to.leg, -1)


@part
def send_to_task(w: Land, s: State, inc: Demand, j: int, t: float) -> Move:
    """The drive to a task that may be begun from now on, by the free unit that is there first; or it waits."""
    p = s.picture
    best, best_s = whole(-1), np.inf
    if inc.tasks[j].last_t < t:
        return no_move()
    for u in range(p.size):
        if p[u].status != FREE:
            continue
        node, leg, rest_s = whole(p[u].to_node), p[u].to_leg, 0.0
        if t < p[u].arrive_t:
            node, rest_s = place_of(w.roads, p, u, mode_at(w, u, SPEED_RETURN, t), t)
            leg = 0.0
        drive_s = _drive_s(w, s, inc, u, j, node, leg, rest_s, t)
        if drive_s < best_s:
            best, best_s = whole(u), drive_s
    if best < 0:
        put_on_list(s, j)
        return no_move()
    m, standing, leg = mode_at(w, best, SPEED_RETURN, t), t >= p[best].arrive_t, p[best].to_leg
    node, rest_s, begin_km = _end_stint(w, s, best, m, t)
    to = inc.tasks[j]
    if standing:
        return move_from_standing(w, best, t, TASK, j, node, leg, whole(to.node), to.leg, -1)
    return Move(best, TASK, whole(j), whole(node), rest_s, begin_km, whole(to.node), to.leg, whole(m), -1)


@part
def settle_at_task(s: State, inc: Demand, u: int) -> None:
    """Unit u has set out to the task of its stint: when it is done, and what it gives way to."""
    now, j = s.picture[u], s.picture[u].point
    task = inc.tasks[j]
    now.gives_way, now.drops = task.gives_way, task.drops
    now.free_node, now.free_leg, now.free_near = task.node, task.leg, -1
    s.tasks[j].state, s.tasks[j].unit, s.tasks[j].begun_t = BEGUN, u, now.arrive_t
    note_free_time(s, u, now.arrive_t + task.stay_s)


@part
def end_task(w: Land, s: State, u: int, t: float) -> None:
    """The task of unit u is done."""
    s.tasks[s.picture[u].point].state = DONE
    _end_stint(w, s, u, mode_at(w, u, SPEED_RETURN, t), t)


@part
def give_up_task(s: State, u: int, t: float) -> None:
    """Unit u leaves its task for an incident: the task waits again, and is looked at at once."""
    j = whole(s.picture[u].point)
    s.tasks[j].given_up += 1
    s.tasks[j].state, s.tasks[j].unit, s.tasks[j].begun_t = OPEN, -1, np.nan
    note_for_later(s.agenda, t, j, whole(TASK_OPENS), whole(-1))
