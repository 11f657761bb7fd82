"""Rates of a log with how sure they are, as tables that a study can take.

A study's rates are by where people live. Incidents that start at a hospital lie there: areas nearest to a hospital tell
nothing of their residents and are left out, and what is expected elsewhere is without the share of transfers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.calibration.area_fit import FITTED, MOST_SD, area_ground, fit_urgency, left_open, regions_told
from beredt.decision.calibration.change import is_few
from beredt.decision.calibration.log import CalibrationLog, read_log
from beredt.decision.calibration.rates import F8, rate_ground
from beredt.demand.population import AGE_BANDS
from beredt.demand.rate_fit.fit_rates import fit_rates, gamma_interval
from beredt.demand.rate_fit.held_out import HeldOut, held_out
from beredt.errors import StoreError
from beredt.missions.store import Store
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES, urgency_code
from beredt.simulation.incident_rules import prepare_incident_rules
from beredt.simulation.study_roads import load_or_build_roads, study_roads

B = NDArray[np.bool_]
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
    found = area_ground(study, log, rules, ground)
    if not found.counts.any():
        raise StoreError(store.path, "nothing of it lies in areas that tell of their residents: give a longer log")
    rates, spreads, factors = [], [], []
    shape: dict[str, float] = {}
    tried: dict[str, HeldOut] = {}
    for code, urgency in enumerate(URGENCIES):
        expected, level = found.expected[:, code], found.level[:, code]
        known = fit_urgency(found, code)
        shape[urgency] = known.shape
        tried[urgency] = held_out(
            found.odd[:, code], expected * found.odd_share, found.even[:, code], expected * found.even_share
        )
        for fit in regions_told(found, ground, known, code):
            region, mean = ground.regions[fit.region], fit.mean
            low, high = gamma_interval(np.array([level[fit.region]]), np.array([1.0 / fit.seen]))
            rates.append((region, urgency, level[fit.region] * mean, low[0] * mean, high[0] * mean, int(fit.seen)))
            spreads.append((region, urgency, left_open(found, known, fit, code), FITTED))
            factors += [
                (study.service.areas[a].id, urgency, known.factor[a] / mean, min(known.relative_sd[a], MOST_SD))
                for a in np.flatnonzero(fit.own & (expected > 0.0)).tolist()
            ]
    by_age, aged = _by_age(study, log, found.people, found.looked_at)
    return RateTables(
        rates=_frame(rates, ("rate_region", "urgency", "per_1000", "low", "high", "incidents")),
        rate_spread=_frame(spreads, ("rate_region", "urgency", "relative_sd", "source")),
        area_factors=_frame(factors, ("area", "urgency", "factor", "relative_sd")),
        by_age=by_age,
        held_out=tried,
        shape=shape,
        areas=int(found.looked_at.sum()),
        incidents=int(found.counts.sum()),
        aged_share=aged,
        years=log.years(),
        people_year=ground.year,
    )


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
