"""The siting problem of a study: where stations may be, what people need, and how far it is by the study's own roads.

Demand is what incidents are drawn from: rates, people and age by area and urgency, calls a year, parted by the hours of
the study's weekly profile where periods are asked for; people live in their area, or are in that of the hour, as the
study weighs them (`demand.weighed_by`). Travel is by car from door to door with both legs, times the factor for driving
to acute incidents; see :mod:`beredt.siting.study.targets` for targets, and :mod:`beredt.siting.study.sites` for the
places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from beredt.demand.intensity import weekly_profile
from beredt.demand.population import people_by_age
from beredt.demand.rates import yearly_incidents
from beredt.demand.weighed_calls import WEEKS_A_YEAR, is_weighed_by_presence, weighed_calls
from beredt.errors import SitingError
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import Urgency, urgency_code
from beredt.simulation.study_roads import StudyRoads
from beredt.siting.periods import Periods, make_periods
from beredt.siting.problem import NO_LIMIT, BudgetUnit, SitingProblem, make_problem
from beredt.siting.study.borders import Border, Owners, parse_share, permitted_shares
from beredt.siting.study.candidate_file import Candidate
from beredt.siting.study.sites import StudySite, sites_of
from beredt.siting.study.targets import target_s
from beredt.siting.study.week_parts import WEEK_H, WeekPart

F8 = NDArray[np.float64]

Borders = Literal["open", "closed"]
Number = TypeVar("Number", int, float)

WHOLE_WEEK = (WeekPart("all", tuple(range(WEEK_H))),)
"""One part: the same units at all hours."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a problem is made of, besides the study.

    `urgencies`: of the classes of demand. `minutes`: travel that counts as reached, > 0, one number or by urgency;
    where nothing is given the study's targets hold. `parts`: of the week; a class of demand is an urgency in a part.
    `candidates`, `only_candidates`, `lattice_km`: see `study.sites`. `borders`: what cover across any border counts:
    "open", "closed" or a share; `named_borders` those that are otherwise; `border_of`: whose they are. `unit_cost`,
    `opening_cost`, `moving_cost`, `capacity`: of sites for which the file of candidates says nothing. `budget`,
    `budget_unit`: see `problem.SitingProblem`.
    """

    urgencies: tuple[Urgency, ...] = ("A",)
    minutes: float | Mapping[Urgency, float] | None = None
    parts: tuple[WeekPart, ...] = WHOLE_WEEK
    candidates: tuple[Candidate, ...] = ()
    only_candidates: bool = False
    lattice_km: float | None = None
    borders: Borders | float = "open"
    named_borders: tuple[Border, ...] = field(default=())
    border_of: Owners = "centre"
    unit_cost: float = 1.0
    opening_cost: float = 0.0
    moving_cost: float = 0.0
    capacity: int = NO_LIMIT
    budget: float = inf
    budget_unit: BudgetUnit = "units"


@dataclass(frozen=True, slots=True, eq=False)
class StudyProblem:
    """A study asked as a siting problem. `sites`: S of them, in the order of `problem`. `periods`: of its classes."""

    problem: SitingProblem
    sites: tuple[StudySite, ...]
    periods: Periods


def problem_of(study: Study, service: Service, roads: StudyRoads, wish: Wish) -> SitingProblem:
    """The problem alone; see :func:`study_problem`."""
    return study_problem(study, service, roads, wish).problem


def study_problem(study: Study, service: Service, roads: StudyRoads, wish: Wish) -> StudyProblem:
    """Make the problem.

    Args:
        study: whose people, year and targets hold.
        service: today's, or an alternative's.
        roads: of the study, with the candidates of the wish (`study.sites.with_candidates`).
        wish: what is asked for.

    Returns:
        Areas and their order are the service's; classes are the urgencies, or `URGENCY/PART` where the week has parts.

    Raises:
        SitingError: the incidents of the study are a trace, which has no rates.
        OptionError: an urgency has no target, and no minutes are given; or they leave no time to drive; a border of
            nobody; no site.
        UnknownIdError: a place that is not in the network.
    """
    if study.trace is not None:
        raise SitingError("the incidents of this study are a trace: siting needs rates (demand.source = 'rates')")
    classes = [(urgency, number) for number in range(len(wish.parts)) for urgency in wish.urgencies]
    calls = _demand(study, service, [(urgency, 0) for urgency in wish.urgencies], WHOLE_WEEK).sum(axis=0)
    found = sites_of(
        service, roads, calls,
        candidates=wish.candidates, only_candidates=wish.only_candidates, lattice_km=wish.lattice_km,
    )  # fmt: skip
    factor = next(speed.factor for speed in service.speeds if speed.purpose == "A")
    rows = found.rows
    problem = make_problem(
        roads.trip_s(found.places, roads.areas(service.areas)).T * factor,  # [S, A]
        _demand(study, service, classes, wish.parts),
        np.stack([target_s(study, service, u, _minutes(wish, u), wish.parts[n]) for u, n in classes]),
        site_ids=[row.id for row in rows],
        area_ids=[area.id for area in service.areas],
        class_ids=[u if len(wish.parts) == 1 else f"{u}/{wish.parts[n].id}" for u, n in classes],
        locked=[row.locked for row in rows],
        existing=[row.existing for row in rows],
        capacity=[_given(row.capacity, wish.capacity) for row in rows],
        permitted=permitted_shares(
            [getattr(row, wish.border_of) for row in rows],
            service.areas,
            wish.border_of,
            parse_share("--borders", str(wish.borders)),
            wish.named_borders,
        ),
        unit_cost=[_given(row.unit_cost, wish.unit_cost) for row in rows],
        opening_cost=[_given(row.opening_cost, wish.opening_cost) for row in rows],
        moving_cost=[_given(row.moving_cost, wish.moving_cost) for row in rows],
        budget=wish.budget,
        budget_unit=wish.budget_unit,
    )
    hours = [part.hours_per_year for part in wish.parts]
    periods = make_periods(problem, [part.id for part in wish.parts], [number for _, number in classes], hours)
    return StudyProblem(problem, rows, periods)


def _demand(study: Study, service: Service, classes: Sequence[tuple[Urgency, int]], parts: Sequence[WeekPart]) -> F8:
    """Calls a year by class – an urgency in the hours of a part – and area, float64 (K, A)."""
    if is_weighed_by_presence(study):
        there = weighed_calls(study, service) * WEEKS_A_YEAR
        return np.stack([there[:, urgency_code(u), list(parts[n].hours)].sum(axis=1) for u, n in classes])
    people = people_by_age(service.areas, study.population, study.age_shares, study.settings.study.year)
    yearly = yearly_incidents(service, people)
    return np.stack([yearly[:, urgency_code(u)] * _share_of_week(service, u, parts[n]) for u, n in classes])


def _share_of_week(service: Service, urgency: Urgency, part: WeekPart) -> float:
    """The share of the calls of an urgency that come in the hours of a part."""
    week = weekly_profile(service.profile)[urgency_code(urgency)]
    return 1.0 if len(part.hours) == WEEK_H else float(week[list(part.hours)].sum() / week.sum())


def _minutes(wish: Wish, urgency: Urgency) -> float | None:
    if wish.minutes is None or isinstance(wish.minutes, float | int):
        return wish.minutes
    return wish.minutes.get(urgency)


def _given(value: Number | None, otherwise: Number) -> Number:
    return otherwise if value is None else value
