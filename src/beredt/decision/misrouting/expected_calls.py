"""Calls that a year is expected to bring to every area, without those that no mast can send astray."""

from __future__ import annotations

import numpy as np

from beredt.decision.group_measures import F8
from beredt.demand.population import people_by_age
from beredt.demand.rates import yearly_incidents
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES, urgency_code


def expected_calls(study: Study) -> F8:
    """Expected calls of the study's year by area and urgency, [areas, 3].

    Transfers between hospitals and homes are left out: hospitals know their centre. In a study of a call trace they
    are the calls of the trace, scaled to a year; those that lie in no area are left out.

    Raises:
        StudyError: population, rates or age shares that the study lacks.
    """
    calls = _of_trace(study) if study.trace is not None else _of_rates(study)
    rung: F8 = calls * (1.0 - _transfers(study))
    return rung


def _of_rates(study: Study) -> F8:
    service = study.service
    people = people_by_age(service.areas, study.population, study.age_shares, study.settings.study.year)
    return yearly_incidents(service, people)


def _of_trace(study: Study) -> F8:
    calls = np.zeros((len(study.service.areas), len(URGENCIES)))
    place = {area.id: number for number, area in enumerate(study.service.areas)}
    trace = study.trace
    if trace is None or "area" not in trace.columns:
        return calls
    for area, urgency in trace.select("area", "urgency").iter_rows():
        if area in place:
            calls[place[area], urgency_code(urgency)] += 1.0
    return calls * (365.0 / study.settings.simulation.days)


def _transfers(study: Study) -> F8:
    """Share of the calls of an urgency that start at a hospital, [3]."""
    shares = np.zeros(len(URGENCIES))
    for need in study.service.needs:
        shares[urgency_code(need.urgency)] = need.hospital_origin_share
    return shares
