"""Missions by kind of unit, role and urgency, and whose arrival ended the response time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.indicators.first_unit import FirstUnits
from beredt.indicators.observed import I8, NONE, URGENCY_COUNT, Frame, Year
from beredt.indicators.response import Responses

ROLE_COUNT = 4


class KindTally(NamedTuple):
    """Whole counts, and sums in ms, of one replication. K kinds of unit, as in `Frame.kind_ids`."""

    missions: I8  # [K, 4, 3] by role and urgency: those that were not diverted, as in the sums of units
    stopped: I8  # [K, 3] incidents whose response time a unit of the kind ended
    response_ms: I8  # [K, 3] sum of their response times


def tally_kinds(frame: Frame, year: Year, responses: Responses, first: FirstUnits) -> KindTally:
    """Count missions and responses of one replication by kind of unit.

    Args:
        frame: whose units they are.
        year: what happened.
        responses: of it.
        first: who stopped the clock.
    """
    missions, urgency = year.missions, year.incidents.urgency.astype(np.int64)
    kinds = len(frame.kind_ids)
    shown = (missions.diverted == 0) & (responses.counted[missions.incident] != 0)
    kind = frame.unit_kind[missions.unit[shown]].astype(np.int64)
    cell = (kind * ROLE_COUNT + missions.role[shown]) * URGENCY_COUNT + urgency[missions.incident[shown]]
    reached = (responses.counted != 0) & (first.mission != NONE)
    stopper = frame.unit_kind[missions.unit[first.mission[reached]]] * URGENCY_COUNT + urgency[reached]
    response_ms = np.zeros(kinds * URGENCY_COUNT, np.int64)
    np.add.at(response_ms, stopper, responses.ms[reached])
    return KindTally(
        missions=_counts(cell, kinds, ROLE_COUNT, URGENCY_COUNT),
        stopped=_counts(stopper, kinds, URGENCY_COUNT),
        response_ms=response_ms.reshape(kinds, URGENCY_COUNT),
    )


def _counts(cell: I8, *shape: int) -> I8:
    return np.bincount(cell, minlength=int(np.prod(shape))).astype(np.int64).reshape(shape)
