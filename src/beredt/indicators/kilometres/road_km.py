"""Kilometres of missions by roads: from the home station to the scene, on to the hospital, and home again.

A log does not tell where a unit was when it was sent; mostly it was at home. Units that were sent while under way drove
less than this, those that were moved up drove more.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.indicators.area_groups import places_in
from beredt.indicators.observed import NONE
from beredt.indicators.observing.fleet import lookup, plain
from beredt.model.study import Study
from beredt.roads.network import Network

F8 = NDArray[np.float64]
I4 = NDArray[np.int32]


class RoadKm(NamedTuple):
    """Kilometres of N ways, nan where a place is not known."""

    out: F8  # from the station to the scene
    transport: F8  # from the scene to the hospital, 0 without one
    back: F8  # from the hospital, or the scene, to the station


def road_km(study: Study, network: Network, station: I4, area: I4, hospital: I4) -> RoadKm:
    """Look up the kilometres of ways.

    Args:
        study: whose places they are.
        network: of the study.
        station: [N] rows of the study's stations, -1 for none.
        area: [N] rows of the study's areas, -1 for none.
        hospital: [N] rows of the study's hospitals, -1 where nobody is transported.
    """
    service = study.service
    stations = _nodes(network, [f"station:{row.id}" for row in service.stations])
    areas = _nodes(network, [f"area:{row.id}" for row in service.areas])
    hospitals = _nodes(network, [f"hospital:{row.id}" for row in service.hospitals])
    known = (station >= 0) & (area >= 0)
    home, scene = stations[np.where(known, station, 0)], areas[np.where(known, area, 0)]
    carried = known & (hospital >= 0)
    goal = np.where(carried, np.append(hospitals, NONE)[hospital], scene)

    def km(start: I4, end: I4) -> F8:
        return np.where(known, network.km[end, start].astype(np.float64), np.nan)

    return RoadKm(km(home, scene), np.where(carried | ~known, km(scene, goal), 0.0), km(goal, home))


def hospitals_of(study: Study, network: Network, words: list[str], area: I4, carried: NDArray[np.bool_]) -> I4:
    """Rows of the hospitals that patients were taken to, -1 where nobody was transported.

    Args:
        study: whose hospitals they are.
        network: of the study.
        words: [N] what the log calls the hospital; by id or name.
        area: [N] rows of the study's areas. Where the log names no hospital that the study knows, it is taken to be the
            one for emergencies that is the nearest by road.
        carried: [N] whether somebody was transported.
    """
    service = study.service
    found = lookup((row.id, row.name) for row in service.hospitals)
    known = {word: found.get(plain(word), "") for word in set(words)}
    named = places_in([known[word] for word in words], [row.id for row in service.hospitals])
    open_ = np.flatnonzero([row.emergency for row in service.hospitals])
    if not open_.size:
        return np.where(carried, named, NONE).astype(np.int32)
    hospitals = _nodes(network, [f"hospital:{service.hospitals[row].id}" for row in open_])
    areas = _nodes(network, [f"area:{row.id}" for row in service.areas])
    nearest = open_[network.km[np.ix_(hospitals, areas)].argmin(axis=0)]
    usual = np.where(area >= 0, nearest[np.maximum(area, 0)], NONE)
    return np.where(carried, np.where(named >= 0, named, usual), NONE).astype(np.int32)


def _nodes(network: Network, ids: list[str]) -> I4:
    return np.array([network.index_of(node) for node in ids], np.int32)
