"""Rates of a log with how sure they are, as tables that a study can take.

A study's rates are by where people live. Incidents that start at a hospital lie there: areas nearest to a hospital tell
nothing of their residents and are left out, and what is expected elsewhere is without the share of transfers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.calibration.change import is_few
from beredt.decision.calibration.log import CalibrationLog, read_log
from beredt.decision.calibration.rates import F8, rate_ground
from beredt.demand.population import AGE_BANDS, people_by_age
from beredt.demand.rate_fit.fit_rates import fit_rates, gamma_interval
from beredt.demand.rate_fit.gamma_poisson import AreaFactors, fit_area_factors
from beredt.demand.rate_fit.held_out import HeldOut, held_out
from beredt.demand.rates import yearly_incidents
from beredt.errors import StoreError
from beredt.missions.store import Store
from beredt.model.rate import Rate
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES, urgency_code
from beredt.simulation.incident_rules import prepare_incident_rules
from beredt.simulation.study_roads import load_or_build_roads, study_roads

B = NDArray[np.bool_]
FEWEST = 20
"""So many incidents of an urgency a region needs for a rate of its own."""
KINDS = ("unplanned", "planned")


@dataclass(frozen=True, slots=True, eq=False)
class RateTables:
    """What a log says of rates.

    `rates` (rate_region, urgency, per_1000, low, high, incidents), `rate_spread` and `area_factors` are tables that a
    study can take; `by_age` (age_band, urgency, kind, incidents, person_years, per_1000, low, high) has no rows where
    the log knows no ages, and no figures of fewer than five incidents. `held_out` is by urgency: fitted to odd weeks,
    tried on even ones. `shape` is by urgency how alike areas are. `areas` counts those that were looked at,
    `incidents` what lies in them, `aged_share` which part of those has an age.
    """

    rates: pl.DataFrame
    rate_spread: pl.DataFrame
    area_factors: pl.DataFrame
    by_age: pl.DataFrame
    held_out: dict[str, HeldOut]
    shape: dict[str, float]
    areas: int
    incidents: int
    aged_share: float
    years: float
    people_year: int


def rate_tables(study: Study, store: Store) -> RateTables:
    """Fit rates to a store of missions.

    Raises:
        StoreError: Nothing in the log lies in areas that tell of their residents.
        NetworkError: The roads cannot be made.
    """
    roads = study_roads(study, load_or_build_roads(study))
    log, rules = read_log(study, store), prepare_incident_rules(study.service, roads)
    ground = rate_ground(study, log, rules)
    looked_at = ground.covered.copy()
    if rules.hospital_origin_share.any():
        looked_at[np.unique(rules.hospital_area)] = False
    people = people_by_age(study.service.areas, study.population, study.age_shares, ground.year)
    at_one = _expected(study, people) * (1.0 - np.asarray(rules.hospital_origin_share))
    counts = [_counts(study, log, odd) * looked_at[:, np.newaxis] for odd in (None, True, False)]
    if not counts[0].any():
        raise StoreError(store.path, "nothing of it lies in areas that tell of their residents: give a longer log")
    at_one = at_one * looked_at[:, np.newaxis]
    rates, spreads, factors = [], [], []
    shape: dict[str, float] = {}
    tried: dict[str, HeldOut] = {}
    for code, urgency in enumerate(URGENCIES):
        level = _levels(ground.scene, counts[0][:, code], at_one[:, code] * log.years())
        expected = level[ground.scene] * at_one[:, code] * log.years()
        known = fit_area_factors(counts[0][:, code], expected)
        shape[urgency] = known.shape
        tried[urgency] = held_out(
            counts[1][:, code],
            level[ground.scene] * at_one[:, code] * log.years(odd=True),
            counts[2][:, code],
            level[ground.scene] * at_one[:, code] * log.years(odd=False),
        )
        for r, region in enumerate(ground.regions):
            own = looked_at & (ground.scene == r)
            seen = float(counts[0][own, code].sum())
            if seen < FEWEST:
                continue
            mean = _mean_factor(known, expected, own)
            low, high = gamma_interval(np.array([level[r]]), np.array([1.0 / seen]))
            rates.append((region, urgency, level[r] * mean, low[0] * mean, high[0] * mean, int(seen)))
            spreads.append((region, urgency, _left(known, expected, own, seen), "fitted to a log"))
            factors += [
                (study.service.areas[a].id, urgency, known.factor[a] / mean, known.relative_sd[a])
                for a in np.flatnonzero(own & (expected > 0.0)).tolist()
            ]
    by_age, aged = _by_age(study, log, people, looked_at)
    return RateTables(
        rates=_frame(rates, ("rate_region", "urgency", "per_1000", "low", "high", "incidents")),
        rate_spread=_frame(spreads, ("rate_region", "urgency", "relative_sd", "source")),
        area_factors=_frame(factors, ("area", "urgency", "factor", "relative_sd")),
        by_age=by_age,
        held_out=tried,
        shape=shape,
        areas=int(looked_at.sum()),
        incidents=int(counts[0].sum()),
        aged_share=aged,
        years=log.years(),
        people_year=ground.year,
    )


def _expected(study: Study, people: F8) -> F8:
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


def _levels(region: NDArray[np.int64], counts: F8, expected: F8) -> F8:
    """Rate per 1,000 of every region; where nothing is expected that of all together."""
    size = int(region.max()) + 1
    seen, told = np.bincount(region, counts, size), np.bincount(region, expected, size)
    whole = counts.sum() / expected.sum() if expected.sum() > 0.0 else 0.0
    level: F8 = np.divide(seen, told, out=np.full(size, whole), where=told > 0.0)
    return level


def _mean_factor(known: AreaFactors, expected: F8, own: B) -> float:
    """Mean factor of a region's areas by what is expected there: the rate takes it, so that totals stay."""
    return float((known.factor * expected)[own].sum() / expected[own].sum())


def _left(known: AreaFactors, expected: F8, own: B, seen: float) -> float:
    """What of the rate's spread, 1/√n, the spreads of its areas do not carry already."""
    told = (known.factor * expected)[own]
    carried = ((told / told.sum() * known.relative_sd[own]) ** 2).sum()
    return float(np.sqrt(max(0.0, 1.0 / seen - carried)))


def _by_age(study: Study, log: CalibrationLog, people: F8, looked_at: B) -> tuple[pl.DataFrame, float]:
    """Rates by age, urgency and kind where patients have ages, and the share that has."""
    names = ("age_band", "urgency", "kind", "incidents", "person_years", "per_1000", "low", "high")
    rows = log.incidents.filter(pl.Series(looked_at[log.incidents["area"].to_numpy()]))
    told = log.missions.group_by("incident").agg(pl.col("age").drop_nulls().first(), pl.col("planned").any())
    aged = rows.join(told, on="incident", how="left").filter(pl.col("age").is_not_null())
    share = aged.height / rows.height if rows.height else 0.0
    if aged.is_empty():
        return _frame([], names), 0.0
    band = np.minimum(aged["age"].to_numpy() // 10, len(AGE_BANDS) - 1).astype(np.int64)
    code = np.array([urgency_code(urgency) for urgency in aged["urgency"].to_list()])
    planned = aged["planned"].fill_null(False).to_numpy().astype(np.int64)
    counts = np.zeros((len(people), len(AGE_BANDS), len(URGENCIES), len(KINDS)))
    np.add.at(counts, (aged["area"].to_numpy(), band, code, planned), 1.0)
    found: list[tuple[object, ...]] = []
    there = people * looked_at[:, np.newaxis]
    for u, urgency in enumerate(URGENCIES):
        for k, kind in enumerate(KINDS):
            if not counts[:, :, u, k].any():
                continue
            # Incidents without an age are taken to have those of the others.
            fit = fit_rates(counts[:, :, u, k], there, log.years() * share)
            seen = counts[:, :, u, k].sum(axis=0)
            for g, name in enumerate(AGE_BANDS):
                few = is_few(int(seen[g]))
                figures = (None,) * 3 if few else tuple(1000.0 * float(one[g]) for one in (fit.rate, fit.low, fit.high))
                years = float(there[:, g].sum() * log.years())
                found.append((name, urgency, kind, None if few else int(seen[g]), years, *figures))
    return _frame(found, names), share


TYPES = {"incidents": pl.Int64()}
TEXTS = ("rate_region", "urgency", "area", "source", "age_band", "kind")


def _frame(rows: Sequence[tuple[object, ...]], names: tuple[str, ...]) -> pl.DataFrame:
    schema = {name: pl.String() if name in TEXTS else TYPES.get(name, pl.Float64()) for name in names}
    return pl.DataFrame(rows, schema=schema, orient="row")
