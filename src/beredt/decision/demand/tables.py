"""Tables of people and demand: by age, place and hour, in later years, and beside the hours on duty.

Missions under way in hour h of the week, by the pointwise stationary approximation, are

    under_way[h] = Σ_u calls[u, h] · work        work = active hours a year / calls a year

with the active hours of all units in the simulated year. So the mean over the week is just what was simulated, and its
course over the week follows the calls; missions that reach into the next hour come a little too early. In a later
year there are more calls of the same work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.decision.demand.hours_on_duty import hours_on_duty
from beredt.decision.demand.years import later_years
from beredt.decision.frames import Cell, result_frame
from beredt.demand.calls_by_hour import YEAR_H, calls_by_hour, has_commuters
from beredt.demand.intensity import DAY_HOURS, weekly_profile
from beredt.demand.people_by_hour import people_by_hour
from beredt.demand.population import AGE_BANDS, people_by_age
from beredt.demand.projection.later_year import ALTERNATIVES, study_in_year
from beredt.demand.projection.project import Projected, Usage, project_demand
from beredt.demand.projection.rate_knowledge import rate_knowledge
from beredt.demand.rates import yearly_incidents
from beredt.model.alternative import TODAY
from beredt.model.service import Service
from beredt.model.study import Study
from beredt.model.urgency import URGENCIES

F8 = NDArray[np.float64]
Row = Mapping[str, Cell]

EVERYWHERE = "all"
USE_AS_IT_IS = Usage()


def demand_tables(
    study: Study,
    services: Mapping[str, Service],
    units: pl.DataFrame | None = None,
    wanted: tuple[int, ...] = (),
    usage: Usage = USE_AS_IT_IS,
) -> dict[str, pl.DataFrame]:
    """All tables of demand; none for a study of a call trace, which has neither people nor rates.

    What rates leave open is told of studies that say so (`rate_spread`, `area_factors`), and where people are by day of
    those that have `commuters`; the tables of the others have no rows.

    Args:
        study: in its own year.
        services: finished services by alternative, today among them.
        units: table `units` of a simulated year; without it nothing says how much work a call makes.
        wanted: later years [default: those that the study knows]; what cannot be projected is left out.
        usage: growth a year of incidents per person of the same age.

    Raises:
        StudyError: areas without people or rates.
    """
    if study.settings.demand.source != "rates":
        return {}
    years = later_years(study, wanted).years
    projected = project_demand(study, years, usage)
    none: tuple[Row, ...] = ()
    frames = {
        "demand_people": _people(study, years),
        "demand_places": _places(study),
        "demand_hours": _hours(study),
        "demand_growth": _growth(projected),
        "demand_growth_age": _growth_by_age(study, projected),
        "demand_staff": _staff(study, services, units, projected),
        "demand_rates": _rates(projected) if rate_knowledge(study).is_open else none,
        "demand_presence": _presence(study) if has_commuters(study) else none,
    }
    return {name: result_frame(name, rows) for name, rows in frames.items()}


def _people(study: Study, years: tuple[int, ...]) -> Iterator[Row]:
    """People of every municipality by age, counted now, and by each alternative of the projection later."""
    home = np.array([area.municipality for area in study.service.areas])
    own = study.settings.study.year
    for year, alternative in [(own, "main"), *((year, name) for year in years for name in ALTERNATIVES)]:
        if alternative != "main" and not _is_projected(study, year, alternative):
            continue
        other = study if year == own else study_in_year(study, year, alternative)
        people = people_by_age(other.service.areas, other.population, other.age_shares, year)
        for place in sorted(set(home.tolist())):
            by_age = people[home == place].sum(axis=0).tolist()
            for band, count in zip(AGE_BANDS, by_age, strict=True):
                yield {
                    "year": year, "alternative": alternative, "municipality": place, "age_band": band, "people": count
                }  # fmt: skip


def _is_projected(study: Study, year: int, alternative: str) -> bool:
    rows = study.projection
    return bool(rows.height) and bool(((rows["year"] == year) & (rows["alternative"] == alternative)).any())


def _places(study: Study) -> Iterator[Row]:
    """Calls a year of municipalities and districts."""
    areas, year = study.service.areas, study.settings.study.year
    by_age = people_by_age(areas, study.population, study.age_shares, year)
    people, calls = by_age.sum(axis=1), yearly_incidents(study.service, by_age)
    for place, chosen in _zones(study):
        for code, urgency in enumerate(URGENCIES):
            live, call = float(people[chosen].sum()), float(calls[chosen, code].sum())
            yield {
                "place": place, "urgency": urgency, "people": live, "incidents": call,
                "per_1000": 1000.0 * call / live if live else None,
            }  # fmt: skip


def _zones(study: Study) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    areas = study.service.areas
    municipality = np.array([area.municipality for area in areas])
    district = np.array([area.district or "" for area in areas])
    yield EVERYWHERE, np.ones(len(areas), np.bool_)
    for one in sorted(set(municipality.tolist())):
        yield one, municipality == one
    for one in sorted(set(district.tolist()) - {""}):
        yield one, district == one


def _hours(study: Study) -> Iterator[Row]:
    """Calls of every hour of the week, all places together."""
    per_hour = _calls_of_week(study)
    for code, urgency in enumerate(URGENCIES):
        for hour, calls in enumerate(per_hour[code].tolist()):
            weekday, clock = divmod(hour, DAY_HOURS)
            yield {"urgency": urgency, "weekday": weekday + 1, "hour": clock, "incidents": calls}


def _calls_of_week(study: Study) -> F8:
    """Calls an hour by urgency and hour of the week, float64 (3, 168), of people who are in the study then."""
    calls: F8 = calls_by_hour(study, study.service).sum(axis=0)
    return calls


def _growth(projected: Projected) -> Iterator[Row]:
    for row in projected.totals.iter_rows(named=True):
        yield {**row, "municipality": row["municipality"] or EVERYWHERE}


def _rates(projected: Projected) -> Iterator[Row]:
    """What rates leave open, of every urgency and of all together, everywhere and by municipality."""
    for row in projected.rates.iter_rows(named=True):
        yield {**row, "municipality": row["municipality"] or EVERYWHERE}


def _presence(study: Study) -> Iterator[Row]:
    """People and calls of every municipality hour by hour of the week, where people then are."""
    home = np.array([area.municipality for area in study.service.areas])
    people, there = people_by_hour(study, study.service), calls_by_hour(study, study.service).sum(axis=1)
    by_age = people_by_age(study.service.areas, study.population, study.age_shares, study.settings.study.year)
    live = yearly_incidents(study.service, by_age) @ weekly_profile(study.service.profile) / YEAR_H
    for place in sorted(set(home.tolist())):
        own = home == place
        columns = (one[own].sum(axis=0).tolist() for one in (people, there, live))
        for hour, (count, calls, calls_home) in enumerate(zip(*columns, strict=True)):
            weekday, clock = divmod(hour, DAY_HOURS)
            yield {
                "municipality": place, "weekday": weekday + 1, "hour": clock, "people": count,
                "incidents": calls, "incidents_home": calls_home,
            }  # fmt: skip


def _growth_by_age(study: Study, projected: Projected) -> Iterator[Row]:
    """People and calls of every age now and later, and of all together."""
    calls = {
        (year, band): incidents
        for year, band, incidents in projected.by_area.group_by("year", "age_band", maintain_order=True)
        .agg(pl.col("incidents").sum())
        .iter_rows()
    }
    own = study.settings.study.year
    for year, rows in projected.growth.items():
        sums = {one: sum(calls[one, band] for band in AGE_BANDS) for one in (own, year)}
        for row in rows:
            now, then = (calls.get((one, row.age_band), sums[one]) for one in (own, year))
            yield {
                "year": year, "age_band": row.age_band, "before": row.before, "after": row.after, "factor": row.factor,
                "incidents_before": now, "incidents_after": then,
            }  # fmt: skip


def _staff(
    study: Study, services: Mapping[str, Service], units: pl.DataFrame | None, projected: Projected
) -> Iterator[Row]:
    """Hours on duty beside missions under way: today in every year, alternatives in the study's own."""
    week = _calls_of_week(study).sum(axis=0)
    everywhere = projected.totals.filter(pl.col("municipality").is_null())
    by_urgency = {
        (year, urgency): incidents
        for year, urgency, incidents in everywhere.select("year", "urgency", "incidents").rows()
    }
    own, shape = study.settings.study.year, _shape_of_week(study)
    for name, service in services.items():
        work_h = _work_h(units, name, float(week.sum()) * YEAR_H / len(week))
        on_duty = hours_on_duty(service)
        for year in (own, *projected.growth) if name == TODAY else (own,):
            yearly = np.array([by_urgency[year, urgency] for urgency in URGENCIES])
            calls = yearly @ shape
            for hour, (units_on, rate) in enumerate(zip(on_duty.tolist(), calls.tolist(), strict=True)):
                weekday, clock = divmod(hour, DAY_HOURS)
                yield {
                    "alternative": name, "year": year, "weekday": weekday + 1, "hour": clock, "on_duty": units_on,
                    "incidents": rate, "under_way": None if work_h is None else rate * work_h,
                }  # fmt: skip


def _shape_of_week(study: Study) -> F8:
    """The part of a year's calls that comes in one hour of the week, float64 (3, 168): where people then are."""
    shape = weekly_profile(study.service.profile) / YEAR_H
    if not has_commuters(study):
        return shape
    week = _calls_of_week(study)
    by_year = yearly_incidents(
        study.service,
        people_by_age(study.service.areas, study.population, study.age_shares, study.settings.study.year),
    ).sum(axis=0)
    there: F8 = np.divide(week, by_year[:, np.newaxis], out=shape, where=by_year[:, np.newaxis] > 0.0)
    return there


def _work_h(units: pl.DataFrame | None, alternative: str, calls_a_year: float) -> float | None:
    """Hours of units that a call makes, all urgencies alike; None where no year was simulated."""
    if units is None or not calls_a_year:
        return None
    own = units.filter(pl.col("alternative") == alternative)
    return float(own["active_h"].sum()) / calls_a_year if own.height else None
