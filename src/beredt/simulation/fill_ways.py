"""Ways to and from every scene, worked out together before a run, since a run would look here and there."""

from __future__ import annotations

import numpy as np

from beredt.dispatch.by_reference import lay_down
from beredt.dispatch.compiled import entry_point, whole
from beredt.dispatch.paths import way_between
from beredt.dispatch.roads import F8, I1, I4, Records, Roads


@entry_point
def fill_ways(roads: Roads, origin: I4, scene: I4, mode: I1, seconds: F8, by: I1) -> None:
    """Fill in seconds and ends of the ways from P places to I scenes.

    Args:
        roads: of a graph.
        origin: [P] road nodes.
        scene: [I] road nodes.
        mode: [I] travel mode towards each.
        seconds: [I, P] filled here.
        by: [I, P] filled here: arcs taken at both ends, out_by + 2·in_by; -1 for a way within one chain, or for none.
    """
    roads = lay_down(roads)
    for i in range(scene.size):
        for j in range(origin.size):
            way = way_between(roads, whole(mode[i]), whole(origin[j]), whole(scene[i]))
            seconds[i, j] = way.seconds
            by[i, j] = way.out_by + 2 * way.in_by if way.enter >= 0 else -1


@entry_point
def fill_transports(roads: Roads, mode: int, scene: I4, dest: I4, on: Records) -> None:
    """Fill in the ways from I scenes to their delivery places; NaN seconds where nobody is transported.

    Args:
        roads: of a graph.
        mode: travel mode of transports.
        scene: [I] road nodes.
        dest: [I] road nodes, -1 for none.
        on: [I] ON_WAY, filled here.
    """
    roads = lay_down(roads)
    for i in range(scene.size):
        on[i].on_s = np.nan
        if dest[i] >= 0:
            way = way_between(roads, mode, whole(scene[i]), whole(dest[i]))
            on[i].on_s, on[i].on_leave, on[i].on_enter = way.seconds, way.leave, way.enter
            on[i].on_by = way.out_by + 2 * way.in_by
