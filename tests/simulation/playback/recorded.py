"""Small simulated worlds with places on a map, recorded whole or in part."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.world import Incidents, World
from beredt.roads.graph.build import build_road_graph
from beredt.simulation.kernel import simulate
from beredt.simulation.pack_roads import graph_roads
from beredt.simulation.playback.graph_ways import GraphWays
from beredt.simulation.playback.heading import Heading, UnitName
from beredt.simulation.playback.keep_stretch import keep_stretch
from beredt.simulation.playback.kernel_history import KernelHistory
from beredt.simulation.playback.playback import Playback, Site
from beredt.simulation.playback.spots import Spots
from beredt.simulation.playback.stretch import Stretch
from beredt.simulation.playback.ways import TableWays, Ways
from tests.reference.outcome import TwinOutcome, from_kernel
from tests.roads.graph.ring_roads import ring
from tests.simulation.playback.rule import Table
from tests.simulation.small_worlds import Recipe, build

NOON = datetime(2026, 1, 1, 12)
METRES_PER_DEGREE = 111_195.0
TOLERANCE_M = 3.0

F8 = NDArray[np.float64]


@dataclass(frozen=True)
class Recorded:
    """A run, its roads on a map, and what it left behind. R road nodes."""

    world: World
    incidents: Incidents
    outcome: TwinOutcome
    history: KernelHistory
    places: F8  # [R, 2] degrees: where a place at a node lies, which on a graph is beside it
    road_m_per_s: float  # no drive is faster, before any factor

    def keep(self, from_s: float = 0.0, to_s: float | None = None) -> Playback:
        """A stretch of the run; all of it by default."""
        stretch = Stretch(from_s, self.end_s if to_s is None else to_s, NOON + timedelta(seconds=from_s))
        return keep_stretch(self.heading(), self.history, stretch, TOLERANCE_M)

    @property
    def table(self) -> Table:
        """The roads of a run on a table."""
        roads = self.world.roads
        return Table(roads.seconds[0].astype(np.float64), roads.hop[0].astype(np.int64))

    @property
    def end_s(self) -> float:
        """End of the run, cut down to whole ticks."""
        return float(np.floor(self.world.end_s * 10) / 10)

    def heading(self) -> Heading:
        """Units u-0, u-1, … at stations s-0, s-1, …"""
        return Heading(
            study="small",
            title={"en": "Small", "nb": "Liten"},
            fingerprint="0",
            version="0",
            alternative="today",
            replication=0,
            seed=1,
            calls="generated",
            stations=tuple(self.site(f"s-{s}", n) for s, n in enumerate(self.world.base_node.tolist())),
            standby_points=tuple(self.site(f"p-{p}", n) for p, n in enumerate(self.world.standby_node.tolist())),
            hospitals=(),
            names=tuple(
                UnitName(f"u-{u}", s, "ambulance", "c", "o") for u, s in enumerate(self.world.unit_station.tolist())
            ),
        )

    def site(self, name: str, node: int) -> Site:
        """A place at a node."""
        lon, lat = self.place(node)
        return Site(name, name, round(lon * 1e5), round(lat * 1e5))

    def metres(self, one: tuple[float, float], other: tuple[float, float]) -> float:
        """Between two places in degrees, on the plane that the tolerance is meant on."""
        return metres_between(one, other, float(self.history.ways.lat.mean()))

    def node(self, node: int) -> tuple[float, float]:
        """Where a road node lies."""
        return float(self.history.ways.lon[node]), float(self.history.ways.lat[node])

    def place(self, node: int) -> tuple[float, float]:
        """Where a place at a road node lies."""
        return float(self.places[node, 0]), float(self.places[node, 1])

    def fastest_m_per_s(self) -> float:
        """No drive is faster."""
        factor = np.concatenate([np.outer(self.world.speed[:4], self.incidents.noise).ravel(), self.world.speed[4:]])
        return self.road_m_per_s / float(factor.min())


def metres_between(one: tuple[float, float], other: tuple[float, float], lat: float) -> float:
    """Metres between two places in degrees."""
    across = np.cos(np.radians(lat)) * (one[0] - other[0])
    return float(np.hypot(across, one[1] - other[1]) * METRES_PER_DEGREE)


def record(recipe: Recipe) -> Recorded:
    """Run the world of a recipe, its nodes strewn over a few kilometres."""
    world, incidents = build(recipe)
    pick = np.random.default_rng(recipe.seed)
    lon, lat = 10.5 + pick.uniform(0, 0.1, recipe.nodes), 59.8 + pick.uniform(0, 0.05, recipe.nodes)
    ways = TableWays(lon, lat, world.roads.seconds[0], world.roads.hop[0])
    at = np.column_stack([lon, lat])
    pieces = [
        metres_between((lon[o], lat[o]), (lon[d], lat[d]), float(lat.mean())) / ways.seconds[d, o]
        for o, d in np.argwhere(ways.seconds.T > 0)
        if ways.hop[d, o] == d
    ]
    return _run(world, incidents, ways, at, float(max(pieces)), pick)


def record_on_graph(recipe: Recipe) -> Recorded:
    """Run the world of a recipe on a ring road with chords; two travel modes, places beside the road."""
    tables = ring(random.Random(recipe.seed), recipe.nodes)
    tables = replace(
        tables,
        lon=10.5 + tables.lon / 60.0,
        lat=59.8 + tables.lat / 111.0,
        arc_time=10.0 * tables.arc_time,
        km_per_degree=(60.0, 111.0),
    )
    graph = build_road_graph(tables, jobs=1)
    world, incidents = build(replace(recipe, nodes=graph.road_nodes))
    pick = np.random.default_rng(recipe.seed)
    leg_km = pick.choice([0.0, 0.1, 0.4], graph.road_nodes)
    world = world._replace(
        roads=graph_roads(graph),
        base_leg=leg_km[world.base_node],
        standby_leg=leg_km[world.standby_node],
        mode_of=np.array([[0, 0, 1, 1, 1]], np.int8),
    )
    dest_leg = np.where(incidents.dest < 0, 0.0, leg_km[incidents.dest])
    incidents = incidents._replace(scene_leg=leg_km[incidents.scene], dest_leg=dest_leg)
    at = np.column_stack([graph.lon + leg_km / 60.0, graph.lat])
    metres = [
        metres_between((tables.lon[o], tables.lat[o]), (tables.lon[d], tables.lat[d]), float(graph.lat.mean()))
        for o, d in zip(tables.arc_from, tables.arc_to, strict=True)
    ]
    off_road = float((1000.0 / graph.off_pace).max())
    fastest = max(off_road, float((np.array(metres) / tables.arc_time).max()))
    return _run(world, incidents, GraphWays(graph), at, fastest, pick)


def _run(world: World, incidents: Incidents, ways: Ways, at: F8, fastest: float, pick: np.random.Generator) -> Recorded:
    world = world._replace(unit_stops_clock=pick.integers(0, 2, len(world.unit_station)).astype(np.int8))
    outcome = simulate(world, incidents)
    spots = Spots(at[world.base_node], at[world.standby_node], at[incidents.scene], at[incidents.dest])
    history = KernelHistory(world, incidents, outcome, ways, spots)
    return Recorded(world, incidents, from_kernel(outcome), history, at, fastest)
