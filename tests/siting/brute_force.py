"""The slow and obvious twins of the models of stations: every set of sites is tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from math import inf

from beredt.siting.problem import SitingProblem


def site_sets(problem: SitingProblem, most: int | None) -> Iterator[tuple[int, ...]]:
    """All sets of sites that locks, number and budget allow."""
    for size in range(1, problem.sites + 1):
        if most is not None and size > most:
            return
        for chosen in combinations(range(problem.sites), size):
            if any(problem.locked[s] == 1 and s not in chosen for s in range(problem.sites)):
                continue
            if any(problem.locked[s] == -1 or problem.capacity[s] == 0 for s in chosen):
                continue
            if _spent(problem, chosen) <= problem.budget + 1e-9:
                yield chosen


def _spent(problem: SitingProblem, chosen: tuple[int, ...]) -> float:
    total = 0.0
    for s in range(problem.sites):
        if s in chosen:
            total += problem.unit_cost[s] + (0.0 if problem.existing[s] else problem.opening_cost[s])
        elif problem.existing[s]:
            total += problem.moving_cost[s]
    return total


def covered(problem: SitingProblem, chosen: tuple[int, ...]) -> float:
    """Calls within their target, over priced borders in part."""
    total = 0.0
    for k in range(problem.classes):
        for n in range(problem.areas):
            shares = [
                float(problem.permitted[s, n]) for s in chosen if problem.travel_s[s, n] <= problem.target_s[k, n]
            ]
            total += float(problem.demand[k, n]) * max(shares, default=0.0)
    return total


def travelled(problem: SitingProblem, chosen: tuple[int, ...]) -> float:
    """Calls times the drive to them; infinite where somebody with demand cannot be served."""
    return sum(
        float(problem.demand[:, n].sum()) * _nearest(problem, chosen, n)
        for n in range(problem.areas)
        if problem.demand[:, n].sum() > 0.0
    )


def longest(problem: SitingProblem, chosen: tuple[int, ...]) -> float:
    """The longest drive to anybody with demand."""
    return max(_nearest(problem, chosen, n) for n in range(problem.areas) if problem.demand[:, n].sum() > 0.0)


def covers_all(problem: SitingProblem, chosen: tuple[int, ...]) -> bool:
    """Whether whoever can be covered is."""
    open_to = [s for s in range(problem.sites) if problem.locked[s] != -1 and problem.capacity[s] > 0]
    for k in range(problem.classes):
        for n in range(problem.areas):
            reach = [
                s for s in open_to if problem.travel_s[s, n] <= problem.target_s[k, n] and problem.permitted[s, n] > 0.0
            ]
            if problem.demand[k, n] > 0.0 and reach and not set(reach) & set(chosen):
                return False
    return True


def best(
    problem: SitingProblem,
    most: int | None,
    value: Callable[[SitingProblem, tuple[int, ...]], float],
    *,
    largest: bool = False,
) -> float:
    """The best value of all sets; infinite of the worse kind where there is none."""
    values = [value(problem, chosen) for chosen in site_sets(problem, most)]
    return max(values, default=-inf) if largest else min(values, default=inf)


def _nearest(problem: SitingProblem, chosen: tuple[int, ...], n: int) -> float:
    return min(
        (float(problem.travel_s[s, n]) / float(problem.permitted[s, n]) for s in chosen if problem.permitted[s, n] > 0),
        default=inf,
    )
