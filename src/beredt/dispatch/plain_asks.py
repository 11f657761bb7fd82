"""What units can do and what incidents ask for where nobody says more: roles, second units and responders."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.roads import I1
from beredt.dispatch.world import ACUTE, AHEAD, PRIMARY, RESPONDER, SECOND, TOGETHER, Abilities, Asks, Incidents

OF_INCIDENTS = ("first_want", "carrier_want", "assess_s", "load_s", "lone_release_s")
"""Columns of `Asks` with a row for every incident."""


def plain_abilities(unit_roles: I1) -> Abilities:
    """Units that differ in their roles alone; the wants are those roles.

    Args:
        unit_roles: [U] bit mask over roles.
    """
    units = unit_roles.size
    return Abilities(
        wants=np.array([(unit_roles >> role) & 1 for role in (PRIMARY, SECOND, RESPONDER)], np.int8),
        answers=np.ones((3, units), np.int8),
        carries=np.ones(units, np.int8),
        flies=np.zeros(units, np.int8),
        pace=np.ones(units),
        start_s=np.zeros(units),
    )


def first_asks(asks: Asks, most: int) -> Asks:
    """What the first so many incidents ask for."""
    rows = int(np.searchsorted(asks.incident, most))
    return Asks._make(column[: most if name in OF_INCIDENTS else rows] for name, column in asks._asdict().items())


def plain_asks(incidents: Incidents, release_s: float) -> Asks:
    """A second unit together with the first where `second` says so, and a responder ahead of it to acute incidents.

    Args:
        incidents: without asks.
        release_s: a responder stays so long after the first unit has come.
    """
    count = incidents.call_t.size
    nothing = np.zeros(count)
    asks = np.stack([incidents.second != 0, incidents.urgency == ACUTE], axis=1)
    incident, ahead = np.nonzero(asks)
    stay_s = np.where(ahead, np.inf, incidents.second_on_scene_s[incident])
    return Asks(
        first_want=np.full(count, PRIMARY, np.int8),
        carrier_want=np.full(count, PRIMARY, np.int8),
        assess_s=nothing,
        load_s=nothing,
        lone_release_s=nothing,
        incident=incident.astype(np.int32),
        want=np.where(ahead, RESPONDER, SECOND).astype(np.int8),
        when=np.where(ahead, AHEAD, TOGETHER).astype(np.int8),
        after_s=np.zeros(len(incident)),
        stay_s=stay_s,
        release_s=np.where(ahead, release_s, np.inf),
        escorts=np.zeros(len(incident), np.int8),
        meets=np.zeros(len(incident), np.int8),
    )
