"""Incidents that a year is expected to bring to each area: a level per resident, shaped by age.

The level is an input per rate region and urgency. Age moves incidents between the areas of a region towards those
where the old live, and never changes the region's total. What a log tells of single areas (`area_factors`) comes on
top.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from beredt.demand.population import AGE_BANDS
from beredt.errors import StudyError
from beredt.model.issue import Issue
from beredt.model.rate import Rate
from beredt.model.service import Service
from beredt.model.urgency import URGENCIES, urgency_code

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]


def yearly_incidents(service: Service, people: F8) -> F8:
    """Expected incidents of a year by area and urgency.

    Args:
        service: Whose areas, rates and age rates hold.
        people: [areas, 10] people by age band, as from `population.people_by_age`.

    Returns:
        float64[areas, 3] incidents a year, in the order acute, urgent, ordinary.

    Raises:
        StudyError: A rate region of an area without a rate for each urgency, or age rates that are all 0.
    """
    regions = sorted({area.rate_region for area in service.areas})
    number = {region: i for i, region in enumerate(regions)}
    by_rate = shaped_by_age(
        _levels(regions, service.rates),
        np.array([number[area.rate_region] for area in service.areas], np.int64),
        people,
        relative_need(service),
        np.array([area.need_factor for area in service.areas]),
    )
    return by_rate * area_factors(service)[0] if service.area_factors else by_rate


def area_factors(service: Service) -> tuple[F8, F8]:
    """Factors on the incidents of areas, and their relative spreads, float64[areas, 3] each; 1 and 0 where none is."""
    place = {area.id: number for number, area in enumerate(service.areas)}
    factor = np.ones((len(place), len(URGENCIES)))
    spread = np.zeros_like(factor)
    for row in service.area_factors:
        cell = place[row.area], urgency_code(row.urgency)
        factor[cell], spread[cell] = row.factor, row.relative_sd
    return factor, spread


def shaped_by_age(per_1000: F8, region: I8, people: F8, relative: F8, need_factor: F8) -> F8:
    """Spread the incidents of rate regions over their areas.

    With p the people of area a by age band b, r the relative need of a band, and R the areas of a's region:

        incidents[a, u] = per_1000[R, u] / 1000 · (Σ_R p) · (Σ_b p[a, b]·r[b]) / (Σ_R Σ_b p·r) · need_factor[a]

    so that a region's total is per_1000 / 1000 times its people wherever the need factor is 1. In a region where only
    bands without any need live, need is spread by people alone, so that the total holds there too.

    Args:
        per_1000: [regions, 3] incidents per 1,000 residents and year.
        region: [areas] row of `per_1000` of each area.
        people: [areas, bands] people.
        relative: [bands] need per person relative to the others, at least 0.
        need_factor: [areas] at least 0; 1 changes nothing.

    Returns:
        float64[areas, 3] incidents a year. A region without people has none.
    """
    regions = len(per_1000)
    everyone, weight = people.sum(axis=1), people @ relative
    people_of = np.bincount(region, everyone, regions)
    weight = np.where(np.bincount(region, weight, regions)[region] > 0.0, weight, everyone)
    weight_of = np.bincount(region, weight, regions)
    need_of_one = np.divide(people_of, weight_of, out=np.zeros(regions), where=weight_of > 0.0)
    result: F8 = per_1000[region] / 1000.0 * (weight * need_of_one[region] * need_factor)[:, np.newaxis]
    return result


def _levels(regions: Sequence[str], rates: Sequence[Rate]) -> F8:
    """Incidents per 1,000 residents and year, [regions, 3]."""
    table = {(rate.rate_region, rate.urgency): rate.per_1000 for rate in rates}
    missing = [(r, u) for r in regions for u in URGENCIES if (r, u) not in table]
    if missing:
        region, urgency = missing[0]
        message = f"no rate for urgency {urgency} in rate region {region}"
        issue = Issue("rates", None, "rate_region", region, len(missing), message, "add a row; 0 is a rate")
        raise StudyError([issue])
    levels = np.zeros((len(regions), len(URGENCIES)))
    for i, region in enumerate(regions):
        for urgency in URGENCIES:
            levels[i, urgency_code(urgency)] = table[region, urgency]
    return levels


def relative_need(service: Service) -> F8:
    """Relative need, float64[10], in the order of `AGE_BANDS`; a band that the table leaves out has none.

    Raises StudyError where no band has any.
    """
    relative = np.zeros(len(AGE_BANDS))
    for row in service.age_rates:
        relative[AGE_BANDS.index(row.age_band)] = row.relative
    if not relative.any():
        remedy = "give each age band its need per person; 1 for all of them means that age plays no part"
        raise StudyError([Issue("age_rates", None, "relative", "0", 1, "no age band needs anything", remedy)])
    return relative
