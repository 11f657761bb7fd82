"""Compiled: rows of `TravelTimes`, for networks so large that plain arrays take too long.

The same sums in the same order as in `travel_times`, so the same answer to the last bit.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from beredt.roads.graph.compiled import compiled, inlined


@inlined
def _seconds_to(destination: int, first: Any, start: Any, link_s: Any, way_s: Any, key: Any, entry: Any) -> None:
    """Dijkstra's algorithm against the direction of travel, with a binary heap that begins at index 1."""
    way_s[:] = np.inf
    way_s[destination] = 0.0
    key[1], entry[1], size = 0.0, destination, 1
    while size > 0:
        now, node = key[1], entry[1]
        last_key, last_entry = key[size], entry[size]
        size -= 1
        hole, below = 1, 2
        while below <= size:
            if below < size and key[below + 1] < key[below]:
                below += 1
            if key[below] >= last_key:
                break
            key[hole], entry[hole] = key[below], entry[below]
            hole, below = below, 2 * below
        key[hole], entry[hole] = last_key, last_entry
        if now > way_s[node]:
            continue
        for link in range(first[node], first[node + 1]):
            before, longer = start[link], link_s[link] + now
            if longer < way_s[before]:
                way_s[before] = longer
                size += 1
                hole = size
                while hole > 1 and key[hole >> 1] > longer:
                    key[hole], entry[hole] = key[hole >> 1], entry[hole >> 1]
                    hole >>= 1
                key[hole], entry[hole] = longer, before


@inlined
def _next_nodes(
    destination: int, first: Any, end: Any, link_s: Any, link_km: Any, way_s: Any, leap: Any, way_km: Any
) -> int:
    """The lowest-numbered neighbour on a quickest way: the first link that fits to the last bit. A lost node, or −1."""
    for node in range(way_s.shape[0]):
        if way_s[node] == np.inf:
            return node
        leap[node], way_km[node] = node, 0.0
        if node != destination:
            link = first[node]
            while link_s[link] + way_s[end[link]] != way_s[node]:
                link += 1
            leap[node], way_km[node] = end[link], link_km[link]
    return -1


@inlined
def _along_the_way(leap: Any, further: Any, way_km: Any, sum_km: Any) -> None:
    """Kilometres to the destination, by leaps that double in length until all have arrived."""
    while True:
        moving = False
        for node in range(leap.shape[0]):
            further[node] = leap[leap[node]]
            moving |= further[node] != leap[node]
            sum_km[node] = way_km[node] + way_km[leap[node]]
        if not moving:
            return
        for node in range(leap.shape[0]):
            way_km[node], leap[node] = sum_km[node], further[node]


@compiled
def quickest_rows(
    begin: int, stop: int, first: Any, end: Any, link_s: Any, link_km: Any, in_first: Any, in_start: Any, in_s: Any,
    seconds: Any, hop: Any, km: Any, numbers: Any, ways: Any, key: Any, entry: Any,
) -> int:  # fmt: skip
    """Work out the ways to the destinations `begin` … `stop` − 1 of N nodes, of which the first K are kept.

    `first` (N+1,), `end`, `link_s`, `link_km` (M,): links by where they start, then by where they end. `in_first`
    (N+1,), `in_start`, `in_s` (M,): the same links by where they end. `seconds`, `hop`, `km` (K, K): as in
    `TravelTimes`; rows `begin` … `stop` − 1 are written. Room to work in: `numbers` int32 (2, N), `ways` float64
    (3, N), `key` float64 and `entry` int32 (M + 2,).

    Returns a node from which no way leads to some destination, −1 where all ways are there.
    """
    leap, further = numbers[0], numbers[1]
    way_s, way_km, sum_km = ways[0], ways[1], ways[2]
    kept = seconds.shape[0]
    for destination in range(begin, stop):
        _seconds_to(destination, in_first, in_start, in_s, way_s, key, entry)
        lost = _next_nodes(destination, first, end, link_s, link_km, way_s, leap, way_km)
        if lost >= 0:
            return lost
        for node in range(kept):
            there = leap[node]
            while there >= kept:
                there = leap[there]
            seconds[destination, node], hop[destination, node] = way_s[node], there
        _along_the_way(leap, further, way_km, sum_km)
        for node in range(kept):
            km[destination, node] = way_km[node]
    return -1
