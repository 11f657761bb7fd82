"""What each base covers where every two nodes have their driving time in a table. The demand points are the areas."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from beredt.coverage.cover_sets import CoverSets, group_points, join_sets
from beredt.demand.generate import Demand
from beredt.demand.intensity import Period
from beredt.dispatch.world import F8, I4
from beredt.model.interval import Interval
from beredt.model.urgency import URGENCIES, urgency_code
from beredt.roads.network import Network


def table_sets(network: Network, bases: I4, areas: I4, per_day: F8, speed: F8, cover_s: F8) -> CoverSets:
    """Put areas and urgencies that the same bases cover into sets.

    A base covers an area for an urgency if the whole drive takes at most `cover_s`:

        (leg_s[base] + seconds[area, base] + leg_s[area])·speed[urgency] ≤ cover_s

    Args:
        network: the roads.
        bases: (B,) node of each base.
        areas: (A,) node of each area.
        per_day: (A, 3) ≥ 0, expected incidents a day by area and urgency.
        speed: (3 or more) factor on car seconds by urgency.
        cover_s: (3,) or (A, 3) seconds of driving allowed; infinite where every base will do.
    """
    trip_s = network.leg_s[bases] + network.seconds[np.ix_(areas, bases)] + network.leg_s[areas][:, np.newaxis]
    allowed_s = np.broadcast_to(cover_s, per_day.shape)
    return join_sets(
        *(
            group_points((trip_s * speed[urgency] <= allowed_s[:, [urgency]]).T, per_day[:, urgency])
            for urgency in range(per_day.shape[1])
        )
    )


def daily_incidents(demand: Demand, areas: int, period: Period) -> F8:
    """Expected incidents of a mean day of the period by area and urgency.

    Args:
        demand: what incidents are generated from.
        areas: A, areas of the service.
        period: what is simulated.

    Returns:
        float64 (A, 3).
    """
    per_day = np.zeros((areas, len(URGENCIES)))
    np.add.at(per_day, (demand.area, demand.urgency), demand.expected / period.all_days)
    return per_day


def driving_s(target_s: F8, intervals: Sequence[Interval]) -> F8:
    """What is left for driving of a target for the response time, after handling and mobilisation at a station.

    Args:
        target_s: (A, 3) response time to be kept, by area and urgency; infinite where there is none.
        intervals: of the service; the median of an interval counts.

    Returns:
        float64 (A, 3), below 0 where the target is past before anybody drives: then no base covers the area.
    """
    before_s = np.zeros(len(URGENCIES))
    for row in intervals:
        if row.interval in ("handling", "mobilisation"):
            before_s[urgency_code(row.urgency)] += row.median_s
    return target_s - before_s
