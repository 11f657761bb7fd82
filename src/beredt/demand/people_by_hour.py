"""How many people are in each area in each hour of a mean week: who lives there, less who is away, and who has come."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from beredt.demand.commuters import hours_of_week
from beredt.demand.intensity import WEEK_HOURS
from beredt.demand.population import people_by_area
from beredt.model.service import Service
from beredt.model.study import Study

F8 = NDArray[np.float64]


def people_by_hour(study: Study, service: Service) -> F8:
    """People there in each hour of a mean week, by the table `commuters`; without one all are at home at all hours.

    Args:
        study: Its people and tables.
        service: Whose areas hold.

    Returns:
        float64[areas, 168], hour 0 on Monday at 00:00, at least 0.

    Raises:
        StudyError: Areas without people.
    """
    people = people_by_area(service.areas, study.population, study.settings.study.year)
    there = np.repeat(people[:, np.newaxis], WEEK_HOURS, axis=1)
    place = {area.id: number for number, area in enumerate(service.areas)}
    for row in study.demand.get("commuters", pl.DataFrame()).iter_rows(named=True):
        moved = row["people"] * hours_of_week((row["weekdays"], row["start"], row["end"]))
        if row["from_area"] is not None:
            there[place[row["from_area"]]] -= moved
        if row["to_area"] is not None:
            there[place[row["to_area"]]] += moved
    return np.maximum(there, 0.0)
