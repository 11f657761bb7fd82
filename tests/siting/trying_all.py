"""Small siting problems with everything in them, and their best answers by trying every placement: slow and obvious.

Shares no function with the models: what a placement may be and what it is worth is written here once more, unit by
unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from math import inf, isfinite

import numpy as np

from beredt.siting.periods import Periods, make_periods
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem, make_problem

Units = tuple[tuple[int, ...], ...]
"""For each period the units of each site."""


def draw_problem(
    seed: int, *, sites: int = 4, areas: int = 6, classes: int = 2, plain: bool = False, most: int = 2
) -> SitingProblem:
    """A problem with locks, capacities, costs, today's stations, borders with and without a price, and two targets.

    Args:
        seed: of the draws.
        sites, areas, classes: how many.
        plain: without locks, costs and borders.
        most: largest capacity.
    """
    rng = np.random.default_rng(seed)
    travel = rng.integers(0, 12, (sites, areas)) * 60.0
    demand = rng.integers(0, 50, (classes, areas)) * 10.0
    demand[0, 0] += 10.0
    target = rng.integers(3, 9, (classes, 1)) * 60.0
    if plain:
        return make_problem(travel, demand, target, capacity=most)
    locked = rng.choice([0, 0, 0, 0, 1, -1], sites)
    return make_problem(
        travel,
        demand,
        target,
        locked=locked,
        existing=rng.random(sites) < 0.5,
        capacity=np.maximum(rng.integers(0, most + 1, sites), locked == 1),
        permitted=rng.choice([0.0, 0.5, 0.8, 1.0, 1.0, 1.0, 1.0], (sites, areas)),
        unit_cost=rng.integers(1, 4, sites),
        opening_cost=rng.integers(0, 3, sites),
        moving_cost=rng.integers(0, 3, sites),
        budget=float(rng.integers(6, 14)),
        budget_unit="fte",
    )


def two_periods(problem: SitingProblem) -> Periods:
    """Day and night, by turns."""
    return make_periods(problem, ("day", "night"), np.arange(problem.classes) % 2, (5_000.0, 3_760.0))


def all_placements(problem: SitingProblem, purse: Purse) -> Iterator[Units]:
    """Every placement that is allowed."""
    periods = purse.periods_of(problem)
    ranges = [range(min(int(cap), purse.units or 99) + 1) for cap in problem.capacity]
    for flat in product(*(ranges * periods.count)):
        units = tuple(tuple(flat[t * problem.sites : (t + 1) * problem.sites]) for t in range(periods.count))
        if is_allowed(problem, purse, units):
            yield units


def is_allowed(problem: SitingProblem, purse: Purse, units: Units) -> bool:
    """Whether a placement keeps locks, numbers and budget."""
    periods = purse.periods_of(problem)
    is_open = [any(row[s] for row in units) for s in range(problem.sites)]
    if purse.units is not None and any(sum(row) > purse.units for row in units):
        return False
    if purse.sites is not None and sum(is_open) > purse.sites:
        return False
    if any((problem.locked[s] == 1 and not is_open[s]) or (problem.locked[s] == -1 and is_open[s])
           for s in range(problem.sites)):  # fmt: skip
        return False
    return not isfinite(problem.budget) or cost(problem, periods, units) <= problem.budget + 1e-9


def cost(problem: SitingProblem, periods: Periods, units: Units) -> float:
    """What a placement costs."""
    total = 0.0
    for s in range(problem.sites):
        for t, row in enumerate(units):
            total += row[s] * problem.unit_cost[s] * periods.hours[t] / sum(periods.hours)
        if any(row[s] for row in units):
            total += 0.0 if problem.existing[s] else problem.opening_cost[s]
        else:
            total += problem.moving_cost[s] if problem.existing[s] else 0.0
    return float(total)


def reaching(problem: SitingProblem, units: tuple[int, ...], k: int, n: int, within_s: float = -1.0) -> list[float]:
    """What each unit within reach of an area counts for, the best first."""
    limit = problem.target_s[k, n] if within_s < 0 else within_s
    found: list[float] = []
    for s in range(problem.sites):
        if problem.travel_s[s, n] <= limit and problem.permitted[s, n] > 0:
            found += [float(problem.permitted[s, n])] * units[s]
    return sorted(found, reverse=True)


def each_demand(
    problem: SitingProblem, purse: Purse, units: Units
) -> Iterator[tuple[int, int, float, tuple[int, ...]]]:
    """Class, area, calls a year and the units of its period, wherever somebody calls."""
    periods = purse.periods_of(problem)
    for k in range(problem.classes):
        for n in range(problem.areas):
            if problem.demand[k, n] > 0:
                yield k, n, float(problem.demand[k, n]), units[int(periods.of_class[k])]


def best_of(
    problem: SitingProblem,
    purse: Purse,
    worth: Callable[[Units], float],
    allowed: Callable[[Units], bool] = lambda units: True,
) -> float:
    """The greatest worth of any placement that is allowed; −∞ if there is none."""
    return max((worth(units) for units in all_placements(problem, purse) if allowed(units)), default=-inf)
