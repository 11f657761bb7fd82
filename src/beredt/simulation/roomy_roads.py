"""Roads with room for sites that edits make: one is added in milliseconds, and nothing else is worked out anew.

The tables of a network are laid into larger ones once. A site takes one of the free rows and columns; when there is no
room left, the site that was asked for longest ago gives up its own.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.roads import LEAP, fixed, table_roads
from beredt.errors import NetworkError
from beredt.model.road_change import TODAYS_ROADS, RoadState
from beredt.model.service import Service
from beredt.roads.ground import Ground
from beredt.roads.hung_site import HungSite, hang_site, ways_of_site
from beredt.roads.network import MOST_NODES, Network
from beredt.roads.road_inputs import NewNode
from beredt.roads.sites import nodes_beside
from beredt.roads.with_sites import put_site, site_leg_s
from beredt.simulation.study_roads import TableRoads

ROOM = 48
"""Sites beside the network: in one of 2,400 nodes they take a twenty-fifth more memory."""


class RoomyRoads:
    """The roads between the places of today's service and the sites that edits have made lately."""

    def __init__(
        self,
        network: Network,
        ground: Ground,
        given_up: Callable[[int], object],
        room: int = ROOM,
        state: RoadState = TODAYS_ROADS,
    ) -> None:
        """Lay the network into larger tables.

        Args:
            network: of today's places.
            ground: that it was made of, and that new sites join.
            given_up: told the number of a node that gives up its room: what was made ready with it must not run again.
            room: sites beside the network.
            state: what is different about these roads.

        Raises:
            NetworkError: more nodes than `hop` can number.
        """
        self._state = state
        self._first, self._room = len(network.node_ids), room
        size = self._first + room
        if size > MOST_NODES:
            raise NetworkError(f"a network has at most {MOST_NODES} nodes, and with room for new sites this has {size}")
        self._ground, self._given_up = ground, given_up
        self._hung: OrderedDict[NewNode, tuple[int, HungSite]] = OrderedDict()
        self._free = list(range(size - 1, self._first - 1, -1))
        inside = np.s_[: self._first, : self._first]
        self._seconds, self._km = np.zeros((size, size), np.float32), np.zeros((size, size), np.float32)
        self._hop = np.tile(np.arange(size, dtype=np.int16)[:, np.newaxis], size)
        self._seconds[inside], self._km[inside], self._hop[inside] = network.seconds, network.km, network.hop
        # The same network in the larger tables, so that the memory of the smaller ones can go.
        self._network = replace(network, seconds=self._seconds[inside], km=self._km[inside], hop=self._hop[inside])
        roads = table_roads(self._seconds, self._hop, self._km)
        self._leap = roads.leap.copy()
        self._roads = roads._replace(leap=fixed(self._leap))

    def roads_of(self, service: Service) -> tuple[TableRoads, frozenset[int]]:
        """The roads of a service, wherever its sites stand, and the numbers of the nodes it has beside the network.

        Raises:
            NetworkError: the service has more new sites than there is room for.
        """
        wanted = nodes_beside(self._network, service)
        if len(wanted) > self._room:
            raise NetworkError(f"{len(wanted)} sites are not where they are today, and there is room for {self._room}")
        for node in wanted:
            if node in self._hung:
                self._hung.move_to_end(node)
        for node in wanted:
            if node not in self._hung:
                self._add(node, wanted)
        numbers = {node.node_id: self._hung[node][0] for node in wanted}
        return TableRoads(self._named(numbers), self._roads, self._state), frozenset(numbers.values())

    def _add(self, node: NewNode, wanted: Collection[NewNode]) -> None:
        if not self._free:
            oldest = next(one for one in self._hung if one not in wanted)
            number, _ = self._hung.pop(oldest)
            self._free.append(number)
            self._given_up(number)
        number, site = self._free.pop(), hang_site(self._ground, node.lat, node.lon)
        others = list(self._hung.values())
        numbers = np.array([*range(self._first), *(other for other, _ in others)], np.int64)
        ways = ways_of_site(self._ground, site, [other for _, other in others])
        put_site(self._seconds, self._km, self._hop, number, numbers, ways)
        self._put_leaps(number, numbers)
        self._hung[node] = number, site

    def _put_leaps(self, site: int, numbers: NDArray[np.int64]) -> None:
        """Where LEAP hops lead on the ways to and from a new site, as `leaps` has it."""
        leap, row = self._leap[0], self._hop[site]
        for _ in range(LEAP.bit_length() - 1):
            row = row[row]
        leap[site, numbers] = row[numbers]
        there = np.full(len(numbers), site, np.int16)
        for _ in range(LEAP):
            there = self._hop[numbers, there]
        leap[numbers, site] = there
        leap[site, site] = site

    def _named(self, numbers: dict[str, int]) -> Network:
        """The tables as a network in which these nodes have their names, and the rest of the room none that is used."""
        names = [f"room:{number}" for number in range(self._room)]
        for name, number in numbers.items():
            names[number - self._first] = name
        lat, lon = np.full((2, self._room), np.nan)
        for node, (number, _) in self._hung.items():
            lat[number - self._first], lon[number - self._first] = node.lat, node.lon
        network = self._network
        return replace(
            network,
            node_ids=(*network.node_ids, *names),
            lat=np.append(network.lat, lat),
            lon=np.append(network.lon, lon),
            seconds=self._seconds,
            hop=self._hop,
            km=self._km,
            leg_s=np.append(network.leg_s, np.full(self._room, site_leg_s(network, self._ground))),
        )
