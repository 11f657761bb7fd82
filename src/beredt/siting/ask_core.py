"""A model of stations asked for its best answer, the k best, what all good ones share, and a trade-off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from beredt.errors import OptionError
from beredt.siting.ask_model import Asked, trade_criteria
from beredt.siting.core_models import CORE_MODELS
from beredt.siting.criteria import build_criteria
from beredt.siting.model_settings import ModelSettings
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Limits, Progress, Stop

_DEFAULT = ModelSettings()


def ask_core(
    name: str,
    problem: SitingProblem,
    purse: Purse,
    settings: ModelSettings = _DEFAULT,
    *,
    k: int = 1,
    within: float | None = None,
    criteria: tuple[str, str] | None = None,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Asked:
    """Ask a model of stations. A station holds one unit there, whatever its capacity.

    Args:
        name: of `core_models.CORE_MODELS`.
        problem: the problem.
        purse: the number of sites; None where the budget or the model decides.
        settings: of the criteria of a trade-off; the models themselves have none.
        k: how many of the best sets of stations, 1 or more.
        within: share of the best objective within which answers count as near it, or None.
        criteria: two names of `beredt.siting.criteria.CRITERIA`, or None.
        limits: for each of these questions.
        progress, stop: see :func:`beredt.siting.program.solve`.

    Raises:
        OptionError: units, or periods in which they would differ, were given to a model that knows stations only; or
            nothing limits the stations.
        SitingError: there is no answer.
    """
    check_purse(name, purse.units, () if purse.periods is None else purse.periods.period_ids)
    model, stations = CORE_MODELS[name], purse.sites
    answer = model.solve(problem, stations, limits, progress, stop)
    several = tuple(model.k_best(problem, stations, k, limits, progress, stop)) if k > 1 else ()
    ranges = model.ranges(problem, stations, within, limits, stop) if within is not None else None
    traded = None
    if criteria is not None:
        one_each = replace(problem, capacity=np.minimum(problem.capacity, 1))
        traded = trade_criteria(build_criteria(one_each, Purse(sites=stations), settings, criteria), limits, stop)
    return Asked(answer, several, ranges, traded)


def check_purse(name: str, units: int | None, parts: Sequence[str]) -> None:
    """Refuse what a model of stations knows nothing of.

    Args:
        name: of the model.
        units: the most of them, None where nobody says.
        parts: ids of the parts of the week.

    Raises:
        OptionError: units, or several parts of the week.
    """
    if units is not None:
        raise OptionError(
            "--units", str(units), f"{name} places stations, and knows of no units", "give --stations instead"
        )
    if len(parts) > 1:
        raise OptionError(
            "--periods", ",".join(parts),
            f"a station of {name} is open all week, so that parts of the week change nothing",
            "leave them out, or ask a model of units: mexclp with --busy 0 is maximal covering with units by part",
        )  # fmt: skip
