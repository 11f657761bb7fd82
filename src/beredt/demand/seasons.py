"""Days that have more or fewer incidents than others of their weekday."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl

from beredt.demand.public_holidays import public_holidays
from beredt.demand.variation import F8
from beredt.model.recurring_day import is_between, parse_day
from beredt.model.urgency import URGENCIES, urgency_code


class Season(NamedTuple):
    """A row of `day_factors` laid over days: `factor` float64[3, D], 1 where it says nothing."""

    name: str
    factor: F8
    relative_sd: float


def list_seasons(table: pl.DataFrame, days: Sequence[date]) -> tuple[Season, ...]:
    """Lay the rows of a table over days.

    Args:
        table: `day_factors`, checked.
        days: In order; at least one.
    """
    free = frozenset[date]().union(*(public_holidays(year) for year in {day.year for day in days}))
    found = []
    for row in table.iter_rows(named=True):
        if row["days"] == "holidays":
            on = [day in free for day in days]
        else:
            first, last = parse_day(row["first"]), parse_day(row["last"])
            on = [is_between(day, first, last) for day in days]
        factor = np.ones((len(URGENCIES), len(days)))
        codes = range(len(URGENCIES)) if row["urgency"] is None else [urgency_code(row["urgency"])]
        for code in codes:
            factor[code, on] = row["factor"]
        found.append(Season(row["id"], factor, row["relative_sd"]))
    return tuple(found)
