"""Where boats can go: landing points, straight water between them, and the walk from there."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.world import F8, Water
from beredt.model.landing_point import LandingPoint
from beredt.model.service import Service
from beredt.model.unit_kind import UnitKind
from beredt.simulation.study_roads import KM_PER_DEGREE, StudyRoads

HOUR_S = 3_600.0
WALK_S_PER_KM = 720.0
"""On foot with equipment, 5 km/h in a straight line: an assumption."""

B = NDArray[np.bool_]


def boat_classes(kinds: Iterable[UnitKind]) -> dict[str, int]:
    """A number for each kind of boat, in the order of their table."""
    return {kind.id: number for number, kind in enumerate(kind for kind in kinds if kind.floats)}


def pack_water(service: Service, roads: StudyRoads) -> Water | None:
    """What boats need to know of a service; None where no kind of unit floats or none can land.

    Args:
        service: today's, or an alternative's.
        roads: whose nodes boats come near to.
    """
    boats = [kind for kind in service.unit_kinds if kind.floats]
    if not boats or not service.landing_points:
        return None
    lat, lon = roads.node_degrees()
    points = service.landing_points
    away_km = _km(lat[:, None], lon[:, None], *_degrees(points))
    landing = away_km.argmin(axis=1)
    point_lat, point_lon = _degrees(points)
    return Water(
        shore_s=away_km.min(axis=1) * WALK_S_PER_KM,
        landing=landing.astype(np.int32),
        km=_km(point_lat[:, None], point_lon[:, None], point_lat, point_lon),
        s_per_km=np.array([HOUR_S / kind.kmh * kind.pace for kind in boats]),
    )


def near_water(service: Service, roads: StudyRoads, kinds: Iterable[UnitKind]) -> B:
    """Which areas each kind comes to, bool [kinds, areas]: all, but of a boat those near a landing point."""
    node, (lat, lon) = roads.areas(service.areas).node, roads.node_degrees()
    away_km = np.full(len(node), np.inf)
    if service.landing_points:
        away_km = _km(lat[node, None], lon[node, None], *_degrees(service.landing_points)).min(axis=1)
    rows = [away_km <= kind.shore_km if kind.floats else np.ones(len(node), np.bool_) for kind in kinds]
    return np.array(rows, np.bool_).reshape(-1, len(node))


def _degrees(points: Iterable[LandingPoint]) -> tuple[F8, F8]:
    rows = list(points)
    return np.array([row.lat for row in rows]), np.array([row.lon for row in rows])


def _km(lat: F8, lon: F8, other_lat: F8, other_lon: F8) -> F8:
    """Kilometres as the crow flies: small differences of degrees on a globe."""
    east = (other_lon - lon) * np.cos(np.radians((lat + other_lat) / 2.0))
    km: F8 = np.hypot(east, other_lat - lat) * KM_PER_DEGREE
    return km
