"""From exact paths to tracks: few points, whole ticks and steps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from beredt.simulation.playback.history import UnitHistory
from beredt.simulation.playback.paths import Path, paths_of
from beredt.simulation.playback.playback import STEPS_PER_DEGREE, TICKS_PER_SECOND, Ints, Track
from beredt.simulation.playback.simplify import kept_points
from beredt.simulation.playback.ways import F8, Ways

METRES_PER_DEGREE = 111_195.0
"""Of latitude, on a sphere with the mean radius of the Earth."""


def ticks_of(t: F8 | float) -> Ints:
    """Simulated seconds as whole ticks, int64."""
    ticks: Ints = np.rint(np.multiply(t, TICKS_PER_SECOND)).astype(np.int64)
    return ticks


def steps_of(degrees: F8 | float) -> Ints:
    """Degrees as whole steps, int64."""
    steps: Ints = np.rint(np.multiply(degrees, STEPS_PER_DEGREE)).astype(np.int64)
    return steps


def tracks_of(histories: Sequence[UnitHistory], ways: Ways, tolerance_m: float) -> list[Track]:
    """Make the tracks of units, in ticks of simulated time.

    Args:
        histories: of the units.
        ways: the roads.
        tolerance_m: how far a track may be from the exact path, beside one tick of driving; at least 1.
    """
    paths = [list(paths_of(history, ways)) for history in histories]
    keys = _keys_of([path for of_unit in paths for path in of_unit], _metres_per_degree(ways), tolerance_m)
    tracks, at = [], 0
    for history, of_unit in zip(histories, paths, strict=True):
        tracks.append(_track([_standing(history), *keys[at : at + len(of_unit)]]))
        at += len(of_unit)
    return tracks


def _metres_per_degree(ways: Ways) -> F8:
    """Of longitude and latitude; one scale for all places of a study, near enough within a region."""
    return METRES_PER_DEGREE * np.array([math.cos(math.radians(float(ways.lat.mean()))), 1.0])


def _standing(history: UnitHistory) -> Ints:
    """The key of a unit that stands still before all it does."""
    x, y = steps_of(np.array(history.begin))
    began = history.activities[0].start_t if history.activities else math.inf
    return np.array([[ticks_of(0.0 if history.since_start else began), x, y]], np.int64)


def _keys_of(paths: Sequence[Path], metres: F8, tolerance_m: float) -> list[Ints]:
    """The kept points of every path, each [keys, 3]: tick, x, y."""
    if not paths:
        return []
    t, lon, lat = (np.concatenate([getattr(path, name) for path in paths]) for name in ("t", "lon", "lat"))
    place = np.column_stack([lon, lat])
    keys = np.column_stack([ticks_of(t), steps_of(place)])
    first = np.concatenate([[0], np.cumsum([path.t.size for path in paths])])
    kept = kept_points(
        t,
        place * metres,
        keys[:, 0] / TICKS_PER_SECOND,
        keys[:, 1:] / STEPS_PER_DEGREE * metres,
        first,
        tolerance_m,
    )
    return [keys[a:b][kept[a:b]] for a, b in pairwise(first.tolist())]


def _track(parts: Sequence[Ints]) -> Track:
    """Keys in order of time: of several within one tick the last, and none between two where the unit stands still."""
    keys = np.concatenate(parts)
    keys = keys[np.append(np.diff(keys[:, 0]) > 0, True)]
    moves = (np.diff(keys[:, 1:], axis=0) != 0).any(axis=1)
    needed = np.append(True, moves) | np.append(moves, False)
    t, x, y = keys[needed].T
    return Track(*map(np.ascontiguousarray, (t, x, y)))
