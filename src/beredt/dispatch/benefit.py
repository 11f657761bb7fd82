"""Zhang's integer programme: where free units should be, by what each place is worth and what the drives there cost.

Base b has room for units one after another, and the n-th is worth b_bn, never more than the one before it. With
x_ub = 1 where unit u goes to base b, and y_bn = 1 where base b has an n-th unit,

    max Σ_bn b_bn·y_bn − Σ_ub c_ub·x_ub      Σ_b x_ub = 1      Σ_u x_ub = Σ_n y_bn      x, y ∈ {0, 1}

[1]_. Since worths fall, a base never has a second unit without a first in an optimum, and the programme is one
of assignment: units to slots (b, n) at a cost of c_ub − b_bn. So it is solved exactly, without branching, by the method
of `assignment`; slots that nobody takes are taken, at no cost, by units that are not there.

Here costs are milliseconds of driving and the worth is told in them. Left out of the thesis: units at hospitals that
will be free soon, and a discount for units on the road that change their goal early.

References:
    .. [1] Zhang, L. (2012). Simulation optimisation and Markov models for dynamic ambulance redeployment. PhD thesis,
       The University of Auckland. The form followed is that of the open simulator JEMSS (move-up policy "Zhang IP").
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.dispatch.assignment import NEVER_MS, assign
from beredt.dispatch.compiled import apart
from beredt.dispatch.compliance import ComplianceRoom
from beredt.dispatch.roads import I4, I8


class Slots(NamedTuple):
    """S places for units, those of a base together, the first unit's first."""

    base: I4  # [S]
    worth_ms: I8  # [S] ≥ 0, in milliseconds of driving


def no_slots() -> Slots:
    """Of a service that does not ask for them."""
    return Slots(np.zeros(0, np.int32), np.zeros(0, np.int64))


@apart
def goals_by_benefit(slots: Slots, n: int, drive_ms: I8, goal: I4, room: ComplianceRoom) -> None:
    """Where each of n free units should be.

    Args:
        slots: at least n of them.
        n: free units.
        drive_ms: [≥ n, B] what the drive to each base costs each of them, from 0 to `NEVER_MS`.
        goal: [≥ n] the answer is written here: the base of each.
        room: from `compliance_room`, for as many as there are slots.
    """
    count = slots.base.size
    most_ms = 0
    for j in range(count):
        most_ms = max(most_ms, slots.worth_ms[j])
    for i in range(count):
        for j in range(count):
            cost_ms = 0
            if i < n:
                cost_ms = drive_ms[i, slots.base[j]] + most_ms - slots.worth_ms[j]
            room.cost_ms[i, j] = min(cost_ms, NEVER_MS)
    assign(room.cost_ms, count, room.column_of, room.assignment)
    for i in range(n):
        goal[i] = slots.base[room.column_of[i]]
