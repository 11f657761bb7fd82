"""When units were on duty, worked out from when they were sent, for all units at once: a log has no roster.

A stretch in which a unit was hardly ever sent, and would hardly have been by chance, is off duty: asked for each
weekday, for the hours of each weekday and of all days together, and for runs of days. The rules are those of
`beredt.indicators.observing.duty_seen`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

LEAST_SHARE, QUIET, LEAST_PER_WEEK = 0.1, 1 / 3, 1.0
SURE = -np.log(1e-3)


def hours_worked(unit: Any, hour: Any, units: int, days: int, weekday: Any) -> Any:
    """The hours in which units were on duty, bool[units, days, 24].

    Args:
        unit: of every time that one was sent.
        hour: of the same, on the clock of the wall, from the first midnight on.
        units: how many there are.
        days: how many.
        weekday: of each day, 0 for Monday.
    """
    inside = (hour >= 0) & (hour < days * 24)
    cell = unit[inside].astype(np.int64) * (days * 24) + hour[inside]
    sent = np.bincount(cell, minlength=units * days * 24).astype(np.int16).reshape(units, days, 24)
    by_day = sent.sum(axis=2)
    present = _present(by_day > 0)
    week = _weeks(sent, present, weekday)
    worked = week[:, weekday]
    worked[_days_off(by_day, week.any(axis=2)[:, weekday], present)] = False
    seldom = by_day.sum(axis=1) < LEAST_PER_WEEK * present.sum(axis=1) / 7
    worked[seldom] = sent[seldom] > 0
    return worked


def _present(seen: Any) -> Any:
    """Days from the first to the last on which each unit was sent, bool[units, days]."""
    return np.logical_or.accumulate(seen, axis=1) & np.logical_or.accumulate(seen[:, ::-1], axis=1)[:, ::-1]


def _weeks(sent: Any, present: Any, weekday: Any) -> Any:
    """Hours that are worked on each weekday, bool[units, 7, 24]."""
    counts = np.stack([sent[:, weekday == day].sum(axis=1, dtype=np.int64) for day in range(7)], axis=1)
    days = np.stack([present[:, weekday == day].sum(axis=1) for day in range(7)], axis=1)
    by_day = counts.sum(axis=2)
    usual = (by_day / np.maximum(days, 1)).max(axis=1, keepdims=True) * days
    whole = ~((by_day <= LEAST_SHARE * usual) & (usual * QUIET > SURE))
    pooled = _empty_hours((counts * whole[:, :, None]).sum(axis=1))
    return whole[:, :, None] & ~(pooled[:, None] | _empty_hours(counts))


def _empty_hours(counts: Any) -> Any:
    """Hours of the day in which nothing is sent, by stretches that go on past midnight; the last axis is the clock."""
    usual = (counts**2).sum(axis=-1, keepdims=True) / np.maximum(counts.sum(axis=-1, keepdims=True), 1)
    few = counts <= LEAST_SHARE * usual
    thrice = np.concatenate([few, few, few], axis=-1)
    place = np.arange(thrice.shape[-1])
    before = np.maximum.accumulate(np.where(thrice, -1, place), axis=-1)
    backwards = np.where(thrice, place[-1] + 1, place)[..., ::-1]
    after = np.minimum.accumulate(backwards, axis=-1)[..., ::-1]
    length = (after - before - 1)[..., 24:48]
    return few & ~few.all(axis=-1, keepdims=True) & (length * usual * QUIET > SURE)


def _days_off(by_day: Any, scheduled: Any, present: Any) -> Any:
    """Days on which units should have worked and did not, bool[units, days]."""
    unit, day = np.nonzero(scheduled & present)
    idle = by_day[unit, day] == 0
    begins = np.ones(len(unit), bool)
    begins[1:] = (unit[1:] != unit[:-1]) | (idle[1:] != idle[:-1])
    run = np.cumsum(begins) - 1
    length = np.bincount(run)[run] if len(run) else run
    off = ~present
    for _ in range(2):  # the second time by a rate that days off no longer thin out
        counted = scheduled & ~off
        rate = (by_day * counted).sum(axis=1) / np.maximum(counted.sum(axis=1), 1)
        gone = idle & (length * rate[unit] > SURE)
        off = ~present
        off[unit[gone], day[gone]] = True
    return off
