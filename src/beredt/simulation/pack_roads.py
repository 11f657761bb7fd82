"""From a road graph to the roads of the kernel."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.records import ON_WAY, Near
from beredt.dispatch.roads import F8, I1, I2, I4, Roads, fixed, fixed_roads, leaps, no_water
from beredt.dispatch.world import SPEED_TRANSPORT, World
from beredt.roads.graph.road_graph import RoadGraph
from beredt.simulation.fill_ways import fill_transports, fill_ways


def graph_roads(graph: RoadGraph) -> Roads:
    """The roads of a graph; legs are kilometres.

    Args:
        graph: made ready, or read from the cache.
    """
    # On a small plane of its own, so that float32 tells centimetres apart.
    place_km = np.column_stack((graph.x_km - graph.x_km.mean(), graph.y_km - graph.y_km.mean()))
    return Roads(
        seconds=fixed(graph.seconds),
        hop=fixed(graph.hop),
        leap=fixed(_leaps(graph.hop)),
        km=fixed(graph.km),
        off_pace=graph.off_pace,
        leg_km=1.0,
        place_km=place_km.astype(np.float32),
        least_pace=graph.least_pace,
        times_as_long=_times_as_long(graph),
        spots=graph.spots,
        spot_km=graph.spot_km,
        arc_first=graph.arc_first,
        chain_spot=graph.chain_spot,
        chain_s=graph.chain_s,
        chain_km=graph.chain_km,
        arc_s=graph.arc_s,
        arc_km=graph.arc_km,
        out_first=graph.out_first,
        out_to=graph.out_to,
        out_arc=graph.out_arc,
        **no_water(),
    )


def _times_as_long(graph: RoadGraph) -> F8:
    """By how much the seconds of one mode exceed those of another on any piece of road at most, [M, M]."""
    pieces = np.hstack([np.diff(graph.chain_s, axis=1, prepend=0.0), graph.arc_s])
    first = graph.arc_first[:-1][np.diff(graph.arc_first) > 0]
    last = graph.arc_first[1:][np.diff(graph.arc_first) > 0] - 1
    pieces[:, first] = graph.chain_s[:, first]  # a chain begins at its arc's beginning, not where the last one ended
    ends = (graph.arc_s[:, np.diff(graph.arc_first) > 0] - graph.chain_s[:, last]).clip(min=0.0)
    pieces = np.hstack([pieces, ends])
    most = np.ones((len(pieces), len(pieces)))
    for m, slow in enumerate(pieces):
        for other, quick in enumerate(pieces):
            with np.errstate(divide="ignore", invalid="ignore"):
                ratio = np.where(slow > 0.0, slow / quick, 0.0)
            most[m, other] = 1.0 if m == other else float(ratio.max(initial=0.0)) * (1.0 + 1e-6)
    return most


def _leaps(hop: I2) -> I2:
    """`leaps` of every mode, on all cores: numpy lets other threads run meanwhile."""
    parts = np.array_split(np.arange(hop.shape[1]), 8)
    far = np.empty_like(hop)

    def fill(mode: int, rows: NDArray[np.intp]) -> None:
        far[mode, rows] = leaps(hop[np.newaxis, mode, rows])[0]

    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(fill, mode, rows) for mode in range(hop.shape[0]) for rows in parts]:
            done.result()
    return far


def near_places(world: World, scene: I4, dest: I4, urgency: I1) -> Near:
    """What is known beforehand of drives to scenes, from bases and from places of delivery, and of transports.

    Args:
        world: on a graph, with travel modes that never change.
        scene: [I] road nodes.
        dest: [I] road nodes of delivery, -1 for none.
        urgency: [I]
    """
    roads = fixed_roads(world.roads)
    places = np.unique(dest[dest >= 0])
    origins = np.concatenate([world.base_node, places]).astype(np.int32)
    column = np.where(dest < 0, -1, np.searchsorted(places, dest) + world.base_node.size)
    seconds, by = np.empty((scene.size, origins.size)), np.empty((scene.size, origins.size), np.int8)
    fill_ways(roads, origins, scene, np.ascontiguousarray(world.mode_of[0, urgency], np.int8), seconds, by)
    on = np.zeros(scene.size, ON_WAY)
    fill_transports(roads, int(world.mode_of[0, SPEED_TRANSPORT]), scene, dest, on)
    return Near(seconds, by, column.astype(np.int32), on)
