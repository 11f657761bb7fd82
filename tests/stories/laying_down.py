"""Policies of a story, in minutes and by name."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from beredt.coverage.cover_sets import CoverSets
from beredt.dispatch.benefit import Slots
from beredt.dispatch.compliance import compliance_table
from beredt.dispatch.move_limits import NO_LIMIT, MoveLimits
from beredt.dispatch.policies import STANDBY_POINTS, Policies
from beredt.dispatch.priority_list import earlier_entries
from beredt.simulation.pack_cover import pack_cover

MINUTE_S = 60.0


@dataclass(frozen=True)
class Limits:
    """Limits on moves from base to base."""

    most_moves: int = NO_LIMIT
    most_move_min: float = math.inf
    most_move_km: float = math.inf
    most_shift_km: float = math.inf
    quiet_min: tuple[int, int] = (0, 0)  # minutes after midnight


@dataclass(frozen=True)
class Policy:
    """What is laid down; nothing beyond standby points unless it says so."""

    price_min: Mapping[tuple[str, int], float] | None = None  # unit and urgency
    cutoff_min: float = math.inf  # of all urgencies
    cutoff_wait_min: float = 0.0
    least_loss: bool = False
    rebook_gain_min: float = math.inf
    relocation: int = STANDBY_POINTS
    demand: Sequence[tuple[float, Sequence[str]]] = ()  # weight, and the stations that cover it
    busy_share: float = 0.5
    ranked: Sequence[str] = ()
    compliance: Mapping[int, Sequence[Sequence[str]]] | None = None
    limits: Limits = Limits()
    worth_min: Mapping[str, Sequence[float]] | None = None  # of the first, second … unit at a station, in driving


NOTHING = Policy()
"""Standby points only."""


def policies_of(policy: Policy, units: list[str], stations: list[str]) -> Policies:
    """The story's policies as arrays."""
    price_min = policy.price_min or {}
    covers = [[station in covering for station in stations] for _, covering in policy.demand]
    sets = CoverSets(
        covers=np.array(covers, np.bool_).reshape(-1, len(stations)),
        weight=np.array([weight for weight, _ in policy.demand], np.float64),
    )
    cover = pack_cover(sets, policy.busy_share, len(units))
    ranked = np.array([stations.index(station) for station in policy.ranked], np.int32)
    configurations = {
        free_units: [[stations.index(station) for station in slots] for slots in several]
        for free_units, several in (policy.compliance or {}).items()
    }
    limits = policy.limits
    return Policies(
        price_s=np.array([[price_min.get((unit, k), 0.0) * MINUTE_S for unit in units] for k in range(3)]),
        cutoff_s=np.full(3, policy.cutoff_min * MINUTE_S),
        cutoff_wait_s=np.full(3, policy.cutoff_wait_min * MINUTE_S),
        least_loss=np.full(3, policy.least_loss, np.int8),
        cover_left=cover,
        rebook_gain_s=policy.rebook_gain_min * MINUTE_S,
        relocation=policy.relocation,
        is_moved=np.ones(len(units), np.int8),
        cover=cover,
        ranked=ranked,
        earlier=earlier_entries(ranked),
        compliance=compliance_table(configurations, len(units)),
        limits=MoveLimits(
            limits.most_moves,
            limits.most_move_min * MINUTE_S,
            limits.most_move_km,
            limits.most_shift_km,
            limits.quiet_min[0] * 60,
            limits.quiet_min[1] * 60,
        ),
        slots=Slots(
            np.array([stations.index(s) for s, worths in (policy.worth_min or {}).items() for _ in worths], np.int32),
            np.array([w * 60_000 for worths in (policy.worth_min or {}).values() for w in worths], np.int64),
        ),
    )
