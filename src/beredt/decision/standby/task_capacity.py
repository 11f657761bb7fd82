"""How many planned tasks a day a service can carry without worse response.

The same years are simulated without the tasks and with more and more of them. A number *holds* when the share of acute
incidents within the target falls by less than a margin, told by the lower end of the paired 95 % interval: the rule of
non-inferiority. The *capacity* is the greatest number tried that holds with all smaller ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

import numpy as np

from beredt.decision.estimated import Estimated, estimated
from beredt.errors import UnknownIdError
from beredt.indicators.cells import WHOLE_DAY
from beredt.indicators.estimate import estimate, paired_difference
from beredt.indicators.group_response import Count, ResponseCounts, Sum
from beredt.indicators.moments import MS_PER_S
from beredt.indicators.observed import ACUTE, F8, Frame, Year
from beredt.indicators.standby.tally import DONE, LATE, PLANNED, TaskTally, counts_of_form, tally_tasks
from beredt.indicators.tally import tally_response_only
from beredt.model.service import Service

PERCENT = 100.0


class Carried(NamedTuple):
    """What so many tasks a day cost. Differences are from none, replication by replication."""

    per_day: float
    done_share: Estimated  # of the tasks
    late_share: Estimated  # of those done
    share_change_pp: Estimated  # of acute incidents within the target
    mean_change_s: Estimated  # of the response to them
    holds: bool


@dataclass(frozen=True, slots=True)
class Capacity:
    """What each number of tasks a day costs, and the greatest that holds: 0 for none of them."""

    task: str
    group: str
    margin_pp: float
    carried: tuple[Carried, ...]
    most: float


class CarriedCount(NamedTuple):
    """What one replication tells of it."""

    response: ResponseCounts
    tasks: TaskTally | None  # None where nothing is planned


def count_carried(frame: Frame, year: Year) -> CarriedCount:
    """Count the responses and the planned tasks of one replication; nothing of it needs kilometres."""
    tasks = None if year.tasks is None else tally_tasks(frame, year.tasks)
    return CarriedCount(tally_response_only(frame, year).response, tasks)


class SimulateServices(Protocol):
    """Simulates services on the same incidents: by service, its counts by replication."""

    def __call__(self, services: Mapping[str, Service], replications: int, /) -> Mapping[str, Sequence[CarriedCount]]:
        """Counts of replications 0, 1, … of every service under its own key."""
        ...


def task_capacity(
    service: Service,
    task: str,
    numbers: Sequence[float],
    *,
    group: str,
    group_ids: Sequence[str],
    margin_pp: float,
    replications: int,
    simulate: SimulateServices,
) -> Capacity:
    """Try numbers of tasks a day.

    Args:
        service: with the form of task; all other forms stay as they are.
        task: its id.
        numbers: of tasks a day, above 0, ascending.
        group: of areas, in which response is looked at.
        group_ids: of the frame.
        margin_pp: percentage points that the share within the target may fall by, above 0.
        replications: at least 2, for an interval.
        simulate: with `count_carried`.

    Raises:
        UnknownIdError: no such form of task, or no such group.
    """
    known = [one.id for one in service.planned_tasks]
    if task not in known:
        raise UnknownIdError("planned task", task, known)
    if group not in group_ids:
        raise UnknownIdError("group", group, group_ids)
    services = {str(number): with_tasks_a_day(service, task, number) for number in (0.0, *numbers)}
    tallies = simulate(services, replications)
    cell, form = (list(group_ids).index(group), ACUTE, WHOLE_DAY), known.index(task)
    none = _response(tallies[str(0.0)], cell)
    carried = tuple(_carried(one, tallies[str(one)], none, cell, form, margin_pp) for one in numbers)
    held = 0
    while held < len(carried) and carried[held].holds:
        held += 1
    return Capacity(task, group, margin_pp, carried, carried[held - 1].per_day if held else 0.0)


def with_tasks_a_day(service: Service, task: str, per_day: float) -> Service:
    """The service with so many tasks a day of one form; the draws of all tasks stay."""
    tasks = tuple(replace(one, per_day=per_day) if one.id == task else one for one in service.planned_tasks)
    return replace(service, planned_tasks=tasks)


def _response(tallies: Sequence[CarriedCount], cell: tuple[int, int, int]) -> tuple[F8, F8]:
    """Share within the target (percent) and mean response (s) of acute incidents, both [R]."""
    counts = np.array([one.response.counts[cell] for one in tallies], np.float64)
    sums = np.array([one.response.sums_ms[cell] for one in tallies], np.float64)
    share = counts[:, Count.WITHIN_TARGET] / counts[:, Count.WITH_TARGET] * PERCENT
    return share, sums[:, Sum.RESPONSE] / counts[:, Count.SERVED] / MS_PER_S


def _carried(
    number: float,
    tallies: Sequence[CarriedCount],
    none: tuple[F8, F8],
    cell: tuple[int, int, int],
    form: int,
    margin_pp: float,
) -> Carried:
    share, mean_s = _response(tallies, cell)
    counts = np.array([counts_of_form(one.tasks, form) for one in tallies], np.float64)
    change = estimated(paired_difference(share[None], none[0][None]))
    return Carried(
        per_day=number,
        done_share=estimated(estimate((counts[:, DONE] / np.maximum(counts[:, PLANNED], 1.0))[None])),
        late_share=estimated(estimate((counts[:, LATE] / np.maximum(counts[:, DONE], 1.0))[None])),
        share_change_pp=change,
        mean_change_s=estimated(paired_difference(mean_s[None], none[1][None])),
        holds=change.low > -margin_pp,
    )
