"""Planned tasks and waiting at hospitals of one replication, counted.

Tasks count that open in the period, patients whose unit is at the hospital in it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.indicators.moments import MS_PER_S
from beredt.indicators.observed import Frame, ObservedMissions
from beredt.indicators.paths.types import I8
from beredt.indicators.standby.observed import ObservedTasks, ObservedWards

PLANNED, DONE, LATE, NOT_DONE, GIVEN_UP, DONE_MS = range(6)
"""Last axis of `TaskTally.forms`; those late are among those done."""

PATIENTS, WAITED, WAITED_LONG, WAITED_MS, BY_PASSED = range(5)
"""Last axis of `WardTally.hospitals`; by-passed are patients who were meant for the hospital."""

LONG_S = 900.0
"""A wait of more than a quarter of an hour is long."""


class TaskTally(NamedTuple):
    """F forms."""

    forms: I8  # [F, 6]


def counts_of_form(tally: TaskTally | None, form: int) -> list[int]:
    """The counts of a form; none in a replication in which none of it, nor of a later one, opened."""
    if tally is None or form >= len(tally.forms):
        return [0] * (DONE_MS + 1)
    counts: list[int] = tally.forms[form].tolist()
    return counts


class WardTally(NamedTuple):
    """H hospitals."""

    hospitals: I8  # [H, 5]


def tally_tasks(frame: Frame, tasks: ObservedTasks) -> TaskTally:
    """Count the planned tasks."""
    counted = (tasks.open_t >= frame.start_s) & (tasks.open_t < frame.end_s)
    done = counted & (tasks.done != 0)
    late = done & (tasks.begun_t > tasks.due_t)
    columns = (counted, done, late, counted & ~done)
    counts = [np.bincount(tasks.form[mask], minlength=tasks.forms) for mask in columns]
    given_up = np.bincount(tasks.form[counted], tasks.given_up[counted], tasks.forms)
    done_ms = np.bincount(tasks.form[done], np.rint(tasks.stay_s[done] * MS_PER_S), tasks.forms)
    return TaskTally(np.stack([*counts, given_up, done_ms], axis=1).astype(np.int64))


def tally_wards(frame: Frame, missions: ObservedMissions, wards: ObservedWards) -> WardTally:
    """Count those who wait at hospitals."""
    dest_t = missions.dest_t[wards.mission]
    counted = (dest_t >= frame.start_s) & (dest_t < frame.end_s)
    hospital, waited_ms = wards.hospital[counted], np.rint(wards.waited_s[counted] * MS_PER_S)
    passed = wards.by_passed[counted]
    columns = [
        np.bincount(hospital, minlength=wards.hospitals),
        np.bincount(hospital[waited_ms > 0], minlength=wards.hospitals),
        np.bincount(hospital[waited_ms > LONG_S * MS_PER_S], minlength=wards.hospitals),
        np.bincount(hospital, waited_ms, wards.hospitals),
        np.bincount(passed[passed >= 0], minlength=wards.hospitals),
    ]
    return WardTally(np.stack(columns, axis=1).astype(np.int64))
