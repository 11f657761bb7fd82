"""Response by single area and urgency, for maps."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numba import njit

from beredt.indicators.moments import NEVER
from beredt.indicators.observed import I4, I8, URGENCY_COUNT, Frame, ObservedIncidents, Year
from beredt.indicators.response import Responses, target_ms


class AreaCount(IntEnum):
    """Last axis of `AreaTally.counts`; meant as in `group_response.Count`."""

    INCIDENTS = 0
    SERVED = 1
    WITHIN_TARGET = 2
    NEAREST = 3


class AreaTally(NamedTuple):
    """Incidents with a call in the period, by area and urgency."""

    counts: I4  # [A, 3, len(AreaCount)]
    response_ms: I8  # [A, 3] sum over SERVED


def tally_areas(frame: Frame, year: Year, responses: Responses) -> AreaTally:
    """Count and sum the responses of every area."""
    shape = (len(frame.area_ids), URGENCY_COUNT)
    areas = AreaTally(np.zeros((*shape, len(AreaCount)), np.int32), np.zeros(shape, np.int64))
    _count(year.incidents, responses, target_ms(frame.area_target_s), areas)
    return areas


@njit(cache=True)
def _count(incidents: ObservedIncidents, responses: Responses, target: I8, areas: AreaTally) -> None:
    urgency, area = incidents.urgency, incidents.area
    counted, ms, nearest = responses.counted, responses.ms, responses.nearest
    counts, response_ms = areas
    for i in range(counted.size):
        if counted[i]:
            a, k = area[i], urgency[i]
            counts[a, k, AreaCount.INCIDENTS] += 1
            if ms[i] < NEVER:
                counts[a, k, AreaCount.SERVED] += 1
                counts[a, k, AreaCount.WITHIN_TARGET] += target[a, k] < NEVER and ms[i] <= target[a, k]
                counts[a, k, AreaCount.NEAREST] += nearest[i]
                response_ms[a, k] += ms[i]
