"""What each further unit at a station is worth, for Zhang's integer programme."""

from __future__ import annotations

import numpy as np

from beredt.coverage.cover_sets import CoverSets
from beredt.dispatch.benefit import Slots
from beredt.model.service import Service
from beredt.simulation.pack_policies import Moved

MOST_AT_STATION = 4
"""Units that a station has room for, where that is enough for all that are moved."""


def pack_slots(sets: CoverSets, service: Service, moved: Moved) -> Slots:
    """Slots of all stations that units may be moved to.

    The n-th unit of a station is worth w·(1 − q)·q^(n−1) incidents a day, where w is the demand that the station
    covers; demand that several cover is shared among them evenly, since the programme knows no other way to add up
    stations. The thesis takes these worths from elsewhere; this is Daskin's expected cover, station by station.

    Args:
        sets: G sets of demand, B bases.
        service: for the busy fraction, and what cover is worth.
        moved: units and stations that the rule is about.
    """
    rules, bases = service.relocation, np.flatnonzero(moved.bases)
    shared = sets.covers / sets.covers.sum(axis=1, keepdims=True)
    own = (shared * sets.weight[:, np.newaxis]).sum(axis=0)
    units = int(moved.units.sum())
    each = max(MOST_AT_STATION, -(-units // max(len(bases), 1)))
    q = rules.busy_fraction
    worth_s = own[bases, np.newaxis] * (1.0 - q) * q ** np.arange(each) * rules.cover_worth_s
    return Slots(np.repeat(bases, each).astype(np.int32), np.rint(worth_s.ravel() * 1000.0).astype(np.int64))
