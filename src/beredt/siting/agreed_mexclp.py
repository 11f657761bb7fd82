"""MEXCLP with busy fractions that the hypercube agrees with: placement and workload found together.

MEXCLP (:mod:`beredt.siting.mexclp`) must be told how busy units are, and answers where they should stand; the hypercube
(:mod:`beredt.siting.busy_units`) must be told where they stand, and answers how busy they are. So each is asked in
turn, as Ingolfsson, Budge and Erkut [1]_ do in a related model:

1. begin with one busy fraction for all: the work of all calls over all units;
2. place units by MEXCLP;
3. let the hypercube say with which chance P_n a unit within the target serves area n, and take the busy fraction with
   which MEXCLP would have said the same of the k_n units there: q_n = (1 − P_n)^(1/k_n). Where no unit is within the
   target, the mean utilisation of the units that were placed;
4. back to 2.

**Stop rule.** When a round places units as the round before did, the two agree: the same placement gives the same busy
fractions, for ever, and MEXCLP's objective is the cover that the hypercube finds. When it places them as some earlier
round did, the loop has come into a cycle. Then it goes on from the mean of the busy fractions in the cycle; if it comes
back to an old placement after that, or after `most_rounds`, it ends without agreement, and says so.

**Which placement is the answer.** The one of all rounds with most cover by the hypercube, the judge of them all. It
need not be the one in which both agree: agreement is no proof of being best.

References:
    .. [1] Ingolfsson, A., Budge, S., and Erkut, E. (2008). Optimal ambulance location with random delays and travel
       times. Health Care Management Science 11(3), 262-274. doi:10.1007/s10729-007-9048-1
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from beredt.errors import OutOfRangeError
from beredt.siting.answer import SitingAnswer
from beredt.siting.busy_units import BusyUnits, busy_units
from beredt.siting.covering_model import CoveringModel, chosen_sites, find_units, share_of, units_by_period
from beredt.siting.mexclp import build
from beredt.siting.periods import Periods
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Limits, Progress, Stop, relative_gap, solve

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

MOST_BUSY = 0.999
"""Busy fractions are kept below 1, where MEXCLP ends."""


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """One round. `units`: int64 (T, S). `expected` by MEXCLP and `covered` by the hypercube: calls a year."""

    units: I8
    expected: float
    covered: float


@dataclass(frozen=True, slots=True, eq=False)
class Agreed:
    """How the loop went.

    `answer`: the best placement by the hypercube. `rounds`: all of them. `agreed`: whether the last two were the same.
    `cycle`: how many rounds the last cycle had, 0 if there was none. `busy`: float64 (K, N), the last busy fractions.
    `judged`: the hypercube of the answer.
    """

    answer: SitingAnswer
    rounds: tuple[Round, ...]
    agreed: bool
    cycle: int
    busy: F8
    judged: BusyUnits


def solve_agreed_mexclp(
    problem: SitingProblem,
    mission_s: ArrayLike,
    purse: Purse,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
    *,
    drive_share: float = 0.0,
    most_rounds: int = 20,
) -> Agreed:
    """Place units and find out how busy they are, until both agree.

    Args:
        problem: the problem.
        mission_s: mean seconds that a call keeps a unit busy: (K,) or one number, above 0.
        purse: what limits units and sites.
        limits: the gap of each round, the time of all rounds together.
        progress, stop: see :func:`beredt.siting.program.solve`.
        drive_share: see :func:`beredt.siting.busy_units.busy_units`.
        most_rounds: 1 or more.

    Returns:
        The rounds, and the answer: `objective` is the cover by the hypercube in calls a year. Its `bound` is
        that of maximal covering, which busy units do not reach: the gap to it says little. `measures`: `covered_share`,
        `expected_share` by MEXCLP with the busy fractions it was placed with, `mean_utilisation`, `rounds`, `agreed` (1
        or 0), `cycle`, `exact` (1 if the hypercube was).

    Raises:
        OutOfRangeError: an argument is outside its range, or a period was left without units.
        SitingError: there is no answer.
    """
    if most_rounds < 1:
        raise OutOfRangeError("most_rounds", most_rounds, "give 1 or more")
    began = time.perf_counter()
    periods = purse.periods_of(problem)
    until = None if limits.seconds is None else began + limits.seconds
    busy = first_guess(problem, periods, purse, mission_s)
    rounds: list[Round] = []
    guesses: list[F8] = []
    seen: dict[bytes, int] = {}
    best: tuple[int, BusyUnits] | None = None
    model: CoveringModel | None = None
    agreed, cycle, own = False, 0, True
    while len(rounds) < most_rounds:
        model = build(problem, busy, purse)
        left = None if until is None else max(until - time.perf_counter(), 1e-3)
        units, solved = find_units(model, replace(limits, seconds=left), progress, stop)
        judged = busy_units(problem, periods, units, mission_s, drive_share=drive_share)
        rounds.append(Round(units, model.value(units), judged.covered))
        if best is None or judged.covered > rounds[best[0]].covered:
            best = len(rounds) - 1, judged
        busy = agreed_fractions(problem, periods, units, judged)
        guesses.append(busy)
        before = seen.get(units.tobytes())
        seen[units.tobytes()] = len(rounds) - 1
        if before is not None and before == len(rounds) - 2:
            if own:
                agreed = True
                break
            own = True  # once more, with the busy fractions of this placement and not with a mean
        elif before is not None:
            if cycle:
                break
            cycle, own = len(rounds) - 1 - before, False
            busy = np.asarray(np.mean(guesses[before + 1 :], axis=0))
        else:
            own = True
        if solved.status == "stopped" or (until is not None and time.perf_counter() >= until):
            break
    assert model is not None
    assert best is not None
    # Whoever is served in time is reached by a unit: more than maximal covering there never is.
    left = None if until is None else max(until - time.perf_counter(), 1e-3)
    most = solve(build(problem, 0.0, purse).program, replace(limits, seconds=left), None, stop)
    bound = min(most.bound, float(problem.demand.sum()))
    return _result(problem, model, rounds, best, agreed=agreed, cycle=cycle, busy=busy, bound=bound, began=began)


def agreed_fractions(problem: SitingProblem, periods: Periods, units: I8, judged: BusyUnits) -> F8:
    """Busy fractions with which MEXCLP sees the cover that the hypercube found: float64 (K, N), q = (1 − P)^(1/k).

    Args:
        problem: the problem.
        periods: of its classes.
        units: (T, S).
        judged: the hypercube of these units.
    """
    found = np.empty(problem.demand.shape)
    for k in range(problem.classes):
        here = units[periods.of_class[k]]
        count = here @ problem.covers(k)
        mean = float(here @ judged.utilisation[periods.of_class[k]] / here.sum())
        missed = 1.0 - judged.in_time[k]
        found[k] = np.where(count > 0, missed ** (1.0 / np.maximum(count, 1)), mean)
    return np.clip(found, 0.0, MOST_BUSY)


def first_guess(problem: SitingProblem, periods: Periods, purse: Purse, mission_s: ArrayLike) -> F8:
    """The work of all calls over as many units as there may be."""
    seconds = np.broadcast_to(np.asarray(mission_s, np.float64), (problem.classes,))
    if not np.all((seconds > 0.0) & np.isfinite(seconds)):
        raise OutOfRangeError("mission_s", mission_s, "give mean seconds that a call keeps a unit busy, above 0")
    work = np.bincount(periods.of_class, problem.demand.sum(axis=1) * seconds, periods.count)
    load = work / (3600.0 * periods.hours)
    cheapest = problem.unit_cost[problem.unit_cost > 0.0].min(initial=np.inf)
    paid = problem.budget / cheapest if np.isfinite(problem.budget) else np.inf
    units = min(float(problem.capacity.sum()), paid, np.inf if purse.units is None else float(purse.units))
    share = load / max(units, 1.0)
    return np.asarray(np.minimum(share, 0.9)[periods.of_class][:, None] * np.ones(problem.areas))


def _result(
    problem: SitingProblem,
    model: CoveringModel,
    rounds: list[Round],
    best: tuple[int, BusyUnits],
    *,
    agreed: bool,
    cycle: int,
    busy: F8,
    bound: float,
    began: float,
) -> Agreed:
    number, judged = best
    units, demand = rounds[number].units, float(problem.demand.sum())
    on_duty = units.sum()
    gap = relative_gap(judged.covered, bound)
    answer = SitingAnswer(
        model="mexclp-hypercube",
        objective=judged.covered,
        bound=bound,
        gap=gap,
        status="proved" if gap == 0.0 else "stopped",
        chosen=chosen_sites(model.placement, units),
        seconds=time.perf_counter() - began,
        by_period=units_by_period(model.placement, units),
        measures={
            "units": float(units.sum(axis=1).max()),
            "sites": float(units.any(axis=0).sum()),
            "cost": model.placement.cost_of(units),
            "demand_per_year": demand,
            "covered_share": share_of(judged.covered, demand),
            "expected_share": share_of(rounds[number].expected, demand),
            "mean_utilisation": float((units * judged.utilisation).sum() / on_duty),
            "rounds": float(len(rounds)),
            "agreed": float(agreed),
            "cycle": float(cycle),
            "exact": float(judged.exact),
        },
    )
    return Agreed(answer, tuple(rounds), agreed, cycle, busy, judged)
