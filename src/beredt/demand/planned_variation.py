"""What a study's settings and tables say of how its demand varies, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from beredt.demand.big_events import list_big_events
from beredt.demand.commuters import commuter_moves, list_visitors
from beredt.demand.extra_strata import ExtraStrata, no_strata
from beredt.demand.intensity import DAY_HOURS, Period, hourly_intensity, period_of
from beredt.demand.rates import area_factors
from beredt.demand.seasons import Season, list_seasons
from beredt.demand.stratum_numbers import stratum_numbers
from beredt.demand.variation import F8, I1, I4, I8, NOBODY, B, Clusters, Moves
from beredt.model.service import Service
from beredt.model.settings_sections import VariationSection
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES, urgency_code


@dataclass(frozen=True, slots=True, eq=False)
class PlannedVariation:
    """As `variation.Variation`, but by area and urgency, with what happens beside the ordinary strata."""

    hourly: F8  # [N, H]
    follows: I1  # [N]
    season_mean: F8  # [3] what the seasons make of the expectation of this period
    day_sigma: float
    day_persistence: float
    first_day: int
    season_key: I8
    season_factor: F8
    season_sd: F8
    rate_key: I8
    rate_shape: F8
    rate_of: I4  # [areas, 3]
    area_shape: F8  # [areas, 3]
    clusters: Clusters
    moves: Moves | None
    extra: ExtraStrata


def varies(study: Study, service: Service) -> bool:
    """Whether a study says anything of how demand varies; what is said and changes nothing does not count."""
    settings = study.settings.demand.variation
    drawn = settings.draw_rates and (
        _rows(study, "rate_spread") or any(row.relative_sd > 0.0 for row in service.area_factors)
    )
    told = any(_rows(study, name) for name in ("day_factors", "big_events", "commuters"))
    return bool(settings.day_variance > 0.0 or settings.cluster_share * settings.cluster_size > 0.0 or told or drawn)


def _rows(study: Study, table: str) -> int:
    return study.demand[table].height if table in study.demand else 0


def plan_variation(study: Study, service: Service, people: F8, week: F8) -> PlannedVariation:
    """Make arrays of what a study says.

    Args:
        study: Its settings and the tables of `model.study.DEMAND_TABLES`.
        service: Whose areas and rates hold.
        people: [areas, 10] by age band.
        week: [3, 168] profile of mean 1.

    Raises:
        StudyError: More people leave an area than live there.
    """
    settings, period = study.settings.demand.variation, period_of(study.settings)
    seasons = list_seasons(study.demand["day_factors"], _days(period.first_day, period.all_days))
    mean, scale = _season_mean(study, week, period, seasons)
    hourly = hourly_intensity(week, period) * np.repeat(mean, DAY_HOURS, axis=1) * scale[:, np.newaxis]
    plain = hourly_intensity(week, period).sum(axis=1)
    extra = no_strata(hourly.shape[1])
    if _rows(study, "big_events"):
        extra = extra.joined(list_big_events(study.demand["big_events"], service.areas, period))
    if _rows(study, "commuters"):
        extra = extra.joined(list_visitors(study.demand["commuters"], service, people, hourly, period))
    rate_key, rate_shape, rate_of = _rates(study, service, settings)
    return PlannedVariation(
        hourly=np.vstack([hourly, extra.hourly]),
        follows=np.concatenate([np.arange(len(URGENCIES)), extra.follows]).astype(np.int8),
        season_mean=np.divide(hourly.sum(axis=1), plain, out=np.ones(len(plain)), where=plain > 0.0),
        day_sigma=float(np.sqrt(np.log1p(settings.day_variance))),
        day_persistence=settings.day_persistence,
        first_day=period.first_day.toordinal(),
        season_key=stratum_numbers([f"day_factors/{one.name}" for one in seasons])[:, 0],
        season_factor=_stacked(seasons, period.all_days),
        season_sd=np.array([one.relative_sd for one in seasons]),
        rate_key=rate_key,
        rate_shape=rate_shape,
        rate_of=rate_of,
        area_shape=_shape(area_factors(service)[1]) if settings.draw_rates else np.full((len(people), 3), np.inf),
        clusters=Clusters(settings.cluster_share, settings.cluster_size, settings.cluster_minutes * 60.0),
        moves=commuter_moves(study.demand["commuters"], service, people, period),
        extra=extra._replace(shape=extra.shape + len(URGENCIES)),
    )


def _season_mean(study: Study, week: F8, period: Period, seasons: tuple[Season, ...]) -> tuple[F8, F8]:
    """Mean factor of every day of the period, [3, D], and what keeps the calendar year's total as it was, [3]."""
    year = _days(date(period.start.year, 1, 1), period.year_days)
    factor = np.prod(_stacked(list_seasons(study.demand["day_factors"], year), len(year)), axis=0)
    weekday = np.array([day.weekday() for day in year])
    of_day = week.reshape(len(week), 7, DAY_HOURS).sum(axis=2)[:, weekday]
    return np.prod(_stacked(seasons, period.all_days), axis=0), of_day.sum(axis=1) / (of_day * factor).sum(axis=1)


def _stacked(seasons: tuple[Season, ...], days: int) -> F8:
    empty = np.empty((0, len(URGENCIES), days))
    return np.array([one.factor for one in seasons]) if seasons else empty


def _days(first: date, count: int) -> tuple[date, ...]:
    return tuple(first + timedelta(days=number) for number in range(count))


def _rates(study: Study, service: Service, settings: VariationSection) -> tuple[I8, F8, I4]:
    """Names and shapes of rates, and the rate of each area and urgency."""
    found = {
        (region, urgency_code(urgency)): spread
        for region, urgency, spread in study.demand["rate_spread"]
        .select("rate_region", "urgency", "relative_sd")
        .rows()
        if settings.draw_rates and spread > 0.0
    }
    names = sorted(found)
    number = {name: place for place, name in enumerate(names)}
    key = stratum_numbers([f"rates/{region}/{code}" for region, code in names])[:, 0]
    rate_of = [
        [number.get((area.rate_region, code), NOBODY) for code in range(len(URGENCIES))] for area in service.areas
    ]
    spread = np.array([found[name] for name in names], np.float64)
    return key, _shape(spread), np.array(rate_of, np.int32).reshape(-1, len(URGENCIES))


def _shape(spread: F8) -> F8:
    """Shapes of gamma distributions with these relative spreads; infinite without any."""
    some: B = spread > 0.0
    shape: F8 = np.divide(1.0, spread**2, out=np.full(spread.shape, np.inf), where=some)
    return shape
