"""The roads of a study, whichever form they have: a table of times between its places, or a graph of real roads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from beredt.dispatch.roads import F4, F8, I1, I4, Roads, table_roads
from beredt.model.area import Area
from beredt.model.edits.apply import apply_edits
from beredt.model.hospital import Hospital
from beredt.model.road_change import TODAYS_ROADS, RoadState
from beredt.model.service import Service
from beredt.model.standby_point import StandbyPoint
from beredt.model.station import Station
from beredt.model.study import Study
from beredt.roads.graph.all_pairs import Progress
from beredt.roads.graph.build import say_nothing
from beredt.roads.graph.from_study import load_or_build_graph
from beredt.roads.graph.paths import path_s
from beredt.roads.graph.road_graph import RoadGraph
from beredt.roads.graph.snap import nearest_access_node
from beredt.roads.network import Network
from beredt.roads.networks import Networks, load_networks
from beredt.roads.sites import Site, site_index
from beredt.simulation.pack_roads import graph_roads

KM_PER_DEGREE = 111.195
"""Of a great circle, on a globe of 6,371 km."""

PURPOSES = ("A", "H", "V", "transport", "return")


class Places(NamedTuple):
    """Places on the road. n of them."""

    node: I4  # [n] road nodes
    leg: F8  # [n] from there to each place: seconds by a table, kilometres by a graph


class Modes(NamedTuple):
    """Which travel mode a drive takes. T changes."""

    mode_t: F8  # [T] ascending, from 0
    mode_of: I1  # [T, 5] by purpose


class TableRoads:
    """Roads as a table of times between the places of a study."""

    def __init__(self, network: Network, roads: Roads | None = None, state: RoadState = TODAYS_ROADS) -> None:
        """Take a network with a node for every place of the study; `roads` where they have been made of it already.

        `state` says what is different about the roads that it was made of.
        """
        self.network, self.state = network, state
        made = roads or table_roads(network.seconds, network.hop, network.km)
        self.roads = made._replace(place_km=_on_plane(network))
        self.modes = Modes(np.zeros(1), np.zeros((1, len(PURPOSES)), np.int8))

    def sites(self, kind: str, rows: Sequence[Station | StandbyPoint | Hospital]) -> Places:
        """The node of each site. Raises UnknownIdError."""
        return self._at([site_index(self.network, Site(kind, row.id, row.lat, row.lon)) for row in rows])

    def areas(self, rows: Sequence[Area]) -> Places:
        """The node of each area. Raises UnknownIdError."""
        return self._at([self.network.index_of(f"area:{row.id}") for row in rows])

    def node_degrees(self) -> tuple[F8, F8]:
        """Latitude and longitude of every road node, each float64 [R]."""
        return np.asarray(self.network.lat, np.float64), np.asarray(self.network.lon, np.float64)

    def trip_s(self, origins: Places, destinations: Places) -> F8:
        """Car seconds with both legs."""
        road_s = self.network.seconds[np.ix_(destinations.node, origins.node)].astype(np.float64)
        whole: F8 = origins.leg + road_s + destinations.leg[:, np.newaxis]
        return whole

    def _at(self, nodes: list[int]) -> Places:
        node = np.array(nodes, np.int32)
        return Places(node, self.network.leg_s[node])


def _on_plane(network: Network) -> F4:
    """Nodes on a plane that touches the globe at the first, float32 [N, 2] kilometres: what flights are measured on."""
    lat, lon = network.lat - network.lat[0], network.lon - network.lon[0]
    east = lon * KM_PER_DEGREE * np.cos(np.radians(network.lat[0]))
    return np.column_stack((east, lat * KM_PER_DEGREE)).astype(np.float32)


class GraphRoads:
    """Roads as a graph; every place joins it at the nearest node where the road may be left."""

    def __init__(self, study: Study, graph: RoadGraph) -> None:
        """Take the graph of a study, and when its travel modes change."""
        self.graph, self.state = graph, TODAYS_ROADS
        self.roads = graph_roads(graph)
        number = {mode: index for index, mode in enumerate(graph.mode_ids)}
        self.modes = Modes(
            np.array([period.start_s for period in study.travel_periods]),
            np.array([[number[p.mode_of[purpose]] for purpose in PURPOSES] for p in study.travel_periods], np.int8),
        )

    def sites(self, kind: str, rows: Sequence[Station | StandbyPoint | Hospital]) -> Places:
        """The road node of each site."""
        del kind
        return self._near(rows)

    def areas(self, rows: Sequence[Area]) -> Places:
        """The road node of each area's middle."""
        return self._near(rows)

    def node_degrees(self) -> tuple[F8, F8]:
        """Latitude and longitude of every road node, each float64 [R]."""
        return self.graph.lat, self.graph.lon

    def trip_s(self, origins: Places, destinations: Places) -> F8:
        """Seconds with both legs."""
        mode = int(self.modes.mode_of[0, 0])
        pace = self.graph.off_pace[mode]
        road_s = path_s(self.graph, mode, origins.node, destinations.node)
        whole: F8 = origins.leg * pace + road_s + destinations.leg[:, np.newaxis] * pace
        return whole

    def _near(self, rows: Sequence[Station | StandbyPoint | Hospital | Area]) -> Places:
        if not rows:
            return Places(np.zeros(0, np.int32), np.zeros(0))
        lon, lat = np.array([row.lon for row in rows]), np.array([row.lat for row in rows])
        return Places(*nearest_access_node(self.graph, lon, lat))


StudyRoads = TableRoads | GraphRoads
"""What packing asks for the places of a study; made once for all its services that have the same roads."""


AnyRoads = Network | Networks | RoadGraph
"""The roads of a study as they come from the cache; a network alone is one on today's roads."""


def study_roads(study: Study, network: AnyRoads, service: Service | None = None) -> StudyRoads:
    """The roads of a study in the form that packing asks for. Takes a part of a second for thousands of nodes.

    Args:
        study: whose roads they are.
        network: its roads.
        service: whose roads are meant where there are several; None for today's.

    Raises:
        NetworkError: the roads of the service are not among them.
    """
    if isinstance(network, RoadGraph):
        return GraphRoads(study, network)
    if isinstance(network, Network):
        return TableRoads(network)
    if service is None:
        return TableRoads(network.today)
    return TableRoads(network.of(service), state=network.state_of(service))


def load_or_build_roads(
    study: Study,
    jobs: int = 2,
    progress: Progress = say_nothing,
    services: Iterable[Service] | None = None,
) -> Networks | RoadGraph:
    """The study's roads from the cache on disk, made and kept there where they are missing.

    Args:
        study: checked.
        jobs: threads, where a graph is made.
        progress: told of it, where a graph is made.
        services: whose roads are needed; None for today's and those of all alternatives.

    Raises:
        StudyError: with every fault in the tables of a road graph.
        NetworkError: too many places or nodes, or changes of roads that cannot be made.
    """
    if study.roads is not None:
        return load_or_build_graph(study.roads, jobs, progress)
    if services is None:
        services = [study.service, *(apply_edits(study.service, one.edits) for one in study.alternatives)]
    return load_networks(study, services)
