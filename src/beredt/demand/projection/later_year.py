"""A study carried to a later year: more people, older people, and a use that changes apart from both."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.demand.population import AGE_BANDS, people_by_age
from beredt.errors import OptionError
from beredt.model.area import Area
from beredt.model.rate import Rate
from beredt.model.service import Service
from beredt.model.settings import StudySettings
from beredt.model.study import Study

F8 = NDArray[np.float64]
ALTERNATIVES = ("main", "low", "high")


def study_in_year(study: Study, year: int, alternative: str = "main", usage: float = 0.0) -> Study:
    """The study as it would be in another year, with the same service; its year tells which changes of roads hold.

    Each area's people of an age band grow as the projection says of their municipality. Rates are incidents per person
    of the study's own year; with the need of an age band staying what it is, those of a rate region become

        per_1000(Y) = per_1000(Y₀) · (Σ p(Y)·r / Σ p(Y)) / (Σ p(Y₀)·r / Σ p(Y₀)) · (1 + usage)^(Y − Y₀)

    with p people by age and r the relative need of the age band: age moves the total here, while within a year it only
    moves incidents between areas.

    Args:
        study: in its own year Y₀.
        year: Y; the study's own year changes nothing but use.
        alternative: of the projection: main, low or high. A year that the study's own tables hold needs none.
        usage: growth a year of incidents per person of the same age, as a share; 0.01 is 1 % a year.

    Raises:
        OptionError: The study says nothing about that year or alternative.
    """
    own = study.settings.study.year
    areas = study.service.areas
    today = people_by_age(areas, study.population, study.age_shares, own)
    later = today if year == own else _people_in(study, year, alternative, today)
    changed = f"{study.fingerprint} {year} {alternative} {usage!r}"
    return replace(
        study,
        settings=_settings(study, year),
        population=_with_people(study.population, areas, year, later),
        age_shares=_with_shares(study.age_shares, areas, year, later),
        service=_with_rates(study.service, today, later, (1.0 + usage) ** (year - own)),
        fingerprint=study.fingerprint if (year, usage) == (own, 0.0) else hashlib.sha256(changed.encode()).hexdigest(),
        counted_year=study.counted_year or own,
    )


def years_known(study: Study) -> tuple[int, ...]:
    """Years that the study says something about, ascending."""
    counted = set(study.population["year"].to_list()) & set(study.age_shares["year"].to_list())
    projected = set(study.projection["year"].to_list()) if study.projection.height else set()
    return tuple(sorted(counted | projected))


def _people_in(study: Study, year: int, alternative: str, today: F8) -> F8:
    """People by area and age band, float64 (areas, 10)."""
    if alternative not in ALTERNATIVES:
        raise OptionError(
            "alternative", alternative, "no such alternative of a projection", f"{', '.join(ALTERNATIVES)}"
        )
    areas, own = study.service.areas, study.settings.study.year
    projected = _by_municipality(study.projection, year, alternative)
    if projected is None:
        counted = set(study.population["year"].to_list()) & set(study.age_shares["year"].to_list())
        if year in counted and alternative == "main":
            return people_by_age(areas, study.population, study.age_shares, year)
        known = ", ".join(map(str, years_known(study)))
        remedy = f"add rows to projection.csv, or choose one of {known}"
        raise OptionError("year", str(year), f"the study has no {alternative} projection of it", remedy)
    before = _by_municipality(study.projection, own, alternative) or _by_municipality(study.projection, own, "main")
    home = [area.municipality for area in areas]
    missing = sorted(set(home) - set(projected))
    if missing:
        message = f"{', '.join(missing)} are not in the {alternative} projection of {year}"
        raise OptionError("year", str(year), message, "add their rows to projection.csv")
    counted_now = {one: today[[name == one for name in home]].sum(axis=0) for one in set(home)}
    base = counted_now if before is None else counted_now | before
    factor = {
        one: np.divide(projected[one], base[one], out=np.ones(len(AGE_BANDS)), where=base[one] > 0.0)
        for one in set(home)
    }
    by_area: F8 = np.array([factor[one] for one in home])
    return today * by_area


def _by_municipality(projection: pl.DataFrame, year: int, alternative: str) -> dict[str, F8] | None:
    """People by age of every municipality; None where nothing is projected. Raises OptionError for an age left out."""
    if not projection.height:
        return None
    rows = projection.filter((pl.col("year") == year) & (pl.col("alternative") == alternative))
    found: dict[str, F8] = {}
    for municipality, band, people in rows.select("municipality", "age_band", "people").rows():
        found.setdefault(municipality, np.full(len(AGE_BANDS), np.nan))[AGE_BANDS.index(band)] = people
    for municipality, by_age in found.items():
        left_out = [AGE_BANDS[band] for band in np.flatnonzero(np.isnan(by_age)).tolist()]
        if left_out:
            message = f"there is no {', '.join(left_out)} of {municipality} in the {alternative} projection of {year}"
            raise OptionError("year", str(year), message, "add the rows to projection.csv; nobody is 0 people")
    return found or None


def _settings(study: Study, year: int) -> StudySettings:
    """The settings of that year, which begins on the same day."""
    settings = study.settings
    start = settings.study.start
    moved = date(year, start.month, min(start.day, 28) if start.month == 2 else start.day)
    return settings.model_copy(update={"study": settings.study.model_copy(update={"year": year, "start": moved})})


def _with_people(population: pl.DataFrame, areas: tuple[Area, ...], year: int, people: F8) -> pl.DataFrame:
    rows = pl.DataFrame(
        {"area": [area.id for area in areas], "year": [year] * len(areas), "people": people.sum(axis=1)},
        schema=population.schema,
    )
    return pl.concat([population.filter(pl.col("year") != year), rows])


def _with_shares(age_shares: pl.DataFrame, areas: tuple[Area, ...], year: int, people: F8) -> pl.DataFrame:
    """Shares of each region, from the people of its areas; a region in which nobody lives keeps even ones."""
    regions = [area.district or area.municipality for area in areas]
    names = sorted(set(regions))
    number = {name: place for place, name in enumerate(names)}
    sums = np.zeros((len(names), len(AGE_BANDS)))
    np.add.at(sums, [number[region] for region in regions], people)
    sums[sums.sum(axis=1) == 0.0] = 1.0
    shares = sums / sums.sum(axis=1, keepdims=True)
    rows = pl.DataFrame(
        {
            "region": np.repeat(names, len(AGE_BANDS)),
            "year": [year] * shares.size,
            "age_band": list(AGE_BANDS) * len(names),
            "share": shares.ravel(),
        },
        schema=age_shares.schema,
    )
    return pl.concat([age_shares.filter(pl.col("year") != year), rows])


def _with_rates(service: Service, today: F8, later: F8, use: float) -> Service:
    relative = np.zeros(len(AGE_BANDS))
    for row in service.age_rates:
        relative[AGE_BANDS.index(row.age_band)] = row.relative
    regions = np.array([area.rate_region for area in service.areas])
    factor = {
        region: use * _need(later[regions == region], relative) / _need(today[regions == region], relative)
        for region in sorted(set(regions.tolist()))
    }
    rates: tuple[Rate, ...] = tuple(
        replace(rate, per_1000=rate.per_1000 * factor.get(rate.rate_region, use)) for rate in service.rates
    )
    return replace(service, rates=rates)


def _need(people: F8, relative: F8) -> float:
    """Mean relative need of a person; 1 where nobody lives or nobody needs anything."""
    everyone, need = people.sum(), (people @ relative).sum()
    return float(need / everyone) if everyone > 0.0 and need > 0.0 else 1.0
