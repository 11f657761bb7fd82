"""Where a unit is on the study's roads, by its status and its last position."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.live.ground.ground import BESIDE_S_PER_KM, Ground
from beredt.live.picture.view import UnitSeen

AT_STATION = "at_station"
STANDING = frozenset({"at_standby", "at_task", "free"})
"""Free where it stands, outside a station."""
AT_IT_KM = 0.1
"""A unit so near a station stands at it."""


class Where(NamedTuple):
    """A place on the roads: a node, seconds to it, whether the crew is indoors, and how far off the roads it is.

    `leg_s` are of ordinary traffic; `rest_s` pass before anything else, whatever the drive after them.
    """

    node: int
    leg_s: float
    at_home: bool
    off_km: float
    rest_s: float = 0.0


def where_is(ground: Ground, unit: UnitSeen) -> Where | None:
    """Where a unit is taken to be; None where nobody knows, or may know, or it is outside the region or off the road.

    At its station by its status, without asking its position, unless that has been at another station since it stands;
    at a standby point of the study where it stands within 100 m of one; elsewhere at the nearest place of the network,
    with what lies between counted as the crow flies.
    """
    number = ground.unit_index[unit.id]
    if unit.status == AT_STATION:
        return _at_station(ground, unit, number)
    if unit.lat is None or unit.lon is None or unit.outside_region or unit.rounded_m is not None:
        return None
    if unit.status in STANDING:
        point = _find_point(ground, unit.lat, unit.lon)
        if point is not None:
            return point
    node, km = ground.nearest_node(unit.lat, unit.lon)
    if km * 1000 > ground.off_road_m:
        return None
    return Where(node, km * BESIDE_S_PER_KM, False, km)


def is_off_road(ground: Ground, unit: UnitSeen) -> bool:
    """Whether a unit's position is inside the study's rectangle, and too far from its roads to be reckoned with."""
    if unit.status == AT_STATION or unit.lat is None or unit.lon is None:
        return False
    if unit.outside_region or unit.rounded_m is not None:
        return False
    return ground.nearest_node(unit.lat, unit.lon)[1] * 1000 > ground.off_road_m


def base_of(ground: Ground, number: int, where: Where) -> int:
    """The station in which a unit stands, its own where it stands in none."""
    own = int(ground.world.unit_station[number])
    if not where.at_home or where.node == ground.world.base_node[own]:
        return own
    return int(np.flatnonzero(ground.world.base_node == where.node)[0])


def _find_point(ground: Ground, lat: float, lon: float) -> Where | None:
    """The standby point where a unit stands, with its leg to the road; None where it stands at none."""
    world = ground.world
    km = np.hypot(*(ground.tree.data[world.standby_node] - ground.on_plane(lat, lon)).T)
    if not km.size or km.min() > AT_IT_KM:
        return None
    point = int(km.argmin())
    return Where(int(world.standby_node[point]), float(world.standby_leg[point]), False, float(km[point]))


def _at_station(ground: Ground, unit: UnitSeen, number: int) -> Where:
    """Its own station, or the one that it was moved to."""
    home = home_of(ground, number)
    if unit.lat is None or unit.lon is None or unit.outside_region or not _told_since(unit):
        return home
    node, km = ground.nearest_node(unit.lat, unit.lon)
    at = np.flatnonzero(ground.world.base_node == node)
    if node == home.node or not at.size or km > AT_IT_KM:
        return home
    return Where(node, float(ground.world.base_leg[at[0]]), True, 0.0)


def _told_since(unit: UnitSeen) -> bool:
    """Whether a position is not of a time before the status began."""
    return unit.position_ms is not None and unit.since_ms is not None and unit.position_ms >= unit.since_ms


def home_of(ground: Ground, number: int) -> Where:
    """The station of a unit, by the unit's number."""
    station = ground.world.unit_station[number]
    return Where(int(ground.world.base_node[station]), float(ground.world.base_leg[station]), True, 0.0)
