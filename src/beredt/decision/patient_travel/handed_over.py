"""Calls to 05515 that reach another office than the one responsible for the patient.

The office of the patient's home is responsible for the trip; the telephone network takes the call to the office of the
place where the caller is. Somebody who is away from home is taken to be in another area with a chance in proportion to
its people and to e^(−km / roam_km), km by road from home:

    calls(h, j) = trips(h) · calls_per_trip · away_share · pull(h, j) / Σ_k≠h pull(h, k)
    pull(h, j) = people(j) · e^(−km(h, j) / roam_km)

for areas j ≠ h. That is the gravity model of trips [1]_ with one end fixed: no measured roaming is published.

References:
    .. [1] Wilson, A. G. (1971). A family of spatial interaction models, and associated developments. Environment and
       Planning A 3(1), 1–32. doi:10.1068/a030001
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from beredt.model.area import Area

F8 = NDArray[np.float64]
Kind = tuple[str, ...]
"""What areas of one kind share: their zone, and their office in every alternative."""


def calls_between(calls: F8, people: F8, km: F8, away_share: float, roam_km: float) -> F8:
    """Calls made away from home, by area of the home and area of the caller.

    Args:
        calls: [areas] calls a year about the patients of each area.
        people: [areas] people.
        km: [areas, areas] km by road from the home (row) to the place of the caller (column).
        away_share: share of calls made from another area, 0 to 1.
        roam_km: scale of how far people roam, above 0.

    Returns:
        float64 [areas, areas]; the diagonal is 0. An area without anywhere to be hands nothing over.
    """
    pull = np.exp(-km / roam_km) * people[np.newaxis, :]
    np.fill_diagonal(pull, 0.0)
    total = pull.sum(axis=1, keepdims=True)
    spread = np.divide(pull, total, out=np.zeros_like(pull), where=total > 0.0)
    return np.asarray(calls[:, np.newaxis] * away_share * spread)


def kinds_of(areas_of: Mapping[str, Sequence[Area]]) -> tuple[tuple[Kind, ...], NDArray[np.int64]]:
    """Kinds of areas, whose calls can be added up before any alternative is looked at.

    Args:
        areas_of: the areas of the service, in the same order, by alternative.

    Returns:
        kinds: (zone, office in the first alternative, office in the second …); the zone is the district where a
        municipality's areas do not all have the same offices, else the municipality. And int64 [areas], each one's.
    """
    every = list(areas_of.values())
    offices = [tuple(one.organisation for one in row) for row in zip(*every, strict=True)]
    first = every[0]
    seen: dict[str, set[Kind]] = {}
    for area, own in zip(first, offices, strict=True):
        seen.setdefault(area.municipality, set()).add(own)
    keys = [
        ((area.district or area.municipality) if len(seen[area.municipality]) > 1 else area.municipality, *own)
        for area, own in zip(first, offices, strict=True)
    ]
    kinds = tuple(sorted(set(keys)))
    number = {kind: position for position, kind in enumerate(kinds)}
    return kinds, np.array([number[key] for key in keys], np.int64)


def sum_by_kind(between: F8, kind: NDArray[np.int64], kinds: int) -> F8:
    """Calls by kind of the home and kind of the caller's area: float64 [kinds, kinds]."""
    by_home = np.zeros((kinds, between.shape[1]))
    np.add.at(by_home, kind, between)
    by_both = np.zeros((kinds, kinds))
    np.add.at(by_both.T, kind, by_home.T)
    return by_both
