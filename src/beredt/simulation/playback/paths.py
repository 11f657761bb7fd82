"""Where a unit is, exactly: its drives laid along the roads, with a point at every road node that it passes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from beredt.simulation.playback.history import Drive, Spot, UnitHistory
from beredt.simulation.playback.ways import F8, Ways


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """One drive as far as it came: straight and even from point to point. P points, at least two."""

    t: F8  # [P] s, never falling
    lon: F8  # [P] degrees
    lat: F8  # [P] degrees


def pass_times(drive: Drive) -> F8:
    """When a drive passes each node of its way, float64[K] s: from `road_t` to `off_road_t`, in proportion."""
    whole_s = float(drive.way.s[-1])
    pace = (drive.off_road_t - drive.road_t) / whole_s if whole_s > 0 else 0.0
    times: F8 = drive.road_t + drive.way.s * pace
    return times


def paths_of(history: UnitHistory, ways: Ways) -> Iterator[Path]:
    """Lay every drive of a unit along the roads, each beginning where the one before ended.

    Args:
        history: of the unit.
        ways: the roads.
    """
    here = history.begin
    for activity in history.activities:
        for drive in activity.drives:
            end_t = min(drive.arrive_t, activity.end_t)
            if end_t > drive.start_t or end_t == drive.arrive_t:
                path = _cut_off(_whole(drive, here, ways), end_t)
                here = float(path.lon[-1]), float(path.lat[-1])
                yield path


def _whole(drive: Drive, here: Spot, ways: Ways) -> Path:
    """The drive to its end, from where the unit is when it begins."""
    times = pass_times(drive)
    ahead = times > drive.start_t  # a drive that goes on from another has passed some of its nodes already
    nodes = drive.way.nodes[ahead]
    return Path(
        t=np.concatenate([[drive.start_t], times[ahead], [max(drive.arrive_t, drive.start_t)]]),
        lon=np.concatenate([[here[0]], ways.lon[nodes], [drive.goal[0]]]),
        lat=np.concatenate([[here[1]], ways.lat[nodes], [drive.goal[1]]]),
    )


def _cut_off(path: Path, end_t: float) -> Path:
    """The path up to a time; whole when it ends by then."""
    if end_t >= path.t[-1]:
        return path
    kept = int(np.searchsorted(path.t, end_t, side="left"))
    last = [float(np.interp(end_t, path.t, values)) for values in (path.lon, path.lat)]
    return Path(
        t=np.append(path.t[:kept], end_t),
        lon=np.append(path.lon[:kept], last[0]),
        lat=np.append(path.lat[:kept], last[1]),
    )
