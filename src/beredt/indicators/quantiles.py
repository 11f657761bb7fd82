"""Median and 90th percentile of response times: exact order statistics of every cell.

Of n values in order x[0] … x[n−1] the quantile q stands at place (n−1)·q, between two values by straight line: type 7
of Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996), numpy's default.
With q in tenths and times in whole ms it is a whole number of tenths of a ms, so nothing is rounded.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from beredt.indicators.cells import ALL_URGENCIES, WHOLE_DAY, GroupsOfAreas
from beredt.indicators.moments import NEVER
from beredt.indicators.observed import I4, I8, ObservedIncidents
from beredt.indicators.response import Responses

MEDIAN_TENTHS, P90_TENTHS = 5, 9


def order_statistics(
    incidents: ObservedIncidents, responses: Responses, groups: GroupsOfAreas, served: I4
) -> tuple[I8, I8]:
    """Median and 90th percentile of every cell.

    All responses are put in order once and dealt out to their cells, which so are in order, too.

    Args:
        incidents: Of the year.
        responses: One row per incident.
        groups: The groups of each area.
        served: [G, 4, 25] number of responses in every cell.

    Returns:
        Two arrays [G, 4, 25] of tenths of ms, 0 in empty cells.
    """
    order = _in_order(responses)
    ms = responses.ms[order]
    number = served.ravel().astype(np.int64)
    first = np.cumsum(number) - number
    dealt = np.empty(number.sum(), np.int32)
    _deal(order, incidents, responses, groups, first.copy(), dealt)

    def quantile(tenths: int) -> I8:
        values, cells = np.zeros(number.size, np.int64), np.flatnonzero(number)
        lower, weight = np.divmod((number[cells] - 1) * tenths, 10)
        at = first[cells] + lower
        values[cells] = (10 - weight) * ms[dealt[at]] + weight * ms[dealt[at + (weight > 0)]]
        return values.reshape(served.shape)

    return quantile(MEDIAN_TENTHS), quantile(P90_TENTHS)


def _in_order(responses: Responses) -> I8:
    """Rows of the incidents that were reached, from the shortest response on."""
    count = responses.ms.size
    rows = np.flatnonzero((responses.counted != 0) & (responses.ms < NEVER))
    # Sorting the numbers themselves is several times faster than having their order made.
    return np.sort(responses.ms[rows] * count + rows) % max(count, 1)


@njit(cache=True)
def _deal(
    order: I8, incidents: ObservedIncidents, responses: Responses, groups: GroupsOfAreas, place: I8, dealt: I4
) -> None:
    """Write the rank of every response into all its cells.

    Args:
        order: Rows of the incidents that were reached.
        incidents: Of the year.
        responses: One row per incident.
        groups: The groups of each area.
        place: [cells] where the next response of each cell is written; moves on.
        dealt: Cells one after the other, filled in.
    """
    urgency, area, hour = incidents.urgency, incidents.area, responses.hour
    first_group, group = groups
    for rank in range(order.size):
        i = order[rank]
        a, k, h = area[i], np.int64(urgency[i]), np.int64(hour[i])
        for j in range(first_group[a], first_group[a + 1]):
            of_urgency = (group[j] * (ALL_URGENCIES + 1) + k) * (WHOLE_DAY + 1)
            of_all = (group[j] * (ALL_URGENCIES + 1) + ALL_URGENCIES) * (WHOLE_DAY + 1)
            for cell in (of_urgency + h, of_urgency + WHOLE_DAY, of_all + h, of_all + WHOLE_DAY):
                dealt[place[cell]] = rank
                place[cell] += 1
