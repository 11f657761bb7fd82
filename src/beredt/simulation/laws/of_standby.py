"""Laws about planned tasks, and about places at hospitals."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.world import CARRIER, F8, NO_END, PRIMARY, TASK, Tasks
from beredt.simulation.laws.breach import Breach, Law, Run, of_missions
from beredt.simulation.state import BEGUN, DONE

HOUR_S, WEEK_HOURS = 3600.0, 168
SLACK_S = 1e-6
"""Sums of seconds in another order differ by so much at most."""


def tasks_are_done_once(law: str, run: Run) -> Iterator[Breach]:
    """Every drive to a task is given up, goes on, or ends with the task done: and a task is done once, if at all."""
    tasks, marks = run.incidents.tasks, run.outcome.tasks
    if tasks is None:
        return
    s = run.stints
    set_out = np.bincount(s.point[s.kind == TASK], minlength=marks.size)
    goes_on = (marks["state"] == BEGUN) | (marks["state"] == DONE)
    off = set_out != marks["given_up"] + goes_on
    yield from _of_tasks(law, off, run, tasks, "those who set out to it neither gave it up, nor are at it, nor did it")


def tasks_fit_in(law: str, run: Run) -> Iterator[Breach]:
    """Nobody sets out before a task opens, is there too late, may not do it, or leaves before it is done."""
    tasks, marks, world = run.incidents.tasks, run.outcome.tasks, run.world
    if tasks is None or world.task_may is None:
        return
    s = run.stints
    rows = np.flatnonzero(s.kind == TASK)
    task, unit = s.point[rows], s.unit[rows]
    early = s.start_t[rows] < tasks.open_t[task]
    late = s.arrive_t[rows] > tasks.last_t[task] + SLACK_S
    strange = world.task_may[tasks.form[task], unit] == 0
    bad = np.zeros(marks.size, np.bool_)
    np.logical_or.at(bad, task, early | late | strange)
    done = np.flatnonzero(marks["state"] == DONE)
    whole_s = np.zeros(marks.size)
    np.maximum.at(whole_s, task, s.end_t[rows] - s.arrive_t[rows])
    bad[done] |= np.abs(whole_s[done] - tasks.stay_s[done]) > SLACK_S
    yield from _of_tasks(
        law, bad, run, tasks, "it was begun too early or too late, by a unit that may not, or not done"
    )


def nobody_leaves_for_less(law: str, run: Run) -> Iterator[Breach]:
    """A task is given up only for an incident of an urgency that it gives way to."""
    tasks, m, s = run.incidents.tasks, run.missions, run.stints
    if tasks is None:
        return
    rows = np.flatnonzero((s.kind == TASK) & (s.end_t < run.world.end_s))
    sent = {(int(u), float(t)): row for row, (u, t) in enumerate(zip(m.unit, m.assign_t, strict=True))}
    bad = np.zeros(m.unit.size, np.bool_)
    for row in rows.tolist():
        task = int(s.point[row])
        done = abs(s.end_t[row] - s.arrive_t[row] - tasks.stay_s[task]) <= SLACK_S
        mission = sent.get((int(s.unit[row]), float(s.end_t[row])))
        if mission is not None and not done:
            mask = tasks.drops[task] if s.end_t[row] >= s.arrive_t[row] else tasks.gives_way[task]
            bad[mission] = not mask >> run.incidents.urgency[m.incident[mission]] & 1
    yield from of_missions(law, bad, run, "it left a planned task that gives way to more urgent incidents only")


def places_are_kept(law: str, run: Run) -> Iterator[Breach]:
    """Whoever gets a place finds one, and nobody waits while one is free."""
    wards, m = run.incidents.wards, run.missions
    if wards is None:
        return
    rows = _at_hospitals(run)
    hospital = np.where(m.hospital[rows] >= 0, m.hospital[rows], wards.hospital[m.incident[rows]])
    placed_t = m.free_t[rows] - run.incidents.handover_s[m.incident[rows]]
    placed_t[m.free_t[rows] == run.world.end_s] = np.inf  # who still waits at the end is written down so
    bad = np.zeros(m.unit.size, np.bool_)
    for h in range(wards.node.size):
        mine = rows[hospital == h]
        begin, come = placed_t[hospital == h], m.dest_t[mine]
        end = begin + wards.stay_s[m.incident[mine]]
        for at, row in enumerate(mine.tolist()):
            if m.free_t[row] >= run.world.end_s:
                continue
            free = _places(run, wards.places[h], begin[at] + SLACK_S)
            if free == NO_END:
                continue
            taken = int(((begin < begin[at] - SLACK_S) & (end > begin[at] + SLACK_S)).sum())
            waited = begin[at] > come[at] + SLACK_S
            taken_at_door = int(((begin <= come[at] + SLACK_S) & (end > come[at] + SLACK_S)).sum())
            full = _places(run, wards.places[h], come[at] + SLACK_S)
            bad[row] = taken >= free or (waited and taken_at_door < full)
    yield from of_missions(law, bad, run, "its patient got a place that was not there, or waited before a free one")


def _at_hospitals(run: Run) -> NDArray[np.int64]:
    """Missions that brought a patient to a hospital whose places are counted, or past one."""
    wards, m = run.incidents.wards, run.missions
    assert wards is not None
    takes = (m.role == PRIMARY) | (m.role == CARRIER)
    there = (m.diverted == 0) & (m.dest_t > m.leave_t) & (m.dest_t < run.world.end_s)
    return np.flatnonzero(takes & there & (wards.hospital[m.incident] >= 0))


def _places(run: Run, week: NDArray[np.int32], t: float) -> int:
    return int(week[(int(run.world.first_hour) + int(t // HOUR_S)) % WEEK_HOURS])


def _of_tasks(law: str, broken: NDArray[np.bool_], run: Run, tasks: Tasks, what: str) -> Iterator[Breach]:
    """The first of the tasks that break a law; its time is that at which it opened."""
    found = np.flatnonzero(broken)
    if found.size:
        task = int(found[0])
        unit = int(run.outcome.tasks["unit"][task])
        opened: F8 = tasks.open_t
        yield Breach(law, f"task {task}: {what}", unit if unit >= 0 else None, None, float(opened[task]), found.size)


STANDBY_LAWS: tuple[tuple[str, Law], ...] = (
    ("a planned task is done once", tasks_are_done_once),
    ("planned tasks fit in", tasks_fit_in),
    ("tasks give way to what they say", nobody_leaves_for_less),
    ("places at hospitals are kept", places_are_kept),
)
