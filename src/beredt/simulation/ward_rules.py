"""Places at the hospitals of a service as arrays, and the patients of a replication who need them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from beredt.demand.generate import GeneratedCalls
from beredt.demand.philox import uniform_rows
from beredt.demand.purposes import PLACE_BLOCK
from beredt.demand.special import ndtri
from beredt.dispatch.world import F8, I1, I4, NO_END, Wards
from beredt.model.service import Service
from beredt.model.week_hours import WEEK_HOURS, week_hours
from beredt.simulation.study_roads import StudyRoads
from beredt.simulation.task_rules import urgency_mask

HOUR_S = 3600
NO_HOSPITAL = -1


class WardRules(NamedTuple):
    """H hospitals, numbered as in the service."""

    node: I4  # [H]
    leg: F8  # [H]
    places: I4  # [H, 168] `NO_END` where nobody counts
    stay_s: F8  # [H, 168] median, by the hour of the call
    stay_sigma: F8  # [H, 168]
    by_pass_to: I4  # [H]
    by_pass_from: I4  # [H]
    by_passed: I1  # [H]
    first_hour: int  # of the week, at simulated time 0


def plan_wards(service: Service, roads: StudyRoads, first_hour: int) -> WardRules | None:
    """Make the places of a service ready; None where no hospital has any that are counted.

    Args:
        service: today's, or an alternative's.
        roads: with a place for every hospital.
        first_hour: of the week, at simulated time 0.
    """
    if not service.hospital_places:
        return None
    number = {hospital.id: n for n, hospital in enumerate(service.hospitals)}
    at = roads.sites("hospital", service.hospitals)
    places = np.full((len(number), WEEK_HOURS), NO_END, np.int32)
    stay_s, sigma = np.zeros((len(number), WEEK_HOURS)), np.zeros((len(number), WEEK_HOURS))
    for row in reversed(service.hospital_places):  # the first row of an hour holds, and of a hospital for other hours
        h, hours = number[row.hospital], list(week_hours(row.weekdays, row.start_s, row.end_s))
        others = places[h] == NO_END
        stay_s[h, others], sigma[h, others] = row.stay_s, row.stay_sigma
        places[h, hours], stay_s[h, hours], sigma[h, hours] = row.places, row.stay_s, row.stay_sigma
    to, waiting = np.full(len(number), NO_HOSPITAL, np.int32), np.zeros(len(number), np.int32)
    mask = np.zeros(len(number), np.int8)
    for rule in service.by_passes:
        h = number[rule.hospital]
        to[h], waiting[h], mask[h] = number[rule.instead], rule.waiting, urgency_mask(rule.urgencies)
    return WardRules(at.node, at.leg, places, stay_s, sigma, to, waiting, mask, first_hour)


def pack_wards(rules: WardRules, calls: GeneratedCalls, hospital: I4) -> Wards:
    """The patients of a replication at hospitals.

    Args:
        rules: of the service.
        calls: those that a unit is sent to, one for each incident.
        hospital: [n] where each patient is taken, -1 for nowhere or home.
    """
    block = range(PLACE_BLOCK, PLACE_BLOCK + 1)
    score = ndtri(uniform_rows(calls.seed, calls.replication, calls.stratum, calls.k.astype(np.int64), block)[0])
    hour = (rules.first_hour + np.floor_divide(calls.call_t, HOUR_S).astype(np.int64)) % WEEK_HOURS
    h = np.maximum(hospital, 0)
    stay_s = rules.stay_s[h, hour] * np.exp(rules.stay_sigma[h, hour] * score)
    counted = np.any(rules.places < NO_END, axis=1)
    return Wards(
        node=rules.node,
        leg=rules.leg,
        places=rules.places,
        by_pass_to=rules.by_pass_to,
        by_pass_from=rules.by_pass_from,
        by_passed=rules.by_passed,
        hospital=np.where((hospital >= 0) & np.take(counted, h), hospital, NO_HOSPITAL).astype(np.int32),
        stay_s=np.rint(stay_s * 1000.0) / 1000.0,
    )
