"""How far cars reach: people within minutes of a site, and the nearest station of every area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from beredt.errors import NetworkError
from beredt.roads.network import Network


def trip_minutes(network: Network, origins: Sequence[str], destinations: Sequence[str]) -> NDArray[np.float64]:
    """Minutes by car in ordinary traffic, door to door: float64 (origins, destinations).

    `origins`, `destinations`: node ids. Raises UnknownIdError for a node that is not there.
    """
    start = np.array([network.index_of(node) for node in origins], dtype=np.int64)
    end = np.array([network.index_of(node) for node in destinations], dtype=np.int64)
    road_s = network.seconds[np.ix_(end, start)].T.astype(np.float64)
    minutes: NDArray[np.float64] = (network.leg_s[start][:, None] + road_s + network.leg_s[end][None, :]) / 60.0
    return minutes


def people_within(
    network: Network, site: str, people: Mapping[str, float], minutes: float, factor: float = 1.0
) -> float:
    """How many people a car from `site` reaches within `minutes` (> 0) of driving.

    `people`: residents by area id. `factor`: on ordinary car minutes, below 1 for lights and sirens.
    """
    areas = sorted(people)
    if not areas:
        return 0.0
    drive = trip_minutes(network, [site], [f"area:{area}" for area in areas])[0] * factor
    return float(sum(people[area] for area, needed in zip(areas, drive, strict=True) if needed <= minutes))


def nearest_site(network: Network, sites: Sequence[str], areas: Sequence[str]) -> dict[str, str]:
    """The site (node id) from which a car is first in each area (area ids); of equally near sites the first named."""
    if not sites:
        raise NetworkError("nobody can be nearest: the list of sites is empty")
    minutes = trip_minutes(network, sites, [f"area:{area}" for area in areas])
    return {area: sites[best] for area, best in zip(areas, minutes.argmin(axis=0).tolist(), strict=True)}


def people_per_nearest_site(network: Network, sites: Sequence[str], people: Mapping[str, float]) -> dict[str, float]:
    """How many people have each site (node id) as the nearest by car; 0 for a site that is nearest to nobody."""
    totals = dict.fromkeys(sites, 0.0)
    for area, site in nearest_site(network, sites, sorted(people)).items():
        totals[site] += people[area]
    return totals
