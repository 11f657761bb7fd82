"""A covering model ready to be solved, and its solution as an answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

from beredt.errors import SitingError
from beredt.siting.answer import SitingAnswer
from beredt.siting.demand_sets import DemandSets
from beredt.siting.placement import Placement
from beredt.siting.program import Limits, Program, Progress, Solved, Stop, relative_gap, solve

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

Value = Callable[[I8], float]
"""The objective of units (T, S), worked out from its formula and not read off the solver's columns."""


Start = Callable[[], F8 | None]
"""Columns to begin with, or None where no placement was found at once."""


@dataclass(frozen=True, slots=True, eq=False)
class CoveringModel:
    """A programme, and what its columns mean.

    `name`: of the model. `program`: to be solved. `placement`: the columns of sites and units. `sets`: the demand that
    the objective counts. `value`: the objective of units (T, S). `began`: clock when building began, in seconds.
    `start`: makes a solution to begin with, or None.
    """

    name: str
    program: Program
    placement: Placement
    sets: DemandSets
    value: Value
    began: float
    start: Start | None = None


def solve_model(
    model: CoveringModel,
    limits: Limits,
    progress: Progress | None,
    stop: Stop | None,
    measures: Callable[[I8], Mapping[str, float]] | None = None,
    why_not: Callable[[], str] | None = None,
) -> SitingAnswer:
    """Solve a model.

    Args:
        model: what to solve.
        limits: when to be content.
        progress, stop: see :func:`beredt.siting.program.solve`.
        measures: further figures of units (T, S).
        why_not: asked for the reason where nothing meets all that is asked for; "" if it knows none.

    Raises:
        SitingError: nothing meets all that is asked for, or the time was over before anything was found.
    """
    units, solved = find_units(model, limits, progress, stop, why_not)
    return answer_of(model, units, min(solved.bound, _all_of(model.sets)), limits, measures)


def find_units(
    model: CoveringModel,
    limits: Limits,
    progress: Progress | None,
    stop: Stop | None,
    why_not: Callable[[], str] | None = None,
) -> tuple[I8, Solved]:
    """Units (T, S) of the best solution, or of the one to begin with where the time was over before that.

    Args:
        model: what to solve.
        limits, progress, stop: see :func:`beredt.siting.program.solve`.
        why_not: see :func:`solve_model`.

    Raises:
        SitingError: nothing meets all that is asked for, or the time was over before anything was found.
    """
    start = None if model.start is None else model.start()
    solved = solve(model.program, limits, progress, stop, start)
    if start is not None and solved.status == "stopped" and not solved.found:
        return model.placement.units_of(start), solved
    check_found(model.name, solved, why_not)
    return model.placement.units_of(solved.x), solved


def _all_of(sets: DemandSets) -> float:
    """All there is: nothing that these models look for is ever more."""
    return float(sets.weight.sum())


def check_found(name: str, solved: Solved, why_not: Callable[[], str] | None = None) -> None:
    """Refuse to go on without a solution.

    Raises:
        SitingError: there is none; with the reason, if `why_not` knows it.
    """
    reason = why_not() if why_not is not None and solved.status == "infeasible" else ""
    if reason:
        raise SitingError(f"{name}: {reason}")
    if solved.status == "infeasible":
        raise SitingError(f"{name}: nothing meets all that is asked for; allow more units, sites or money, or ask less")
    if not solved.found:
        raise SitingError(f"{name}: no answer was found after {solved.seconds:.1f} s; give more time")


def answer_of(
    model: CoveringModel,
    units: I8,
    bound: float,
    limits: Limits,
    measures: Callable[[I8], Mapping[str, float]] | None = None,
) -> SitingAnswer:
    """Make an answer of units that were found.

    Args:
        model: that they answer.
        units: (T, S).
        bound: nothing is better than this.
        limits: the gap that counts as proved.
        measures: further figures of the units.
    """
    objective = model.value(units)
    bound = max(bound, objective) + 0.0  # the solver adds up in another order, and may end a hair below
    gap = relative_gap(objective, bound)
    placement, demand = model.placement, model.placement.problem.demand.sum()
    found: dict[str, float] = {
        "units": float(units.sum(axis=1).max()),
        "sites": float(units.any(axis=0).sum()),
        "cost": placement.cost_of(units),
        "demand_per_year": float(demand),
    }
    return SitingAnswer(
        model=model.name,
        objective=objective,
        bound=bound,
        gap=gap,
        status="proved" if gap <= limits.gap + _SLACK else "stopped",
        chosen=chosen_sites(placement, units),
        seconds=time.perf_counter() - model.began,
        by_period=units_by_period(placement, units),
        measures=found | dict(measures(units) if measures else {}),
    )


_SLACK = 1e-6
"""What the solver's tolerances move, as a share of the objective."""


def chosen_sites(placement: Placement, units: I8) -> dict[str, int]:
    """Open sites with their units, most in any period."""
    most = units.max(axis=0)
    return {site: int(count) for site, count in zip(placement.problem.site_ids, most, strict=True) if count}


def units_by_period(placement: Placement, units: I8) -> dict[str, dict[str, int]]:
    """Open sites with their units in each period; nothing where the week is one period."""
    if placement.periods.count == 1:
        return {}
    sites = placement.problem.site_ids
    return {
        period: {site: int(count) for site, count in zip(sites, row, strict=True) if count}
        for period, row in zip(placement.periods.period_ids, units, strict=True)
    }


def share_of(part: float, whole: float) -> float:
    """A share; not a number of nothing."""
    return part / whole if whole > 0.0 else nan
