"""Demand by the sites that can cover it: what a covering model needs to know of a problem.

An area that several sites reach is covered by any of them; areas that the same sites reach are one to such a model. A
border that costs a share of the cover makes several sets of one area: with values v_1 > v_2 > … of the sites that reach
it (`permitted`), the cover that h units give is

    Σ_l (v_l − v_{l+1}) · h(units at sites with a value of v_l or more),    v_{L+1} = 0

so the area becomes L sets with these differences as shares of its demand: whoever is covered from his own side counts
in full, and whoever is only covered across the border counts less. The same holds for anything else that falls from
site to site, such as survival by the time that a unit needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from beredt.siting.periods import Periods
from beredt.siting.problem import SitingProblem

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
B = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class DemandSets:
    """G sets of demand over S sites.

    `members`: bool (G, S), sites whose units cover the set. `weight`: float64 (G,) > 0, calls a year, or what of them
    counts. `period`: int64 (G,). `kind`: int64 (G,), whatever else tells sets apart, such as a busy fraction or the
    area.
    """

    members: B
    weight: F8
    period: I8
    kind: I8

    @property
    def count(self) -> int:
        """How many sets there are, G."""
        return self.weight.size

    def rows(self) -> csr_array:
        """The members as a sparse matrix (G, S) of ones."""
        return csr_array(self.members.astype(np.float64))

    def count_units(self, units: I8) -> I8:
        """Units that cover each set: int64 (G,), for units (T, S)."""
        count = np.zeros(self.count, np.int64)
        for period in np.unique(self.period):
            mine = self.period == period
            count[mine] = self.sum_members(units[period])[mine]
        return count

    def sum_members(self, values: I8) -> I8:
        """The sum of whole values (S,) of sites over the members of each set: int64 (G,)."""
        total = np.empty(self.count, np.int64)
        for start in range(0, self.count, _ROWS_AT_ONCE):  # a wide copy of all members would take gigabytes
            rows = slice(start, start + _ROWS_AT_ONCE)
            total[rows] = self.members[rows].astype(np.float64) @ values
        return total


_ROWS_AT_ONCE = 4_096


class Layer(NamedTuple):
    """Sets of one class of demand, one for each area, before equal ones are joined."""

    members: B  # (S, N)
    weight: F8  # (N,)


def covered_sets(problem: SitingProblem, periods: Periods, kind: ArrayLike = 0) -> DemandSets:
    """Demand by the sites that reach it within its target; demand that no site reaches is left out.

    Args:
        problem: the problem.
        periods: of its classes.
        kind: int (K, N) or anything that spreads to it, 0 or more; demand of different kinds is never joined.

    Returns:
        The sets, joined where site for site, period and kind are the same.
    """
    kinds = np.broadcast_to(np.asarray(kind, np.int64), (problem.classes, problem.areas))
    layers = [
        (layer, int(periods.of_class[k]), kinds[k])
        for k in range(problem.classes)
        for layer in priced_layers(problem, problem.covers(k), problem.demand[k])
    ]
    return join_layers(layers, problem.sites)


def priced_layers(problem: SitingProblem, reach: B, demand: F8) -> list[Layer]:
    """One layer for each price of a border, the dearest last.

    Args:
        problem: whose `permitted` holds the prices.
        reach: (S, N) sites that reach the area.
        demand: (N,)
    """
    values = _values(problem.permitted)
    steps = values - np.append(values[1:], 0.0)
    return [
        Layer(reach & (problem.permitted >= value), demand * step) for value, step in zip(values, steps, strict=True)
    ]


def falling_layers(value: F8, demand: F8) -> list[Layer]:
    """Layers of a value that differs from site to site: S of them, for sites in the order of each area.

    Args:
        value: (S, N) ≥ 0, what a unit of the site is worth to the area.
        demand: (N,)
    """
    order = np.argsort(-value, axis=0, kind="stable")
    ranked = np.take_along_axis(value, order, axis=0)
    steps = ranked - np.vstack([ranked[1:], np.zeros((1, value.shape[1]))])
    rank = np.argsort(order, axis=0)
    return [Layer(rank <= level, demand * steps[level]) for level in range(len(value)) if steps[level].any()]


def join_layers(layers: list[tuple[Layer, int, I8]], sites: int) -> DemandSets:
    """Put layers together, and sets with the same members, period and kind into one.

    Args:
        layers: each with its period and its kinds (N,).
        sites: S.

    Returns:
        Sets with weight and at least one member, in the order in which they first occur.
    """
    packed: list[NDArray[np.uint8]] = []
    weights: list[F8] = []
    for layer, period, kind in layers:
        kept = (layer.weight > 0.0) & layer.members.any(axis=0)
        head = np.stack([np.full(kept.sum(), period), kind[kept]], axis=1).astype(">i8")
        bits = np.packbits(layer.members[:, kept].T, axis=1)
        packed.append(np.concatenate([head.view(np.uint8).reshape(len(head), 16), bits], axis=1))
        weights.append(layer.weight[kept])
    every, weight = np.concatenate(packed), np.concatenate(weights)
    if not every.size:
        return DemandSets(np.zeros((0, sites), np.bool_), np.zeros(0), np.zeros(0, np.int64), np.zeros(0, np.int64))
    key = np.ascontiguousarray(every).view(np.dtype((np.void, every.shape[1]))).reshape(-1)
    _, first, number = np.unique(key, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    shown = every[first[order]]
    head = np.ascontiguousarray(shown[:, :16]).view(">i8").astype(np.int64)
    members = np.unpackbits(np.ascontiguousarray(shown[:, 16:]), axis=1, count=sites).astype(np.bool_)
    total = np.bincount(rank[number], weight, len(order))
    return DemandSets(members, np.asarray(total, np.float64), head[:, 0], head[:, 1])


def _values(permitted: F8) -> F8:
    """Values above 0 that occur, falling. The one value of all that is spread over a matrix is read once."""
    held = permitted[tuple(slice(0, 1 if stride == 0 else None) for stride in permitted.strides)]
    found = np.unique(held)
    return np.asarray(found[found > 0.0][::-1])
