"""The first guess: every station alone, by Erlang B.

    n(s, b) = the least n with  Σ_h λ_h·B(n, a_h) / Σ_h λ_h ≤ 1 − share     over the hours h of band b in the week,

λ_h the acute calls of the catchment in that hour of the week, a_h its load in erlangs from calls of all urgencies, B as
in `coverage.erlang.erlang_b`. It takes neighbours to be neither help nor burden, and calls to be lost that find nobody
free; simulation then says what that was worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.siting.dimensioning.rule import DAY_H, Band
from beredt.siting.rosters.need import blocked_share

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class ErlangStage:
    """S stations, P bands. `units`: int64 (S, P). `load`: mean erlangs, float64 (S, P). `blocked`: with these units."""

    units: I8
    load: F8
    blocked: F8


def erlang_units(load: F8, calls: F8, bands: Sequence[Band], blocked: float, least: int) -> ErlangStage:
    """Fewest units per station and band with which at most a share of acute calls finds none free.

    Args:
        load: (S, 168) erlangs by hour of the week, 0 or more.
        calls: (S, 168) acute calls by hour of the week, 0 or more.
        bands: of the day.
        blocked: that share, above 0 and below 1.
        least: units that each station has at least.
    """
    shape = len(load), len(bands)
    units, mean, share = np.zeros(shape, np.int64), np.zeros(shape), np.zeros(shape)
    for station in range(len(load)):
        for number, band in enumerate(bands):
            hours = [day * DAY_H + hour for day in range(7) for hour in band.hours]
            a, weight = load[station, hours], calls[station, hours]
            n = least
            while blocked_share(np.full(len(hours), n), a, weight) > blocked:
                n += 1
            units[station, number], mean[station, number] = n, a.mean()
            share[station, number] = blocked_share(np.full(len(hours), n), a, weight)
    return ErlangStage(units, mean, share)
