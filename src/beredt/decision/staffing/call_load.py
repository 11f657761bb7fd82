"""Calls to 113 of every hour of the week, by centre: those of the study's areas, and those of the people outside it.

Acute and urgent incidents come with so many calls each; ordinary missions are ordered, and not over 113. People whom a
centre serves outside the study are taken to call as often as those of its own areas in the study call today, at the
same hours.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from beredt.decision.staffing.hours import YEAR_H
from beredt.decision.staffing.people_served import CENTRE, people_outside
from beredt.demand.intensity import WEEK_HOURS, weekly_profile
from beredt.demand.population import people_by_age
from beredt.demand.rates import yearly_incidents
from beredt.demand.weighed_calls import is_weighed_by_presence, weighed_calls
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import urgency_code

F8 = NDArray[np.float64]
CALLED = ("A", "H")


def incidents_by_hour(study: Study, service: Service) -> dict[str, F8]:
    """Acute and urgent incidents an hour in each hour of the week, (168,) from Monday 00:00, by centre.

    Args:
        study: of rates, with a population in its year.
        service: today's, or an alternative's after its edits; which areas a centre has is read from it.
    """
    inside = _inside(study, service)
    outside = people_outside(study.decision.get("people_outside"))
    per_person = _per_person(study)
    return {
        one.id: inside[one.id] + outside.get((CENTRE, one.id), 0.0) * per_person.get(one.id, np.zeros(WEEK_HOURS))
        for one in service.centres
    }


def _inside(study: Study, service: Service) -> dict[str, F8]:
    centre = np.array([area.centre for area in service.areas])
    codes = [urgency_code(urgency) for urgency in CALLED]
    if is_weighed_by_presence(study):
        there = weighed_calls(study, service)[:, codes].sum(axis=1)
        return {one.id: there[centre == one.id].sum(axis=0) for one in service.centres}
    people = people_by_age(service.areas, study.population, study.age_shares, study.settings.study.year)
    yearly = yearly_incidents(service, people)
    week = weekly_profile(service.profile)
    return {
        one.id: np.asarray(yearly[centre == one.id][:, codes].sum(axis=0) @ week[codes] / YEAR_H)
        for one in service.centres
    }


def _per_person(study: Study) -> Mapping[str, F8]:
    """The same per person of each centre's areas today."""
    service = study.service
    people = people_by_age(service.areas, study.population, study.age_shares, study.settings.study.year).sum(axis=1)
    centre = np.array([area.centre for area in service.areas])
    counts = {one.id: float(people[centre == one.id].sum()) for one in service.centres}
    return {one: hours / counts[one] for one, hours in _inside(study, service).items() if counts[one] > 0.0}
