"""Table `standby_work`: planned tasks and waiting at hospitals, level and difference from today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from beredt.decision.frames import Cell, result_frame
from beredt.decision.level_and_change import level_and_change
from beredt.indicators.observed import F8
from beredt.indicators.runs import YEAR_DAYS
from beredt.indicators.standby.tally import (
    BY_PASSED,
    DONE,
    DONE_MS,
    GIVEN_UP,
    LATE,
    NOT_DONE,
    PATIENTS,
    PLANNED,
    WAITED,
    WAITED_LONG,
    WAITED_MS,
    counts_of_form,
)
from beredt.indicators.tally import Tally
from beredt.model.alternative import TODAY
from beredt.model.service import Service

MS_PER_S, MS_PER_H = 1_000.0, 3_600_000.0
TASK_COUNTS = {
    "tasks": PLANNED,
    "tasks_done": DONE,
    "tasks_late": LATE,
    "tasks_not_done": NOT_DONE,
    "tasks_given_up": GIVEN_UP,
}
WARD_COUNTS = {"patients": PATIENTS, "waited": WAITED, "waited_long": WAITED_LONG, "by_passed": BY_PASSED}


class Key(NamedTuple):
    """What names a figure."""

    measure: str
    of: str
    unit: str = "per year"


def standby_table(services: Mapping[str, Service], tallies: Mapping[str, Sequence[Tally]]) -> pl.DataFrame:
    """The table; without rows where no service has planned tasks or places at hospitals.

    Args:
        services: by alternative, today among them.
        tallies: of any count of everything.
    """
    return result_frame("standby_work", _rows(services, tallies))


def _rows(services: Mapping[str, Service], tallies: Mapping[str, Sequence[Tally]]) -> Iterator[dict[str, Cell]]:
    values = {name: standby_values(services[name], rows) for name, rows in tallies.items()}
    for name, own in values.items():
        for key, drawn in sorted(own.items()):
            # Who has no such tasks today does none; where places are not counted today, nobody waits.
            today = values[TODAY].get(key, _nothing(key, drawn))
            yield {"alternative": name, **key._asdict(), **level_and_change(drawn, today)}


def _nothing(key: Key, drawn: F8) -> F8:
    """What stands for today where today does not count: none; of patients nobody knows."""
    return np.full_like(drawn, np.nan) if key.measure == "patients" else np.zeros_like(drawn)


def standby_values(service: Service, tallies: Sequence[Tally]) -> Mapping[Key, F8]:
    """All figures of an alternative, [R] each."""
    per_year = YEAR_DAYS / tallies[0].days
    found: dict[Key, F8] = {}
    for f, task in enumerate(service.planned_tasks):
        counts = np.array([counts_of_form(one.tasks, f) for one in tallies], np.float64)  # [R, what]
        found |= {Key(name, task.id): counts[:, what] * per_year for name, what in TASK_COUNTS.items()}
        found[Key("tasks_h", task.id, "h per year")] = counts[:, DONE_MS] / MS_PER_H * per_year
    counted = {row.hospital for row in service.hospital_places}
    for h, hospital in enumerate(service.hospitals):
        if hospital.id not in counted:
            continue
        sums = np.array([one.wards.hospitals[h] for one in tallies if one.wards is not None], np.float64)
        found |= {Key(name, hospital.id): sums[:, what] * per_year for name, what in WARD_COUNTS.items()}
        found[Key("wait_h", hospital.id, "h per year")] = sums[:, WAITED_MS] / MS_PER_H * per_year
        with np.errstate(invalid="ignore"):
            found[Key("wait_mean_s", hospital.id, "s")] = sums[:, WAITED_MS] / sums[:, PATIENTS] / MS_PER_S
    return found
