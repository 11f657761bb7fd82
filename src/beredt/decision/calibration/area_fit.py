"""Counts of a log by area beside what the study's people give, and what both say of single areas.

Left out are areas nearest to a hospital, whose scenes are partly transfers, and municipalities that the log is not
about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.calibration.log import CalibrationLog
from beredt.decision.calibration.rates import F8, RateGround
from beredt.demand.population import people_by_age
from beredt.demand.rate_fit.gamma_poisson import AreaFactors, fit_area_factors
from beredt.demand.rates import yearly_incidents
from beredt.model.rate import Rate
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES
from beredt.simulation.incident_rules import IncidentRules

B = NDArray[np.bool_]
I8 = NDArray[np.int64]

FEWEST = 20
"""So many incidents of an urgency a region needs for a rate of its own."""

MOST_SD = 3.0
"""The most that a table of the study may hold; areas that have nothing to do with one another come to more."""

FITTED = "fitted to a log"


@dataclass(frozen=True, slots=True, eq=False)
class AreaGround:
    """What counts of areas are held against.

    `looked_at` is bool [areas]; `people` float64 [areas, 10]; `counts`, `odd` and `even` are float64 [areas, 3],
    incidents of the whole log and of its weeks; `expected` likewise, in the whole log were all areas of a region alike,
    with as many incidents as the region has; `level` [R, 3] the rate per 1,000 of that. Everything is 0 in areas that
    are not looked at.
    """

    looked_at: B
    people: F8
    counts: F8
    odd: F8
    even: F8
    expected: F8
    level: F8
    odd_share: float
    even_share: float


@dataclass(frozen=True, slots=True, eq=False)
class RegionFit:
    """One region and urgency: its areas `own`, its incidents, and the mean factor of its areas: its rate has that."""

    region: int
    own: B
    seen: float
    mean: float


def area_ground(study: Study, log: CalibrationLog, rules: IncidentRules, ground: RateGround) -> AreaGround:
    """Lay the log out by area. Raises StudyError where people or rates are missing."""
    looked_at = ground.covered.copy()
    if rules.hospital_origin_share.any():
        looked_at[np.unique(rules.hospital_area)] = False
    people = people_by_age(study.service.areas, study.population, study.age_shares, ground.year)
    at_one = _at_one(study, people) * (1.0 - np.asarray(rules.hospital_origin_share)) * looked_at[:, np.newaxis]
    counts, odd, even = (_counts(study, log, weeks) * looked_at[:, np.newaxis] for weeks in (None, True, False))
    years = log.years()
    level = np.stack([_levels(ground.scene, counts[:, u], at_one[:, u] * years) for u in range(len(URGENCIES))], axis=1)
    return AreaGround(
        looked_at, people, counts, odd, even, level[ground.scene] * at_one * years, level,
        log.years(odd=True) / years, log.years(odd=False) / years,
    )  # fmt: skip


def fit_urgency(found: AreaGround, code: int) -> AreaFactors:
    """Factors of all areas in one urgency, small ones drawn towards the others."""
    return fit_area_factors(found.counts[:, code], found.expected[:, code])


def regions_told(found: AreaGround, ground: RateGround, known: AreaFactors, code: int) -> Iterator[RegionFit]:
    """Regions with enough incidents of an urgency to be told."""
    for region in range(len(ground.regions)):
        own = found.looked_at & (ground.scene == region)
        seen = float(found.counts[own, code].sum())
        if seen >= FEWEST:
            expected = found.expected[:, code]
            yield RegionFit(region, own, seen, float((known.factor * expected)[own].sum() / expected[own].sum()))


def left_open(found: AreaGround, known: AreaFactors, fit: RegionFit, code: int) -> float:
    """What of the rate's spread, 1/√n, the spreads of its areas do not carry already."""
    told = (known.factor * found.expected[:, code])[fit.own]
    carried = ((told / told.sum() * known.relative_sd[fit.own]) ** 2).sum()
    return float(np.sqrt(max(0.0, 1.0 / fit.seen - carried)))


def _at_one(study: Study, people: F8) -> F8:
    """Incidents a year of each area's residents at a rate of 1 per 1,000, float64[areas, 3]."""
    service = study.service
    regions = sorted({area.rate_region for area in service.areas})
    ones = tuple(Rate(region, urgency, 1.0) for region in regions for urgency in URGENCIES)
    return yearly_incidents(replace(service, rates=ones, area_factors=()), people)


def _counts(study: Study, log: CalibrationLog, odd: bool | None) -> F8:
    """Incidents of the log, float64[areas, 3]."""
    rows = log.incidents if odd is None else log.incidents.filter(pl.col("odd") == odd)
    counts = np.zeros((len(study.service.areas), len(URGENCIES)))
    codes = rows["urgency"].replace_strict(list(URGENCIES), [0, 1, 2], return_dtype=pl.Int64).to_numpy()
    np.add.at(counts, (rows["area"].to_numpy(), codes), 1.0)
    return counts


def _levels(region: I8, counts: F8, expected: F8) -> F8:
    """Rate per 1,000 of every region; where nothing is expected that of all together."""
    size = int(region.max()) + 1
    seen, told = np.bincount(region, counts, size), np.bincount(region, expected, size)
    whole = counts.sum() / expected.sum() if expected.sum() > 0.0 else 0.0
    level: F8 = np.divide(seen, told, out=np.full(size, whole), where=told > 0.0)
    return level
