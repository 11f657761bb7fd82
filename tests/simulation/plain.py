"""Worlds on plain tables: the columns that follow from tables, stations and legs, for all who build a small world."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.policies import plain_policies
from beredt.dispatch.roads import Roads, table_roads
from beredt.dispatch.world import Incidents, World


def table_columns(
    *,
    seconds: NDArray[np.float32],
    hop: NDArray[np.int16],
    km: NDArray[np.float32],
    leg_s: NDArray[np.float64],
    station_node: list[int],
    standby_node: list[int],
    units: int,
) -> dict[str, Any]:
    """Fields of a `World` with one travel mode and no prices; every node has one leg."""
    return road_columns(table_roads(seconds, hop, km), leg_s, station_node, standby_node, units)


def road_columns(
    roads: Roads, leg: NDArray[np.float64], station_node: list[int], standby_node: list[int], units: int
) -> dict[str, Any]:
    """The same on any roads; everything is driven by the first mode."""
    bases, points = np.array(station_node, np.int32), np.array(standby_node, np.int32)
    return {
        "roads": roads,
        "mode_t": np.zeros(1),
        "mode_of": np.zeros((1, 5), np.int8),
        "true_pace": np.ones(1),
        "believed_pace": np.ones(1),
        "first_hour": 0,
        "base_node": bases,
        "base_leg": leg[bases],
        "standby_node": points,
        "standby_leg": leg[points],
        "standby_days": np.full(len(points), 127, np.int8),
        "standby_start_s": np.zeros(len(points), np.int32),
        "standby_end_s": np.full(len(points), 86_400, np.int32),
        "policies": plain_policies(units, len(bases)),
    }


def legs_of(world: World, incidents: Incidents) -> NDArray[np.float64]:
    """The leg of every node, float64[N]; 0 for nodes where nobody ever leaves the road."""
    legs = np.zeros(world.roads.hop.shape[1])
    legs[incidents.dest[incidents.dest >= 0]] = incidents.dest_leg[incidents.dest >= 0]
    legs[incidents.scene] = incidents.scene_leg
    legs[world.base_node] = world.base_leg
    legs[world.standby_node] = world.standby_leg
    return legs


def home_nodes(world: World) -> NDArray[np.int32]:
    """Node of every unit's home station, int32[U]."""
    return world.base_node[world.unit_station]
