"""Where the places of a run lie: stations, standby points, scenes and delivery points, beside their road nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.world import Incidents, World
from beredt.model.area import Area
from beredt.model.hospital import Hospital
from beredt.model.service import Service
from beredt.model.standby_point import StandbyPoint
from beredt.model.station import Station
from beredt.model.study import Study
from beredt.simulation.playback.ways import F8, Ways
from beredt.simulation.study_roads import Places, StudyRoads


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Places of a run, rows as in `World` and `Incidents`; longitude and latitude in degrees.

    B stations, P standby points, I incidents.
    """

    bases: F8  # [B, 2]
    standby: F8  # [P, 2]
    scenes: F8  # [I, 2]
    dests: F8  # [I, 2] anything where nobody is transported


def spots_of(
    study: Study, service: Service, roads: StudyRoads, ways: Ways, world: World, incidents: Incidents
) -> Spots:
    """Find the places of a run.

    Sites stand where the service has them, incidents of a trace where the trace has them. Generated ones happen in the
    middle of areas or at hospitals, and are delivered at either: which one follows from the road node and the leg.

    Args:
        study: for its trace.
        service: today's, or an alternative's.
        roads: of the study.
        ways: the same, as drives see them.
        world: the service, packed.
        incidents: the demand, packed.
    """
    known: dict[tuple[int, float], tuple[float, float]] = {}
    for rows, places in (
        (service.areas, roads.areas(service.areas)),
        (service.hospitals, roads.sites("hospital", service.hospitals)),
    ):
        known |= _by_place(rows, places)
    at_nodes = spots_at_nodes(world, incidents, ways)
    traced = None if study.trace is None else study.trace.select("lon", "lat").to_numpy()
    scenes = _looked_up(known, Places(incidents.scene, incidents.scene_leg), at_nodes.scenes)
    return Spots(
        bases=_lon_lat(service.stations),
        standby=_lon_lat(service.standby_points),
        scenes=scenes if traced is None else traced[: len(scenes)],
        dests=_looked_up(known, Places(incidents.dest, incidents.dest_leg), at_nodes.dests),
    )


def spots_at_nodes(world: World, incidents: Incidents, ways: Ways) -> Spots:
    """Every place at its road node, as in a table of times, where a place is a node."""

    def at(nodes: NDArray[np.int32]) -> F8:
        return np.column_stack([ways.lon[nodes], ways.lat[nodes]])

    return Spots(at(world.base_node), at(world.standby_node), at(incidents.scene), at(incidents.dest))


def _lon_lat(rows: Sequence[Station | StandbyPoint | Hospital | Area]) -> F8:
    return np.array([(row.lon, row.lat) for row in rows], np.float64).reshape(-1, 2)


def _by_place(rows: Sequence[Hospital | Area], places: Places) -> dict[tuple[int, float], tuple[float, float]]:
    keys = zip(places.node.tolist(), places.leg.tolist(), strict=True)
    return {key: (row.lon, row.lat) for key, row in zip(keys, rows, strict=True)}


def _looked_up(known: dict[tuple[int, float], tuple[float, float]], places: Places, otherwise: F8) -> F8:
    """Longitude and latitude of places, those of their road nodes where nothing is known there."""
    keys = zip(places.node.tolist(), places.leg.tolist(), strict=True)
    spots = [known.get(key, tuple(node)) for key, node in zip(keys, otherwise.tolist(), strict=True)]
    return np.array(spots, np.float64).reshape(-1, 2)
