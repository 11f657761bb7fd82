"""The minimum worst share: nobody is left behind farther than must be, and beyond that as many as possible are served.

The maximin rule of Rawls [1]_, put on the expected cover of Daskin: with share_g of :mod:`beredt.siting.group_shares`,

    first   maximise z           subject to  share_g ≥ z for all groups,  the placement
    then    maximise Σ_g d_g·share_g    subject to  share_g ≥ z* − δ for all groups

with a small δ that may be given up, half a percentage point if not said otherwise. The second step matters: many
placements are equally good to the worst-off, and the first one found may be bad to all others. So does δ: without it,
unit upon unit goes to where the worst-off gain a ten-thousandth and everybody else loses a tenth.

A group of which no site reaches anybody is left out, since it would hold z at 0 for all. One that can be reached only
at the cost of all others decides alone where units stand; groups of areas, such as municipalities, are less brittle
than areas.

References:
    .. [1] Rawls, J. (1971). A Theory of Justice. Harvard University Press; as a rule for siting, see Marsh, M. T. and
       Schilling, D. A. (1994). Equity measurement in facility location analysis: a review and framework. European
       Journal of Operational Research 74(1), 1-17. doi:10.1016/0377-2217(94)90200-3
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from beredt.errors import OutOfRangeError
from beredt.siting.answer import SitingAnswer
from beredt.siting.assembly import diagonal
from beredt.siting.covering_model import CoveringModel, answer_of, check_found
from beredt.siting.group_shares import Groups, GroupShares, add_group_shares, each_area
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Limits, Program, Progress, Stop, solve

I8 = NDArray[np.int64]

MAY_BE_GIVEN_UP = 0.005
"""δ when none is given."""


def build(
    problem: SitingProblem, busy: ArrayLike, purse: Purse, groups: Groups | None = None
) -> tuple[CoveringModel, GroupShares]:
    """Make the programme of the first step.

    Args:
        problem: the problem.
        busy: q in [0, 1): (K, N) or anything that spreads to it.
        purse: what limits units and sites.
        groups: of areas [default: each area by itself].

    Raises:
        OutOfRangeError: a busy fraction is outside its range, or nobody calls.
        SitingError: nothing limits the units.
    """
    began = time.perf_counter()
    shares = add_group_shares(problem, groups or each_area(problem), busy, purse, ordered=False)
    assembly, count = shares.assembly, len(shares.group_ids)
    worst = assembly.add_columns(1, cost=1.0, integer=False)
    below = diagonal(-1.0, count)
    assembly.add_rows((shares.matrix, shares.columns), (below, np.repeat(worst, count)), low=0.0)

    def value(units: I8) -> float:
        return float(shares.of_units(units).min())

    return CoveringModel("worst-share", assembly.finish("max"), shares.placement, shares.sets, value, began), shares


def solve_worst_share(
    problem: SitingProblem,
    busy: ArrayLike,
    purse: Purse,
    groups: Groups | None = None,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
    *,
    give: float = MAY_BE_GIVEN_UP,
) -> SitingAnswer:
    """Serve the worst-off as well as can be, then everybody.

    Args:
        problem, busy, purse, groups: see :func:`build`.
        limits, progress, stop: see :func:`beredt.siting.program.solve`; the time is for both steps together, and a
            second step that finds no time leaves the answer of the first.

        give: δ, 0 or more, what of the worst share may be given up for the second step.

    Returns:
        `objective`: the worst share, from 0 to 1. `bound`: z*, which no placement exceeds; the objective may be δ below
        it.
        `status` is "proved" if both steps are. `measures`: `covered_share` of all calls, `worst_share`, and
        `share.<group>` where there are few groups; `second_step_proved` is 1 if no placement with that worst share
        serves more in all.

    Raises:
        OutOfRangeError: a busy fraction is outside its range, or nobody calls.
        SitingError: there is no answer.
    """
    if not give >= 0.0:
        raise OutOfRangeError("give", give, "give what of the worst share may be given up, 0 or more")
    model, shares = build(problem, busy, purse, groups)
    first = solve(model.program, limits, progress, stop)
    check_found(model.name, first)
    units = model.placement.units_of(first.x)
    worst = model.value(units)
    left = None if limits.seconds is None else limits.seconds - first.seconds
    proved = 0.0
    if left is None or left > 0.0:
        second = solve(_second_step(model, shares, worst - give), replace(limits, seconds=left), progress, stop)
        if second.found:
            better = model.placement.units_of(second.x)
            if model.value(better) >= worst - give - 2.0 * _SLACK and shares.total(better) >= shares.total(units):
                units, proved = better, float(second.status == "proved" and first.status == "proved")
    answer = answer_of(model, units, first.bound, limits, lambda u: shares.measures(u) | {"second_step_proved": proved})
    return replace(answer, status="proved") if proved else answer


def several(
    problem: SitingProblem,
    busy: ArrayLike,
    purse: Purse,
    groups: Groups | None = None,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
    *,
    give: float = MAY_BE_GIVEN_UP,
) -> CoveringModel:
    """The second step as a model of its own: of all placements within δ of the best worst share, who serves most.

    Its objective is calls a year that are served, so that placements which are equally fair are told apart.

    Args:
        problem, busy, purse, groups, limits, progress, stop, give: see :func:`solve_worst_share`.

    Raises:
        OutOfRangeError: a busy fraction is outside its range, or nobody calls.
        SitingError: there is no answer.
    """
    model, shares = build(problem, busy, purse, groups)
    first = solve(model.program, limits, progress, stop)
    check_found(model.name, first)
    worst = model.value(model.placement.units_of(first.x))

    def value(units: I8) -> float:
        return float(shares.of_units(units) @ shares.demand)

    return replace(model, program=_second_step(model, shares, worst - give), value=value)


def _second_step(model: CoveringModel, shares: GroupShares, worst: float) -> Program:
    """Most calls served while no share is below the worst one."""
    cost = np.zeros(model.program.cost.size)
    np.add.at(cost, shares.columns, shares.matrix.T @ shares.demand)
    low = model.program.low.copy()
    low[-1] = max(0.0, worst - _SLACK)  # the last column is z
    return replace(model.program, cost=cost, low=low)


_SLACK = 1e-7
"""What adding up shares in another order, and the solver's tolerance, move."""
