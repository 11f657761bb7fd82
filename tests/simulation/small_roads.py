"""Random roads for small worlds: tables between all nodes, made of a few links."""

from __future__ import annotations

import heapq
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.roads import SPOT, Roads, table_roads
from tests.simulation.picking import Picker


class Ground(NamedTuple):
    """Roads, the nodes where something can be, and the leg of every node."""

    roads: Roads
    nodes: list[int]
    leg: NDArray[np.float64]


def table_ground(pick: Picker, nodes: int) -> Ground:
    """Times between all nodes, with legs in seconds."""
    tables = random_roads(pick, nodes)
    leg_s = np.array([pick.random.choice([0.0, pick.time(0, 90)]) for _ in range(nodes)], np.float64)
    return Ground(table_roads(*tables), list(range(nodes)), leg_s)


def with_second_mode(pick: Picker, roads: Roads) -> Roads:
    """The same nodes with other roads between them for a second mode."""
    seconds, hop, km = random_roads(pick, roads.hop.shape[1])
    return roads._replace(
        seconds=np.stack([roads.seconds[0], seconds]),
        hop=np.stack([roads.hop[0], hop]),
        km=np.stack([roads.km[0], km]),
        off_pace=np.array([1.0, pick.factor()]),
        least_pace=np.zeros(2),
        spots=np.zeros((2, 0), SPOT),
        chain_s=np.zeros((2, 0)),
        arc_s=np.zeros((2, 0)),
        out_arc=np.zeros((2, 0), np.int32),
    )


class Tables(NamedTuple):
    """All-pairs tables of a road graph, dest-major."""

    seconds: NDArray[np.float32]
    hop: NDArray[np.int16]
    km: NDArray[np.float32]


Links = dict[int, dict[int, tuple[float, float]]]
"""`links[a][b]` is (seconds, km) from a to b."""


def random_roads(pick: Picker, nodes: int) -> Tables:
    """A connected random graph with a few one-way differences, and its shortest paths."""
    links: Links = {node: {} for node in range(nodes)}
    pairs = [(node, pick.random.randrange(node)) for node in range(1, nodes)]
    for _ in range(pick.random.randint(0, nodes)):
        one, other = pick.random.sample(range(nodes), 2)
        pairs.append((one, other))
    for one, other in pairs:
        forth_s = pick.time(20, 600) or float(pick.grid_s)
        back_s = forth_s if pick.chance(0.7) else pick.time(20, 600) or float(pick.grid_s)
        links[one][other] = (forth_s, round(forth_s / 60, 1))
        links[other][one] = (back_s, round(forth_s / 60, 1))
    return tables_of(links)


def tables_of(links: Links) -> Tables:
    """Shortest times, next nodes and kilometres along them, for every pair of nodes."""
    nodes = len(links)
    seconds = np.zeros((nodes, nodes), np.float32)
    hop = np.zeros((nodes, nodes), np.int16)
    km = np.zeros((nodes, nodes), np.float32)
    for destination in range(nodes):
        seconds_to, hop_to, km_to = paths_to(destination, links)
        for origin in range(nodes):
            seconds[destination, origin] = seconds_to[origin]
            hop[destination, origin] = hop_to[origin]
            km[destination, origin] = km_to[origin]
    return Tables(seconds, hop, km)


def paths_to(destination: int, links: Links) -> tuple[dict[int, float], dict[int, int], dict[int, float]]:
    """Dijkstra backwards from one destination: seconds, next node and km, by origin."""
    seconds: dict[int, float] = {}
    hop: dict[int, int] = {}
    km: dict[int, float] = {}
    reached = [(0.0, destination, destination, 0.0)]
    while reached:
        seconds_here, node, next_node, km_here = heapq.heappop(reached)
        if node in seconds:
            continue
        seconds[node], hop[node], km[node] = seconds_here, next_node, km_here
        for before in links:
            if node in links[before] and before not in seconds:
                link_s, link_km = links[before][node]
                heapq.heappush(reached, (seconds_here + link_s, before, node, km_here + link_km))
    return seconds, hop, km
