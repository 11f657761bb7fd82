"""How many incidents were reached later than each half minute, by group of areas and urgency."""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from beredt.indicators.cells import GroupsOfAreas
from beredt.indicators.observed import I4, URGENCY_COUNT, Frame, ObservedIncidents, Year
from beredt.indicators.response import Responses

STEP_MS: Final = 30_000
STEPS: Final = 121
"""0, 0.5, … 60 minutes."""


def tally_exceedance(frame: Frame, year: Year, responses: Responses, groups: GroupsOfAreas) -> I4:
    """Count incidents whose response time is longer than j half minutes.

    Returns:
        int32[G, 3, 121]: for every j from 0 to 120, response times above j · 30 s, incidents still waiting included.
    """
    passed = np.zeros((len(frame.group_ids), URGENCY_COUNT, STEPS + 1), np.int32)
    _count(year.incidents, responses, groups, passed)
    at_least = np.cumsum(passed[..., ::-1], axis=2, dtype=np.int32)[..., ::-1]
    return np.ascontiguousarray(at_least[..., 1:])


@njit(cache=True)
def _count(incidents: ObservedIncidents, responses: Responses, groups: GroupsOfAreas, passed: I4) -> None:
    """Count incidents by the number of steps 0, 0.5, … min that their response time is above."""
    urgency, area, counted, ms = incidents.urgency, incidents.area, responses.counted, responses.ms
    first_group, group = groups
    for i in range(counted.size):
        if counted[i]:
            steps = min(max(-(-ms[i] // STEP_MS), 0), STEPS)
            for j in range(first_group[area[i]], first_group[area[i] + 1]):
                passed[group[j], urgency[i], steps] += 1
