"""Incidents per 1,000 residents and year, of a log.

A study's rates are by where people live, a log tells where incidents were: some begin at a hospital. With T[r, s] the
incidents a year that the study expects at scenes in region s of residents of region r at a rate of 1 per 1,000, and n
the log's counts over y years, the rates are those that

    λ[r] = (Σ_s n[s] · λ[r]·T[r, s] / Σ_q λ[q]·T[q, s]  +  k) / (y · Σ_s T[r, s]  +  k / λ₀[r])

gives back: incidents are shared out to the regions that they can come from, and the study's own rate λ₀ weighs as much
as k = `PRIOR` incidents. Where there are no hospital transfers this is (n + k) / (y·T + k/λ₀) at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.calibration.change import Change, reason_to_keep
from beredt.decision.calibration.log import CalibrationLog
from beredt.demand.population import people_by_age
from beredt.demand.rates import yearly_incidents
from beredt.model.rate import Rate
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES
from beredt.simulation.incident_rules import IncidentRules

F8 = NDArray[np.float64]
B = NDArray[np.bool_]

PRIOR = 20.0
"""So many incidents the study's own rate weighs."""

COVERED_FROM = 0.25
"""A municipality of which the log has a smaller share of the expected incidents is not one that the log is about."""

ROUNDS = 500


@dataclass(frozen=True, slots=True, eq=False)
class RateGround:
    """What counts are held against.

    `regions` are the R rate regions; `expected` is float64 [3, R, R], incidents a year by urgency, residents' region
    and scene's region at a rate of 1; `scene` int64 [areas] the region of each area, `covered` bool [areas] whether
    the log is about the area; `year` is the year whose people count, `uncovered` names the municipalities left out.
    """

    regions: tuple[str, ...]
    expected: F8
    scene: NDArray[np.int64]
    covered: B
    year: int
    uncovered: tuple[str, ...]

    def counts(self, log: CalibrationLog, *, odd: bool | None = None) -> F8:
        """Incidents of the log by urgency and region of the scene, float64[3, R]."""
        rows = log.incidents if odd is None else log.incidents.filter(pl.col("odd") == odd)
        area = rows["area"].to_numpy()
        rows, area = rows.filter(pl.Series(self.covered[area])), area[self.covered[area]]
        urgency = rows["urgency"].replace_strict(list(URGENCIES), [0, 1, 2], return_dtype=pl.Int64).to_numpy()
        cell = urgency * len(self.regions) + self.scene[area]
        size = len(URGENCIES) * len(self.regions)
        return np.bincount(cell, minlength=size).astype(np.float64).reshape(len(URGENCIES), -1)


def rate_ground(study: Study, log: CalibrationLog, rules: IncidentRules) -> RateGround:
    """Work out what the study expects where, and of what the log tells.

    Raises:
        StudyError: Tables without what the year or the areas ask for.
    """
    service = study.service
    regions = tuple(sorted({area.rate_region for area in service.areas}))
    scene = np.array([regions.index(area.rate_region) for area in service.areas])
    year = _year_of(study, log)
    people = people_by_age(service.areas, study.population, study.age_shares, year)
    ones = tuple(Rate(region, urgency, 1.0) for region in regions for urgency in URGENCIES)
    per_rate = yearly_incidents(replace(service, rates=ones), people)
    matrices = [_to_scenes(rules, code, per_rate[:, code], scene, len(regions)) for code in range(len(URGENCIES))]
    own = _levels(study, regions)
    mean = sum(np.einsum("ra,r->a", matrices[code], own[code]) for code in range(len(URGENCIES)))
    covered, uncovered = _covered(study, log, np.asarray(mean) * log.years())
    expected = np.zeros((len(URGENCIES), len(regions), len(regions)))
    for code, matrix in enumerate(matrices):
        for s in range(len(regions)):
            expected[code, :, s] = matrix[:, covered & (scene == s)].sum(axis=1)
    return RateGround(regions, expected, scene, covered, year, uncovered)


def calibrate_rates(study: Study, log: CalibrationLog, ground: RateGround) -> list[Change]:
    """Hold every rate against the log; its error is how far the count of even weeks is missed, as a share of it."""
    own = _levels(study, ground.regions)
    whole = fit_rates(ground, ground.counts(log), log.years(), own)
    fitted = fit_rates(ground, ground.counts(log, odd=True), log.years(odd=True), own)
    n, n_odd, n_even = ground.counts(log), ground.counts(log, odd=True), ground.counts(log, odd=False)
    before, after = (
        np.einsum("ur,urs->us", rates, ground.expected) * log.years(odd=False) for rates in (own, fitted)
    )  # fmt: skip
    changes = []
    for row in study.service.rates:
        if row.rate_region not in ground.regions:
            continue
        u, r = URGENCIES.index(row.urgency), ground.regions.index(row.rate_region)
        errors = _missed(before[u, r], n_even[u, r]), _missed(after[u, r], n_even[u, r])
        changes.append(
            Change(
                "rates",
                {"rate_region": row.rate_region, "urgency": row.urgency},
                {"per_1000": row.per_1000},
                {"per_1000": round(float(whole[u, r]), 3)},
                int(n[u, r]),
                int(n_even[u, r]),
                *errors,
                reason_to_keep(int(n_odd[u, r]), int(n_even[u, r]), *errors),
            )
        )
    return changes


def fit_rates(ground: RateGround, counts: F8, years: float, own: F8) -> F8:
    """The rates of the module's formula, float64[3, R].

    Args:
        ground: What counts are held against.
        counts: [3, R] incidents by urgency and region of the scene.
        years: How long they were counted.
        own: [3, R] the study's rates; where one is 0 the log stands alone.
    """
    exposure = years * ground.expected.sum(axis=2)
    prior = np.where(own > 0.0, PRIOR, 0.0)
    below = exposure + np.divide(PRIOR, own, out=np.zeros_like(own), where=own > 0.0)
    rates = np.where(own > 0.0, own, 1.0)
    for _ in range(ROUNDS):
        parts = rates[:, :, np.newaxis] * ground.expected
        total = parts.sum(axis=1, keepdims=True)
        share = np.divide(parts, total, out=np.zeros_like(parts), where=total > 0.0)
        shared_out = (counts[:, np.newaxis, :] * share).sum(axis=2)
        rates = np.divide(shared_out + prior, below, out=np.zeros_like(rates), where=below > 0.0)
    return rates


def _missed(told: float, seen: float) -> float:
    return abs(told - seen) / seen if seen else float("nan")


def _to_scenes(rules: IncidentRules, code: int, per_rate: F8, region: NDArray[np.int64], regions: int) -> F8:
    """Incidents a year by the residents' region and the area of the scene, float64[R, areas]."""
    areas = len(per_rate)
    at_hospital = float(rules.hospital_origin_share[code])
    found = np.zeros((regions, areas))
    np.add.at(found, (region, np.arange(areas)), per_rate * (1.0 - at_hospital))
    below = rules.choice_below[rules.area_zone, code]
    shares = np.diff(below, axis=1, prepend=0.0)
    for option in range(shares.shape[1]):
        scene = rules.hospital_area[rules.nearest[:, code, option]]
        np.add.at(found, (region, scene), per_rate * at_hospital * shares[:, option])
    return found


def _covered(study: Study, log: CalibrationLog, expected: F8) -> tuple[B, tuple[str, ...]]:
    """Areas of municipalities that the log is about, and the ids of the others."""
    towns = [row.id for row in study.service.municipalities]
    town = np.array([towns.index(area.municipality) for area in study.service.areas])
    asked = np.bincount(town, expected, len(towns))
    seen = np.bincount(town[log.incidents["area"].to_numpy()], minlength=len(towns))
    there = seen >= COVERED_FROM * asked
    return there[town], tuple(name for name, kept in zip(towns, there, strict=True) if not kept)


def _year_of(study: Study, log: CalibrationLog) -> int:
    """The year of the population table nearest to the middle of the log."""
    middle = log.days["date"][log.days.height // 2].year
    shares = set(study.age_shares["year"].to_list())
    years: list[int] = sorted(year for year in set(study.population["year"].to_list()) if year in shares)
    return min(years, key=lambda year: (abs(year - middle), -year))


def _levels(study: Study, regions: tuple[str, ...]) -> F8:
    table: Mapping[tuple[str, str], float] = {(r.rate_region, r.urgency): r.per_1000 for r in study.service.rates}
    return np.array([[table.get((region, urgency), 0.0) for region in regions] for urgency in URGENCIES])
