"""Expected calls of every hour of the week, where people then are."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.demand.commuters import commuter_moves, hours_of_week, yearly_of_a_visitor
from beredt.demand.intensity import WEEK_HOURS, Period, weekly_profile
from beredt.demand.population import people_by_age
from beredt.demand.rates import yearly_incidents
from beredt.model.service import Service
from beredt.model.study import Study

F8 = NDArray[np.float64]

YEAR_H = 8_760.0
"""Hours of the year that rates are of."""


def has_commuters(study: Study) -> bool:
    """Whether the study says where people are by day."""
    return study.demand.get("commuters", pl.DataFrame()).height > 0


def calls_by_hour(study: Study, service: Service) -> F8:
    """Calls expected in each hour of a mean week, by the area in which they happen.

    Commuters and people from outside (`commuters`) are where they are in that hour; without such a table every area has
    the hours of the profile.

    Args:
        study: Its people and tables.
        service: Whose areas and rates hold.

    Returns:
        float64[areas, 3, 168], hour 0 on Monday at 00:00.

    Raises:
        StudyError: Areas without people or rates, or more people away than there are.
    """
    year = study.settings.study.year
    people = people_by_age(service.areas, study.population, study.age_shares, year)
    week = weekly_profile(service.profile)
    calls: F8 = yearly_incidents(service, people)[:, :, np.newaxis] * week / YEAR_H
    if not has_commuters(study):
        return calls
    table = study.demand["commuters"]
    start = study.settings.study.start
    moves = commuter_moves(table, service, people, Period(start, 0, 1, 0))
    if moves is not None:
        home = calls.copy()
        origin = np.repeat(np.arange(len(people)), np.diff(moves.first))
        for row, area in enumerate(origin.tolist()):
            gone = home[area] * (moves.share[row] * moves.hours[row])
            calls[area] -= gone
            if moves.to[row] >= 0:
                calls[moves.to[row]] += gone
    per_person = yearly_of_a_visitor(service, people)
    place = {area.id: number for number, area in enumerate(service.areas)}
    for visitors in table.filter(pl.col("from_area").is_null()).iter_rows(named=True):
        there = hours_of_week((visitors["weekdays"], visitors["start"], visitors["end"]))
        to = place[visitors["to_area"]]
        calls[to] += visitors["people"] * per_person[to][:, np.newaxis] / YEAR_H * week * there
    return np.maximum(calls, 0.0)


def hours_table(study: Study, service: Service) -> pl.DataFrame:
    """The same by municipality: municipality, urgency, weekday (1 Monday), hour, incidents."""
    from beredt.model.urgency import URGENCIES

    calls = calls_by_hour(study, service)
    home = np.array([area.municipality for area in service.areas])
    names = sorted(set(home.tolist()))
    sums = np.array([calls[home == name].sum(axis=0) for name in names])
    hour = np.tile(np.arange(WEEK_HOURS), len(names) * len(URGENCIES))
    return pl.DataFrame(
        {
            "municipality": np.repeat(names, len(URGENCIES) * WEEK_HOURS),
            "urgency": np.tile(np.repeat(URGENCIES, WEEK_HOURS), len(names)),
            "weekday": hour // 24 + 1,
            "hour": hour % 24,
            "incidents": sums.ravel(),
        }
    )
