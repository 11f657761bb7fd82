"""A model of stations asked for its best answer, the k best, and what all good ones share."""

from __future__ import annotations

from beredt.errors import OptionError
from beredt.siting.ask_model import Asked
from beredt.siting.core_models import CORE_MODELS
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Limits, Program, Progress, Stop
from beredt.siting.several_answers import best_site_sets, site_set_ranges


def ask_core(
    name: str,
    problem: SitingProblem,
    stations: int | None,
    *,
    k: int = 1,
    within: float | None = None,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Asked:
    """Ask a model of stations.

    Args:
        name: of `core_models.CORE_MODELS`.
        problem: the problem.
        stations: p, or None where the budget or the model decides.
        k: how many of the best sets of stations, 1 or more.
        within: share of the best objective within which answers count as near it, or None.
        limits: for each of these questions.
        progress, stop: see :func:`beredt.siting.program.solve`.

    Raises:
        OptionError: the model is not one programme and more than its answer was asked for, or nothing limits it.
        SitingError: there is no answer.
    """
    model = CORE_MODELS[name]
    answer = model.solve(problem, stations, limits, progress, stop)
    if k == 1 and within is None:
        return Asked(answer)
    if model.build is None:
        raise OptionError("--k", name, "this model solves several programmes", "ask for its one answer, without --k")
    program: Program = model.build(problem, stations)
    several = tuple(best_site_sets(name, program, problem, k, limits, progress, stop)) if k > 1 else ()
    ranges = site_set_ranges(name, program, problem, within, limits, stop) if within is not None else None
    return Asked(answer, several, ranges)
