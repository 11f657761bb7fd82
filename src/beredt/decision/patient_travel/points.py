"""Places that patients go between, and the drives between them on the study's roads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.model.area import Area
from beredt.model.hospital import Hospital
from beredt.roads.flat import flat_km
from beredt.roads.network import Network

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

DETOUR = 1.3
"""Kilometres by road per kilometre as the crow flies, over the short way from a place to the roads."""

PACE_S_PER_KM = 90.0
"""Seconds per kilometre over that way: 40 km/h."""

NEAR_KM = 2.0
"""Places so close together as the crow flies need no road between them."""


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """n places. `lat`, `lon`: degrees (n,). `node`: index in the network (n,). `off_km`, `off_s`: from there (n,)."""

    lat: F8
    lon: F8
    node: I8
    off_km: F8
    off_s: F8

    def __len__(self) -> int:
        return int(self.node.size)


class Drives(NamedTuple):
    """`km` and `s`: float64 [start, end], by car in ordinary traffic."""

    km: F8
    s: F8


def points_of_areas(network: Network, areas: Sequence[Area]) -> Points:
    """The people's places of areas."""
    node = np.array([network.index_of(f"area:{area.id}") for area in areas], np.int64)
    lat, lon = np.array([area.lat for area in areas]), np.array([area.lon for area in areas])
    return Points(lat, lon, node, np.zeros(node.size), np.zeros(node.size))


def points_at(network: Network, lat: Sequence[float], lon: Sequence[float]) -> Points:
    """Any places, each joined to the node that is nearest as the crow flies."""
    here, there = np.array(lat, np.float64), np.array(lon, np.float64)
    around = (float(network.lat.mean()), float(network.lon.mean()))
    nodes, spots = flat_km(network.lat, network.lon, around), flat_km(here, there, around)
    away = np.hypot(nodes[:, None, 0] - spots[None, :, 0], nodes[:, None, 1] - spots[None, :, 1])
    node = away.argmin(axis=0)
    off_km = DETOUR * away[node, np.arange(node.size)]
    return Points(here, there, node.astype(np.int64), off_km, off_km * PACE_S_PER_KM)


def points_of_destinations(
    network: Network, hospitals: Sequence[Hospital], beyond: pl.DataFrame | None, wanted: Sequence[str]
) -> Points:
    """Hospitals and places beyond the roads, in the order of `wanted`.

    Args:
        network: with the hospitals.
        hospitals: of the study.
        beyond: table `travel_places`.
        wanted: ids.
    """
    rows = [] if beyond is None or beyond.is_empty() else list(beyond.iter_rows(named=True))
    far: Mapping[str, dict[str, object]] = {row["id"]: row for row in rows}
    near = {one.id: one for one in hospitals}
    lat, lon, node, km, seconds = [], [], [], [], []
    for key in wanted:
        if key in near:
            lat.append(near[key].lat)
            lon.append(near[key].lon)
            node.append(network.index_of(f"hospital:{key}"))
            km.append(0.0)
            seconds.append(0.0)
        else:
            row = far[key]
            lat.append(float(str(row["lat"])))
            lon.append(float(str(row["lon"])))
            node.append(network.index_of(f"place:{row['road_place']}"))
            km.append(float(str(row["km_beyond"])))
            seconds.append(60.0 * float(str(row["min_beyond"])))
    return Points(np.array(lat), np.array(lon), np.array(node, np.int64), np.array(km), np.array(seconds))


def drives_between(network: Network, start: Points, end: Points) -> Drives:
    """Drives from every start to every end, without the seconds between door and road."""
    pick = np.ix_(end.node, start.node)
    km = network.km[pick].T.astype(np.float64) + start.off_km[:, None] + end.off_km[None, :]
    seconds = network.seconds[pick].T.astype(np.float64) + start.off_s[:, None] + end.off_s[None, :]
    around = (float(network.lat.mean()), float(network.lon.mean()))
    here, there = flat_km(start.lat, start.lon, around), flat_km(end.lat, end.lon, around)
    crow = np.hypot(here[:, None, 0] - there[None, :, 0], here[:, None, 1] - there[None, :, 1])
    straight = np.where(crow < NEAR_KM, DETOUR * crow, np.inf)
    closer = straight < km
    return Drives(
        np.where(closer, straight, km), np.where(closer, np.minimum(straight * PACE_S_PER_KM, seconds), seconds)
    )
