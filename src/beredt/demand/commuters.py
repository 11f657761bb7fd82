"""Where people are by day: incidents happen where people are, and not always where they live.

A commuter takes along the need of somebody of working age: with p the people of area a by age and r the relative need
of an age, those who are elsewhere in an hour take the share

    n · ρ(a) / Σ_b p[a, b]·r[b],      ρ(a) = Σ_(20–69) p·r / Σ_(20–69) p

of the area's incidents in that hour with them. People from outside have the need of the working age of the rate region
that they come to. What comes from whom is settled per incident, so that totals change only by who comes and goes.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from beredt.demand.extra_strata import ExtraStrata, no_strata
from beredt.demand.intensity import DAY_HOURS, HOUR_S, WEEK_HOURS, Period
from beredt.demand.population import AGE_BANDS
from beredt.demand.rates import relative_need, yearly_incidents
from beredt.demand.stratum_numbers import stratum_numbers
from beredt.demand.variation import F8, NOBODY, B, Moves
from beredt.errors import StudyError
from beredt.model.issue import Issue
from beredt.model.service import Service
from beredt.model.urgency import URGENCIES

WORKING = np.isin(np.array(AGE_BANDS), ["20-29", "30-39", "40-49", "50-59", "60-69"])


def commuter_moves(table: pl.DataFrame, service: Service, people: F8, period: Period) -> Moves | None:
    """Moves of people who live in the study; None where there are none.

    Args:
        table: `commuters`, checked.
        service: Its areas and needs by age.
        people: [areas, 10] by age band.
        period: Its first day says on which weekday simulated time 0 falls.

    Raises:
        StudyError: In some hour more people are away from an area than live there in working age.
    """
    place = {area.id: number for number, area in enumerate(service.areas)}
    own = table.filter(pl.col("from_area").is_not_null() & (pl.col("people") > 0.0))
    if own.is_empty():
        return None
    origin = np.array([place[one] for one in own["from_area"]], np.int64)
    order = np.argsort(origin, kind="stable")
    origin, own = origin[order], own[order]
    hours = np.array([hours_of_week(row) for row in own.select("weekdays", "start", "end").rows()])
    count = own["people"].to_numpy()
    _refuse_more_than_there_are(service, people, origin, count, hours)
    need = relative_need(service)
    working = people * WORKING
    each = np.divide((working @ need), working.sum(axis=1), out=np.zeros(len(people)), where=working.sum(axis=1) > 0.0)
    whole = people @ need
    share = np.divide(each, whole, out=np.zeros(len(people)), where=whole > 0.0)[origin] * count
    to = [NOBODY if one is None else place[one] for one in own["to_area"].to_list()]
    return Moves(
        first=np.searchsorted(origin, np.arange(len(people) + 1)).astype(np.int64),
        share=share,
        to=np.array(to, np.int32),
        hours=hours,
        first_hour=period.first_day.weekday() * DAY_HOURS,
    )


def list_visitors(table: pl.DataFrame, service: Service, people: F8, hourly: F8, period: Period) -> ExtraStrata:
    """Strata of people who come from outside the study.

    Args:
        table: `commuters`, checked.
        service: Its areas, rates and needs by age.
        people: [areas, 10] by age band.
        hourly: [3, H] weight of every hour of the period by urgency.
        period: What is simulated.
    """
    place = {area.id: number for number, area in enumerate(service.areas)}
    per_person = yearly_of_a_visitor(service, people)
    begin = period.first_day.weekday() * DAY_HOURS
    of_week = (begin + np.arange(hourly.shape[1])) % WEEK_HOURS
    found = no_strata(hourly.shape[1])
    rows = table.filter(pl.col("from_area").is_null() & (pl.col("people") > 0.0))
    patterns: dict[bytes, list[dict[str, object]]] = {}
    for row in rows.iter_rows(named=True):
        patterns.setdefault(hours_of_week((row["weekdays"], row["start"], row["end"])).tobytes(), []).append(row)
    for pattern, members in patterns.items():
        there = np.frombuffer(pattern, np.bool_)[of_week]
        laid = hourly * there
        names = stratum_numbers([f"commuters/{row['id']}" for row in members])
        area = np.array([place[str(row["to_area"])] for row in members], np.int32)
        count = np.array([row["people"] for row in members], np.float64)
        for code in range(len(URGENCIES)):
            if laid[code].sum() == 0.0:
                continue
            years = laid[code].sum() / (DAY_HOURS * period.year_days)
            found = found.joined(
                ExtraStrata(
                    stratum=names[:, code],
                    area=area,
                    urgency=np.full(len(area), code, np.int8),
                    expected=count * per_person[area, code] * years,
                    shape=np.zeros(len(area), np.int32),
                    hourly=laid[code : code + 1],
                    follows=np.array([code], np.int8),
                )
            )
    return found


def hours_of_week(row: tuple[list[int], int, int]) -> B:
    """Hours of the week, bool[168], of weekdays (1 Monday), start and end (s), the next day where it is not later."""
    weekdays, start_s, end_s = row
    first, last = int(start_s // HOUR_S), int(end_s // HOUR_S)
    last = last if last > first else last + DAY_HOURS
    on = np.zeros(WEEK_HOURS, np.bool_)
    for day in weekdays:
        on[((day - 1) * DAY_HOURS + np.arange(first, last)) % WEEK_HOURS] = True
    return on


def yearly_of_a_visitor(service: Service, people: F8) -> F8:
    """Incidents a year of one person of working age, there all the time, by area come to, float64[areas, 3]."""
    need = relative_need(service)
    regions = np.array([area.rate_region for area in service.areas])
    yearly = yearly_incidents(service, people)
    found = np.zeros((len(regions), len(URGENCIES)))
    for region in sorted(set(regions.tolist())):
        own = regions == region
        weight, working = (people[own] @ need).sum(), people[own] * WORKING
        if weight > 0.0 and working.sum() > 0.0:
            found[own] = yearly[own].sum(axis=0) / weight * (working @ need).sum() / working.sum()
    return found


def _refuse_more_than_there_are(service: Service, people: F8, origin: np.ndarray, count: F8, hours: B) -> None:
    away = np.zeros((len(people), WEEK_HOURS))
    np.add.at(away, origin, count[:, np.newaxis] * hours)
    at_most = (people * WORKING).sum(axis=1)
    wrong = np.flatnonzero(away.max(axis=1) > at_most + 1e-6)
    if wrong.size:
        area = service.areas[int(wrong[0])].id
        gone, there = away[wrong[0]].max(), at_most[wrong[0]]
        message = f"{gone:.0f} people are elsewhere at a time, and {there:.0f} of 20 to 69 years live there"
        remedy = "correct the people or the hours, or the population of the area"
        raise StudyError([Issue("commuters", None, "people", area, len(wrong), message, remedy)])
