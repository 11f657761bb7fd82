"""Indicators of readiness: units drawn in from outside, true conflicts, and hours without a free unit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from beredt.indicators.free_units import FIRST_CENTRE, FLEET_ALL, FLEET_LOCAL, FreeTime
from beredt.indicators.measures.block import Block, hourly, ratio, single
from beredt.indicators.moments import MS_PER_HOUR
from beredt.indicators.observed import F8, GROUP_ALL
from beredt.indicators.runs import Runs
from beredt.indicators.simultaneity import LEVELS
from beredt.model.urgency import URGENCIES


def readiness_blocks(runs: Runs) -> Iterator[Block]:
    """All indicators of readiness; those of the local group only where there is one."""
    yield from _without_free(runs, "any", GROUP_ALL, FLEET_ALL)
    for number, centre in enumerate(runs.frame.centre_ids):
        yield from _without_free(runs, "centre", f"centre:{centre}", FIRST_CENTRE + number)
    if runs.frame.local_group:
        yield from _without_free(runs, "local", runs.frame.local_group, FLEET_LOCAL)
        yield from _local_fleet(runs)
        yield from _drawn_in(runs)


def _without_free(runs: Runs, name: str, group: str, fleet: int) -> Iterator[Block]:
    least = np.stack([tally.free.least[fleet] for tally in runs.tallies])
    yield from _hours(runs, f"hours_without_free_{name}", group, least == 0)
    time_ms = [tally.free.ms[fleet, :, FreeTime.NONE_FREE].sum() for tally in runs.tallies]
    yield single(f"time_without_free_{name}_h", group, np.array(time_ms) / MS_PER_HOUR * runs.per_year)


def _local_fleet(runs: Runs) -> Iterator[Block]:
    group, frees = runs.frame.local_group, [tally.free for tally in runs.tallies]
    least = np.stack([free.least[FLEET_LOCAL] for free in frees])
    yield from _hours(runs, "hours_with_one_free_local", group, least == 1)
    conflict = np.stack([free.conflict[FLEET_LOCAL] for free in frees])
    yield from _hours(runs, "true_conflict_hours", group, conflict)
    time_ms = [free.ms[FLEET_LOCAL, :, FreeTime.CONFLICT].sum() for free in frees]
    yield single("true_conflict_time_h", group, np.array(time_ms) / MS_PER_HOUR * runs.per_year)
    acute = np.array([free.local_calls[URGENCIES.index("A")] for free in frees])
    yield single("true_conflict_acute_share", group, ratio(acute[:, 1], acute[:, 0]), "A")


def _drawn_in(runs: Runs) -> Iterator[Block]:
    group, tallies = runs.frame.local_group, [tally.simultaneity for tally in runs.tallies]
    drawn_in = np.stack([tally.drawn_in for tally in tallies])  # [R, D, 24]
    units = np.stack([tally.drawn_in_ms for tally in tallies]) / (drawn_in.shape[1] * MS_PER_HOUR)
    yield single("drawn_in_mean", group, units.mean(axis=1))
    yield hourly("drawn_in_mean", group, units)
    yield single("drawn_in_peak_mean", group, drawn_in.mean(axis=(1, 2)))
    yield hourly("drawn_in_peak_mean", group, drawn_in.mean(axis=1))
    yield single("days_without_drawn_in", group, (drawn_in == 0).all(axis=2).sum(axis=1) * runs.per_year)
    levels = np.minimum(drawn_in, LEVELS - 1)
    for level in range(1, LEVELS):
        yield from _hours(runs, f"drawn_in_hours_level_{level}", group, levels == level)


def _hours(runs: Runs, measure: str, group: str, happened: NDArray[np.bool_]) -> Iterator[Block]:
    """Clock hours per year in which something happened, together and for each hour of the day, from [R, D, 24]."""
    hours: F8 = happened.sum(axis=1) * runs.per_year
    yield single(measure, group, hours.sum(axis=1))
    yield hourly(measure, group, hours)
