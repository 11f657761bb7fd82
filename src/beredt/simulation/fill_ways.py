"""Ways from some places to every scene, worked out together: row after row of the table, not here and there."""

from __future__ import annotations

from beredt.dispatch.compiled import entry_point, whole
from beredt.dispatch.paths import way_between
from beredt.dispatch.roads import F8, I1, I4, Roads


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
    for i in range(scene.size):
        for j in range(origin.size):
            way = way_between(roads, whole(mode[i]), whole(origin[j]), whole(scene[i]))
            seconds[i, j] = way.seconds
            by[i, j] = way.out_by + 2 * way.in_by if way.enter >= 0 else -1
