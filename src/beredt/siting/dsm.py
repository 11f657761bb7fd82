"""The double standard model: everybody within a long time, most within a short one, and as many as possible twice.

Gendreau, Laporte and Semet [1]_ take the two standards from the law of the United States: all demand within r₂, a
share α of it within r₁ < r₂. Among the placements that meet both, they look for the one with most demand that two
units reach within r₁:

    maximise   Σ w_g·y_{g,2}
    subject to Σ_{s within r₂ of n} units_s ≥ 1            for all areas with demand
               Σ w_g·y_{g,1} ≥ α·Σ_n d_n
               y_{g,1} + y_{g,2} ≤ Σ_{s within r₁ of g} units_s,   y_{g,2} ≤ y_{g,1}

with r₁ the problem's own target. Here α holds for each class by itself or for all together, as asked for.

Departures: where the authors let every site take at most two units, the capacity of the problem decides; behind a
priced border a cover within r₁ counts in part (:mod:`beredt.siting.demand_sets`), one within r₂ in full.

References:
    .. [1] Gendreau, M., Laporte, G., and Semet, F. (1997). Solving an ambulance location model by tabu search. Location
       Science 5(2), 75-88. doi:10.1016/S0966-8349(97)00015-6
"""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import ArrayLike, NDArray

from beredt.errors import OutOfRangeError
from beredt.siting.answer import SitingAnswer
from beredt.siting.assembly import Assembly, one_row
from beredt.siting.bacop import backup_measures, covered_times
from beredt.siting.cover_columns import count_cover, most_cover
from beredt.siting.covering_model import CoveringModel, share_of, solve_model
from beredt.siting.demand_sets import covered_sets
from beredt.siting.everybody import cover_everybody, why_not_everybody
from beredt.siting.placement import Purse, place
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Limits, Progress, Stop

I8 = NDArray[np.int64]
B = NDArray[np.bool_]


def build(
    problem: SitingProblem,
    purse: Purse,
    outer_s: ArrayLike,
    share: float,
    *,
    by_class: bool = False,
    excuse: bool = False,
) -> CoveringModel:
    """Make the programme.

    Args:
        problem: the problem; its targets are r₁.
        purse: what limits units and sites.
        outer_s: r₂, seconds: (K, N), one for each class (K,), or one number; nowhere below the target.
        share: α in [0, 1].
        by_class: whether each class must reach α, and not only all together.
        excuse: whether areas that no site can reach within r₂ are excused.

    Raises:
        OutOfRangeError: α or r₂ is outside its range.
        SitingError: nothing limits the units, or an area with demand is out of every site's reach within r₂ and not
            excused.
    """
    began = time.perf_counter()
    if not 0.0 <= share <= 1.0:
        raise OutOfRangeError("share", share, "give the share of demand within the target, from 0 to 1")
    assembly = Assembly()
    placement = place(assembly, problem, purse)
    reach = _within(problem, outer_s)
    cover_everybody(assembly, placement, reach, excuse=excuse)
    group = np.arange(problem.classes) if by_class else np.zeros(problem.classes, np.int64)
    sets = covered_sets(problem, placement.periods, group[:, None])
    levels = np.minimum(most_cover(placement, sets, purse.units), 2)
    cover = count_cover(assembly, placement, sets, levels, ordered=True)
    weight = sets.weight[cover.set_of]
    for number in np.unique(group):
        first = (cover.level == 1) & (sets.kind[cover.set_of] == number)
        asked = share * float(problem.demand[group == number].sum())
        assembly.add_rows((one_row(weight[first]), cover.columns[first]), low=asked * (1.0 - 1e-12))
    second = cover.level == 2
    assembly.add_cost(cover.columns[second], weight[second])

    def value(units: I8) -> float:
        return covered_times(sets, units, 2)

    return CoveringModel("dsm", assembly.finish("max"), placement, sets, value, began)


def _within(problem: SitingProblem, outer_s: ArrayLike) -> list[B]:
    """Which sites reach each area within r₂: by class, bool (S, N)."""
    outer = np.asarray(outer_s, np.float64)
    outer = np.broadcast_to(outer[:, None] if outer.shape == (problem.classes,) else outer, problem.target_s.shape)
    if not (outer >= problem.target_s).all():
        raise OutOfRangeError("outer_s", outer_s, "the outer standard is at least the target")
    return [(problem.travel_s <= outer[k]) & (problem.permitted > 0.0) for k in range(problem.classes)]


def solve_dsm(
    problem: SitingProblem,
    purse: Purse,
    outer_s: ArrayLike,
    share: float,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
    *,
    by_class: bool = False,
    excuse: bool = False,
) -> SitingAnswer:
    """Meet both standards and cover as much as possible twice.

    Args:
        problem, purse, outer_s, share, by_class, excuse: see :func:`build`.
        limits, progress, stop: see :func:`beredt.siting.program.solve`.

    Returns:
        `objective`: calls a year that two units reach within the target. `measures`: `covered_share` within the target,
        `backup_share` twice; `unreachable_areas` which no site reaches within r₂ in some class.

    Raises:
        OutOfRangeError: α or r₂ is outside its range.
        SitingError: there is no answer: the standards cannot be met.
    """
    model = build(problem, purse, outer_s, share, by_class=by_class, excuse=excuse)
    reach = _within(problem, outer_s)
    return solve_model(
        model,
        limits,
        progress,
        stop,
        backup_measures(model, reach),
        why_not=lambda: why_not_everybody(model.placement, purse, reach) or _why_not_share(model, share),
    )


def _why_not_share(model: CoveringModel, share: float) -> str:
    """That so large a share is out of reach for all sites together; "" where it is not."""
    demand = float(model.placement.problem.demand.sum())
    most = share_of(float(model.sets.weight.sum()), demand)
    if most >= share:
        return ""
    return (
        f"{share:.1%} of the calls must be within the target, and all sites together reach {most:.1%} of them: "
        "ask for a smaller --inner-share, a longer target, or add sites"
    )
