"""Imported roads as the ground of a study: sites and areas stand on the road nodes nearest to them.

The road map is made into a plain graph in which no way can break a turn ban (`route_graph`). For the ways between all
nodes it is thinned out: blind alleys that nobody's way leads through go, and bends become the inside of links. A site
or area takes the place of its road node; what lies between it and the road is driven slowly and belongs to its end of
every trip. *Crossings* of larger roads become nodes of the network, too, so that a unit under way is known to be near
one, and can be sent on from there.

All times are an ordinary car's (`V`) outside the peaks; how an ambulance differs is told by the study's `speeds`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beredt.errors import DefinitionError, NetworkError
from beredt.roads.flat import laying_of
from beredt.roads.ground import Beside, Ground
from beredt.roads.imported.behind_bans import joined_nodes
from beredt.roads.imported.folder import load_roads
from beredt.roads.imported.road_class import CLASS_NUMBER
from beredt.roads.imported.road_map import RoadMap
from beredt.roads.links import LEAST_LINK_S, Links
from beredt.roads.projects.apply_changes import apply_changes
from beredt.roads.projects.changed_ground import cut_off_message
from beredt.roads.projects.changes import Change
from beredt.roads.projects.resolve_map import ANY_YEAR
from beredt.roads.road_inputs import MapFile, NewNode, RoadInputs
from beredt.roads.routing.route_graph import RouteGraph, route_graph
from beredt.roads.routing.snap_places import Snapper
from beredt.roads.speeds.arc_times import MS, arc_ms
from beredt.roads.speeds.speed_table import SpeedTable, load_speeds
from beredt.roads.thinned import thinned

PURPOSE, PERIOD = "V", "day"
HOUR_S = 3600.0
CROSSING_CLASS = CLASS_NUMBER["tertiary_link"]
CROSSING_KM = 0.7
MOST_CROSSINGS = 2_500


class OnRoad(NamedTuple):
    """Nodes on the roads: the road node of each, int32 (N,), and metres off it, float64 (N,)."""

    node: NDArray[np.int32]
    off_m: NDArray[np.float64]


def map_ground(inputs: RoadInputs, file: MapFile) -> Ground:
    """The ground of a study on the roads in `file`. Raises NetworkError for roads that cannot be used.

    Where an alternative changes the roads, every place keeps the road node that it has today, so that nobody gets
    farther away because a road is opened. A closure that leaves a place without a road is refused.
    """
    today, speeds = load_roads(file.folder).roads, load_speeds()
    graph = route_graph(today)
    # Behind turn bans nobody comes away again: no place belongs to such a node, and no crossing is one.
    usable = _usable(today, graph)
    on_road = _snap(today, usable, inputs.lat, inputs.lon)
    crossings = _crossings(today, usable, on_road.node)
    roads = today
    if inputs.map_changes:
        roads = _changed(today, inputs.map_changes)
        graph = route_graph(roads)
        usable = _usable(roads, graph)
        _refuse_cut_off(inputs, ~usable[on_road.node])
        crossings = crossings[usable[crossings]]
    seconds = arc_ms(roads, speeds, PURPOSE, PERIOD)[graph.arc] / MS
    km = roads.arc_m[graph.arc].astype(np.float64) / 1000
    arcs = Links(graph.start.astype(np.int64), graph.end.astype(np.int64), seconds, km)
    return _ground(inputs, roads, graph, speeds, on_road, crossings, arcs, usable, today.nodes)


def _usable(roads: RoadMap, graph: RouteGraph) -> NDArray[np.bool_]:
    """Road nodes that one can drive to and away from, and at which no turn is banned, bool (nodes,)."""
    usable: NDArray[np.bool_] = joined_nodes(roads, graph) & (np.diff(graph.end_first) == 1)
    return usable


def _changed(roads: RoadMap, changes: tuple[Change, ...]) -> RoadMap:
    try:
        return apply_changes(roads, changes, ANY_YEAR)
    except DefinitionError as fault:
        raise NetworkError(f"the roads of an alternative cannot be made: {fault}") from fault


def _refuse_cut_off(inputs: RoadInputs, cut_off: NDArray[np.bool_]) -> None:
    lost = [inputs.node_ids[node] for node in np.flatnonzero(cut_off).tolist()]
    if lost:
        raise NetworkError(cut_off_message(lost))


def _ground(
    inputs: RoadInputs,
    roads: RoadMap,
    graph: RouteGraph,
    speeds: SpeedTable,
    on_road: OnRoad,
    crossings: NDArray[np.int32],
    arcs: Links,
    usable: NDArray[np.bool_],
    old_nodes: int,
) -> Ground:
    """Number the points – the study's own nodes, crossings, then all other nodes of the graph – and lay them out.

    Road nodes from `old_nodes` on are those of roads that an alternative opens.
    """
    n, nodes = len(inputs.node_ids), len(inputs.node_ids) + len(crossings)
    at_node = np.concatenate((on_road.node, crossings)).astype(np.int64)
    number, others, twins = _numbers(at_node, np.arange(graph.nodes), graph.nodes)
    road_node = graph.road_node[others]
    lat = np.concatenate((inputs.lat, roads.lat[crossings], roads.lat[road_node]))
    lon = np.concatenate((inputs.lon, roads.lon[crossings], roads.lon[road_node]))
    lay = laying_of(inputs.lat, inputs.lon)
    points = lay(lat, lon)
    links = _numbered(arcs, number, twins)
    few, joints = thinned(graph.start, graph.end, arcs.seconds, arcs.km, graph.nodes, np.unique(at_node))
    thin_number, thin_others, _ = _numbers(at_node, joints, graph.nodes)
    homes, people = points[:n][inputs.is_area], inputs.people[inputs.is_area]
    hooks, new_hooks = _hooks(roads, usable, nodes, at_node, others, old_nodes)
    return Ground(
        lay=lay,
        nodes=nodes,
        points=points,
        density=np.zeros(len(points)),  # what local roads are slow by, of which a map needs none
        triangles=np.empty((0, 3), np.int64),
        links=links,
        lost=np.flatnonzero(on_road.off_m > speeds.off_road_most_m),
        hooks=hooks,
        homes=homes,
        people=people,
        water=np.empty((0, 2, 2)),
        rules=inputs.rules,
        beside=Beside(speeds.off_road_kmh, speeds.off_road_most_m / 1000),
        links_back=_sorted(links.end, links.start, links.seconds, links.km),
        thin=_numbered(few, thin_number, twins),
        thin_points=nodes + len(thin_others),
        off_s=np.concatenate((on_road.off_m / 1000 / speeds.off_road_kmh * HOUR_S, np.zeros(len(crossings)))),
        crossings=tuple(
            NewNode(f"road:{node}", float(roads.lat[node]), float(roads.lon[node])) for node in crossings.tolist()
        ),
        new_points=new_hooks,
    )


def _numbered(links: Links, number: NDArray[np.int64], twins: NDArray[np.int64]) -> Links:
    """Links between points, and those between two nodes that stand at the same road node."""
    return _sorted(
        np.concatenate((number[links.start], twins[:, 0], twins[:, 1])),
        np.concatenate((number[links.end], twins[:, 1], twins[:, 0])),
        np.concatenate((links.seconds, np.full(2 * len(twins), LEAST_LINK_S))),
        np.concatenate((links.km, np.zeros(2 * len(twins)))),
    )


def _snap(roads: RoadMap, usable: NDArray[np.bool_], lat: NDArray[np.float64], lon: NDArray[np.float64]) -> OnRoad:
    """The nearest road node of each place at which the road may be left, and no turn is banned.

    At a node with a ban the graph tells apart who came how; a site there would let everybody turn.
    """
    nodes = np.flatnonzero(roads.access & usable)
    if not len(nodes):
        raise NetworkError("the roads can be left nowhere: no place can be joined to them")
    snapped = Snapper(roads, nodes).snap(lat, lon)
    return OnRoad(snapped.node, snapped.off_m)


def _crossings(roads: RoadMap, usable: NDArray[np.bool_], taken: NDArray[np.int32]) -> NDArray[np.int32]:
    """Nodes where larger roads meet, one in each square of a grid: the one with most of them, the lowest on a tie."""
    large = roads.arc_class <= CROSSING_CLASS
    meet = np.bincount(roads.arc_from[large], minlength=roads.nodes) + np.bincount(
        roads.arc_to[large], minlength=roads.nodes
    )
    meet[~usable] = 0
    meet[taken] = 0
    nodes = np.flatnonzero(meet >= 3)
    km_per_degree = 111.2
    spacing_km = CROSSING_KM
    while True:
        step = spacing_km / km_per_degree
        stretch = np.cos(np.radians(roads.lat.mean()))
        square = np.column_stack((roads.lat[nodes] // step, roads.lon[nodes] * stretch // step))
        order = np.lexsort((nodes, -meet[nodes], square[:, 1], square[:, 0]))
        fresh = np.ones(len(order), dtype=bool)
        fresh[1:] = (square[order][1:] != square[order][:-1]).any(axis=1)
        if fresh.sum() <= MOST_CROSSINGS:
            return np.sort(nodes[order][fresh]).astype(np.int32)
        spacing_km *= 1.4


def _numbers(
    at_node: NDArray[np.int64], joints: NDArray[np.int64], graph_nodes: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The point of each joint: the first node that stands there, or a number behind all nodes.

    Returns the points by graph node, int64 (graph_nodes,), −1 where there is none; the joints that are points of their
    own, in order; and pairs of nodes that stand at the same road node, int64 (T, 2), the first of them in front.
    """
    number = np.full(graph_nodes, -1, dtype=np.int64)
    number[at_node[::-1]] = np.arange(len(at_node))[::-1]
    others = joints[number[joints] < 0]
    number[others] = len(at_node) + np.arange(len(others))
    first = number[at_node]
    second = np.flatnonzero(first != np.arange(len(at_node)))
    return number, others, np.column_stack((first[second], second))


def _hooks(
    roads: RoadMap,
    usable: NDArray[np.bool_],
    nodes: int,
    at_node: NDArray[np.int64],
    others: NDArray[np.int64],
    old_nodes: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Points at which a new site may join: road nodes, not states of a ban, where the road may be left.

    Those of today's roads, and those of roads that are opened.
    """
    real = np.flatnonzero(others < roads.nodes)
    good = roads.access & usable
    own = np.flatnonzero(good[at_node])
    free = real[good[others[real]]]
    old = others[free] < old_nodes
    return np.concatenate((own, nodes + free[old])), nodes + free[~old]


def _sorted(
    start: NDArray[np.int64], end: NDArray[np.int64], seconds: NDArray[np.float64], km: NDArray[np.float64]
) -> Links:
    """Links sorted by start and end, the quickest of parallel ones, without loops."""
    order = np.lexsort((km, seconds, end, start))
    start, end, seconds, km = start[order], end[order], seconds[order], km[order]
    first = np.ones(len(start), dtype=np.bool_)
    first[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
    keep = first & (start != end)
    return Links(start[keep], end[keep], seconds[keep], km[keep])
