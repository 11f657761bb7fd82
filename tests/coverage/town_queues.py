"""Random services in a square: stations and areas at random places, the nearest free unit is sent."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


class TownQueue(NamedTuple):
    """Calls in a unit of time in which a mission lasts about 1."""

    calls: F8  # [J]
    lists: I8  # [J, S]
    units: I8  # [S]
    mission_s: F8  # [S, J]


def draw_town(
    seed: int, units: int, use: float, *, areas: int = 30, alone: bool = True, drive: float = 0.0
) -> TownQueue:
    """A town with so many units, which are busy about `use` of the time.

    Args:
        seed: of the draws.
        units: in all.
        use: share of time.
        areas: how many; their needs differ as exponential draws do.
        alone: one unit at each station; otherwise one to three.
        drive: share of a mission that is on the road when the distance is the mean of all distances in the town.
    """
    rng = np.random.default_rng(seed)
    at = np.ones(units, np.int64) if alone else _split(rng, units)
    stations, places = rng.random((at.size, 2)), rng.random((areas, 2))
    far = np.hypot(*(stations[:, None] - places[None]).transpose(2, 0, 1))
    lists = np.argsort(far, axis=0).T
    mission = 1.0 - drive + drive * far / far.mean()
    need = rng.exponential(size=areas)
    work = (need * mission[lists[:, 0], np.arange(areas)]).sum()
    return TownQueue(need * use * units / work, lists, at, mission)


def units_one_by_one(town: TownQueue) -> I8:
    """The lists of a model that knows units, not stations: those of a station one after the other."""
    first = np.cumsum(town.units) - town.units
    return np.array(
        [[first[s] + i for s in wanted for i in range(town.units[s])] for wanted in town.lists], dtype=np.int64
    )


def _split(rng: np.random.Generator, units: int) -> I8:
    found: list[int] = []
    while sum(found) < units:
        found.append(min(int(rng.integers(1, 4)), units - sum(found)))
    return np.array(found)
