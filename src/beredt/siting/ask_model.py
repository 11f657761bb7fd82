"""All that a planner wants to know of a model: the best, the k best, what all good ones share, the trade-off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from beredt.siting.answer import SitingAnswer
from beredt.siting.covering_model import chosen_sites
from beredt.siting.criteria import CriteriaModel, build_criteria
from beredt.siting.k_best import Range
from beredt.siting.model_settings import ModelSettings
from beredt.siting.named_models import OTHER_ORDER, several_of, solve_named
from beredt.siting.placement import Purse
from beredt.siting.problem import SitingProblem
from beredt.siting.program import NO_LIMITS, Limits, Progress, Stop
from beredt.siting.several_answers import best_answers, site_ranges
from beredt.siting.trade_off import Front, trade_off


@dataclass(frozen=True, slots=True, eq=False)
class TradeOff:
    """A front told in sites. `names`: of the two criteria. `front`: its points. `chosen`: for each point the open sites
    with their units.
    """

    names: tuple[str, str]
    front: Front
    chosen: tuple[Mapping[str, int], ...]

    def as_json(self) -> dict[str, Any]:
        """What ``beredt site --json`` prints."""
        first, second = self.names
        return {
            "criteria": [first, second],
            "exact": self.front.exact,
            "step": self.front.step,
            "points": [
                {first: point.first, second: point.second, "proved": point.proved, "units": dict(chosen)}
                for point, chosen in zip(self.front.points, self.chosen, strict=True)
            ],
        }


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What a model answered.

    `answer`: the best. `several`: the k best, the best first; empty if nobody asked. `ranges`: by site, whether it is
    open in all, some or none of the near-optimal placements; empty if nobody asked. `trade_off`: None if nobody asked.
    """

    answer: SitingAnswer
    several: tuple[SitingAnswer, ...] = ()
    ranges: Mapping[str, Range] | None = None
    trade_off: TradeOff | None = None

    def as_json(self) -> dict[str, Any]:
        """The best answer, with what else was asked for under names of its own."""
        found = self.answer.as_json()
        if self.several:
            found["k_best"] = [answer.as_json() for answer in self.several]
        if self.ranges is not None:
            found["near_optimal"] = dict(self.ranges)
        if self.trade_off is not None:
            found["trade_off"] = self.trade_off.as_json()
        return found


def ask_model(
    name: str,
    problem: SitingProblem,
    purse: Purse,
    settings: ModelSettings,
    *,
    k: int = 1,
    within: float | None = None,
    criteria: tuple[str, str] | None = None,
    limits: Limits = NO_LIMITS,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Asked:
    """Ask a model of availability.

    Args:
        name: of `beredt.siting.named_models.NAMED_MODELS`.
        problem: the problem.
        purse: what limits units and sites.
        settings: of the model.
        k: how many of the best placements, 1 or more.
        within: share of the best objective within which placements count as near it, or None.
        criteria: two names of `beredt.siting.criteria.CRITERIA`, or None.
        limits: for each of these questions.
        progress, stop: see :func:`beredt.siting.program.solve`.

    Raises:
        OptionError: there is no such model or criterion.
        OutOfRangeError: a setting is outside its range.
        SitingError: there is no answer.
    """
    answer = solve_named(name, problem, purse, settings, limits, progress, stop)
    several: tuple[SitingAnswer, ...] = ()
    ranges: Mapping[str, Range] | None = None
    if k > 1 or within is not None:
        model, solver = several_of(name, problem, purse, settings, limits, progress, stop)
        known = None if name in OTHER_ORDER else answer
        if k > 1:
            several = tuple(best_answers(model, k, limits, progress, stop, solver=solver, first=known))
        if within is not None:
            ranges = site_ranges(model, within, limits, stop, solver, known)
    traded = None
    if criteria is not None:
        traded = trade_criteria(build_criteria(problem, purse, settings, criteria), limits, stop)
    return Asked(answer, several, ranges, traded)


def trade_criteria(model: CriteriaModel, limits: Limits = NO_LIMITS, stop: Stop | None = None) -> TradeOff:
    """The front of a model's first two criteria, told in sites."""
    first, second = model.criteria[:2]
    front = trade_off(model.program, first, second, limits=limits, stop=stop)
    placement = model.placement
    chosen = tuple(chosen_sites(placement, placement.units_of(point.x)) for point in front.points)
    return TradeOff((first.name, second.name), front, chosen)
