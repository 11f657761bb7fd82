"""What one criterion costs in another: all placements of which no other is better in both.

The ε-constraint method (Haimes, Lasdon and Wismer [1]_), in its lexicographic form, which finds efficient solutions
only: make the first criterion as good as can be, then the second among those; ask for a second one that is better by a
step, and begin again, until there is none.

    maximise f₁ subject to f₂ ≥ ε;   then maximise f₂ subject to f₁ ≥ f₁*, f₂ ≥ ε;   ε = f₂* + step

Where the second criterion takes whole multiples of a number only (costs in whole FTE, whole calls a year) the step is
that number, and the front is exact: every efficient point is there, once, also those that no weighting of the two
finds. Where it does not, points that lie nearer than a step to each other may be left out; the step is part of the
answer.

References:
    .. [1] Haimes, Y. Y., Lasdon, L. S., and Wismer, D. A. (1971). On a bicriterion formulation of the problems of
       integrated system identification and system optimization. IEEE Transactions on Systems, Man, and Cybernetics
       1(3), 296-297. doi:10.1109/TSMC.1971.4308298
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf, isfinite

import numpy as np
from numpy.typing import NDArray

from beredt.errors import OutOfRangeError
from beredt.siting.k_best import with_row
from beredt.siting.program import F8, NO_LIMITS, Limits, Program, Sense, Solved, Stop, solve

I8 = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Criterion:
    """Something that a placement is judged by: constant + Σ cost_j·x_j over the columns of a programme.

    `name`: for people. `cost`: float64 (n,). `sense`: whether more or less of it is better. `constant`: added.
    """

    name: str
    cost: F8
    sense: Sense
    constant: float = 0.0

    def value(self, x: F8) -> float:
        """What a solution is worth by it."""
        return float(self.cost @ x) + self.constant


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """An efficient solution. `first`, `second`: its values. `x`: the columns. `proved`: whether both were proved."""

    first: float
    second: float
    x: F8
    proved: bool


@dataclass(frozen=True, slots=True, eq=False)
class Front:
    """The trade-off of two criteria.

    `points`: from the best of the first criterion to the best of the second. `step`: of the second criterion. `exact`:
    whether every efficient point is among them: the second criterion has whole steps, all is proved and nothing
    stopped.
    """

    points: tuple[Point, ...]
    step: float
    exact: bool


def trade_off(
    program: Program,
    first: Criterion,
    second: Criterion,
    *,
    step: float | None = None,
    most_points: int = 1_000,
    limits: Limits = NO_LIMITS,
    progress: Callable[[Point], None] | None = None,
    stop: Stop | None = None,
) -> Front:
    """Find the front.

    Args:
        program: columns and rows; its own objective is not looked at.
        first, second: the criteria.
        step: of the second criterion, above 0 [default: its whole steps, or a thousandth of its range].
        most_points: ends after so many.
        limits: gap for each solution, time for all together.
        progress: told of each point as it is found.
        stop: asked often whether to stop; the points so far are kept.

    Raises:
        OutOfRangeError: a step that is not above 0, or there is no solution at all.
    """
    if step is not None and not step > 0.0:
        raise OutOfRangeError("step", step, "give how much better the second criterion must become, above 0")
    until = None if limits.seconds is None else time.perf_counter() + limits.seconds

    def run(asked: Program, criterion: Criterion) -> Solved:
        left = None if until is None else max(until - time.perf_counter(), 1e-3)
        aimed = replace(asked, cost=criterion.cost, constant=criterion.constant, sense=criterion.sense)
        return solve(aimed, Limits(limits.gap, left), None, stop)

    whole = whole_step(program, second)
    if step is None:
        step = whole or _thousandth(run(program, second), program, first, second, run)
    points: list[Point] = []
    asked, complete = program, True
    while len(points) < most_points:
        best = run(asked, first)
        if not best.found:
            complete &= best.status == "infeasible"
            break
        top = run(_at_least(asked, first, best.objective, _tolerance(best.objective)), second)
        shown = top if top.found else best
        point = Point(
            first.value(shown.x), second.value(shown.x), shown.x, best.status == "proved" and top.status == "proved"
        )
        if points and abs(point.second - points[-1].second) < step / 4.0:
            complete = False  # the solver's tolerance is coarser than the step
            break
        points.append(point)
        complete &= point.proved
        if progress is not None:
            progress(point)
        if (until is not None and time.perf_counter() >= until) or (stop is not None and stop()):
            complete = False
            break
        ahead = point.second + (step if second.sense == "max" else -step)
        asked = _at_least(program, second, ahead, min(step, whole or _tolerance(ahead)) / 2.0)
    else:
        complete = False
    if not points:
        raise OutOfRangeError("the programme", "infeasible", "there is no solution at all, so nothing to trade off")
    return Front(tuple(points), step, complete and whole is not None and step <= whole * (1.0 + 1e-9))


def whole_step(program: Program, criterion: Criterion) -> float | None:
    """The number that a criterion takes whole multiples of, up to a constant; None where there is none.

    That is so if all columns with a cost are whole and their costs are multiples of a number not much smaller than
    they.
    """
    used = criterion.cost != 0.0
    if not used.any() or not program.integer[used].all():
        return None
    costs = np.unique(np.abs(criterion.cost[used]))
    scale = next((s for s in (1.0, 10.0, 100.0, 1_000.0) if np.abs(costs * s - np.rint(costs * s)).max() < 1e-9), None)
    if scale is None or costs.max() * scale > 1e9:
        return None
    return float(np.gcd.reduce(np.rint(costs * scale).astype(np.int64))) / scale


def _thousandth(
    best: Solved, program: Program, first: Criterion, second: Criterion, run: Callable[[Program, Criterion], Solved]
) -> float:
    """A thousandth of the range that the second criterion has on the front."""
    other = run(program, first)
    if not (best.found and other.found):
        return 1.0
    width = abs(best.objective - second.value(other.x))
    return width / 1_000.0 if isfinite(width) and width > 0.0 else 1.0


def _tolerance(value: float) -> float:
    """What a row may be off by rounding."""
    return 1e-7 * max(1.0, abs(value))


def _at_least(program: Program, criterion: Criterion, value: float, room: float) -> Program:
    """The programme with a row that asks for at least so good a criterion; the room lets rounding pass."""
    up = criterion.sense == "max"
    return with_row(
        program,
        criterion.cost,
        np.arange(criterion.cost.size),
        low=value - room - criterion.constant if up else -inf,
        high=inf if up else value + room - criterion.constant,
    )
