"""How far people live from a border between centres, or between any two sets of areas.

A border runs between cells, so what is known of it is where the cells of the other side begin.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from beredt.model.area import Area
from beredt.model.service import Service
from beredt.roads.flat import laying_of

F8 = NDArray[np.float64]
B = NDArray[np.bool_]

MOST_PAIRS = 4_000_000
"""Up to so many, all distances are simply worked out: in less time than a search tree takes to import."""


def border_distance_km(service: Service) -> F8:
    """Distance from each area's people to the nearest area of another centre.

    Returns:
        float64[areas] km, at least 0; infinite where there is no other centre. How it is measured stands in
        :func:`distance_to_km`.
    """
    places, half_km = _places(service.areas)
    centres = np.array([area.centre for area in service.areas])
    distance = np.full(len(centres), np.inf)
    for centre in np.unique(centres):
        own = centres == centre
        distance[own] = distance_to_km(places[own], places[~own], half_km[~own])
    return distance


def distance_between_km(areas: Sequence[Area], there: B) -> F8:
    """Distance from each area's people to the nearest area of a set, such as a municipality.

    Args:
        areas: Areas of the service.
        there: [areas] True for the areas of the set.

    Returns:
        float64[areas] km, at least 0; 0 inside the set, infinite where the set is empty.
    """
    places, half_km = _places(areas)
    distance = distance_to_km(places, places[there], half_km[there])
    distance[there] = 0.0
    return distance


def distance_to_km(here: F8, there: F8, half_km: F8) -> F8:
    """Distance from points to the edge of the nearest cell, taken from its point.

    From the distance to the other cell's point half the side of that cell is taken off: its edge lies about that
    much nearer. For cells of one size the nearest point is the nearest edge, so each size is searched by itself.

    Args:
        here: [n, 2] flat km.
        there: [m, 2] flat km of the points of other cells (their population centroids).
        half_km: [m] half of the sides of those cells.

    Returns:
        float64[n] km, at least 0; infinite when m is 0.
    """
    distance = np.full(len(here), np.inf)
    for half in np.unique(half_km):
        nearest_km = _nearest_km(here, there[half_km == half])
        distance = np.minimum(distance, np.maximum(nearest_km - half, 0.0))
    return distance


def _nearest_km(here: F8, there: F8) -> F8:
    """Distance from each point to the nearest of others, float64[n] km; there is at least one other."""
    if len(here) * len(there) > MOST_PAIRS:
        from scipy.spatial import KDTree

        return np.asarray(KDTree(there).query(here)[0], np.float64)
    squares = np.square(here[:, None, 0] - there[:, 0])
    squares += np.square(here[:, None, 1] - there[:, 1])
    nearest: F8 = np.sqrt(squares.min(axis=1, initial=np.inf))
    return nearest


def _places(areas: Sequence[Area]) -> tuple[F8, F8]:
    """Flat points of all areas, [areas, 2] km, and half of their sides, [areas] km."""
    lat = np.array([area.lat for area in areas])
    lon = np.array([area.lon for area in areas])
    flat = laying_of(lat, lon)(lat, lon) if len(areas) else np.empty((0, 2))
    return flat, np.array([area.size_m / 2000.0 for area in areas])
