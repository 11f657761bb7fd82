"""Planned tasks of one replication: when they open, at whose home, and how long they take.

A day's tasks are spread over its hours by the golden ratio: the n-th opens a fixed part of them, so that one task more
a day moves none of the others. Every draw belongs to (seed, replication, form, day, n) alone.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.demand.philox import uniform_rows
from beredt.demand.purposes import TASK_BLOCK, OfTask
from beredt.demand.special import ndtri

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
I4 = NDArray[np.int32]

DAY_S = 86_400
MINUTE_S = 60
GOLDEN = (5**0.5 - 1) / 2
MOST_A_DAY = 2**16
"""Numbers that the tasks of a day are told apart by."""


class TaskForm(NamedTuple):
    """One form of task. A areas, D days of the period."""

    stratum: int  # from its id: what its draws are keyed by
    per_day: float
    start_s: int
    end_s: int
    on_day: NDArray[np.bool_]  # [D] whether it opens
    home_below: F8  # [A] running share of the homes, 1 at the end
    stay_s: float  # median
    stay_sigma: float


class DrawnTasks(NamedTuple):
    """Tasks of one replication in order of the opening, then form, then number. N tasks."""

    form: I4  # [N]
    open_t: F8  # [N] s from simulated time 0, whole minutes
    area: I4  # [N]
    stay_s: F8  # [N] whole milliseconds


def task_stratum(task_id: str) -> int:
    """The number by which the draws of a form are keyed: by its id, whatever other forms there are."""
    return int.from_bytes(hashlib.blake2b(f"task {task_id}".encode(), digest_size=8).digest(), "big") >> 4


def draw_tasks(forms: tuple[TaskForm, ...], seed: int, replication: int) -> DrawnTasks:
    """Draw the tasks of a replication.

    Args:
        forms: of the service.
        seed: the study's.
        replication: its number.
    """
    parts = [_of_form(number, form, seed, replication) for number, form in enumerate(forms)]
    joined = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
    order = np.argsort(joined[1], kind="stable")
    return DrawnTasks(*(column[order] for column in joined))


def _of_form(number: int, form: TaskForm, seed: int, replication: int) -> DrawnTasks:
    most = int(np.ceil(form.per_day))
    day, n = (column.ravel() for column in np.meshgrid(np.flatnonzero(form.on_day), np.arange(most), indexing="ij"))
    stratum = np.full(len(day), form.stratum, np.int64)
    draws = uniform_rows(seed, replication, stratum, day * MOST_A_DAY + n, range(TASK_BLOCK, TASK_BLOCK + 1))
    planned = (n < int(form.per_day)) | (draws[OfTask.PLANNED] < form.per_day - int(form.per_day))
    day, n, draws = day[planned], n[planned], draws[:, planned]
    share = ((n + 1) * GOLDEN) % 1.0
    open_s = np.floor((form.start_s + share * (form.end_s - form.start_s)) / MINUTE_S) * MINUTE_S
    stay_s = np.rint(form.stay_s * np.exp(form.stay_sigma * ndtri(draws[OfTask.LENGTH])) * 1000.0) / 1000.0
    area = np.searchsorted(form.home_below, draws[OfTask.HOME], side="right")
    return DrawnTasks(
        np.full(len(day), number, np.int32),
        day * float(DAY_S) + open_s,
        np.minimum(area, len(form.home_below) - 1).astype(np.int32),
        np.maximum(stay_s, 0.001),
    )
