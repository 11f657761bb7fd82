"""From a road graph to the roads of the kernel."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.roads import F8, I1, I2, I4, Roads, fixed, leaps
from beredt.roads.graph.drives import drive_times
from beredt.roads.graph.road_graph import RoadGraph


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
    )


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


def seconds_from_bases(roads: Roads, base_node: I4, scene: I4, mode: I1) -> F8:
    """Road seconds from every base to every scene, worked out together: row after row of the table, not here and there.

    Args:
        roads: of a graph.
        base_node: [B] road nodes.
        scene: [I] road nodes.
        mode: [I] travel mode towards each.

    Returns:
        [I, B].
    """
    near = np.empty((scene.size, base_node.size))
    for m in np.unique(mode):
        of_mode = np.flatnonzero(mode == m)
        rows = np.empty((of_mode.size, base_node.size))
        drive_times(roads.seconds[m], roads.spots[m], base_node, scene[of_mode], rows)
        near[of_mode] = rows
    return near
