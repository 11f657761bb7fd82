"""Small simulated worlds with places on a map, recorded whole or in part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from beredt.dispatch.world import Incidents, World
from beredt.simulation.kernel import simulate
from beredt.simulation.playback.heading import Heading, UnitName
from beredt.simulation.playback.keep_stretch import keep_stretch
from beredt.simulation.playback.kernel_history import KernelHistory
from beredt.simulation.playback.playback import Playback, Site
from beredt.simulation.playback.stretch import Stretch
from tests.reference.outcome import TwinOutcome, from_kernel
from tests.simulation.small_worlds import Recipe, build

NOON = datetime(2026, 1, 1, 12)
METRES_PER_DEGREE = 111_195.0
TOLERANCE_M = 3.0

F8 = NDArray[np.float64]


@dataclass(frozen=True)
class Recorded:
    """A run, its roads on a map, and what it left behind."""

    world: World
    incidents: Incidents
    outcome: TwinOutcome
    history: KernelHistory
    lon: F8
    lat: F8

    def keep(self, from_s: float = 0.0, to_s: float | None = None) -> Playback:
        """A stretch of the run; all of it by default."""
        stretch = Stretch(from_s, self.end_s if to_s is None else to_s, NOON + timedelta(seconds=from_s))
        return keep_stretch(self.heading(), self.history, stretch, TOLERANCE_M)

    @property
    def end_s(self) -> float:
        """End of the run, cut down to whole ticks."""
        return float(np.floor(self.world.end_s * 10) / 10)

    def heading(self) -> Heading:
        """Units u-0, u-1, … at stations s-0, s-1, …"""
        station = self.world.unit_station.tolist()
        node = dict(zip(station, self.world.unit_home.tolist(), strict=True))
        return Heading(
            study="small",
            title={"en": "Small", "nb": "Liten"},
            fingerprint="0",
            version="0",
            alternative="today",
            replication=0,
            seed=1,
            stations=tuple(self.site(f"s-{s}", node.get(s, 0)) for s in range(max(station) + 1)),
            standby_points=tuple(self.site(f"p-{p}", n) for p, n in enumerate(self.world.standby_node.tolist())),
            hospitals=(),
            names=tuple(UnitName(f"u-{u}", s, "ambulance", "c", "o") for u, s in enumerate(station)),
        )

    def site(self, name: str, node: int) -> Site:
        """A place at a node."""
        return Site(name, name, round(float(self.lon[node]) * 1e5), round(float(self.lat[node]) * 1e5))

    def metres(self, one: tuple[float, float], other: tuple[float, float]) -> float:
        """Between two places in degrees, on the plane that the tolerance is meant on."""
        across = np.cos(np.radians(self.lat.mean())) * (one[0] - other[0])
        return float(np.hypot(across, one[1] - other[1]) * METRES_PER_DEGREE)

    def node(self, node: int) -> tuple[float, float]:
        """Where a road node lies."""
        return float(self.lon[node]), float(self.lat[node])

    def fastest_m_per_s(self) -> float:
        """No drive over any piece of road is faster."""
        factor = np.concatenate([np.outer(self.world.speed[:4], self.incidents.noise).ravel(), self.world.speed[4:]])
        o, d = np.nonzero(self.world.seconds.T > 0)
        piece = self.world.hop[d, o] == d
        o, d = o[piece], d[piece]
        length = [self.metres(self.node(a), self.node(b)) for a, b in zip(o, d, strict=True)]
        return float((np.array(length) / self.world.seconds[d, o]).max() / factor.min())


def record(recipe: Recipe) -> Recorded:
    """Run the world of a recipe, its nodes strewn over a few kilometres."""
    world, incidents = build(recipe)
    places = np.random.default_rng(recipe.seed)
    lon, lat = 10.5 + places.uniform(0, 0.1, recipe.nodes), 59.8 + places.uniform(0, 0.05, recipe.nodes)
    world = world._replace(unit_stops_clock=places.integers(0, 2, recipe.units).astype(np.int8))
    outcome = simulate(world, incidents)
    return Recorded(
        world, incidents, from_kernel(outcome), KernelHistory(world, incidents, outcome, lon, lat), lon, lat
    )
