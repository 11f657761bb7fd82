"""What each base covers, made ready for the rules that ask for it: from a table network or from a road graph."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from beredt.coverage.cover_sets import CoverSets, group_points, join_sets
from beredt.coverage.expected_cover import marginal_cover
from beredt.dispatch.cover import Cover
from beredt.dispatch.world import F8, I4
from beredt.roads.network import Network


def pack_cover(sets: CoverSets, busy_fraction: float, units: int) -> Cover:
    """Make sets of demand ready for the kernel.

    Args:
        sets: G sets of demand, B bases.
        busy_fraction: in [0, 1), the share of time for which a unit is taken to be busy.
        units: U, units of the service.

    Raises:
        ValueError: a busy fraction outside its range.
    """
    base_first, base_sets = _rows(sets.covers.T)
    together = sets.covers.astype(np.float64)
    near_first, near_bases = _rows(together.T @ together > 0.0)
    return Cover(
        set_weight=sets.weight,
        base_first=base_first,
        base_sets=base_sets,
        near_first=near_first,
        near_bases=near_bases,
        power=marginal_cover(busy_fraction, units),
    )


def table_sets(network: Network, bases: I4, areas: I4, per_day: F8, speed: F8, cover_s: F8) -> CoverSets:
    """What bases cover where every two nodes have their time in a table. The demand points are the areas.

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


def _rows(chosen: NDArray[np.bool_]) -> tuple[I4, I4]:
    """Where each row begins in the list of the columns chosen in it, and that list."""
    first = np.concatenate([[0], np.cumsum(chosen.sum(axis=1))])
    return first.astype(np.int32), np.nonzero(chosen)[1].astype(np.int32)
