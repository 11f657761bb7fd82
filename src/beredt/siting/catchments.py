"""Whose nearest station a place has: the catchments that stations are dimensioned for, and what they ask for.

A **catchment** is all areas with the same nearest station by car. With borders, an area looks only at stations of the
centre that is responsible for it; without, at all of them. What a catchment asks for is worked out, not drawn: calls
per hour of the week from the study's rates and profile, the very numbers that incidents are drawn from; of those who
live there, or of those who are there, as the study says (`demand.weighed_by`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from beredt.demand.intensity import weekly_profile
from beredt.demand.population import people_by_age
from beredt.demand.rates import yearly_incidents
from beredt.demand.weighed_calls import is_weighed_by_presence, weighed_calls
from beredt.errors import SitingError
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES
from beredt.simulation.study_roads import StudyRoads

F8 = NDArray[np.float64]
I4 = NDArray[np.int32]

YEAR_H: Final = 8760.0
WEEK_H: Final = 168


@dataclass(frozen=True, slots=True, eq=False)
class Catchments:
    """Every area's station. S stations, A areas.

    `station_ids`: those that may be somebody's nearest. `of_area`: int32 (A,), place in `station_ids`. `calls_per_h`:
    float64 (S, 3, 168), expected calls by catchment, urgency and hour of the week, Monday 00:00 first.
    """

    station_ids: tuple[str, ...]
    of_area: I4
    calls_per_h: F8


def catchments_of(
    study: Study, service: Service, roads: StudyRoads, stations: Sequence[str], *, borders: bool
) -> Catchments:
    """Give every area of a service its station, and every station what its areas ask for.

    Args:
        study: whose people and period hold.
        service: today's, or an alternative's.
        roads: of the study.
        stations: ids of those that have, or may get, units; at least one.
        borders: whether an area looks only at stations of its own centre; one whose centre has none looks at all.

    Raises:
        SitingError: no station, or a study whose incidents are a trace: it has no rates.
        UnknownIdError: a place that is not in the network.
    """
    if study.trace is not None:
        raise SitingError("the incidents of this study are a trace: dimensioning needs rates (demand.source = 'rates')")
    known = {row.id: row for row in service.stations}
    rows = [known[name] for name in stations]
    if not rows:
        raise SitingError("there is no station that a unit could stand at: open one, or name another")
    trip_s = roads.trip_s(roads.sites("station", rows), roads.areas(service.areas))  # [A, S]
    if borders:
        own = np.array([[area.centre == row.centre for row in rows] for area in service.areas], np.bool_)
        own[~own.any(axis=1)] = True
        trip_s = np.where(own, trip_s, np.inf)
    of_area = trip_s.argmin(axis=1).astype(np.int32)
    return Catchments(tuple(stations), of_area, _calls_per_h(study, service, of_area, len(rows)))


def _calls_per_h(study: Study, service: Service, of_area: I4, stations: int) -> F8:
    if is_weighed_by_presence(study):
        there = np.zeros((stations, len(URGENCIES), WEEK_H))
        np.add.at(there, of_area, weighed_calls(study, service))
        return there
    people = people_by_age(service.areas, study.population, study.age_shares, study.settings.study.year)
    yearly = yearly_incidents(service, people)
    week = weekly_profile(service.profile)
    found = np.zeros((stations, len(URGENCIES), WEEK_H))
    for code in range(len(URGENCIES)):
        of_station = np.bincount(of_area, yearly[:, code], stations)
        found[:, code] = of_station[:, np.newaxis] / YEAR_H * week[code]
    return found
