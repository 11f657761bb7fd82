"""Maximum expected survival: units where most patients live, not where most are reached within a number of minutes.

Erkut, Ingolfsson and Erdoğan [1]_ put a survival function of the response time in the place of the cliff at the target:
a minute counts everywhere, and most where it comes early. With v_{s,n} what a unit of site s is worth to a patient of
area n, sites in falling order of v and units that are busy a share q of the time,

    maximise  Σ_n d_n · Σ_{i=1}^{units} v_{(i),n} · (1 − q)·q^(i−1)

where (i) is the i-th best unit for the area: it goes if all better ones are busy and it is free. With q = 0 only the
nearest unit counts: their MSLP; with q > 0 this is their MEXSLP, which does for survival what MEXCLP does for cover.

It is solved as MEXCLP on sets of sites: the sum equals Σ_l (v_l − v_{l+1})·(1 − q^(units at the l best sites)), so each
area becomes a set for each of its sites (:mod:`beredt.siting.demand_sets`). These are many. With `step_s` above 0,
drives are rounded down to whole steps for the programme: its optimum is then a proved bound on survival, while the
answer is measured with the true drives. The gap between the two is the error, and it is reported.

References:
    .. [1] Erkut, E., Ingolfsson, A., and Erdoğan, G. (2008). Ambulance location for maximum survival. Naval Research
       Logistics 55(1), 42-58. doi:10.1002/nav.20267
"""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import ArrayLike, NDArray

from beredt.coverage.survival import SurvivalCurve
from beredt.errors import OutOfRangeError
from beredt.siting.answer import SitingAnswer
from beredt.siting.assembly import Assembly
from beredt.siting.covering_model import CoveringModel, share_of, solve_model
from beredt.siting.demand_sets import DemandSets, falling_layers, join_layers
from beredt.siting.greedy_units import greedy_units, start_of
from beredt.siting.mexclp import add_expected_cover, checked_busy
from beredt.siting.placement import Placement, Purse, place
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Limits, Progress, Stop

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


def build(
    problem: SitingProblem,
    curve: SurvivalCurve,
    purse: Purse,
    *,
    before_s: ArrayLike = 0.0,
    busy: ArrayLike = 0.0,
    step_s: float = 0.0,
) -> CoveringModel:
    """Make the programme.

    Args:
        problem: the problem; its targets are not looked at.
        curve: survival by response time.
        purse: what limits units and sites.
        before_s: seconds of a response before the drive, handling and mobilisation: (K,) or one number, 0 or more.
        busy: q in [0, 1): (K, N) or anything that spreads to it.
        step_s: drives are rounded down to multiples of it for the programme; 0: not at all.

    Raises:
        OutOfRangeError: an argument is outside its range.
        SitingError: nothing limits the units.
    """
    began = time.perf_counter()
    before = np.broadcast_to(np.asarray(before_s, np.float64), (problem.classes,))
    if not np.all((before >= 0.0) & np.isfinite(before)):
        raise OutOfRangeError("before_s", before_s, "give seconds of handling and mobilisation, 0 or more")
    if not step_s >= 0.0:
        raise OutOfRangeError("step_s", step_s, "give seconds, 0 or more")
    fractions = checked_busy(problem, busy)
    levels, kind = np.unique(fractions, return_inverse=True)
    kind = kind.reshape(fractions.shape)
    assembly = Assembly()
    placement = place(assembly, problem, purse)
    drive = np.asarray(problem.travel_s, np.float64)
    shown = np.floor(drive / step_s) * step_s if step_s > 0.0 else drive

    def sets_of(seconds: F8) -> DemandSets:
        layers = [
            (layer, int(placement.periods.of_class[k]), kind[k])
            for k in range(problem.classes)
            for layer in falling_layers(curve.share(seconds + before[k]) * problem.permitted, problem.demand[k])
        ]
        return join_layers(layers, problem.sites)

    sets = sets_of(shown)
    fraction = levels[sets.kind]
    cover, _ = add_expected_cover(assembly, placement, sets, fraction, purse.units)
    program = assembly.finish("max")

    def start() -> F8 | None:
        units = greedy_units(placement, sets, fraction, purse)
        return None if units is None else start_of(program.cost.size, placement, sets, cover, units)

    worth = [curve.share(drive + before[k]) * problem.permitted for k in range(problem.classes)]

    def value(units: I8) -> float:
        return expected_survival(placement, worth, fractions, units)

    return CoveringModel("survival", program, placement, sets, value, began, start)


def solve_maximum_survival(
    problem: SitingProblem,
    curve: SurvivalCurve,
    purse: Purse,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
    *,
    before_s: ArrayLike = 0.0,
    busy: ArrayLike = 0.0,
    step_s: float = 0.0,
) -> SitingAnswer:
    """Place units where most patients are expected to survive.

    Args:
        problem, curve, purse, before_s, busy, step_s: see :func:`build`.
        limits, progress, stop: see :func:`beredt.siting.program.solve`.

    Returns:
        `objective`: survivors a year if all demand were patients of the curve's sort. `bound`: nothing is better, also
        where drives were rounded. `measures`: `survival_share` of all calls.

    Raises:
        OutOfRangeError: an argument is outside its range.
        SitingError: there is no answer.
    """
    model = build(problem, curve, purse, before_s=before_s, busy=busy, step_s=step_s)
    demand = float(problem.demand.sum())
    return solve_model(
        model, limits, progress, stop, lambda units: {"survival_share": share_of(model.value(units), demand)}
    )


def expected_survival(placement: Placement, worth: list[F8], busy: F8, units: I8) -> float:
    """Survivors a year of units (T, S), unit by unit in the order of each area.

    Args:
        placement: whose problem and periods hold.
        worth: by class, v (S, N).
        busy: q (K, N).
        units: (T, S).
    """
    problem, total = placement.problem, 0.0
    for k, value in enumerate(worth):
        order = np.argsort(-value, axis=0, kind="stable")
        here = units[placement.periods.of_class[k]][order]
        after = np.cumsum(here, axis=0)
        chance = busy[k] ** (after - here) - busy[k] ** after  # some unit here is free, and all better ones are busy
        total += float(problem.demand[k] @ (chance * np.take_along_axis(value, order, axis=0)).sum(axis=0))
    return total
