"""When units were on duty, worked out from when they were sent: for a log without a roster.

A unit is sent only while it is on duty, so stretches in which it is never sent tell when it is not. A stretch counts
as off duty where the unit was sent at most a tenth as often as usual, and would hardly have been by chance: even at a
third of its usual rate (nights are quiet) fewer missions than were seen would come less than once in a thousand times.
This is asked three times over: for each weekday against the others, for the hours of each weekday and of all days
together, and for runs of days in which the unit should have worked. What is not shown to be off duty is on duty.

The answer is an estimate in whole hours, and whoever shows it says so. It cannot know of a short shift that nobody
needed; a unit with few missions a week seems to be on duty day and night. One that is sent less than once a week, such
as a neighbour's, is no unit to reckon with: it is on duty in the hours in which it was sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from math import log

import numpy as np
from numpy.typing import NDArray

from beredt.indicators.observing.duty import Duty, joined

B = NDArray[np.bool_]
I8 = NDArray[np.int64]

HOUR_S = 3_600.0
DAY_HOURS = 24
WEEKDAYS = 7

LEAST_SHARE = 0.1
"""So much of the usual number of missions still looks like none: a swapped shift, a crew that stayed on."""

QUIET = 1 / 3
"""The quietest hours of day and night have about a third of the missions of a usual hour."""

LEAST_PER_WEEK = 1.0
"""A unit that is sent less often comes now and then; nobody can tell when it would have been free."""

SURE = -log(1e-3)
"""Nothing is seen where so many missions are expected with a probability of one in a thousand (Poisson)."""


def duty_seen(sent: I8, units: int, start: date, days: int) -> Duty:
    """Work out when units were on duty.

    Args:
        sent: [N] every time a unit was sent, in order: the row of the unit times the hours of all days, and the clock
            hour within them.
        units: how many there are.
        start: the first day.
        days: how many days, at least 1.
    """
    hours = days * DAY_HOURS
    ends = np.searchsorted(sent, np.arange(units + 1) * hours)
    weekday = (start.weekday() + np.arange(days)) % WEEKDAYS
    numbers, ons, offs = [np.zeros(0, np.int32)], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for u in range(units):
        counts = np.bincount(sent[ends[u] : ends[u + 1]] - u * hours, minlength=hours)
        worked = hours_worked(counts.reshape(days, DAY_HOURS), weekday).ravel()
        change = _changes(worked)
        ons.append(change[::2])
        offs.append(change[1::2])
        numbers.append(np.full(len(change) // 2, u, np.int32))
    on_s, off_s = (np.concatenate(hours).astype(np.float64) * HOUR_S for hours in (ons, offs))
    return joined(np.concatenate(numbers), on_s, off_s, "seen")


def hours_worked(sent: I8, weekday: I8) -> B:
    """The hours in which one unit was on duty.

    Args:
        sent: [days, 24] how often it was sent.
        weekday: [days] 0 for Monday.

    Returns:
        bool[days, 24]
    """
    if not sent.any():
        return np.zeros(sent.shape, np.bool_)
    present = np.zeros(len(sent), np.bool_)
    seen = np.flatnonzero(sent.any(axis=1))
    present[seen[0] : seen[-1] + 1] = True
    if sent.sum() < LEAST_PER_WEEK * present.sum() / WEEKDAYS:
        return sent > 0
    pattern = _week(sent[present], weekday[present])
    worked: B = pattern[weekday]
    worked[_days_off(sent, worked, present)] = False
    return worked


def _week(sent: I8, weekday: I8) -> B:
    """Hours that are worked on each weekday, bool[7, 24]."""
    days = np.bincount(weekday, minlength=WEEKDAYS)
    on_weekday = (weekday == np.arange(WEEKDAYS)[:, np.newaxis]).astype(np.float64)
    counts = (on_weekday @ sent).astype(np.int64)  # exact: whole numbers, and few enough
    usual = (counts.sum(axis=1) / np.maximum(days, 1)).max() * days
    whole = ~((counts.sum(axis=1) <= LEAST_SHARE * usual) & (usual * QUIET > SURE))
    empty = _empty_hours(np.vstack([counts, counts[whole].sum(axis=0)]))
    week: B = ~(empty[:-1] | empty[-1]) & whole[:, np.newaxis]
    return week


def _empty_hours(counts: I8) -> B:
    """Hours of the day in which nothing is sent, by stretches that go on past midnight, bool[R, 24] as counts."""
    # Of the hour in which the middle mission comes.
    usual = (counts**2).sum(axis=1) / np.maximum(counts.sum(axis=1), 1)
    few = counts <= LEAST_SHARE * usual[:, np.newaxis]
    empty = np.zeros(counts.shape, np.bool_)
    # Shorter stretches are never sure, so a row with so few such hours is not looked through.
    for row in np.flatnonzero(few.sum(axis=1) * usual * QUIET > SURE).tolist():
        for stretch in _stretches_round(few[row].tolist()):
            if len(stretch) * usual[row] * QUIET > SURE:
                empty[row, stretch] = True
    return empty


def _stretches_round(flags: list[bool]) -> Iterator[list[int]]:
    """Unbroken stretches of true places in a circle."""
    if all(flags) or not any(flags):
        return
    first = flags.index(False)
    places = [(first + i) % len(flags) for i in range(len(flags))]
    for flag, stretch in groupby(places, key=lambda place: flags[place]):
        if flag:
            yield list(stretch)


def _days_off(sent: I8, worked: B, present: B) -> B:
    """Days in which the unit should have worked and did not, bool[days]; those before its first and after its last."""
    scheduled = worked.any(axis=1)
    by_day = sent.sum(axis=1)
    inside = np.flatnonzero(scheduled & present)
    idle = by_day[inside] == 0
    off = ~present
    for _ in range(2):  # the second time by a rate that days off no longer thin out
        counted = scheduled & ~off
        rate = by_day[counted].sum() / max(int(counted.sum()), 1)
        off = ~present
        off[inside[_run_lengths(idle) * rate > SURE]] = True
    return off


def _changes(flags: B) -> I8:
    """Places where a run of true ones begins and, every second one, those after its last."""
    padded = np.zeros(len(flags) + 2, np.bool_)
    padded[1:-1] = flags
    return np.flatnonzero(padded[1:] != padded[:-1])


def _run_lengths(flags: B) -> I8:
    """At each true place how many true places its unbroken run has, 0 at a false one, int64 as flags."""
    change = _changes(flags)
    first, end = change[::2], change[1::2]
    lengths = np.zeros(len(flags), np.int64)
    lengths[flags] = np.repeat(end - first, end - first)
    return lengths
