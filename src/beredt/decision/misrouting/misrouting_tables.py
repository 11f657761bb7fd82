"""Result tables on misrouted calls: who lives near a border, how many calls may go astray, which masts answer.

None of this enters the simulation or the gate, unless the study says `effect = "simulated"`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl

from beredt.decision.frames import Cell, result_frame
from beredt.decision.group_measures import F8
from beredt.decision.misrouting.expected_calls import expected_calls
from beredt.decision.misrouting.masts import centres_that_answer, count_answers
from beredt.decision.misrouting.misrouted_calls import misrouted_calls
from beredt.decision.misrouting.near_centres import distance_to_centres_km, nearest_other_km
from beredt.decision.near_border import share_within
from beredt.demand.population import people_by_area
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import urgency_code


def misrouting_tables(study: Study, services: Mapping[str, Service]) -> dict[str, pl.DataFrame]:
    """Tables `misrouting`, `misrouting_near` and `misrouting_masts`.

    Args:
        study: its year, population, rates and masts.
        services: finished service by alternative id, today first; only its centres and areas are looked at.

    Raises:
        StudyError: population, rates or age shares that the study lacks.
    """
    calls = expected_calls(study)
    rows: list[Mapping[str, Cell]] = []
    near: list[Mapping[str, Cell]] = []
    masts: list[Mapping[str, Cell]] = []
    people = _people(study)
    for alternative, service in services.items():
        distances = distance_to_centres_km(study, service)
        limits = study.settings.misrouting.near_km
        for (here, there), distance_km in distances.items():
            for km in sorted(set(limits)):
                within = share_within(distance_km, service.areas, km)
                near.append(
                    {
                        "alternative": alternative,
                        "centre": here,
                        "other": there,
                        "km": float(km),
                        "people": float(people @ within),
                        "calls": float(calls.sum(axis=1) @ within),
                    }
                )
        in_band = share_within(nearest_other_km(distances, len(people)), service.areas, service.misrouting.band_km)
        rows.append({"alternative": alternative, **_misrouted(study, service, calls, in_band)})
        masts += _mast_rows(study, alternative, service, people, calls.sum(axis=1))
    return {
        "misrouting": result_frame("misrouting", rows),
        "misrouting_near": result_frame("misrouting_near", near),
        "misrouting_masts": result_frame("misrouting_masts", masts),
    }


def _people(study: Study) -> F8:
    """People of every area in the study's year; none in a study that tells of no population, as of a call trace."""
    if study.population.is_empty():
        return np.zeros(len(study.service.areas))
    return people_by_area(study.service.areas, study.population, study.settings.study.year)


def _misrouted(study: Study, service: Service, calls: F8, in_band: F8) -> dict[str, Cell]:
    rule, shares = service.misrouting, study.settings.misrouting.share_range()
    near_calls = float(calls.sum(axis=1) @ in_band)
    acute = float(calls[:, urgency_code("A")] @ in_band)
    found = misrouted_calls(near_calls, shares, (rule.delay_min_s, rule.delay_max_s))
    return {
        "near_calls": near_calls,
        "share_low": shares[0],
        "share_high": shares[1],
        "calls_low": found.calls_low,
        "calls_high": found.calls_high,
        "acute_high": acute * shares[1],
        "delay_low_s": rule.delay_min_s,
        "delay_high_s": rule.delay_max_s,
        "lost_low_h": found.lost_low_h,
        "lost_high_h": found.lost_high_h,
        "simulated": rule.simulated,
    }


def _mast_rows(study: Study, alternative: str, service: Service, people: F8, calls: F8) -> Iterator[Mapping[str, Cell]]:
    masts = study.decision["masts"]
    if masts.is_empty():
        return
    answers = centres_that_answer(service, masts)
    rung = count_answers(service, answers, calls)
    for (centre, answer), count in sorted(count_answers(service, answers, people).items()):
        yield {
            "alternative": alternative,
            "centre": centre,
            "answers": answer,
            "people": count,
            "calls": rung[centre, answer],
        }
