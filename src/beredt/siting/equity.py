"""As much cover as possible with a limit on how unequal groups may be, such as urban and rural areas.

With share_g of :mod:`beredt.siting.group_shares`,

    maximise Σ_g d_g·share_g   subject to   |share_g − share_h| ≤ δ for all groups g, h,   share_g ≥ β for all g

Chanta, Mayorga and McLay [1]_ show that the greatest cover leaves rural areas out, and trade it against three measures
of their share. Here the greatest difference is a limit δ, and the least share a limit β; running δ from 1 down gives
the trade-off, or use :mod:`beredt.siting.trade_off`.

A limit on differences alone can be kept by serving everybody badly, and the best placements under it often do: the
groups that cannot be served well hold all others down. A floor does not do that.

Such a limit is only honest if the shares are the true ones: a model that may leave cover uncounted would call
a town's share low on paper and change nothing. So with δ below 1 a set counts as covered by k units if and only if it
is. That makes the programme much harder than the others here; with β alone it is as easy as MEXCLP.

References:
    .. [1] Chanta, S., Mayorga, M. E., and McLay, L. A. (2014). Improving emergency service in rural areas: a
       bi-objective covering location model for EMS systems. Annals of Operations Research 221(1), 133-159.
       doi:10.1007/s10479-011-0972-6
"""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import ArrayLike, NDArray

from beredt.errors import OutOfRangeError
from beredt.siting.answer import SitingAnswer
from beredt.siting.assembly import diagonal, one_row
from beredt.siting.covering_model import CoveringModel, solve_model
from beredt.siting.group_shares import Groups, GroupShares, add_group_shares
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Limits, Progress, Stop

I8 = NDArray[np.int64]


def build(
    problem: SitingProblem,
    busy: ArrayLike,
    purse: Purse,
    groups: Groups,
    *,
    most_gap: float = 1.0,
    least_share: float = 0.0,
) -> tuple[CoveringModel, GroupShares]:
    """Make the programme.

    Args:
        problem: the problem.
        busy: q in [0, 1): (K, N) or anything that spreads to it.
        purse: what limits units and sites.
        groups: of areas.
        most_gap: δ in [0, 1].
        least_share: β in [0, 1].

    Raises:
        OutOfRangeError: an argument is outside its range, or nobody calls.
        SitingError: nothing limits the units.
    """
    began = time.perf_counter()
    for name, limit in (("most_gap", most_gap), ("least_share", least_share)):
        if not 0.0 <= limit <= 1.0:
            raise OutOfRangeError(name, limit, "give a share from 0 to 1")
    shares = add_group_shares(problem, groups, busy, purse, ordered=most_gap < 1.0)
    assembly, count = shares.assembly, len(shares.group_ids)
    ends = assembly.add_columns(2, integer=False)  # the least and the greatest share
    down = diagonal(-1.0, count)
    assembly.add_rows((shares.matrix, shares.columns), (down, np.repeat(ends[:1], count)), low=0.0)
    assembly.add_rows((shares.matrix, shares.columns), (down, np.repeat(ends[1:], count)), high=0.0)
    assembly.add_rows((one_row([-1.0, 1.0]), ends), high=most_gap + _SLACK)
    assembly.add_rows((shares.matrix, shares.columns), low=least_share - _SLACK)
    assembly.add_cost(shares.columns, shares.matrix.T @ shares.demand)

    def value(units: I8) -> float:
        return float(shares.of_units(units) @ shares.demand)

    return CoveringModel("equity", assembly.finish("max"), shares.placement, shares.sets, value, began), shares


def solve_equity(
    problem: SitingProblem,
    busy: ArrayLike,
    purse: Purse,
    groups: Groups,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
    *,
    most_gap: float = 1.0,
    least_share: float = 0.0,
) -> SitingAnswer:
    """Serve as many as possible while groups stay near each other.

    Args:
        problem, busy, purse, groups, most_gap, least_share: see :func:`build`.
        limits, progress, stop: see :func:`beredt.siting.program.solve`.

    Returns:
        `objective`: calls a year that are expected to find a free unit within their target. `measures`: `gap_share`
        between the best and the worst group, `covered_share`, `worst_share`, `share.<group>` where there are few
        groups.

    Raises:
        OutOfRangeError: an argument is outside its range, or nobody calls.
        SitingError: there is no answer: no placement keeps groups so near.
    """
    model, shares = build(problem, busy, purse, groups, most_gap=most_gap, least_share=least_share)
    return solve_model(
        model,
        limits,
        progress,
        stop,
        lambda units: shares.measures(units) | {"gap_share": float(np.ptp(shares.of_units(units)))},
    )


_SLACK = 1e-9
"""What adding up shares in another order moves."""
