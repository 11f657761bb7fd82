"""One extract, imported here and prepared by OSRM, and the times of both."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.osrm.agreement import LEAST_S, Agreement, agreement
from benchmarks.osrm.peer import Peer, own_profiles
from benchmarks.osrm.profile import PERIOD, PURPOSE, SLOWER, lua_profile
from benchmarks.osrm.sample import nodes_inside_roads, places_beside
from benchmarks.osrm.turning import times_without_turning_round
from beredt.roads.imported.folder import load_roads
from beredt.roads.imported.import_roads import import_roads
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.osm.read_osm import find_region, read_osm
from beredt.roads.profile.limits import Limits, find_country, load_limits
from beredt.roads.profile.profile import load_profile
from beredt.roads.routing.engine import NO_WAY
from beredt.roads.routing.routes import Routes
from beredt.roads.routing.snap_places import snap_places
from beredt.roads.speeds.speed_table import load_speeds

WORST = 5
SAME_ROAD_M = 3.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A trip that the two tell differently: degrees, and seconds of both."""

    from_lat: float
    from_lon: float
    to_lat: float
    to_lon: float
    ours_s: float
    theirs_s: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """An extract compared.

    `on_the_road`: between points of roads, with the same speeds and access; `no_turning`: the same where this program,
    too, turns round only where a road ends; `worst`: pairs that differ most then; `beside`: between places beside
    roads, by the way on the road alone; `car`: this program's ordinary car beside OSRM's own profile for cars, whose
    speeds differ.
    """

    extract: str
    country: str
    places: int
    on_the_road: Agreement
    no_turning: Agreement
    worst: tuple[Pair, ...]
    beside: Agreement
    car: Agreement


def compare(extract: Path, python: Path, work: Path, places: int) -> Comparison:
    """Import an extract, have OSRM prepare it, and compare. `work`: a new folder. Raises PeerError."""
    limits = load_limits(_country(extract))
    roads = _imported(extract, _alike(limits), work / "alike")
    nodes = nodes_inside_roads(roads, places)
    lat, lon = roads.lat[nodes], roads.lon[nodes]
    profile = work / "ambulance.lua"
    profile.write_text(lua_profile(load_profile(), _alike(limits), load_speeds()), encoding="utf-8")
    peer = Peer(python, extract, profile, work / "osrm")
    theirs = peer.table(lat, lon).seconds / SLOWER
    straight = times_without_turning_round(roads, nodes)
    beside = places_beside(roads, nodes)
    theirs_beside = peer.table(*beside).seconds / SLOWER
    car = Peer(python, extract, own_profiles(python) / "car.lua", work / "car")
    real = _imported(extract, limits, work / "real")
    return Comparison(
        extract=extract.name,
        country=limits.country,
        places=len(nodes),
        on_the_road=agreement(_times(roads, nodes, work), theirs),
        no_turning=agreement(straight, theirs),
        worst=_worst(straight, theirs, lat, lon),
        beside=agreement(_times(roads, snap_places(roads, *beside).node, work), theirs_beside),
        car=_beside_car(real, lat, lon, car, work),
    )


def _beside_car(roads: RoadMap, lat: NDArray[np.float64], lon: NDArray[np.float64], car: Peer, work: Path) -> Agreement:
    """Between places at a road that a car of OSRM's own profile drives on, too."""
    table = car.table(lat, lon)
    near = np.flatnonzero(table.off_m <= SAME_ROAD_M)
    ours = _times(roads, snap_places(roads, lat[near], lon[near]).node, work)
    return agreement(ours, table.seconds[np.ix_(near, near)])


def _country(extract: Path) -> str:
    region = find_region(extract)
    return (find_country(*region) if region is not None else None) or "default"


def _alike(limits: Limits) -> Limits:
    """Limits without a sign by class alone: whether a place is built-up cannot be told in OSRM's profiles."""
    return dataclasses.replace(limits, rural=limits.built_up)


def _imported(extract: Path, limits: Limits, out: Path) -> RoadMap:
    profile = load_profile()
    import_roads(
        lambda _, tally: read_osm(extract, profile, lambda _: limits, tally),
        [extract], "osm", profile, limits.country, out, "",
    )  # fmt: skip
    return load_roads(out).roads


def _times(roads: RoadMap, nodes: NDArray[np.int32], work: Path) -> NDArray[np.float64]:
    """Seconds of an ordinary car without traffic, float64 (k, k), inf where no way leads."""
    found = Routes(roads, load_speeds(), cache_dir=work / "cache").times_ms(nodes, nodes, PURPOSE, PERIOD)
    return np.where(found == NO_WAY, np.inf, found / 1000.0)


def _worst(
    ours: NDArray[np.float64], theirs: NDArray[np.float64], lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> tuple[Pair, ...]:
    """The pairs of a minute and more that differ most, relatively."""
    both = np.isfinite(ours) & np.isfinite(theirs) & (theirs >= LEAST_S)
    away = np.where(both, np.abs(np.where(both, ours, 0.0) - np.where(both, theirs, 0.0)) / np.maximum(theirs, 1), -1.0)
    chosen = np.argsort(-away, axis=None, kind="stable")[:WORST]
    return tuple(
        Pair(float(lat[i]), float(lon[i]), float(lat[j]), float(lon[j]), float(ours[i, j]), float(theirs[i, j]))
        for i, j in zip(*np.unravel_index(chosen, away.shape), strict=True)
    )
