"""Demand of later years as tables: by area, age and urgency, with what is not known about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.stats import poisson

from beredt.demand.population import AGE_BANDS, people_by_age
from beredt.demand.projection.growth import Growth, growth_by_age
from beredt.demand.projection.later_year import ALTERNATIVES, study_in_year
from beredt.demand.projection.rate_knowledge import RateKnowledge, rate_knowledge
from beredt.demand.rate_fit.fit_rates import gamma_interval
from beredt.demand.rates import yearly_incidents
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES

F8 = NDArray[np.float64]
CHANCE = 0.95
EVERY_URGENCY = "all"


@dataclass(frozen=True, slots=True)
class Usage:
    """Growth a year of incidents per person of the same age, as shares: what is assumed, and its range."""

    main: float = 0.0
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Projected:
    """Demand of some years.

    `by_area` (year, area, municipality, age_band, urgency, people, incidents, low, high, rates_low, rates_high);
    `totals` (year, municipality – null for
    all together –, urgency, people, incidents, low, high, year_low, year_high); `growth`: people by age from the
    study's own year to each other one. `low` and `high` span the projection's alternatives and the range of use;
    `year_low` and `year_high` hold 95 % of single years if the main figure is right (Poisson). `rates` (year,
    municipality, urgency or `all`, incidents, rates_low, rates_high, whole_low, whole_high): what rates leave open of
    the main figure (95 %, from `rate_spread` and `area_factors`), and the lower end of that of the least growth up to
    the upper end of that of the most.
    """

    by_area: pl.DataFrame
    totals: pl.DataFrame
    rates: pl.DataFrame
    growth: dict[int, tuple[Growth, ...]]


def project_demand(study: Study, years: Sequence[int], usage: Usage = Usage()) -> Projected:
    """Work out the demand of the study's own year and of `years`.

    Raises OptionError for a year that the study says nothing about, StudyError for areas without people or rates.
    """
    own = study.settings.study.year
    wanted = sorted({own, *years})
    main = {year: _incidents(study_in_year(study, year, "main", usage.main)) for year in wanted}
    found = {year: _alternatives(study, year, usage, main[year]) for year in wanted}
    by_age = {year: _span(found[year]) for year in wanted}
    spans = {year: _span([one.sum(axis=1) for one in found[year]]) for year in wanted}
    known = rate_knowledge(study)
    people = {year: main[year][0] for year in wanted}
    return Projected(
        by_area=pl.concat([_by_area(study, year, *main[year], by_age[year], known) for year in wanted]),
        totals=pl.concat([_totals(study, year, *main[year], *spans[year]) for year in wanted]),
        rates=pl.concat([_rates(study, year, main[year][1], spans[year], known) for year in wanted]),
        growth={year: growth_by_age(_ages(people[own]), _ages(people[year])) for year in wanted if year != own},
    )


def _incidents(study: Study) -> tuple[F8, F8]:
    """People (areas, 10) and incidents (areas, 10, 3) of the study's year."""
    areas, year = study.service.areas, study.settings.study.year
    people = people_by_age(areas, study.population, study.age_shares, year)
    relative = np.zeros(len(AGE_BANDS))
    for row in study.service.age_rates:
        relative[AGE_BANDS.index(row.age_band)] = row.relative
    weight = people * relative
    empty = weight.sum(axis=1) == 0.0
    weight[empty] = people[empty]
    all_of_area = weight.sum(axis=1, keepdims=True)
    share = np.divide(weight, all_of_area, out=np.zeros_like(weight), where=all_of_area > 0.0)
    incidents: F8 = share[:, :, np.newaxis] * yearly_incidents(study.service, people)[:, np.newaxis, :]
    return people, incidents


def _alternatives(study: Study, year: int, usage: Usage, main: tuple[F8, F8]) -> list[F8]:
    """Incidents (areas, 10, 3) of the main figure, and of all alternatives there are at both ends of use."""
    names = [one for one in ALTERNATIVES if _has(study, year, one)]
    ends = [(name, use) for name in names for use in (usage.low, usage.high)]
    return [main[1], *(_incidents(study_in_year(study, year, name, use))[1] for name, use in ends)]


def _span(found: list[F8]) -> tuple[F8, F8]:
    """The least and the most of each cell."""
    return np.min(found, axis=0), np.max(found, axis=0)


def _has(study: Study, year: int, alternative: str) -> bool:
    """Whether an alternative says something of its own; the study's own year has none but itself."""
    if alternative == "main":
        return True
    if year == study.settings.study.year:
        return False
    rows = study.projection
    return bool(rows.height) and bool(((rows["year"] == year) & (rows["alternative"] == alternative)).any())


def _by_area(
    study: Study, year: int, people: F8, incidents: F8, span: tuple[F8, F8], known: RateKnowledge
) -> pl.DataFrame:
    areas, bands, urgencies = study.service.areas, len(AGE_BANDS), len(URGENCIES)
    each = bands * urgencies
    spread = np.broadcast_to((known.of_rate**2 + known.of_area**2)[:, np.newaxis, :], incidents.shape)
    low, high = gamma_interval(incidents.ravel(), spread.ravel(), CHANCE)
    return pl.DataFrame(
        {
            "year": np.full(len(areas) * each, year),
            "area": np.repeat([area.id for area in areas], each),
            "municipality": np.repeat([area.municipality for area in areas], each),
            "age_band": np.tile(np.repeat(AGE_BANDS, urgencies), len(areas)),
            "urgency": np.tile(URGENCIES, len(areas) * bands),
            "people": np.repeat(people.ravel(), urgencies),
            "incidents": incidents.ravel(),
            "low": span[0].ravel(),
            "high": span[1].ravel(),
            "rates_low": low,
            "rates_high": high,
        }
    )


def _totals(study: Study, year: int, people: F8, incidents: F8, least: F8, most: F8) -> pl.DataFrame:
    home = np.array([area.municipality for area in study.service.areas])
    by_urgency, rows = incidents.sum(axis=1), []
    for name in [None, *sorted(set(home.tolist()))]:
        chosen = np.ones(len(home), dtype=bool) if name is None else home == name
        for code, urgency in enumerate(URGENCIES):
            expected = float(by_urgency[chosen, code].sum())
            chance = poisson.interval(CHANCE, expected) if expected > 0.0 else (0.0, 0.0)
            span = float(least[chosen, code].sum()), float(most[chosen, code].sum())
            rows.append((year, name, urgency, float(people[chosen].sum()), expected, *span, *map(float, chance)))
    columns = ["year", "municipality", "urgency", "people", "incidents", "low", "high", "year_low", "year_high"]
    return pl.DataFrame(
        rows, schema=dict(zip(columns, [pl.Int64, pl.String, pl.String, *[pl.Float64] * 6], strict=True)), orient="row"
    )


def _rates(study: Study, year: int, incidents: F8, span: tuple[F8, F8], known: RateKnowledge) -> pl.DataFrame:
    home = np.array([area.municipality for area in study.service.areas])
    by_area, rows = incidents.sum(axis=1), []
    every = tuple(range(len(URGENCIES)))
    asked = [(urgency, (code,)) for code, urgency in enumerate(URGENCIES)] + [(EVERY_URGENCY, every)]
    for name in [None, *sorted(set(home.tolist()))]:
        chosen = np.ones(len(home), np.bool_) if name is None else home == name
        for urgency, codes in asked:
            main, least, most = (float(one[chosen][:, codes].sum()) for one in (by_area, *span))
            variance = np.full(3, known.relative_variance(by_area, chosen, codes))
            low, high = gamma_interval(np.array([main, least, most]), variance, CHANCE)
            rows.append((year, name, urgency, main, low[0], high[0], low[1], high[2]))
    columns = ["year", "municipality", "urgency", "incidents", "rates_low", "rates_high", "whole_low", "whole_high"]
    types = [pl.Int64, pl.String, pl.String, *[pl.Float64] * 5]
    return pl.DataFrame(rows, schema=dict(zip(columns, types, strict=True)), orient="row")


def _ages(people: F8) -> dict[str, float]:
    return dict(zip(AGE_BANDS, people.sum(axis=0).tolist(), strict=True))
