"""Planned tasks of a service as arrays, and those of a replication as the kernel meets them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.demand.intensity import Period
from beredt.demand.planned_tasks import TaskForm, draw_tasks, task_stratum
from beredt.demand.population import people_by_age
from beredt.dispatch.world import F8, I1, I4, Tasks
from beredt.errors import StudyError
from beredt.model.issue import Issue
from beredt.model.planned_task import PlannedTask
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES
from beredt.simulation.study_roads import StudyRoads

MINUTE_S = 60.0
BAND_YEARS = 10


class TaskRules(NamedTuple):
    """All forms of task of a service. F forms, A areas."""

    forms: tuple[TaskForm, ...]
    node: I4  # [A] road node
    leg: F8  # [A]
    window_s: F8  # [F]
    late_s: F8  # [F]
    gives_way: I1  # [F] bits of a mask
    drops: I1  # [F]
    keep: I4  # [F]
    max_drive_s: F8  # [F]


def plan_tasks(study: Study, service: Service, roads: StudyRoads, period: Period) -> TaskRules | None:
    """Make the planned tasks of a service ready; None where it has none.

    Args:
        study: for its people.
        service: today's, or an alternative's.
        roads: with a place for every area.
        period: what is simulated.

    Raises:
        StudyError: a task in municipalities where nobody of that age lives.
    """
    tasks = service.planned_tasks
    if not tasks:
        return None
    people = people_by_age(service.areas, study.population, study.age_shares, study.settings.study.year)
    places = roads.areas(service.areas)
    return TaskRules(
        forms=tuple(_form(task, service, people, period) for task in tasks),
        node=places.node,
        leg=places.leg,
        window_s=np.array([task.window_s for task in tasks]),
        late_s=np.array([task.late_s for task in tasks]),
        gives_way=np.array([urgency_mask(task.gives_way) for task in tasks], np.int8),
        drops=np.array([urgency_mask(task.drops or "") for task in tasks], np.int8),
        keep=np.array([task.keep_home for task in tasks], np.int32),
        max_drive_s=np.array([task.max_drive_min * MINUTE_S for task in tasks]),
    )


def pack_task_may(service: Service) -> I1 | None:
    """Which units may do tasks of which form, int8[F, U]; None where there are none."""
    if not service.planned_tasks:
        return None
    may = [
        [unit.kind in task.kinds and (not task.stations or unit.station in task.stations) for unit in service.units]
        for task in service.planned_tasks
    ]
    return np.array(may, np.int8).reshape(len(may), len(service.units))


def pack_tasks(rules: TaskRules, seed: int, replication: int) -> Tasks:
    """The tasks of a replication."""
    drawn = draw_tasks(rules.forms, seed, replication)
    form, due_t = drawn.form, drawn.open_t + rules.window_s[drawn.form]
    return Tasks(
        form=form,
        open_t=drawn.open_t,
        due_t=due_t,
        last_t=due_t + rules.late_s[form],
        stay_s=drawn.stay_s,
        node=rules.node[drawn.area],
        leg=rules.leg[drawn.area],
        gives_way=rules.gives_way[form],
        drops=rules.drops[form],
        keep=rules.keep[form],
        max_drive_s=rules.max_drive_s[form],
    )


def urgency_mask(urgencies: str) -> int:
    """Urgencies, written as `AH`, as bits of a mask: bit 0 acute."""
    return sum(1 << number for number, urgency in enumerate(URGENCIES) if urgency in urgencies)


def _form(task: PlannedTask, service: Service, people: F8, period: Period) -> TaskForm:
    inside = np.array([area.municipality in task.municipalities for area in service.areas])
    bands = np.arange(people.shape[1]) * BAND_YEARS
    old_enough = np.clip((bands + BAND_YEARS - task.from_age) / BAND_YEARS, 0.0, 1.0)
    old_enough[-1] = 1.0  # the last has no end
    homes = (people * old_enough).sum(axis=1) * inside
    if homes.sum() <= 0.0:
        message = f"nobody of {task.from_age} years or more lives where {task.id} is done"
        remedy = "name other municipalities, or a lower age"
        raise StudyError([Issue("planned_tasks", None, "municipalities", task.id, 1, message, remedy)])
    below = np.cumsum(homes) / homes.sum()
    below[np.flatnonzero(homes)[-1] :] = 1.0  # whatever the rounding
    first = period.first_day.isoweekday() - 1
    weekday = (first + np.arange(period.all_days)) % 7 + 1
    return TaskForm(
        stratum=task_stratum(task.id),
        per_day=task.per_day,
        start_s=task.start_s,
        end_s=task.end_s,
        on_day=np.isin(weekday, task.weekdays),
        home_below=below,
        stay_s=task.stay_s,
        stay_sigma=task.stay_sigma,
    )
