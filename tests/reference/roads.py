"""The ways of a road network: the section *Roads* of the rules."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from beredt.dispatch import roads as arrays
from beredt.dispatch.world import Water

FLIGHT = -1
"""In place of a mode: a straight line; legs at its ends as by the first mode."""

FLIGHT_S_PER_KM = 18.0


def is_roadless(mode: int) -> bool:
    """Whether a mode needs no roads: a flight, or below it the classes of boats."""
    return mode <= FLIGHT


class Spot(NamedTuple):
    """Where a node lies on an arc; a decision node is on no arc, and its own beginning and end."""

    arc: int
    at: int  # nodes of the arc before this one
    enter: int  # decision node where the arc begins
    from_s: float
    from_km: float
    leave: int  # decision node where the arc ends
    to_s: float
    to_km: float


class ChainNode(NamedTuple):
    """A node along an arc, with the way there from the arc's beginning."""

    node: int
    seconds: float
    km: float


@dataclass(frozen=True)
class Way:
    """The way from one node to another by one mode: out over `leave`, in over `enter`; both on one arc if `one_arc`."""

    mode: int
    origin: int
    destination: int
    seconds: float
    km: float
    leave: Spot
    enter: Spot
    one_arc: bool


class Roads:
    """Ways between nodes, and what lies along them, as Python numbers."""

    def __init__(self, roads: arrays.Roads, water: Water | None = None) -> None:
        boats = 0 if water is None else len(water.s_per_km)
        first = float(roads.off_pace[0])
        self.off_pace: list[float] = [*roads.off_pace.tolist(), *[first] * (1 + boats)]  # from the end for the roadless
        self._water = water
        self._place_km: list[list[float]] = roads.place_km.astype(float).tolist()
        self.leg_km = float(roads.leg_km)
        self._decision_nodes = roads.hop.shape[1]
        self._seconds: list[list[list[float]]] = roads.seconds.tolist()  # float32 to float is exact
        self._hop: list[list[list[int]]] = roads.hop.tolist()
        self._km: list[list[list[float]]] = roads.km.tolist()
        self._arrays = roads
        self.way = cache(self._way)
        self.next_nodes = cache(self._next_nodes)

    def seconds(self, mode: int, origin: int, destination: int) -> float:
        """Between decision nodes."""
        return self._seconds[mode][destination][origin]

    def km(self, mode: int, origin: int, destination: int) -> float:
        """Between decision nodes, along the quickest way."""
        return self._km[mode][destination][origin]

    def spots(self, mode: int, node: int) -> list[Spot]:
        """The one or two arcs that a node lies on; for a decision node itself."""
        if node < self._decision_nodes:
            return [Spot(-1, 0, node, 0.0, 0.0, node, 0.0, 0.0)]
        row = self._arrays.spots[mode, node - self._decision_nodes]
        row_km = self._arrays.spot_km[node - self._decision_nodes]
        return [
            Spot(
                arc=int(row[f"arc{n}"]),
                at=int(row[f"at{n}"]),
                enter=int(row[f"enter{n}"]),
                from_s=float(row[f"from_s{n}"]),
                from_km=float(row_km[f"from_km{n}"]),
                leave=int(row[f"leave{n}"]),
                to_s=float(row[f"to_s{n}"]),
                to_km=float(row_km[f"to_km{n}"]),
            )
            for n in range(int(row["n"]))
        ]

    def _way(self, mode: int, origin: int, destination: int) -> Way:
        """The quickest way, the first of the least."""
        if is_roadless(mode):
            nowhere = Spot(-1, 0, -1, 0.0, 0.0, -1, 0.0, 0.0)
            km, seconds = self._over_water(mode, origin, destination)
            return Way(mode, origin, destination, seconds, km, nowhere, nowhere, one_arc=True)
        leaves, enters = self.spots(mode, origin), self.spots(mode, destination)
        if origin == destination:
            return Way(mode, origin, destination, 0.0, 0.0, leaves[0], enters[0], one_arc=True)
        ways = []
        for o in leaves:
            for d in enters:
                if o.arc == d.arc >= 0 and o.at < d.at:
                    seconds, km = d.from_s - o.from_s, d.from_km - o.from_km
                    ways.append(Way(mode, origin, destination, seconds, km, o, d, one_arc=True))
        for o in leaves:
            for d in enters:
                seconds = (self.seconds(mode, o.leave, d.enter) + o.to_s) + d.from_s
                km = (self.km(mode, o.leave, d.enter) + o.to_km) + d.from_km
                ways.append(Way(mode, origin, destination, seconds, km, o, d, one_arc=False))
        return min(ways, key=lambda way: way.seconds)  # the first of equals

    def _over_water(self, mode: int, origin: int, destination: int) -> tuple[float, float]:
        """Kilometres and seconds through the air, or over water: on foot to the landing points at both ends."""
        if mode == FLIGHT:
            km = math.dist(self._place_km[origin], self._place_km[destination])
            return km, km * FLIGHT_S_PER_KM
        assert self._water is not None
        if origin == destination:
            return 0.0, 0.0
        water, boat = self._water, FLIGHT - 1 - mode
        km = float(water.km[water.landing[origin], water.landing[destination]])
        afloat_s = km * float(water.s_per_km[boat])
        return km, (float(water.shore_s[origin]) + afloat_s) + float(water.shore_s[destination])

    def _next_nodes(self, mode: int, first: int, last: int) -> list[tuple[int, int]]:
        """Steps from decision node to decision node: the node come to, and the arc driven to it (-1: none is known)."""
        steps, node = [], first
        while node != last:
            after = self._hop[mode][last][node]
            steps.append((after, self._arc(mode, node, after)))
            node = after
        return steps

    def _arc(self, mode: int, node: int, after: int) -> int:
        """The arc that a mode drives from a decision node to the next."""
        if len(self._arrays.out_to) == 0:
            return -1
        first, end = self._arrays.out_first[node], self._arrays.out_first[node + 1]
        (place,) = (n for n in range(first, end) if self._arrays.out_to[n] == after)
        return int(self._arrays.out_arc[mode, place])

    def chain(self, mode: int, arc: int) -> list[ChainNode]:
        """The nodes along an arc."""
        if arc < 0:
            return []
        places = range(self._arrays.arc_first[arc], self._arrays.arc_first[arc + 1])
        return [
            ChainNode(
                int(self._arrays.chain_spot[place]),
                float(self._arrays.chain_s[mode, place]),
                float(self._arrays.chain_km[place]),
            )
            for place in places
        ]
