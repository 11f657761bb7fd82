"""What a service lays down beyond the nearest unit: how long incidents wait, who takes over, where free units go."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.benefit import Slots, no_slots
from beredt.dispatch.compliance import ComplianceTable, compliance_table
from beredt.dispatch.cover import Cover, empty_cover
from beredt.dispatch.move_limits import NO_LIMIT, MoveLimits
from beredt.dispatch.roads import F8, I1, I4

STANDBY_POINTS, HOME_BASE, STAY_PUT, PRIORITY_LIST, COMPLIANCE, DMEXCLP, ZHANG = range(7)
"""Rules of relocation, in `Policies.relocation`."""


class Policies(NamedTuple):
    """Rules of dispatch and relocation of one alternative. U units, B bases."""

    price_s: F8  # [3, U] seconds added to a unit's expectation in the choice, by urgency: infinite when never sent
    cutoff_s: F8  # [3] an incident whose best unit is expected later waits for a nearer one; infinite: never
    cutoff_wait_s: F8  # [3] at most so long after it was ready
    least_loss: I1  # [3] 1 where the unit is sent whose loss costs the least cover, of those that come in time
    cover_left: Cover  # for `least_loss`
    rebook_gain_s: float  # a freed unit takes a mission over when it gains so much; infinite: never
    relocation: int
    is_moved: I1  # [U] 1 when the rule of relocation holds for the unit; others keep to standby points
    cover: Cover  # for DMEXCLP
    ranked: I4  # [n] bases of the priority list
    earlier: I4  # [n] from `priority_list.earlier_entries`
    compliance: ComplianceTable
    limits: MoveLimits
    slots: Slots  # for ZHANG


def plain_policies(units: int, bases: int) -> Policies:
    """Nearest unit, standby points, nothing else.

    Args:
        units: U.
        bases: B.
    """
    none = np.zeros(0, np.int32)
    return Policies(
        price_s=np.zeros((3, units)),
        cutoff_s=np.full(3, np.inf),
        cutoff_wait_s=np.zeros(3),
        least_loss=np.zeros(3, np.int8),
        cover_left=empty_cover(bases),
        rebook_gain_s=np.inf,
        relocation=STANDBY_POINTS,
        is_moved=np.ones(units, np.int8),
        cover=empty_cover(bases),
        ranked=none,
        earlier=none,
        compliance=compliance_table({}, units),
        limits=MoveLimits(NO_LIMIT, np.inf, np.inf, np.inf, 0, 0),
        slots=no_slots(),
    )
