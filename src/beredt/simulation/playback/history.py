"""What units did, in a form that knows nothing of the kernel: activities end on end, with their drives."""

from __future__ import annotations

import math
from dataclasses import dataclass

from beredt.simulation.playback.ways import Way

Spot = tuple[float, float]
"""Longitude and latitude in degrees."""


@dataclass(frozen=True, slots=True, eq=False)
class Drive:
    """A drive as it was planned; the activity may end before it does.

    From `start_t` on the unit goes from wherever it stands to the road, which it is on from `road_t` to `off_road_t`,
    and to its goal. A drive that goes on from another one may have its `road_t` before `start_t`.
    """

    start_t: float
    road_t: float
    off_road_t: float
    arrive_t: float
    way: Way
    goal: Spot


@dataclass(frozen=True, slots=True)
class Doing:
    """A status from a time on: its code (see `playback`) and the number that it is about, -1 for none."""

    t: float
    code: int
    about: int


@dataclass(frozen=True, slots=True)
class Activity:
    """One mission or stint of a unit."""

    start_t: float
    end_t: float
    drives: tuple[Drive, ...]
    doing: tuple[Doing, ...]  # in order of time; one that begins at or after the next, or end_t, never happened

    @property
    def last_t(self) -> float:
        """When the last of its drives is over, -inf without a drive."""
        return min(self.end_t, self.drives[-1].arrive_t) if self.drives else -math.inf


@dataclass(frozen=True, slots=True)
class UnitHistory:
    """What one unit did around a stretch of time, from a moment when it stood still.

    `since_start`: nothing comes before the first activity; the unit stood at `begin`, off duty, from time 0 on.
    """

    begin: Spot
    since_start: bool
    activities: tuple[Activity, ...]
