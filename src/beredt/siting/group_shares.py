"""The share of each group of areas that a placement is expected to serve: what fairness is measured on.

A group is a municipality, a district, all urban or all rural areas, or each area by itself. With d_{k,n} the calls of
area n in class k, its share is

    share_g = Σ_{k, n ∈ g} d_{k,n}·(1 − q^units within reach) / Σ_{k, n ∈ g} d_{k,n}

Areas out of every site's reach count in the denominator. A group in which nobody calls has no share and is left out. So
is a group of which no site reaches anybody: its share is 0 wherever units stand, and it would hide what can be done for
the others. Answers say how many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from beredt.errors import OutOfRangeError, SitingError
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

    `assembly`, `placement`: what is being put together. `group_ids`: R groups of which some site reaches somebody.
    `demand`: float64 (R,) > 0. `left_out`: groups in which somebody calls and nobody is reached. `matrix`: sparse (R,
    C) with `columns` int64 (C,): share = matrix · x[columns]. `sets`, `busy` (G,), `group` (G,): what the shares are
    worked out from for given units.
    """

    assembly: Assembly
    placement: Placement
    group_ids: tuple[str, ...]
    demand: F8
    left_out: int
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
        return float(self.of_units(units) @ self.demand / self.placement.problem.demand.sum())

    def measures(self, units: I8) -> dict[str, float]:
        """The share of all calls, of the worst group, and of each group where there are few."""
        shares = self.of_units(units)
        found = {"covered_share": self.total(units), "worst_share": float(shares.min())}
        found["groups_out_of_reach"] = float(self.left_out)
        if shares.size <= FEW_GROUPS:
            found |= {f"share.{name}": float(share) for name, share in zip(self.group_ids, shares, strict=True)}
        return found


FEW_GROUPS = 60
"""So many groups are told one by one in an answer."""


def add_group_shares(
    problem: SitingProblem, groups: Groups, busy: ArrayLike, purse: Purse, *, ordered: bool
) -> GroupShares:
    """Begin a programme with a placement and columns from which shares follow; see :func:`share_columns`.

    Raises:
        OutOfRangeError: a busy fraction is outside its range, or nobody calls at all.
        SitingError: nothing limits the units, or no site reaches anybody.
    """
    assembly = Assembly()
    placement = place(assembly, problem, purse)
    return share_columns(assembly, placement, groups, checked_busy(problem, busy), purse.units, ordered=ordered)


def share_columns(
    assembly: Assembly, placement: Placement, groups: Groups, busy: F8, units: int | None, *, ordered: bool
) -> GroupShares:
    """Add columns from which the shares of groups follow.

    Args:
        assembly: gets columns and rows.
        placement: the units.
        groups: of areas.
        busy: float64 (K, N), q in [0, 1).
        units: most on duty at once, or None.
        ordered: whether shares must be right whatever the objective wants of them; not needed where more is better.

    Raises:
        OutOfRangeError: nobody calls at all.
        SitingError: no site reaches anybody.
    """
    problem = placement.problem
    kept, calls = _reached_groups(placement, groups)
    number = np.full(len(groups.group_ids), -1)
    number[kept] = np.arange(kept.size)
    mine = number[groups.of_area]
    reached = replace(problem, demand=problem.demand * (mine >= 0))
    levels, which = np.unique(busy, return_inverse=True)
    sets = covered_sets(reached, placement.periods, np.maximum(mine, 0) * levels.size + which.reshape(busy.shape))
    q, group = levels[sets.kind % levels.size], sets.kind // levels.size
    most = np.minimum(most_cover(placement, sets, units), useful_levels(q))
    cover = count_cover(assembly, placement, sets, most, ordered=ordered)
    adds = sets.weight[cover.set_of] * (1.0 - q[cover.set_of]) * q[cover.set_of] ** (cover.level - 1)
    row = group[cover.set_of]
    part: F8 = adds / calls[kept][row]
    return GroupShares(
        assembly=assembly,
        placement=placement,
        group_ids=tuple(groups.group_ids[place] for place in kept),
        demand=calls[kept],
        left_out=int((calls > 0.0).sum()) - kept.size,
        matrix=csr_array((part, (row, np.arange(row.size))), shape=(kept.size, row.size)),
        columns=cover.columns,
        sets=sets,
        busy=q,
        group=group,
    )


def _reached_groups(placement: Placement, groups: Groups) -> tuple[I8, F8]:
    """Groups of which some site reaches somebody, and the calls of all groups."""
    problem, count = placement.problem, len(groups.group_ids)
    calls: F8 = np.bincount(groups.of_area, problem.demand.sum(axis=0), count).astype(np.float64)
    if not calls.any():
        raise OutOfRangeError("demand", 0.0, "somebody must call somewhere")
    can = placement.most > 0
    near = np.zeros(problem.areas)
    for k in range(problem.classes):
        near += np.where(problem.covers(k)[can].any(axis=0), problem.demand[k], 0.0)
    kept = np.flatnonzero(np.bincount(groups.of_area, near, count) > 0.0)
    if not kept.size:
        raise SitingError("no site reaches anybody within the target: add sites, or ask for less")
    return kept, calls
