"""Compiled: the quickest ways to one destination after the other.

Dijkstra's algorithm [1] from the destination against the direction of travel, so that times add up from the
destination. Nodes are settled in the order of (time, place in the source's order); a way is replaced by a strictly
quicker one only. Which of several equally quick ways is taken thus follows from the source alone.

1. E. W. Dijkstra, A note on two problems in connexion with graphs, Numerische Mathematik 1 (1959), 269–271.
   doi 10.1007/BF01386390
"""

from __future__ import annotations

from typing import Any

import numpy as np

from beredt.roads.graph.compiled import compiled, inlined


@inlined
def _push(key: Any, entry: Any, rank: Any, size: int, new_key: float, new_entry: int) -> None:
    """Put an entry into a heap of `size` entries, which begins at index 1."""
    hole = size + 1
    while hole > 1:
        above = hole >> 1
        if key[above] < new_key or (key[above] == new_key and rank[entry[above]] < rank[new_entry]):
            break
        key[hole], entry[hole] = key[above], entry[above]
        hole = above
    key[hole], entry[hole] = new_key, new_entry


@inlined
def _drop_first(key: Any, entry: Any, rank: Any, size: int) -> None:
    """Take the first entry out of a heap of `size` entries: fill its place from below, the last entry at the end."""
    hole, below = 1, 2
    while below < size:
        if key[below + 1] < key[below] or (
            key[below + 1] == key[below] and rank[entry[below + 1]] < rank[entry[below]]
        ):
            below += 1
        key[hole], entry[hole] = key[below], entry[below]
        hole, below = below, 2 * below
    if hole < size:
        last_key, last_entry = key[size], entry[size]
        _push(key, entry, rank, hole - 1, last_key, last_entry)


@compiled
def quickest_to(
    begin: int, stop: int, in_first: Any, in_from: Any, in_time: Any, in_km: Any, rank: Any, unit_s: float,
    seconds: Any, hop: Any, km: Any, key: Any, entry: Any, way_km: Any,
) -> None:  # fmt: skip
    """Work out the ways to the destinations `begin` … `stop` − 1 of N decision nodes.

    `in_first` (N+1,), `in_from`, `in_time`, `in_km`: the arcs that end at each node, where they begin, their time in
    units of `unit_s` seconds and their length. `rank` (N,): place in the source's order.
    `seconds`, `hop`, `km` (N, N): rows `begin` … `stop` − 1 are written, as in `RoadGraph`.
    `key` float64, `entry` int32, longer by 2 than there are arcs; `way_km` float64 (N,): room to work in.
    """
    nodes = rank.shape[0]
    for destination in range(begin, stop):
        time, next_node = seconds[destination], hop[destination]
        time[:] = np.inf
        next_node[:] = -1
        way_km[:] = np.inf
        time[destination], next_node[destination], way_km[destination] = 0.0, destination, 0.0
        key[1], entry[1], size = 0.0, destination, 1
        while size > 0:
            now, node = key[1], entry[1]
            _drop_first(key, entry, rank, size)
            size -= 1
            if now > time[node]:
                continue
            for arc in range(in_first[node], in_first[node + 1]):
                before, longer = in_from[arc], in_time[arc] + now
                if longer < time[before]:
                    time[before], next_node[before] = longer, node
                    way_km[before] = way_km[node] + in_km[arc]
                    _push(key, entry, rank, size, longer, before)
                    size += 1
        for node in range(nodes):
            time[node] *= unit_s
            km[destination, node] = way_km[node]


@compiled
def lengths_to(
    destination: int, hop: Any, out_first: Any, out_to: Any, out_km: Any, km: Any, way_km: Any, trail: Any
) -> None:
    """Work out the kilometres to one destination anew, after some of its next nodes were changed.

    `hop`, `km` (N,): the destination's row. `out_first` (N+1,), `out_to`, `out_km` (E,): next decision nodes, and the
    length of the arc that is driven to them. `way_km` float64 (N,), `trail` int32 (N,): room to work in.
    """
    for node in range(hop.shape[0]):
        way_km[node] = -1.0 if hop[node] >= 0 else np.inf
    way_km[destination] = 0.0
    for start in range(hop.shape[0]):
        length, here = 0, start
        while way_km[here] < 0.0:
            trail[length] = here
            length += 1
            here = hop[here]
        total = way_km[here]
        for index in range(length - 1, -1, -1):
            here = trail[index]
            pair = out_first[here]
            while out_to[pair] != hop[here]:
                pair += 1
            total += out_km[pair]
            way_km[here] = total
    for node in range(hop.shape[0]):
        km[node] = way_km[node]
