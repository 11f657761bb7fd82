"""The share of each group of areas that a placement is expected to serve: what fairness is measured on.

A group is a municipality, a district, all urban or all rural areas, or each area by itself. With d_{k,n} the calls of
area n in class k, its share is

    share_g = Σ_{k, n ∈ g} d_{k,n}·(1 − q^units within reach) / Σ_{k, n ∈ g} d_{k,n}

Areas out of every site's reach count in the denominator. A group in which nobody calls has no share and is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from beredt.errors import OutOfRangeError
from beredt.siting.assembly import Assembly
from beredt.siting.cover_columns import count_cover, most_cover
from beredt.siting.demand_sets import DemandSets, covered_sets
from beredt.siting.mexclp import checked_busy, useful_levels
from beredt.siting.placement import Placement, Purse, place
from beredt.siting.problem import SitingProblem

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """R groups of areas. `group_ids`: names, none twice. `of_area`: int64 (N,), the group of each area."""

    group_ids: tuple[str, ...]
    of_area: I8


def each_area(problem: SitingProblem) -> Groups:
    """Every area a group of its own."""
    return Groups(problem.area_ids, np.arange(problem.areas))


def make_groups(problem: SitingProblem, of_area: Sequence[str]) -> Groups:
    """Groups by the name of each area's group, such as its municipality.

    Args:
        problem: whose areas they are.
        of_area: N names.

    Raises:
        OutOfRangeError: not one name for each area.
    """
    if len(of_area) != problem.areas:
        raise OutOfRangeError("of_area", len(of_area), f"give the name of a group for each of {problem.areas} areas")
    names = tuple(dict.fromkeys(of_area))
    number = {name: place for place, name in enumerate(names)}
    return Groups(names, np.array([number[name] for name in of_area], np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class GroupShares:
    """Shares as rows over columns, for a programme that is being put together.

    `assembly`, `placement`: what is being put together. `group_ids`: R groups in which somebody calls. `demand`:
    float64 (R,) > 0. `matrix`: sparse (R, C) with `columns` int64 (C,): share = matrix · x[columns]. `sets`, `busy`
    (G,), `group` (G,): what the shares are worked out from for given units.
    """

    assembly: Assembly
    placement: Placement
    group_ids: tuple[str, ...]
    demand: F8
    matrix: csr_array
    columns: I8
    sets: DemandSets
    busy: F8
    group: I8

    def of_units(self, units: I8) -> F8:
        """The shares of units (T, S): float64 (R,)."""
        served = self.sets.weight * (1.0 - self.busy ** self.sets.count_units(units))
        return np.asarray(np.bincount(self.group, served, len(self.group_ids)) / self.demand)

    def total(self, units: I8) -> float:
        """The share of all calls."""
        return float(self.of_units(units) @ self.demand / self.demand.sum())

    def measures(self, units: I8) -> dict[str, float]:
        """The share of all calls, of the worst group, and of each group where there are few."""
        shares = self.of_units(units)
        found = {"covered_share": self.total(units), "worst_share": float(shares.min())}
        if shares.size <= FEW_GROUPS:
            found |= {f"share.{name}": float(share) for name, share in zip(self.group_ids, shares, strict=True)}
        return found


FEW_GROUPS = 60
"""So many groups are told one by one in an answer."""


def add_group_shares(
    problem: SitingProblem, groups: Groups, busy: ArrayLike, purse: Purse, *, ordered: bool
) -> GroupShares:
    """Begin a programme with a placement and columns from which shares follow.

    Args:
        problem: the problem.
        groups: of its areas.
        busy: q in [0, 1): (K, N) or anything that spreads to it.
        purse: what limits units and sites.
        ordered: whether shares must be right whatever the objective wants of them; not needed where more is better.

    Raises:
        OutOfRangeError: a busy fraction is outside its range, or nobody calls at all.
        SitingError: nothing limits the units.
    """
    fractions = checked_busy(problem, busy)
    calls: F8 = np.bincount(groups.of_area, problem.demand.sum(axis=0), len(groups.group_ids)).astype(np.float64)
    kept = np.flatnonzero(calls > 0.0)
    if not kept.size:
        raise OutOfRangeError("demand", 0.0, "somebody must call somewhere")
    number = np.full(len(groups.group_ids), -1)
    number[kept] = np.arange(kept.size)
    levels, which = np.unique(fractions, return_inverse=True)
    kind = np.maximum(number[groups.of_area], 0) * levels.size + which.reshape(fractions.shape)
    assembly = Assembly()
    placement = place(assembly, problem, purse)
    sets = covered_sets(problem, placement.periods, kind)
    q, group = levels[sets.kind % levels.size], sets.kind // levels.size
    most = np.minimum(most_cover(placement, sets, purse.units), useful_levels(q))
    cover = count_cover(assembly, placement, sets, most, ordered=ordered)
    adds = sets.weight[cover.set_of] * (1.0 - q[cover.set_of]) * q[cover.set_of] ** (cover.level - 1)
    row = group[cover.set_of]
    part: F8 = adds / calls[kept][row]
    matrix = csr_array((part, (row, np.arange(row.size))), shape=(kept.size, row.size))
    names = tuple(groups.group_ids[place] for place in kept)
    return GroupShares(assembly, placement, names, calls[kept], matrix, cover.columns, sets, q, group)
