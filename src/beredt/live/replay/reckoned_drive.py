"""Where a unit is between two stamps, reckoned by the study's roads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from beredt.live.ground.ground import Ground
from beredt.live.ground.where import Where
from beredt.simulation.playback.ways import TableWays, Way


@dataclass(frozen=True, slots=True, eq=False)
class ReckonedDrive:
    """A drive along the quickest way, begun at `start_ms` and broken off at `end_ms`, if it is not over before.

    `leg_s` is what lies between the first place and the road. All seconds are of ordinary traffic and count `factor`.
    """

    ways: TableWays
    way: Way
    start_ms: int
    end_ms: int
    leg_s: float
    last_leg_s: float
    factor: float

    @property
    def arrive_ms(self) -> int:
        """When it would be over."""
        return self.start_ms + round((self.leg_s + float(self.way.s[-1]) + self.last_leg_s) * self.factor * 1000)

    def place(self, at_ms: int) -> tuple[float, float]:
        """Latitude and longitude at a moment: straight and even from node to node."""
        driven_s = (at_ms - self.start_ms) / 1000 / self.factor - self.leg_s
        nodes = self.way.nodes
        lat = np.interp(driven_s, self.way.s, self.ways.lat[nodes])
        lon = np.interp(driven_s, self.way.s, self.ways.lon[nodes])
        return float(lat), float(lon)

    def node(self, at_ms: int) -> int:
        """The next node of the road at a moment."""
        driven_s = (at_ms - self.start_ms) / 1000 / self.factor - self.leg_s
        at = int(np.searchsorted(self.way.s, driven_s))
        return int(self.way.nodes[min(at, self.way.nodes.size - 1)])


def reckon_drive(ground: Ground, begin: Where, to: Where, purpose: int, start_ms: int, end_ms: int) -> ReckonedDrive:
    """The quickest drive between two places of a study.

    Args:
        ground: the study.
        begin: where it begins.
        to: where it ends.
        purpose: whose speed it has, as `world.speed` counts them.
        start_ms: when the unit rolls.
        end_ms: when it is broken off at the latest.
    """
    net = ground.roads.network
    ways = TableWays(net.lon, net.lat, net.seconds, net.hop)
    way = ways.way(0, begin.node, to.node)
    return ReckonedDrive(ways, way, start_ms, end_ms, begin.leg_s, to.leg_s, ground.factor(purpose, start_ms))
