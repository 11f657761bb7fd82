"""Response times and what went with them, by group of areas, urgency and clock hour.

Counted are incidents with a call in the period and an area. One that nobody has reached is in no mean and no quantile,
and counts as not within 12 minutes, 25 minutes or its target.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numba import njit

from beredt.indicators.cells import ALL_URGENCIES, WHOLE_DAY, GroupsOfAreas, add_margins
from beredt.indicators.moments import MS_PER_S, NEVER
from beredt.indicators.observed import I1, I4, I8, NONE, Frame, ObservedIncidents, Year
from beredt.indicators.quantiles import order_statistics
from beredt.indicators.response import Responses, target_ms

TWELVE_MIN_MS = 12 * 60 * MS_PER_S
TWENTY_FIVE_MIN_MS = 25 * 60 * MS_PER_S


class Count(IntEnum):
    """Last axis of `ResponseTally.counts`."""

    INCIDENTS = 0
    SERVED = 1  # somebody has stopped the clock
    WITHIN_12 = 2  # response time at most 12 min
    WITHIN_25 = 3
    WITH_TARGET = 4  # the area has a target for the urgency
    WITHIN_TARGET = 5
    NEAREST = 6  # the home of the first unit is the area's nearest station
    ASSIGNED = 7  # some unit has been assigned
    QUEUED = 8
    HELD = 9
    BUMPED = 10  # times, not incidents
    ASKED = 11
    SECOND_WANTED = 12  # a second unit was sent, or was missing
    SECOND_MISSING = 13


COUNTS = len(Count)


class Sum(IntEnum):
    """Last axis of `ResponseTally.sums_ms`."""

    RESPONSE = 0  # over SERVED
    WAIT = 1  # from ready_t to the first assignment, asking included: over ASSIGNED


class ResponseTally(NamedTuple):
    """Counts, sums and quantiles; urgency 3 is all urgencies, hour 24 is the whole day."""

    counts: I4  # [G, 4, 25, len(Count)]
    sums_ms: I8  # [G, 4, 25, len(Sum)]
    median: I8  # [G, 4, 25] tenths of ms; 0 where nobody was served
    p90: I8  # [G, 4, 25] tenths of ms


class ResponseCounts(NamedTuple):
    """Counts and sums alone; urgency 3 is all urgencies, hour 24 is the whole day."""

    counts: I4  # [G, 4, 25, len(Count)]
    sums_ms: I8  # [G, 4, 25, len(Sum)]


def tally_response(frame: Frame, year: Year, responses: Responses, second: I1, groups: GroupsOfAreas) -> ResponseTally:
    """Count, sum and rank the responses of every cell; the arguments are those of `count_response`."""
    counts, sums_ms = count_response(frame, year, responses, second, groups)
    median, p90 = order_statistics(year.incidents, responses, groups, counts[..., Count.SERVED])
    return ResponseTally(counts, sums_ms, median, p90)


def count_response(frame: Frame, year: Year, responses: Responses, second: I1, groups: GroupsOfAreas) -> ResponseCounts:
    """Count and sum the responses of every cell.

    Args:
        frame: Areas and groups.
        year: What happened.
        responses: One row per incident.
        second: [I] 1 when a second unit was sent.
        groups: The groups of each area.
    """
    shape = (len(frame.group_ids), ALL_URGENCIES + 1, WHOLE_DAY + 1)
    counts, sums_ms = np.zeros((*shape, COUNTS), np.int32), np.zeros((*shape, len(Sum)), np.int64)
    _count(year.incidents, responses, second, target_ms(frame.area_target_s), groups, counts, sums_ms)
    add_margins(counts)
    add_margins(sums_ms)
    return ResponseCounts(counts, sums_ms)


@njit(cache=True)
def _count(
    incidents: ObservedIncidents,
    responses: Responses,
    second: I1,
    target: I8,
    groups: GroupsOfAreas,
    counts: I4,
    sums_ms: I8,
) -> None:
    """Add every incident to the cells of its groups, urgency and hour."""
    urgency, area, queued, held = incidents.urgency, incidents.area, incidents.queued, incidents.held
    bumped, asked, second_missing = incidents.bumped, incidents.asked, incidents.second_missing
    counted, all_ms, wait_ms, hour, nearest = responses
    first_group, group = groups
    marks = np.zeros(COUNTS, np.int32)
    for i in range(counted.size):
        if not counted[i]:
            continue
        a, k, h, ms = area[i], urgency[i], hour[i], all_ms[i]
        served, assigned, limit = ms < NEVER, wait_ms[i] < NEVER, target[a, k]
        marks[Count.INCIDENTS] = 1
        marks[Count.SERVED] = served
        marks[Count.WITHIN_12] = ms <= TWELVE_MIN_MS
        marks[Count.WITHIN_25] = ms <= TWENTY_FIVE_MIN_MS
        marks[Count.WITH_TARGET] = limit < NEVER
        marks[Count.WITHIN_TARGET] = limit < NEVER and ms <= limit
        marks[Count.NEAREST] = nearest[i]
        marks[Count.ASSIGNED] = assigned
        marks[Count.QUEUED] = queued[i] != 0
        marks[Count.HELD] = held[i] != 0
        marks[Count.BUMPED] = bumped[i]
        marks[Count.ASKED] = asked[i] != NONE
        marks[Count.SECOND_WANTED] = second[i] != 0 or second_missing[i] != 0
        marks[Count.SECOND_MISSING] = second_missing[i] != 0
        for j in range(first_group[a], first_group[a + 1]):
            for m in range(COUNTS):
                counts[group[j], k, h, m] += marks[m]
            if served:
                sums_ms[group[j], k, h, Sum.RESPONSE] += ms
            if assigned:
                sums_ms[group[j], k, h, Sum.WAIT] += wait_ms[i]
