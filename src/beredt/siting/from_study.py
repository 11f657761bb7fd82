"""The siting problem of a study: where stations may be, what people need, and how far it is by the study's own roads.

Demand is what incidents are drawn from: rates, people and age by area and urgency, calls a year. Travel is by car from
door to door with both legs, times the factor for driving to acute incidents. A target counts from the call, so handling
and mobilisation, at their medians, are taken off it; what is left is for the drive. For another urgency, whose factor
differs, the target is changed instead of the travel: driving t·f_H within T is driving t·f_A within T·f_A/f_H.

Candidates besides the stations and standby points of the service stand in the middle of areas, where a lattice of
squares has its busiest one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, inf, radians
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from beredt.demand.population import people_by_age
from beredt.demand.rates import yearly_incidents
from beredt.errors import OptionError, SitingError
from beredt.model.area import Area
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import Urgency, urgency_code
from beredt.simulation.study_roads import Places, StudyRoads
from beredt.siting.problem import BudgetUnit, SitingProblem, make_problem

F8 = NDArray[np.float64]
B = NDArray[np.bool_]

KM_PER_DEGREE = 111.195
"""One degree of latitude on a sphere of 6,371 km."""

Borders = Literal["open", "closed"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a problem is made of, besides the study.

    `urgencies`: classes of demand. `minutes`: travel that counts as reached, > 0, None for the study's targets.
    `lattice_km`: > 0, side of the squares of which each gets a candidate in its busiest area, None for none. `borders`:
    "closed": a site serves only areas of its own centre; a share: what cover across that border counts.
    `unit_cost`, `opening_cost`, `moving_cost`, `budget`, `budget_unit`: see `problem.SitingProblem`.
    """

    urgencies: tuple[Urgency, ...] = ("A",)
    minutes: float | None = None
    lattice_km: float | None = None
    borders: Borders | float = "open"
    unit_cost: float = 1.0
    opening_cost: float = 0.0
    moving_cost: float = 0.0
    budget: float = inf
    budget_unit: BudgetUnit = "units"


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    site_id: str
    centre: str
    existing: bool
    places: Places


def problem_of(study: Study, service: Service, roads: StudyRoads, wish: Wish) -> SitingProblem:
    """Make the problem.

    Args:
        study: whose people, year and targets hold.
        service: today's, or an alternative's.
        roads: of the study.
        wish: what is asked for.

    Returns:
        Sites: stations as `ID` (those that have a unit are of today), standby points as `standby:ID`, the lattice's as
        `area:ID`. Areas and their order are the service's; classes are the urgencies.

    Raises:
        SitingError: the incidents of the study are a trace, which has no rates.
        OptionError: an urgency has no target, and no minutes are given; or they leave no time to drive.
        UnknownIdError: a place that is not in the network.
    """
    if study.trace is not None:
        raise SitingError("the incidents of this study are a trace: siting needs rates (demand.source = 'rates')")
    people = people_by_age(service.areas, study.population, study.age_shares, study.settings.study.year)
    yearly = yearly_incidents(service, people)
    demand = np.stack([yearly[:, urgency_code(urgency)] for urgency in wish.urgencies])
    candidates = _candidates(service, roads, demand.sum(axis=0), wish.lattice_km)
    factor = {speed.purpose: speed.factor for speed in service.speeds}
    node = np.concatenate([each.places.node for each in candidates]).astype(np.int32)
    leg = np.concatenate([each.places.leg for each in candidates])
    drive_s = roads.trip_s(Places(node, leg), roads.areas(service.areas)).T * factor["A"]  # [S, A]
    return make_problem(
        drive_s,
        demand,
        np.stack([_target_s(study, service, urgency, wish.minutes, factor) for urgency in wish.urgencies]),
        site_ids=[each.site_id for each in candidates],
        area_ids=[area.id for area in service.areas],
        class_ids=list(wish.urgencies),
        existing=[each.existing for each in candidates],
        permitted=_permitted(candidates, service.areas, wish.borders),
        unit_cost=wish.unit_cost,
        opening_cost=wish.opening_cost,
        moving_cost=wish.moving_cost,
        budget=wish.budget,
        budget_unit=wish.budget_unit,
    )


def busiest_of_squares(areas: Sequence[Area], calls: F8, side_km: float) -> list[int]:
    """The area with most calls in each square of a lattice, by number of the area.

    Squares are counted from the south-western corner of the areas, in kilometres on a plane that touches the middle.

    Args:
        areas: with places in degrees.
        calls: [areas] a year.
        side_km: of the squares, above 0.

    Returns:
        Numbers of areas with calls, ascending.
    """
    lat, lon = np.array([area.lat for area in areas]), np.array([area.lon for area in areas])
    north = (lat - lat.min()) * KM_PER_DEGREE
    east = (lon - lon.min()) * KM_PER_DEGREE * cos(radians(float(lat.mean())))
    square = np.stack([np.floor(north / side_km), np.floor(east / side_km)], axis=1).astype(np.int64)
    busiest: dict[tuple[int, ...], int] = {}
    for number in range(len(areas)):
        key = tuple(int(part) for part in square[number])
        if calls[number] > 0.0 and (key not in busiest or calls[number] > calls[busiest[key]]):
            busiest[key] = number
    return sorted(busiest.values())


def _candidates(service: Service, roads: StudyRoads, calls: F8, lattice_km: float | None) -> list[_Candidate]:
    staffed = {unit.station for unit in service.units}
    found = [
        _Candidate(row.id, row.centre, row.id in staffed, roads.sites("station", [row])) for row in service.stations
    ]
    found += [
        _Candidate(f"standby:{row.id}", row.centre, False, roads.sites("standby", [row]))
        for row in service.standby_points
    ]
    if lattice_km is not None:
        if not lattice_km > 0.0:
            raise OptionError("--lattice-km", str(lattice_km), "squares have a side", "give kilometres above 0")
        for number in busiest_of_squares(service.areas, calls, lattice_km):
            area = service.areas[number]
            found.append(_Candidate(f"area:{area.id}", area.centre, False, roads.areas([area])))
    if not found:
        raise OptionError("--lattice-km", "not given", "the study has no station", "give a lattice of candidates")
    return found


def _target_s(study: Study, service: Service, urgency: Urgency, minutes: float | None, factor: dict[str, float]) -> F8:
    """Seconds of acute driving that are left for each area: [areas]."""
    pace = factor["A"] / factor[urgency]
    if minutes is not None:
        if not minutes > 0.0:
            raise OptionError("--minutes", str(minutes), "nobody is there at once", "give minutes above 0")
        return np.full(len(service.areas), 60.0 * minutes)
    wanted = {row.where: 60.0 * row.minutes for row in study.settings.targets if row.urgency == urgency}
    if not {"urban", "rural"} <= wanted.keys():
        raise OptionError(
            "--urgency", urgency, "the study has no targets for it, urban and rural", "give --minutes of driving"
        )
    before = sum(
        row.median_s
        for row in service.intervals
        if row.urgency == urgency and row.interval in ("handling", "mobilisation")
    )
    # As the reports count: what a municipality is holds for all its areas.
    urban = {row.id: row.urban for row in service.municipalities}
    left = np.array([wanted["urban" if urban[area.municipality] else "rural"] for area in service.areas]) - before
    if not (left > 0.0).all():
        raise OptionError(
            "--urgency", urgency, f"handling and mobilisation alone take {before:.0f} s", "give --minutes of driving"
        )
    return np.asarray(left * pace)


def _permitted(candidates: Sequence[_Candidate], areas: Sequence[Area], borders: Borders | float) -> F8 | float:
    if borders == "open":
        return 1.0
    share = 0.0 if borders == "closed" else float(borders)
    own = np.array([[area.centre == each.centre for area in areas] for each in candidates], np.bool_)
    return np.where(own, 1.0, share)
